"""Ridges of value by week of signing: their order, their medians, and what is drawn one by one."""

import numpy as np
import pandas as pd
import pytest
from made_up import DEADLINES, PROVENANCE, assert_legible

from sim.plots import value_by_signing_week

LONG = "the Democratic Republic of São Tomé and Príncipe"
NAN = float("nan")
CROWD = [*DEADLINES, (13.0, "14 Jul: letters to fourteen governments with new rates"), (39, "the last day")]


def runs(by_week, none=()):
    """Values by week of signing, and those without a deal."""
    rows = [(float(week), True, value) for week, values in by_week.items() for value in values]
    return pd.DataFrame([*rows, *((NAN, False, value) for value in none)], columns=["round", "deal", "value"])


def many(weeks, each=30):
    rng = np.random.default_rng(2)
    return runs({week: rng.normal(-week, 4, each) for week in weeks}, none=rng.normal(-60, 3, 20))


def labels(fig):
    return [label.get_text() for label in fig.axes[0].get_yticklabels()]


def medians(fig):
    """Medians by row."""
    dots = [line for line in fig.axes[0].lines if line.get_marker() == "o"]
    return {float(line.get_ydata()[0]): float(line.get_xdata()[0]) for line in dots}


def ridges(fig):
    return [shape for shape in fig.axes[0].collections if "Poly" in type(shape).__name__]


def test_rows_run_from_the_earliest_week_to_no_deal():
    fig = value_by_signing_week(runs({13: [-3, -2, -1], 4: [5]}, none=[-9]), PROVENANCE)
    assert labels(fig) == ["12 May", "14 Jul", "no deal"]
    assert list(medians(fig).values()) == [5, -2, -9]
    bottom, top = fig.axes[0].get_ylim()
    assert top < min(medians(fig)) < max(medians(fig)) < bottom


def test_densities_are_drawn_for_enough_runs_and_the_few_one_by_one():
    fig = value_by_signing_week(runs({4: np.linspace(-5, 5, 20), 6: [1, 2, 3], 8: [7.0] * 20}), PROVENANCE)
    assert len(ridges(fig)) == 1
    ticks = [line for line in fig.axes[0].lines if line.get_marker() == "|"]
    assert [len(line.get_xdata()) for line in ticks] == [3, 20]
    text = assert_legible(fig)
    assert "density of runs" in text
    assert "a run" in text


def test_a_ridge_peaks_where_the_runs_are_and_all_are_as_high():
    fig = value_by_signing_week(many([5, 20]), PROVENANCE)
    first, second = (shape.get_paths()[0].vertices for shape in ridges(fig)[:2])
    assert abs(first[first[:, 1].argmin(), 0] + 5) < 3
    assert abs(second[second[:, 1].argmin(), 0] + 20) < 3
    assert np.ptp(first[:, 1]) == pytest.approx(np.ptp(second[:, 1]))


def test_numbers_of_runs_stand_at_the_right():
    text = assert_legible(value_by_signing_week(many([5, 20], each=31), PROVENANCE, name="Japan"))
    for words in ("31", "20", "USD bn, present value", "worth less to Japan"):
        assert words in text


def test_many_weeks_are_put_together_but_never_across_a_deadline():
    fig = value_by_signing_week(many(range(2, 36)), PROVENANCE, deadlines=[(12.4, "9 Jul: pause ends")])
    assert 5 < len(labels(fig)) <= 14
    assert any(label.endswith("7 Jul") for label in labels(fig))
    assert any(label.startswith("14 Jul") for label in labels(fig))
    assert "9 Jul: pause ends" in assert_legible(fig)


def test_a_deadline_lies_between_the_weeks_before_and_after_it():
    fig = value_by_signing_week(many([12, 13]), PROVENANCE, deadlines=[(12.4, "9 Jul: pause ends")])
    (line,) = [line for line in fig.axes[0].lines if line.get_linestyle() == ":"]
    first, second, _ = medians(fig)
    assert first < line.get_ydata()[0] < second


def test_runs_without_a_deal_are_hatched():
    fig = value_by_signing_week(many([5]), PROVENANCE)
    assert [shape.get_hatch() for shape in ridges(fig)] == [None, "////"]


def test_zero_is_marked_when_values_lie_on_both_its_sides():
    def zeros(frame):
        lines = value_by_signing_week(frame, PROVENANCE).axes[0].lines
        return [line for line in lines if list(line.get_xdata()) == [0, 0]]

    assert len(zeros(runs({4: [-5, 5]}))) == 1
    assert not zeros(runs({4: [-5, -6]}))


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (runs({}, none=[-1.0, -2.0]), "no deal"),
        (runs({3: [1.0]}), "5 May"),
        (runs({3: [1.0]})[:0], "no runs"),
        (runs({3: [NAN]}), "no runs"),
        (runs({3: [2.0] * 30}), "a run"),
        (runs({3: [1.0, 2.0]}).assign(round=NAN, deal=False), "no deal"),
    ],
    ids=["no deal", "one run", "no rows", "all unknown", "all equal", "no rounds"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(value_by_signing_week(frame, PROVENANCE, deadlines=DEADLINES))


def test_thousands_of_runs_take_no_longer_than_their_sample():
    assert_legible(value_by_signing_week(many([5, 6, 7], each=20_000), PROVENANCE))


def test_a_narrow_page_with_crowded_deadlines_stays_legible():
    frame = many(range(2, 50), each=9)
    assert_legible(value_by_signing_week(frame, PROVENANCE, name=LONG, deadlines=CROWD, size=(3.6, 4.5)))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="deal"):
        value_by_signing_week(runs({3: [1.0]}).drop(columns="deal"), PROVENANCE)
