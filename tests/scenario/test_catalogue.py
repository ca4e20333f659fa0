"""The scenarios that come with the project."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sim.scenario import catalogue, dump, load_scenario, parse_scenario, scenario_hash
from sim.scenario.checks import FIRST_DAY
from sim.world import START

WHAT_IFS = {
    "no_rush": {"partners"},
    "fx_separate": {"issues"},
    "defence_on_the_table": {"issues", "politics"},
    "alaska_lng": {"issues"},
    "treasuries_card": {"politics"},
    "president_in_the_room": {"politics"},
    "all_tariffs_or_nothing": {"politics"},
    "union_answers": {"retaliation"},
    "walk_out": {"politics"},
    "april_2025": {"queue", "calendar", "partners"},
    "hard_line": {"partners"},
    "court": {"court"},
}


def test_the_catalogue_is_complete():
    assert set(catalogue()) == {*WHAT_IFS, "japan_first", "classroom", "two_partners", "textbook_hub"}


@pytest.mark.parametrize("name", catalogue())
def test_a_scenario_loads_and_comes_back_from_its_dump(name):
    scenario = load_scenario(name)
    assert scenario.name == name
    again = parse_scenario(dump(scenario))
    assert again == scenario
    assert scenario_hash(again) == scenario_hash(scenario)


@pytest.mark.parametrize("name", catalogue())
def test_a_scenario_says_what_it_asks_and_what_to_look_for(name):
    text = catalogue()[name].read_text(encoding="utf-8")
    assert text.startswith("# Asks:")
    assert "\n# Look for:" in text


@pytest.mark.parametrize(("name", "sections"), WHAT_IFS.items())
def test_a_what_if_is_japan_first_with_one_thing_changed(name, sections):
    base, other = load_scenario("japan_first"), load_scenario(name)
    differ = {field for field in type(base).model_fields if getattr(base, field) != getattr(other, field)}
    assert differ - {"name", "title", "question", "queue"} == sections - {"queue"}
    assert other.queue.focal == "JPN"


def test_the_headline_varies_the_place_of_japan():
    scenario = load_scenario("japan_first")
    assert scenario.queue.position == (1, 5, 10, 20, 40, "last")
    assert scenario.replications == 24
    extend = next(event for event in scenario.calendar if event.action == "extend")
    assert (extend.date.isoformat(), extend.until.isoformat()) == ("2025-07-07", "2025-08-01")
    elections = {event.partners: event.date.isoformat() for event in scenario.calendar if event.action == "election"}
    assert elections == {("KOR",): "2025-06-03", ("JPN",): "2025-07-20"}
    assert [event.date.isoformat() for event in scenario.calendar if event.action == "snap"] == ["2025-07-09"]
    letters = {code: rate for event in scenario.calendar for code, rate in event.rates.items()}
    assert {code: letters[code] for code in ("JPN", "IDN", "PHL")} == {"JPN": 0.25, "IDN": 0.32, "PHL": 0.20}


def test_an_issue_declared_in_yaml_joins_the_others():
    scenario = load_scenario("alaska_lng")
    assert scenario.extra_issues == ("alaska_lng",)
    assert scenario.value_issues == ("defence", "fx", "investment", "market_access", "alaska_lng")


def test_the_hash_tells_experiments_apart():
    hashes = {scenario_hash(load_scenario(name)) for name in catalogue()}
    hashes.add(scenario_hash(load_scenario("japan_first", ["seed=1"])))
    assert len(hashes) == len(catalogue()) + 1
    assert all(len(text) == 12 and int(text, 16) >= 0 for text in hashes)


def test_the_first_day_is_that_of_the_world():
    assert FIRST_DAY == START


def test_reading_scenarios_needs_no_heavy_library():
    code = "import sim.scenario, sys; print({'pandas', 'numba', 'mesa', 'matplotlib'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
