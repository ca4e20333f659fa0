"""Tables of the page of validation about the frameworks of 2025, worked out anew whenever the page is written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pandas as pd

from docs.tools.marks import table
from sim.scenario import Scenario, load_scenario
from sim.study.backtest import Backtest, partner_rows, run_backtest
from sim.study.backtest_counts import errors, errors_left_out
from sim.study.backtest_words import backtest_lines, origin
from sim.study.benchmarks import BENCHMARKS
from sim.study.predicted import read_predicted

__all__ = ["count_lines", "error_table", "framework_table", "others_table", "tested"]

RUNS = 200
#: Partners without a framework that the page shows.
SHOWN = 12


@lru_cache
def tested() -> tuple[Scenario, Backtest]:
    """Run the scenario of 2025 once for all tables."""
    scenario = load_scenario("april_2025", [f"replications={RUNS}"])
    return scenario, run_backtest(scenario, predicted=read_predicted())


def framework_table() -> str:
    """Return every framework beside the runs."""
    head = ["partner", "rate, %", "runs", "autos, %", "runs", "pledge, USD bn", "runs", "day", "runs", "signed"]
    scenario, found = tested()
    rows = found.partners.to_dict("records")
    parts = {"rate": 100.0, "auto": 100.0, "pledge": 1.0, "day": 1.0}

    def line(row: dict) -> Iterator[str]:
        yield row["name"]
        for part, times in parts.items():
            yield _number(times * row[f"{part}_observed"])
            yield _band(*(times * row[f"{part}{end}"] for end in ("", "_low", "_high")))
        yield _share(row["signed"])

    return f"{table(head, (list(line(row)) for row in rows))}\n\n*{origin(scenario, found)}.*"


def error_table() -> str:
    """Return the mean absolute errors of the model and of the benchmarks."""
    found = tested()[1]
    inside, apart = errors(found), errors_left_out(found)
    names = {"model": "**the model**", **BENCHMARKS}
    lines = ([words, _number(inside[name], 2), _number(apart[name], 2)] for name, words in names.items())
    return table(["mean absolute error, points", "in sample", "left out"], lines)


def others_table() -> str:
    """Return the likeliest signers of those that did not sign."""
    found = tested()[1]
    rows = partner_rows(found.runs, found.others).sort_values("signed", ascending=False, kind="stable").head(SHOWN)
    head = ["without a framework", "rate of the order, %", "signs by 1 August", "signs ever", "then at, %"]

    def lines() -> Iterator[list[str]]:
        for row in rows.to_dict("records"):
            order, rate = (_number(100.0 * row[name]) for name in ("rate_order", "rate"))
            yield [row["name"], order, _share(row["signed"]), _share(row["signed_ever"]), rate]

    return table(head, lines())


def count_lines() -> str:
    """Return what is counted over all partners as a list."""
    *said, _ = backtest_lines(*tested())
    return "\n".join(f"- {line}" for line in said)


def _band(middle: float, low: float, high: float) -> str:
    return "" if pd.isna(middle) else f"{_number(middle)} [{_number(low)}, {_number(high)}]"


def _number(value: float, digits: int = 0) -> str:
    return "" if pd.isna(value) else f"{value:,.{digits}f}"


def _share(value: float) -> str:
    return "" if pd.isna(value) else f"{100.0 * value:.0f} %"
