"""Predicted against observed: each measure has its own panel, each partner its row."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import backtest

NAN = float("nan")
COLUMNS = ["iso", "name", "what", "unit", "observed", "median", "low", "high", "line", "two_medians"]


def deals():
    rows = [
        ("JPN", "Japan", "pledge", "USD bn", 550.0, 500.0, 400.0, 620.0, NAN, NAN),
        ("GBR", "United Kingdom", "general rate", "%", 10.0, 11.0, 10.0, 13.0, 14.0, 19.0),
        ("JPN", "Japan", "general rate", "%", 15.0, 18.0, 12.0, 20.0, 16.0, 15.0),
        ("VNM", "Vietnam", "general rate", "%", 20.0, NAN, NAN, NAN, 30.0, 19.0),
    ]
    return pd.DataFrame(rows, columns=COLUMNS).iloc[[1, 0, 2, 3]]


def marks(ax, marker):
    (line,) = [line for line in ax.lines if line.get_marker() == marker]
    return dict(zip(line.get_ydata(), line.get_xdata(), strict=True))


def rows_of(fig):
    return [label.get_text() for label in fig.axes[0].get_yticklabels()]


def crowd(count=80):
    rng = np.random.default_rng(1)
    isos = [f"P{k:02d}" for k in range(count)]
    measures = [("general rate", "%"), ("signed, days after 14 April", "days"), ("pledge", "USD bn")]
    frames = [
        pd.DataFrame({"iso": isos, "name": [f"An economy with a long name, {iso}" for iso in isos]}).assign(
            what=what, unit=unit, observed=rng.normal(15, 3, count), line=rng.normal(15, 3, count), two_medians=15.0
        )
        for what, unit in measures
    ]
    table = pd.concat(frames)
    return table.assign(median=table["observed"] + 1, low=table["observed"] - 2, high=table["observed"] + 3)


def test_the_highest_observed_rate_is_on_top():
    fig = backtest(deals().assign(more=1), PROVENANCE)
    assert rows_of(fig) == ["Vietnam", "Japan", "United Kingdom"]
    bottom, top = fig.axes[0].get_ylim()
    assert top < bottom


def test_each_measure_has_its_panel_and_each_mark_its_place():
    rate, pledge = backtest(deals(), PROVENANCE).axes
    assert [ax.get_title(loc="left") for ax in (rate, pledge)] == ["General rate (%)", "Pledge (USD bn)"]
    assert marks(rate, "|") == {0: 20, 1: 15, 2: 10}
    assert marks(rate, "^") == {0: 30, 1: 16, 2: 14}
    assert marks(rate, "D") == {0: 19, 1: 15, 2: 19}
    assert marks(pledge, "|") == {1: 550}
    spans = [line.tolist() for line in rate.collections[0].get_segments()]
    assert [[12.0, 1.0], [20.0, 1.0]] in spans


def test_errors_are_those_over_the_deals_all_have_a_say_on():
    text = assert_legible(backtest(deals(), PROVENANCE))
    assert "general rate, model 2, line 2.5, two medians 4.5 %" in text.replace(" | ", " ")
    assert "pledge, model 50 USD bn" in text.replace(" | ", " ")


@pytest.mark.parametrize("size", [(7.2, 4.6), (3.6, 4.5)])
@pytest.mark.parametrize("table", [deals(), crowd()], ids=["three partners", "eighty partners"])
def test_every_size_is_legible(table, size):
    assert_legible(backtest(table, PROVENANCE, size=size))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (deals()[:0], "no deal to compare with"),
        (deals().assign(observed=NAN), "no deal to compare with"),
        (deals().assign(median=NAN, low=NAN, high=NAN), "general rate, none"),
        (deals().assign(line=NAN, two_medians=NAN), "general rate, model 2 %"),
        (deals()[1:2].assign(name=None), "JPN"),
    ],
    ids=["no rows", "nothing observed", "no run with a deal", "no benchmarks", "one row without a name"],
)
def test_awkward_data(table, words):
    assert words in assert_legible(backtest(table, PROVENANCE)).replace(" | ", " ")


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_named(column):
    with pytest.raises(ValueError, match=column):
        backtest(deals().drop(columns=column), PROVENANCE)
