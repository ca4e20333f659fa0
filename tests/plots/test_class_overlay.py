"""The outcomes of a class: who is where, what the means say, and legible from one student to sixty."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import class_overlay
from sim.study import gap_interval

LONG = "the Democratic Republic of São Tomé and Príncipe"


def students(count, places=(1, 6), deals=0.8):
    rng = np.random.default_rng(5)
    deal = rng.random(count) < deals
    frame = pd.DataFrame({"name": [f"Student {k}" for k in range(count)], "deal": deal})
    frame["place"] = [places[k % len(places)] for k in range(count)]
    frame["value"] = np.where(deal, rng.normal(-47, 4, count), rng.normal(-63, 2, count))
    return frame.assign(week=np.where(deal, 11.0, np.nan))


def simulated(places=(1, 6), count=200):
    rng = np.random.default_rng(6)
    return pd.DataFrame({"place": np.repeat(places, count), "value": rng.normal(-48, 5, len(places) * count)})


def dots(fig):
    """Values of the filled and of the hollow dots."""
    lines = [line for line in fig.axes[0].lines if line.get_marker() in "os" and line.get_zorder() == 4]
    hollow = [line.get_markerfacecolor() == "white" for line in lines]
    sides = [
        [x for line, h in zip(lines, hollow, strict=True) if h == side for x in line.get_xdata()] for side in (0, 1)
    ]
    return [sorted(side) for side in sides]


def test_each_student_has_a_dot_hollow_without_a_deal():
    frame = students(4).assign(value=[-40.0, -45.0, -60.0, -50.0], deal=[True, True, False, True])
    assert dots(class_overlay(frame, simulated(), PROVENANCE)) == [[-50.0, -45.0, -40.0], [-60.0]]


def test_the_subtitle_has_the_means_and_what_lies_between_them():
    frame = students(4).assign(value=[-40.0, -52.0, -44.0, -48.0], deal=True)
    text = assert_legible(class_overlay(frame, simulated(), PROVENANCE)).replace("| ", "")
    assert "place 1 −42.0 [−67.4, −16.6]" in text
    assert "place 6 −50.0" in text
    assert "first less last +8.00 [−4.17, +20.2], not told apart from zero" in text
    assert "without a deal" not in text


def test_the_interval_of_unpaired_means_by_hand():
    mean, low, high = gap_interval(np.array([-40.0, -44.0]), np.array([-52.0, -48.0]))
    assert (mean, high - mean) == (8.0, pytest.approx(4.3026527 * 8**0.5))
    assert low == pytest.approx(2 * mean - high)


def test_equal_values_leave_no_doubt_and_single_ones_no_interval():
    assert gap_interval(np.full(3, 2.0), np.full(4, 1.0)) == (1.0, 1.0, 1.0)
    assert np.isnan(gap_interval(np.array([2.0]), np.array([1.0, 3.0]))[1:]).all()


@pytest.mark.parametrize("count", [1, 2, 24, 60])
@pytest.mark.parametrize("size", [(7.2, 4.2), (3.9, 5.0)])
def test_one_to_sixty_students_stay_legible(count, size):
    text = assert_legible(class_overlay(students(count), simulated(), PROVENANCE, size=size, show_names=True))
    assert "Student 0" in text or count == 60


def test_of_a_large_class_the_best_and_the_worst_are_named():
    frame = students(60)
    text = assert_legible(class_overlay(frame, simulated(), PROVENANCE, show_names=True, size=(12.0, 7.0)))
    named = [name for name in frame["name"] if name in text.split(" | ")]
    assert len(named) <= 12
    assert frame.loc[frame["value"].idxmax(), "name"] in named
    assert frame.loc[frame["value"].idxmin(), "name"] in named


@pytest.mark.parametrize(
    ("frame", "behind", "words"),
    [
        (students(0), simulated(), "nobody has finished yet"),
        (students(3).assign(value=np.nan), simulated(), "nobody has finished yet"),
        (students(3, (1,)), simulated((1,)), "3 students"),
        (students(4).assign(value=-40.0), simulated()[:0], "first less last 0 [0, 0]"),
        (students(6), simulated(count=3), "simulated negotiators"),
        (students(6, (1, 3, 6)), simulated((1, 3, 6)), "place 3\n2 students"),
        (students(5, deals=0.0), simulated(), "a student without a deal"),
    ],
    ids=["no rows", "no values", "one place", "all equal", "few simulated", "three places", "no deals"],
)
def test_awkward_data(frame, behind, words):
    text = assert_legible(class_overlay(frame, behind, PROVENANCE, name=LONG))
    assert words.replace("\n", " ") in text.replace("\n", " ").replace("| ", "")


def test_order_of_rows_and_further_columns_do_not_matter():
    frame = students(12)
    mixed = frame.sample(frac=1, random_state=1).assign(more="x")
    assert dots(class_overlay(frame, simulated(), PROVENANCE)) == dots(class_overlay(mixed, simulated(), PROVENANCE))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="week"):
        class_overlay(students(2).drop(columns="week"), simulated(), PROVENANCE)
