"""Which assumptions drive the advantage: the largest on top, the rest in words."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import sensitivity_bars

NAN = float("nan")
ENDS = ["first_low", "first_high", "total_low", "total_high"]


def indices(totals, half=0.05):
    total = np.asarray(totals, dtype=float)
    frame = pd.DataFrame({"parameter": [f"a.p{k}" for k in range(len(total))], "first": total / 2, "total": total})
    frame["label"] = [f"assumption {k}" for k in range(len(total))]
    for index in ("first", "total"):
        frame[f"{index}_low"], frame[f"{index}_high"] = frame[index] - half, frame[index] + half
    return frame.assign(more=1)


def rows_of(fig):
    return [label.get_text() for label in fig.axes[0].get_yticklabels()]


def widths(fig):
    first, total = fig.axes[0].containers
    return [bar.get_width() for bar in first], [bar.get_width() for bar in total]


def test_the_largest_total_is_on_top():
    fig = sensitivity_bars(indices([0.2, 0.6, 0.4]), PROVENANCE)
    assert rows_of(fig) == ["assumption 1", "assumption 2", "assumption 0"]
    assert np.allclose(widths(fig), [[0.3, 0.2, 0.1], [0.6, 0.4, 0.2]])
    bottom, top = fig.axes[0].get_ylim()
    assert top < bottom


def test_whiskers_are_the_intervals():
    fig = sensitivity_bars(indices([0.6]), PROVENANCE)
    ends = [sorted(x for x, _ in part.get_segments()[0]) for part in fig.axes[0].collections]
    assert np.allclose(ends, [[0.25, 0.35], [0.55, 0.65]])


def test_what_is_not_drawn_is_summed_up_in_words():
    fig = sensitivity_bars(indices([0.6, 0.1, 0.08, 0.4]), PROVENANCE, most=2)
    assert rows_of(fig) == ["assumption 0", "assumption 3"]
    said = assert_legible(fig).replace(" | ", " ")
    assert "2 more: 9 % alone, taken together; none above 10 % with interactions" in said


def test_estimates_below_zero_stay_in_sight():
    assert sensitivity_bars(indices([0.5, -0.2]), PROVENANCE).axes[0].get_xlim()[0] < -0.25


def test_the_two_bars_differ_in_lightness():
    first, total = sensitivity_bars(indices([0.5]), PROVENANCE).axes[0].containers
    assert abs(np.mean(first[0].get_facecolor()[:3]) - np.mean(total[0].get_facecolor()[:3])) > 0.2


@pytest.mark.parametrize("size", [(7.2, 4.6), (3.6, 4.5)])
def test_eighty_assumptions_with_long_names_are_legible(size):
    frame = indices(np.linspace(0, 0.5, 80))
    frame["label"] = [f"an assumption with a name that is rather long for a row, number {k}" for k in range(80)]
    assert_legible(sensitivity_bars(frame, PROVENANCE, most=80, size=size))
    assert_legible(sensitivity_bars(frame, PROVENANCE, size=size))


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (indices([]), "no assumption was varied"),
        (indices([NAN, NAN]), "no assumption was varied"),
        (indices([0.3]), "assumption 0"),
        (indices([0.3, 0.2]).assign(**dict.fromkeys(ENDS, NAN)), "no intervals"),
        (indices([0.3]).assign(label=None), "a.p0"),
        (indices([0.0, 0.0]), "95 % intervals"),
    ],
    ids=["no rows", "all unknown", "one row", "no intervals", "no label", "all zero"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(sensitivity_bars(frame, PROVENANCE))


@pytest.mark.parametrize("column", ["parameter", "label", "first", "total", *ENDS])
def test_a_missing_column_is_named(column):
    with pytest.raises(ValueError, match=column):
        sensitivity_bars(indices([0.3]).drop(columns=column), PROVENANCE)
