"""The answer in words, read back from small tables."""

from __future__ import annotations

import pandas as pd
import pytest
from rich.console import Console
from rich.table import Table

from sim.scenario import parse_scenario
from sim.study import Results
from sim.study.words import answer, positions_table

SCENARIO = parse_scenario("name: trial\ntitle: A trial\n")


def results(values: dict[int, list[float]]) -> Results:
    """Signed in round 15 on the same terms everywhere; only the value differs."""
    rows = [
        {"position": place, "replication": r, "deal": True, "repriced": False, "value": value}
        | {"round": 15.0, "day": 112.0, "sessions": 9, "gain": 1.0, "us_gain": 2.0}
        | dict.fromkeys(("tariff", "auto_tariff"), 0.15)
        | {"defence": 0.0, "fx": 0.5, "investment": 1250.0, "market_access": 0.25}
        for place, row in values.items()
        for r, value in enumerate(row)
    ]
    return Results(SCENARIO, pd.DataFrame(rows), pd.DataFrame(), pd.DataFrame())


def shown(table: Table) -> str:
    console = Console(width=160)
    with console.capture() as said:
        console.print(table)
    return said.get()


@pytest.mark.parametrize(
    ("first", "verdict"),
    [([9.0, 9.1, 9.2], "1st rather than 22nd pays"), ([1.0, 1.1, 1.2], "costs"), ([4.0, 5.0, 6.1], "cannot be told")],
)
def test_the_verdict_follows_the_interval(first: list[float], verdict: str) -> None:
    assert verdict in answer(results({1: first, 22: [5.0, 5.1, 5.0]}))


def test_one_place_is_compared_with_nothing() -> None:
    alone = results({2: [-50.0, -52.0]})
    assert answer(alone).startswith("Japan's outcome is worth USD bn -51.00 [")
    assert "advantage" not in shown(positions_table(alone)).splitlines()[2]


def test_two_places_have_a_reference_and_an_advantage() -> None:
    said = shown(positions_table(results({1: [9.0, 9.1], 80: [5.0, 5.2]})))
    assert "advantage [95 %]" in said
    assert "reference" in said
    assert "+3.95" in said
    assert "1,250" in said
    assert "15.0 %" in said
    assert "28 Jul" in said
