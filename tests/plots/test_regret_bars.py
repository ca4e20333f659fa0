"""Which choice is regretted least: the smallest worst regret on top and starred."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import regret_bars

NAN = float("nan")
COLUMNS = ["option", "mean", "p90", "worst", "best_share"]


def regrets():
    rows = [
        ("early, in a rush", 8.0, 14.0, 33.0, 0.2),
        ("late, no rush", 4.0, 9.0, 18.0, 0.3),
        ("early, no rush", 3.0, 12.0, 22.0, 0.5),
    ]
    return pd.DataFrame(rows, columns=COLUMNS).assign(more=1)


def crowd(count=80):
    worst = np.random.default_rng(1).uniform(1, 900, count)
    options = [f"a choice with a rather long name, number {k}" for k in range(count)]
    return pd.DataFrame({"option": options, "mean": worst / 9, "p90": worst / 2, "worst": worst, "best_share": 0.01})


def marks(fig, marker):
    (line,) = [line for line in fig.axes[0].lines if line.get_marker() == marker]
    return list(line.get_xdata()), list(line.get_ydata())


def rows_of(fig):
    return [label.get_text() for label in fig.axes[0].get_yticklabels()]


def test_the_smallest_worst_regret_is_on_top_starred_and_named():
    fig = regret_bars(regrets(), PROVENANCE, name="Japan")
    assert rows_of(fig) == ["late, no rush", "early, no rush", "early, in a rush"]
    assert fig.axes[0].get_ylim()[0] > fig.axes[0].get_ylim()[1]
    assert marks(fig, "*")[1] == [0]
    said = assert_legible(fig).replace(" | ", " ")
    assert "Smallest worst regret: late, no rush, 18 USD bn" in said
    assert "Japan" in said


def test_mean_one_in_ten_and_worst_have_their_own_marks():
    fig = regret_bars(regrets(), PROVENANCE)
    assert marks(fig, "o") == ([4, 3, 8], [0, 1, 2])
    assert marks(fig, "^") == ([9, 12, 14], [0, 1, 2])
    assert marks(fig, "s") == ([18, 22, 33], [0, 1, 2])


def test_shares_of_worlds_stand_to_the_right():
    shares = regret_bars(regrets(), PROVENANCE).axes[1]
    assert [bar.get_width() for bar in shares.patches] == [0.3, 0.5, 0.2]
    assert [text.get_text() for text in shares.texts] == ["30 %", "50 %", "20 %"]


def test_equal_worst_regrets_are_all_starred():
    fig = regret_bars(regrets().assign(worst=20.0), PROVENANCE)
    assert marks(fig, "*")[1] == [0, 1, 2]
    assert "3 options" in assert_legible(fig)


@pytest.mark.parametrize("size", [(7.2, 3.8), (3.6, 4.5)])
@pytest.mark.parametrize("frame", [regrets(), crowd()], ids=["three options", "eighty options"])
def test_every_size_is_legible(frame, size):
    assert_legible(regret_bars(frame, PROVENANCE, size=size))


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (regrets()[:0], "no option to compare"),
        (regrets().assign(worst=NAN), "no option to compare"),
        (regrets()[:1], "early, in a rush"),
        (regrets().assign(mean=0.0, p90=0.0, worst=0.0), "3 options, 0 USD bn"),
        (regrets().assign(best_share=NAN, p90=NAN), "late, no rush"),
    ],
    ids=["no rows", "all unknown", "one option", "no regret", "no shares"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(regret_bars(frame, PROVENANCE)).replace(" | ", " ")


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_named(column):
    with pytest.raises(ValueError, match=column):
        regret_bars(regrets().drop(columns=column), PROVENANCE)
