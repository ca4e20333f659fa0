"""How the interval narrows with runs, and from how many on the sign is known."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import interval_width
from sim.plots.widths import sign_told_at

NAN = float("nan")


def widths(mean=1.0, spread=10.0, counts=(4, 16, 64, 256, 1024)):
    twins = np.array(counts)
    half = spread / np.sqrt(twins)
    return pd.DataFrame({"twins": twins, "mean": mean, "low": mean - half, "high": mean + half})


def test_the_sign_is_told_from_the_first_count_that_stays_clear_of_zero():
    assert sign_told_at(widths()) == 256
    assert sign_told_at(widths(mean=-1.0)) == 256
    assert sign_told_at(widths(mean=0.1)) is None


def test_a_lucky_early_interval_does_not_count():
    frame = widths()
    frame.loc[0, ["low", "high"]] = (0.5, 1.5)
    assert sign_told_at(frame.sample(frac=1, random_state=1)) == 256


def test_the_answer_is_marked_and_said():
    fig = interval_width(widths(), PROVENANCE)
    text = assert_legible(fig).replace(" | ", " ")
    assert "The sign can be told with 256 twins and more" in text
    assert "sign told from 256" in text
    assert [256] * 2 in [list(line.get_xdata()) for line in fig.axes[0].lines]


def test_without_an_answer_the_law_says_how_many_it_would_take():
    text = assert_legible(interval_width(widths(mean=0.1), PROVENANCE)).replace(" | ", " ")
    assert "cannot be told with 1,024 twins" in text
    assert "it would take about 10,000" in text
    assert "sign told" not in text


def test_the_law_goes_through_the_last_interval():
    fig = interval_width(widths(), PROVENANCE)
    laws = [line for line in fig.axes[0].lines if line.get_linestyle() == "--"]
    assert sorted(line.get_ydata()[-1] for line in laws) == pytest.approx([1 - 10 / 32, 1 + 10 / 32])
    assert sorted(line.get_ydata()[0] for line in laws) == pytest.approx([1 - 10 / 2, 1 + 10 / 2])


def test_counts_are_on_a_logarithmic_axis_in_order():
    fig = interval_width(widths().sample(frac=1, random_state=1).assign(more=0), PROVENANCE)
    assert fig.axes[0].get_xscale() == "log"
    assert [4, 16, 64, 256, 1024] in [list(line.get_xdata()) for line in fig.axes[0].lines]


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (widths(counts=(50,)), "cannot be told with 50 twins"),
        (widths(counts=(1,)).assign(low=NAN, high=NAN), "cannot be told with 1 twin"),
        (widths()[:0], "no runs"),
        (widths().assign(mean=NAN), "no runs"),
        (widths(mean=0.0, spread=0.0), "cannot be told with 1,024 twins"),
        (widths(counts=range(10, 2000, 10)), "sign told from 110"),
        (widths(mean=50.0), "sign told from 4"),
    ],
    ids=["one count", "one twin", "no rows", "all unknown", "all zero", "many counts", "told at once"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(interval_width(frame, PROVENANCE)).replace(" | ", " ")


@pytest.mark.parametrize("mean", [1.0, 0.1])
def test_a_narrow_page_stays_legible(mean):
    assert_legible(interval_width(widths(mean, counts=(8, 10, 100, 1000, 2000, 4000)), PROVENANCE, size=(3.6, 4.5)))


def test_the_unit_is_named():
    assert "USD bn a year" in assert_legible(interval_width(widths(), PROVENANCE, unit="USD bn a year"))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="twins"):
        interval_width(widths().drop(columns="twins"), PROVENANCE)
