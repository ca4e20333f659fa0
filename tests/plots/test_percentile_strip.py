"""One's own outcome among simulated ones: the percentile by hand, and legible with few, many and equal ones."""

import doctest

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

import sim.plots.percentile
from sim.plots import percentile_strip, share_below

NAN = float("nan")


def simulated(values, weeks):
    signed = np.array(weeks, dtype=float)
    return pd.DataFrame({"value": values, "deal": np.isfinite(signed), "week": signed})


def many(count, deals=0.8):
    rng = np.random.default_rng(4)
    deal = rng.random(count) < deals
    value = np.where(deal, rng.normal(-46, 3, count), rng.normal(-63, 2, count))
    return simulated(value, np.where(deal, rng.integers(8, 16, count), np.nan))


def test_the_example_of_the_percentile():
    assert doctest.testmod(sim.plots.percentile).failed == 0


@pytest.mark.parametrize(("value", "share"), [(0.0, 0.0), (1.0, 0.125), (2.5, 0.5), (9.0, 0.875), (10.0, 1.0)])
def test_what_is_worse_counts_and_what_is_equal_counts_half(value, share):
    assert share_below(value, np.array([1.0, 2.0, 3.0, 9.0])) == share


def test_the_title_says_the_percentile_and_the_subtitle_the_distance_to_the_median():
    frame = simulated([-50.0, -40.0, -45.0, -60.0], [9, 11, 12, NAN])
    text = assert_legible(percentile_strip(-44.0, frame, PROVENANCE, week=10))
    assert "You did better than 75 of 100 simulated negotiators" in text
    assert "−44.0 USD bn, +3.50 against the median of 4 negotiators" in text


def test_filled_dots_are_deals_at_their_weeks_and_hollow_ones_on_a_row_of_their_own():
    fig = percentile_strip(-44.0, simulated([-50.0, -40.0, -60.0], [9, 12, NAN]), PROVENANCE, week=10)
    lower = fig.axes[1]
    dots = [line for line in lower.lines if line.get_marker() == "o"]
    assert [sorted(line.get_xdata()) for line in dots] == [[-50.0, -40.0], [-60.0]]
    assert np.allclose(dots[0].get_ydata(), [9, 12], atol=0.3)
    (star,) = (line for line in lower.lines if line.get_marker() == "*")
    assert (list(star.get_xdata()), list(star.get_ydata())) == ([-44.0], [10])
    assert min(dots[1].get_ydata()) > 12


def test_without_a_deal_one_stands_with_the_others_without():
    text = assert_legible(percentile_strip(-62.0, many(60), PROVENANCE, name="Ada"))
    assert "Ada did better than" in text
    assert "no deal" in text


@pytest.mark.parametrize("size", [(7.2, 3.9), (3.9, 5.0)])
@pytest.mark.parametrize("count", [1, 5, 8, 500])
def test_few_and_many_stay_legible(count, size):
    assert_legible(percentile_strip(-47.0, many(count), PROVENANCE, week=9, size=size))


@pytest.mark.parametrize(
    ("value", "frame", "words"),
    [
        (1.0, many(0), "nothing to compare with"),
        (NAN, many(9), "nothing to compare with"),
        (1.0, simulated([1.0] * 20, [9] * 20), "better than 50 of 100"),
        (1.0, simulated([NAN, 0.0], [9, 9]), "better than 100 of 100"),
        (-90.0, many(30, deals=0.0), "better than 0 of 100"),
        (90.0, many(30, deals=1.0), "better than 100 of 100"),
    ],
    ids=["nobody", "no value", "all equal", "one unknown", "no deals", "all deals"],
)
def test_awkward_data(value, frame, words):
    assert words in assert_legible(percentile_strip(value, frame, PROVENANCE))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="week"):
        percentile_strip(1.0, many(3).drop(columns="week"), PROVENANCE)
