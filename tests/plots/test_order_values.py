"""Which order is best, and for whom: two panels, one set of rows."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import order_values

NAN = float("nan")
NUMBERS = ["us", "us_low", "us_high", "all", "all_low", "all_high"]


def orders(us, everybody, half=1.0):
    frame = pd.DataFrame({"order": [f"order {k}" for k in range(len(us))]})
    for side, means in (("us", us), ("all", everybody)):
        frame[side] = np.asarray(means, dtype=float)
        frame[f"{side}_low"], frame[f"{side}_high"] = frame[side] - half, frame[side] + half
    return frame.assign(twins=24)


def dots(ax):
    return [line.get_xdata()[0] for line in ax.lines if len(line.get_xdata()) == 1]


def banded(ax):
    return [patch.get_y() + patch.get_height() / 2 for patch in ax.patches]


def test_the_best_for_the_united_states_is_on_top_in_both_panels():
    left, right = order_values(orders([0, 5, -3], [0, -4, 9]), PROVENANCE).axes
    assert [label.get_text() for label in left.get_yticklabels()] == ["order 1", "order 0", "order 2"]
    assert dots(left) == [5, 0, -3]
    assert dots(right) == [-4, 0, 9]


def test_the_best_of_each_side_stands_on_a_band_and_is_named():
    fig = order_values(orders([0, 5, -3], [0, -4, 9]), PROVENANCE)
    assert [np.round(banded(ax), 9).tolist() for ax in fig.axes] == [[0], [2]]
    said = assert_legible(fig).replace(" | ", " ")
    assert "Best for the United States: order 1 (+5.00); for all partners: order 2 (+9.00)" in said


def test_marks_tell_better_worse_and_undecided_apart():
    left = order_values(orders([0, 5, -3], [0, 0, 0]), PROVENANCE).axes[0]
    assert [line.get_marker() for line in left.lines if len(line.get_xdata()) == 1] == ["^", "o", "v"]
    assert [0, 0] in [list(line.get_xdata()) for line in left.lines]


@pytest.mark.parametrize("size", [(7.2, 4.2), (3.6, 4.5)])
@pytest.mark.parametrize("count", [3, 80])
def test_every_size_is_legible(count, size):
    rng = np.random.default_rng(1)
    frame = orders(rng.normal(0, 900, count), rng.normal(0, 0.01, count))
    frame["order"] = [f"the order in which partner {k} comes first" for k in range(count)]
    assert_legible(order_values(frame, PROVENANCE, size=size))


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (orders([], []), "no order to compare"),
        (orders([NAN], [NAN]), "no order to compare"),
        (orders([0.0], [0.0], half=0.0), "not told apart from zero"),
        (orders([1.0, 2.0], [1.0, 2.0], half=NAN), "order 1 (+2.00)"),
    ],
    ids=["no rows", "all unknown", "the own order alone", "one twin"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(order_values(frame, PROVENANCE)).replace(" | ", " ")


@pytest.mark.parametrize("column", ["order", *NUMBERS])
def test_a_missing_column_is_named(column):
    with pytest.raises(ValueError, match=column):
        order_values(orders([1.0], [1.0]).drop(columns=column), PROVENANCE)
