"""Hit or miss."""

from __future__ import annotations

import io
import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from sim.ensemble import Engine
from sim.scenario import Scenario, load_scenario, parse_scenario
from sim.study import PATTERNS, collect, pattern_summary, run_patterns, run_twins, scores
from sim.study.patterns import Pattern, observed
from sim.study.ruler import COLUMNS, calendar_rates, runs_apart
from sim.study.scores import hits_by_kind, patterns_page, patterns_table, score

DAYS = Pattern("days", "days", "days", lambda talks: 0.0, tolerance=5.0, grain=3.0)
DEALS = Pattern("deals", "deals", "deals", lambda talks: 0.0, tolerance=1.0)


def small(*settings: str) -> Scenario:
    return load_scenario("classroom", ["queue.per_week=1", "replications=2", *settings])


def test_the_band_runs_from_the_5th_to_the_95th_of_a_hundred_runs() -> None:
    found = score(DEALS, 5.0, np.arange(1.0, 101.0))
    assert (found.low, found.median, found.high, found.runs) == (5.0, 50.0, 95.0, 100)
    assert found.hit
    assert found.often == 0.03  # 4, 5 and 6
    assert not score(DEALS, 4.9, np.arange(1.0, 101.0)).hit


def test_days_include_the_whole_week() -> None:
    wednesdays = np.full(20, 98.0)
    assert score(DAYS, 97.0, wednesdays).hit
    assert not score(DAYS, 94.0, wednesdays).hit
    assert (score(DAYS, 97.0, wednesdays).low, score(DAYS, 97.0, wednesdays).high) == (95.0, 101.0)


def test_runs_without_a_value_are_left_out_and_those_that_wait_for_ever_are_not() -> None:
    found = score(DEALS, 2.0, np.array([2.0, math.nan, 2.0, math.nan]))
    assert (found.runs, found.often, found.hit) == (2, 1.0, True)
    waiting = score(DAYS, 97.0, np.array([98.0, math.inf, math.inf]))
    assert (waiting.median, waiting.high, waiting.hit) == (math.inf, math.inf, True)


def test_nothing_to_measure_is_a_miss() -> None:
    found = score(DEALS, 2.0, np.full(3, math.nan))
    assert (found.runs, found.hit, math.isnan(found.median)) == (0, False, True)


def test_runs_like_2025_hit_everything() -> None:
    measured = pd.DataFrame([{pattern.name: observed(pattern) for pattern in PATTERNS}] * 3)
    assert all(found.hit and found.often == 1.0 for found in scores(measured))


def test_runs_are_laid_out_as_2025_is() -> None:
    scenario = small("queue.position=1")
    tables = list(runs_apart(collect(scenario, run_twins(scenario)).partners, scenario))
    assert [tuple(table.columns) for table in tables] == [COLUMNS, COLUMNS]
    deals = tables[0].dropna(subset="signed")
    assert len(deals) > 0
    assert (deals["signed"] > deals["opened"]).all()
    assert deals[["tariff", "auto_tariff", "investment", "market_access"]].notna().all(axis=None)
    assert tables[0].loc[tables[0]["signed"].isna(), "tariff"].isna().all()


CALENDAR = """calendar:
  - {date: 2025-07-07, action: letters, rates: {JPN: 0.25, LAO: 0.40}}
  - {date: 2025-07-07, action: extend, until: 2025-08-01}
  - {date: 2025-07-09, action: snap}
  - {date: 2025-07-31, action: order, rates: {LAO: 0.41, CHE: 0.39}}
  - {date: 2025-08-20, action: letters, rates: {JPN: 0.50}}
"""
"""What letters and orders announce comes with the snap, moved to 1 August; what is said later comes too late."""


def test_rates_of_the_calendar() -> None:
    isos = ("JPN", "VNM", "GBR", "LAO", "CHE")
    snapped = {"JPN": 0.25, "VNM": 0.46, "GBR": 0.10, "LAO": 0.41, "CHE": 0.39}
    assert calendar_rates(parse_scenario(f"name: july\ntitle: July\n{CALENDAR}"), isos) == snapped
    pause_goes_on = parse_scenario(f"name: july\ntitle: July\nclock: {{rounds: 15}}\n{CALENDAR}")
    assert calendar_rates(pause_goes_on, isos) == dict.fromkeys(isos, 0.10)


def test_who_never_signs_bears_the_rate_of_the_calendar() -> None:
    words = "name: july\ntitle: July\nreplications: 1\nclock: {rounds: 20}\n"
    long_texts = "session: {to_close_small: 50, to_close_middle: 50, to_close_large: 50}\n"
    no_rush = "mechanisms: {attention: {rush: {weeks: 0}}}\n"
    scenario = parse_scenario(words + long_texts + no_rush + CALENDAR)
    (table,) = runs_apart(collect(scenario, run_twins(scenario)).partners, scenario)
    assert table["signed"].isna().all()
    assert {"JPN", "LAO", "CHE"} <= set(table["iso"])
    assert table["in_force"].tolist() == table["by_calendar"].tolist()


def test_places_are_not_varied_and_processes_do_not_matter() -> None:
    one = run_patterns(small("queue.position=[2,last]"), jobs=1)
    assert len(one) == 2
    assert one.equals(run_patterns(small("queue.position=2"), jobs=2))


def test_either_driver_measures_the_same() -> None:
    scenario = small("replications=12")
    agents, arrays = (run_patterns(scenario, engine=engine) for engine in (Engine.MESA, Engine.COMPILED))
    assert len(agents) == 12
    pd.testing.assert_frame_equal(agents, arrays, check_exact=True)


def test_the_summary_is_plain_data() -> None:
    scenario = parse_scenario("name: trial\ntitle: A trial\n")
    measured = pd.DataFrame([{pattern.name: math.nan for pattern in PATTERNS} | {"japan_days": math.inf}])
    summary = json.loads(json.dumps(pattern_summary(scenario, measured), allow_nan=False))
    keys = {"name", "observed", "median", "low", "high", "hit"}
    assert all(row.keys() == keys for row in summary["patterns"])
    assert {"seed", "replications", "version", "hash", "hits", "of"} <= summary.keys()
    assert summary["of"] + summary["by_kind"]["decided"]["of"] == 44
    assert summary["details"]["rate_of_calendar"]["decided_by"].startswith("the calendar is an input")
    assert summary["details"]["japan_days"]["decided_by"] is None
    assert 0.0 < summary["details"]["japan_days"]["prior_share"] < 1.0
    japan = next(row for row in summary["patterns"] if row["name"] == "japan_days")
    assert japan == {"name": "japan_days", "observed": 97.0, "median": None, "low": None, "high": None, "hit": False}


def test_the_table_says_hit_or_miss_with_seed_number_and_version() -> None:
    scenario = parse_scenario("name: trial\ntitle: A trial\n")
    values = {pattern.name: observed(pattern) for pattern in PATTERNS} | {"japan_pledge": 300.0, "japan_fx": math.nan}
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(patterns_table(scenario, pd.DataFrame([values, values])))
    lines = console.export_text().splitlines()
    pledge = next(line for line in lines if "investment pledged, Japan" in line)
    assert [word in pledge for word in ("USD 550 bn", "USD 300 bn", "300 to 300", "0 %", "miss")] == [True] * 5
    days = next(line for line in lines if "opening to deal, Japan" in line)
    assert [word in days for word in ("97 days", "94 to 100", "100 %", "hit")] == [True] * 4
    said = " ".join(" ".join(lines).split())
    hits, of = hits_by_kind(scores(pd.DataFrame([values, values]), scenario))["counted"]
    assert hits < of
    assert all(word in said for word in (f"{hits} of {of} hit (", "seed 2025", "2 runs", "version"))
    assert "not counted. Weak: at least 80 % of settings drawn from the priors hit it" in said
    calendar = next(line for line in lines if "bear the calendar's rate" in line)
    assert "decided" in calendar
    assert "hit" not in calendar


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_every_pattern_says_what_it_is(pattern: Pattern) -> None:
    assert pattern.meaning
    assert pattern.unit in {"days", "deals", "sessions", "partners", "share", "rate", "USD bn"}
    assert (pattern.grain > 0) == (pattern.unit == "days")


def test_the_page_shows_the_patterns_as_they_are() -> None:
    page = Path(__file__).parents[2] / "docs" / "calibration.md"
    assert patterns_page() in page.read_text(encoding="utf-8")
