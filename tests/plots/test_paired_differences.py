"""Differences between twins: where the lines run, what the marks say, and when the axis is stretched."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import paired_differences

LONG = "the Democratic Republic of São Tomé and Príncipe"


def pairs(by_place, versus=80):
    frames = [
        pd.DataFrame({"position": place, "versus": versus, "replication": range(len(gaps)), "difference": gaps})
        for place, gaps in by_place.items()
    ]
    return pd.concat(frames, ignore_index=True)


def steps(fig):
    return [line for line in fig.axes[0].lines if line.get_drawstyle() == "steps-post"]


def marks(fig):
    return [
        line.get_ydata()[0]
        for line in fig.axes[0].lines
        if list(line.get_xdata()) == [0] and len(line.get_ydata()) == 1
    ]


def test_a_line_steps_up_by_one_twin_at_each_difference():
    fig = paired_differences(pairs({1: [3.0, -1.0, 0.0, 0.0]}), PROVENANCE)
    (line,) = steps(fig)
    assert list(line.get_xdata()[1:-1]) == [-1.0, 0.0, 0.0, 3.0]
    assert list(line.get_ydata()) == [0, 0.25, 0.5, 0.75, 1.0, 1.0]


def test_the_mark_on_the_zero_line_stands_below_the_share_that_is_better():
    fig = paired_differences(pairs({1: [3.0, -1.0, 0.0, 0.0], 5: [1.0, 2.0, 3.0, -4.0]}), PROVENANCE, name="Japan")
    assert marks(fig) == [0.75, 0.25]
    text = assert_legible(fig)
    assert "place 1: better 25 %, equal 50 %" in text
    assert "place 5: better 75 %, equal 0 %" in text
    assert "place 1 is worth more than place 80 in 25 %" in text


def test_nearly_equal_is_not_equal():
    text = assert_legible(paired_differences(pairs({1: [1e-12, -1e-12, 0.0, 1.0]}), PROVENANCE))
    assert "better 50 %, equal 25 %" in text


def test_order_of_rows_and_further_columns_do_not_matter():
    frame = pairs({1: np.linspace(-2, 3, 30), 10: np.linspace(-1, 2, 30)})
    mixed = frame.sample(frac=1, random_state=3).assign(more="x")
    for one, other in zip(*(steps(paired_differences(f, PROVENANCE)) for f in (frame, mixed)), strict=True):
        assert np.array_equal(one.get_xdata(), other.get_xdata())


def test_of_many_places_six_are_drawn_with_the_first_and_the_last():
    fig = paired_differences(pairs({place: [1.0, -1.0 * place] for place in range(1, 80)}), PROVENANCE)
    assert len(steps(fig)) == 6
    text = assert_legible(fig)
    assert "place 1: " in text
    assert "place 79: " in text


def test_lines_differ_in_lightness_and_in_dash_or_marker():
    fig = paired_differences(pairs({place: [1.0, -1.0] for place in (1, 5, 10, 20, 40, 60)}), PROVENANCE)
    looks = {(key.get_linestyle(), key.get_marker()) for key in fig.legends[0].legend_handles}
    assert len(looks) == 6


def test_several_references_are_told_apart():
    frame = pd.concat([pairs({1: [1.0, 2.0]}), pairs({1: [-1.0, 2.0]}, versus=40)])
    text = assert_legible(paired_differences(frame, PROVENANCE))
    assert "1 rather than 40: better 50 %" in text
    assert "1 rather than 80: better 100 %" in text


@pytest.mark.parametrize(("worst", "scale"), [(10.0, "linear"), (5000.0, "symlog")])
def test_the_axis_is_stretched_when_the_spread_demands_it(worst, scale):
    fig = paired_differences(pairs({1: [*np.linspace(-2, 2, 41), worst]}), PROVENANCE)
    assert fig.axes[0].get_xscale() == scale
    assert ("logarithmic away from zero" in assert_legible(fig).replace("\n", " ")) == (scale == "symlog")
    assert fig.axes[0].get_xlim()[0] < 0 < fig.axes[0].get_xlim()[1]


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (pairs({1: [2.0]}), "the one pair of twins"),
        (pairs({1: [0.0, 0.0]}), "better 0 %, equal 100 %"),
        (pairs({1: [np.nan, np.nan]}), "nothing to compare"),
        (pairs({80: [0.0, 0.0]}), "nothing to compare"),
        (pairs({1: [1.0]})[:0], "nothing to compare"),
        (pairs({1: [4.0, 5.0]}), "better 100 %"),
    ],
    ids=["one twin", "all ties", "all unknown", "the reference alone", "no rows", "all better"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(paired_differences(frame, PROVENANCE))


def test_a_narrow_page_with_a_long_name_stays_legible():
    rng = np.random.default_rng(1)
    frame = pairs({place: rng.normal(0, 3, 40) * np.exp(rng.normal(0, 2, 40)) for place in (1, 5, 10, 20, 40, 60)})
    assert_legible(paired_differences(frame, PROVENANCE, name=LONG, size=(3.6, 4.5)))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="difference"):
        paired_differences(pairs({1: [1.0]}).drop(columns="difference"), PROVENANCE)
