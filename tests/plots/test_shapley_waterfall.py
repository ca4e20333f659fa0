"""Shapley values as a waterfall: order, where bars begin and end, and what is open."""

import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import shapley_waterfall

LONG = "the Democratic Republic of São Tomé and Príncipe"
VALUES = {"waiting": 1.0, "attention": 3.0, "precedent": -4.0, "parity": 0.5, "learning": -0.2}
NAN = float("nan")


def values(parts=None, half=0.3, total=None):
    parts = VALUES if parts is None else parts
    rows = pd.Series(parts | {"all": sum(parts.values()) if total is None else total}, name="mean")
    frame = rows.rename_axis("part").reset_index()
    return frame.assign(low=frame["mean"] - half, high=frame["mean"] + half)


def bars(fig):
    return [(round(bar.get_x(), 9), round(bar.get_x() + bar.get_width(), 9)) for bar in fig.axes[0].patches]


def names(fig):
    return [label.get_text() for label in fig.axes[0].get_yticklabels()]


def test_each_bar_begins_where_the_one_above_ends():
    fig = shapley_waterfall(values(), PROVENANCE)
    assert bars(fig) == [(0, 1.0), (1.0, -3.0), (-3.0, 0.0), (0.0, 0.5), (0.5, 0.3), (0, 0.3)]


def test_waiting_comes_first_then_mechanisms_by_size_then_the_total():
    mixed = values().sample(frac=1, random_state=2).assign(more=1)
    fig = shapley_waterfall(mixed, PROVENANCE)
    assert names(fig) == ["pure waiting", "precedent", "attention", "parity", "learning", "all together"]
    assert fig.axes[0].get_ylim()[0] > fig.axes[0].get_ylim()[1]


def test_bars_are_open_where_the_interval_covers_zero():
    fig = shapley_waterfall(values(), PROVENANCE)
    dashed = [bar.get_linestyle() == "--" for bar in fig.axes[0].patches]
    assert dashed == [False, False, False, False, True, True]
    assert "not told apart from zero" in assert_legible(fig)


def test_whiskers_stand_about_the_end_of_the_bar():
    fig = shapley_waterfall(values(), PROVENANCE)
    spans = {tuple(round(x, 9) for x in line.get_xdata()) for line in fig.axes[0].lines}
    assert (-3.3, -2.7) in spans
    assert (-0.3, 0.3) in spans


def test_numbers_and_units_are_written():
    text = assert_legible(shapley_waterfall(values(), PROVENANCE, name="Japan"))
    for words in ("−4.00  (−4.30 to −3.70)", "USD bn, present value", "matter to Japan", "95 % interval"):
        assert words in text
    assert "not to the total" not in text


def test_it_says_when_the_parts_do_not_lead_to_the_total():
    assert "add up to +0.300, not to the total" in assert_legible(shapley_waterfall(values(total=2.0), PROVENANCE))


def test_gain_and_loss_differ_in_more_than_colour():
    fig = shapley_waterfall(values(half=0.01), PROVENANCE)
    gain, loss = fig.axes[0].patches[2], fig.axes[0].patches[1]
    assert (gain.get_hatch() or "", loss.get_hatch()) == ("", "////")


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (values(half=NAN), "not told apart from zero"),
        (values({"waiting": 0.0}, half=0.0), "pure waiting"),
        (values()[:0], "no mechanism to compare"),
        (values().assign(mean=NAN), "no mechanism to compare"),
        (values()[values()["part"] == "all"], "all together"),
        (values()[values()["part"] != "all"], "pure waiting"),
    ],
    ids=["one twin", "all zero", "no rows", "all unknown", "the total alone", "no total"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(shapley_waterfall(frame, PROVENANCE))


def test_a_narrow_page_with_a_long_name_stays_legible():
    assert_legible(shapley_waterfall(values(total=9.0), PROVENANCE, name=LONG, size=(3.6, 4.5)))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="high"):
        shapley_waterfall(values().drop(columns="high"), PROVENANCE)
