"""Who pays when one goes first: the largest gains and losses one by one, totals apart."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import others_loss

NAN = float("nan")


def losses(means, half=0.5, totals=True):
    means = np.asarray(means, dtype=float)
    frame = pd.DataFrame({"iso": [f"P{k:02d}" for k in range(len(means))], "mean": means})
    frame["name"] = [f"Partner {k}" for k in range(len(means))]
    if totals:
        apart = pd.DataFrame({"iso": ["ALL", "USA"], "name": ["all", "US"], "mean": [-9.0, 4.0]})
        frame = pd.concat([apart, frame], ignore_index=True)
    return frame.assign(low=frame["mean"] - half, high=frame["mean"] + half, more=1)


def drawn(ax):
    """Name and value of each row, from the top."""
    dots = {line.get_ydata()[0]: line.get_xdata()[0] for line in ax.lines if len(line.get_xdata()) == 1}
    names = [label.get_text() for label in ax.get_yticklabels()]
    return [(name, dots[slot]) for slot, name in enumerate(names)]


def test_gains_are_on_top_and_totals_apart():
    ends, totals = others_loss(losses([-2.0, 3.0, 1.0]), PROVENANCE).axes
    assert drawn(ends) == [("Partner 1", 3), ("Partner 2", 1), ("Partner 0", -2)]
    assert drawn(totals) == [("US", 4), ("all", -9)]
    assert ends.get_ylim()[0] > ends.get_ylim()[1]


def test_the_rest_is_added_up():
    fig = others_loss(losses([5.0, 4.0, 1.0, 0.25, 0.0, -1.0, -3.0]), PROVENANCE, most=2)
    ends, totals = fig.axes
    assert [value for _, value in drawn(ends)] == [5, 4, -1, -3]
    assert drawn(totals)[-1] == ("the other 3", 1.25)
    assert "no interval" in assert_legible(fig)


def test_marks_tell_gain_loss_and_undecided_apart():
    ends = others_loss(losses([1.0, 0.1, -2.0], totals=False), PROVENANCE).axes[0]
    assert [line.get_marker() for line in ends.lines if len(line.get_xdata()) == 1] == ["^", "o", "v"]
    assert [0, 0] in [list(line.get_xdata()) for line in ends.lines]


def test_who_gains_and_who_loses_is_counted_without_the_totals():
    said = assert_legible(others_loss(losses([1.0, 0.1, -2.0]), PROVENANCE, name="Japan"))
    assert "Of 3 other partners, 1 gain and 1 lose" in said
    assert "When Japan goes first" in said


@pytest.mark.parametrize("size", [(7.2, 5.6), (3.6, 4.5)])
@pytest.mark.parametrize("wide", [0.5, 3.0])
def test_eighty_partners_with_long_names_are_legible(size, wide):
    rng = np.random.default_rng(1)
    frame = losses(rng.normal(0, 1, 80) * np.exp(rng.normal(0, wide, 80)))
    frame["name"] = [f"An economy with a rather long name, {iso}" for iso in frame["iso"]]
    fig = others_loss(frame, PROVENANCE, size=size)
    assert_legible(fig)
    assert len(drawn(fig.axes[0])) == 20


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (losses([])[:0], "nobody to compare"),
        (losses([1.0, 2.0]).assign(mean=NAN), "nobody to compare"),
        (losses([]), "Totals"),
        (losses([1.0], totals=False), "Of 1 other partners"),
        (losses([0.0, 0.0], totals=False), "the other 2"),
        (losses([1.0, 2.0], half=NAN), "not told apart from zero"),
        (losses([1.0]).assign(name=None), "United States"),
    ],
    ids=["no rows", "all unknown", "totals alone", "one partner", "all zero", "one twin", "no name"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(others_loss(frame, PROVENANCE))


@pytest.mark.parametrize("column", ["iso", "name", "mean", "low", "high"])
def test_a_missing_column_is_named(column):
    with pytest.raises(ValueError, match=column):
        others_loss(losses([1.0]).drop(columns=column), PROVENANCE)
