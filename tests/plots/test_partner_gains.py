"""Who gains: a row a partner, sorted, with zero in sight."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import partner_gains

NAN = float("nan")


def gains(means, half=0.5):
    means = np.asarray(means, dtype=float)
    iso = [f"P{k:02d}" for k in range(len(means))]
    frame = pd.DataFrame({"iso": iso, "name": [f"Partner {code}" for code in iso], "mean": means})
    return frame.assign(low=means - half, high=means + half)


def eighty(seed=1):
    rng = np.random.default_rng(seed)
    frame = gains(rng.normal(0, 1, 80) * np.exp(rng.normal(0, 2, 80)), half=0.3)
    frame["name"] = [f"A rather long name of an economy, number {k}" for k in range(80)]
    return frame.assign(group=np.where(np.arange(80) % 3, "treaty allies", "others"))


def dots(fig):
    return [line for line in fig.axes[0].lines if len(line.get_xdata()) == 1]


def names(fig):
    return [label.get_text() for label in fig.axes[0].get_yticklabels()]


def test_the_largest_gain_is_on_top():
    fig = partner_gains(gains([1.0, -2.0, 3.0]).assign(more=1), PROVENANCE)
    assert names(fig) == ["Partner P02", "Partner P00", "Partner P01"]
    assert [line.get_xdata()[0] for line in dots(fig)] == [3.0, 1.0, -2.0]
    bottom, top = fig.axes[0].get_ylim()
    assert top < bottom


def test_whiskers_reach_from_low_to_high_and_zero_is_drawn():
    lines = [list(line.get_xdata()) for line in partner_gains(gains([1.0]), PROVENANCE).axes[0].lines]
    assert [0.5, 1.5] in lines
    assert [0, 0] in lines


def test_marks_tell_gain_loss_and_undecided_apart():
    fig = partner_gains(gains([1.0, -2.0, 0.1]), PROVENANCE)
    assert [line.get_marker() for line in dots(fig)] == ["^", "o", "v"]
    assert [line.get_markerfacecolor() == "white" for line in dots(fig)] == [False, True, False]
    assert "Of 3 partners, 1 would gain and 1 would lose" in assert_legible(fig)


def test_groups_share_a_marker_and_stay_hollow_about_zero():
    fig = partner_gains(gains([1.0, 0.1, -2.0]).assign(group=["a", "b", None]), PROVENANCE)
    assert len({line.get_marker() for line in dots(fig)[:2]}) == 2
    assert [line.get_markerfacecolor() == "white" for line in dots(fig)] == [False, True, False]
    text = assert_legible(fig)
    assert " | a | b" in text


def test_highlighted_partners_are_bold_on_a_band():
    fig = partner_gains(gains([1.0, 2.0, 3.0]), PROVENANCE, highlight=["P01", "not there"])
    assert [label.get_fontweight() for label in fig.axes[0].get_yticklabels()] == ["normal", "bold", "normal"]
    assert len(fig.axes[0].patches) == 1


def test_the_page_grows_with_its_rows():
    few, many = (partner_gains(frame, PROVENANCE).get_size_inches()[1] for frame in (gains([1, 2]), eighty()))
    assert many > few + 8


def test_gains_of_different_orders_are_stretched_with_zero_in_the_middle():
    fig = partner_gains(gains([500.0, 1.0, 0.5, 0.4, -0.2, -0.3, -3.0], half=0.1), PROVENANCE)
    ax = fig.axes[0]
    assert ax.get_xscale() == "symlog"
    assert ax.get_xlim()[0] == -ax.get_xlim()[1]
    assert "logarithmic away from zero" in assert_legible(fig).replace("\n", " ")
    assert partner_gains(gains([3.0, 1.0, -1.0]), PROVENANCE).axes[0].get_xscale() == "linear"


@pytest.mark.parametrize(("size", "grouped"), [((7.2, 3.0), True), ((3.6, 4.5), False)])
def test_eighty_partners_stay_legible(size, grouped):
    frame = eighty() if grouped else eighty().drop(columns="group")
    assert_legible(partner_gains(frame, PROVENANCE, highlight=["P03", "P40"], size=size))


def test_the_unit_is_named():
    assert "Per cent of GDP" in assert_legible(partner_gains(gains([1.0, 2.0]), PROVENANCE, unit="Per cent of GDP"))


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (gains([1.0]), "Of 1 partner, 1 would gain"),
        (gains([]), "no partner to compare"),
        (gains([NAN, NAN]), "no partner to compare"),
        (gains([1.0, 2.0], half=NAN), "0 would gain and 0 would lose"),
        (gains([0.0, 0.0], half=0.0), "not told apart from zero"),
        (gains([1.0]).assign(name=None), "P00"),
    ],
    ids=["one partner", "no rows", "all unknown", "one twin", "all zero", "no name"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(partner_gains(frame, PROVENANCE))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="iso"):
        partner_gains(gains([1.0]).drop(columns="iso"), PROVENANCE)
