"""`--set key=value` lays single values over a file."""

from __future__ import annotations

import pytest

from sim.scenario import ScenarioError, load_scenario, parse_scenario, scenario_at

HEAD = "name: trial\ntitle: A trial\n"


@pytest.mark.parametrize(
    ("override", "read"),
    [
        ("mechanisms.attention.capacity=5", lambda s: s.mechanisms.attention.capacity == 5),
        ("queue.position=[1,last]", lambda s: s.queue.position == (1, "last")),
        ("queue.position=", lambda s: s.queue.position is None),
        ("issues.fx.table=separate", lambda s: s.issues["fx"].table == "separate"),
        ("issues.fx.table=off", lambda s: s.issues["fx"].table == "off"),
        ("issues.gas.scale=3", lambda s: s.issues["gas"].scale == 3.0),
        ("partners.overrides.JPN.beta=5e-1", lambda s: s.partners.overrides["JPN"].beta == 0.5),
        ("title=a=b", lambda s: s.title == "a=b"),
        ("calendar=[{date: 2025-07-16, action: snap}]", lambda s: s.calendar[0].date.day == 16),
    ],
)
def test_a_value_is_set(override, read):
    assert read(parse_scenario(HEAD, overrides=[override]))


def test_the_rest_of_the_file_stays():
    plain, changed = load_scenario("classroom"), load_scenario("classroom", ["calendar[0].date=2025-07-16"])
    assert changed.calendar[0].date.isoformat() == "2025-07-16"
    assert changed.model_copy(update={"calendar": plain.calendar}) == plain


def test_the_last_override_wins():
    assert parse_scenario(HEAD, overrides=["seed=1", "seed=2"]).seed == 2


@pytest.mark.parametrize(
    ("override", "line"),
    {
        "mechanisms.attention.capacty=5": "--set: mechanisms.attention.capacty: unknown key; did you mean 'capacity'? "
        "(allowed: strength, capacity, window, closings, importance, absence, rush)",
        "seed=-1": "--set: seed: -1 is below 0 (allowed: 0 to 2147483647)",
        "queue.focal=FRA": "--set: queue.focal: FRA talks as part of EUU",
        "seed": "--set: expected key=value, got 'seed'",
        "=3": "--set: expected key=value, got '=3'",
        "a..b=3": "--set: 'a..b' is not a dotted key such as queue.position",
        "queue.position=[1,": "--set: queue.position: not readable as YAML: while parsing a flow node, expected the "
        "node content, but found '<stream end>'",
        "name.first=3": "--set: name: 'trial' holds no key 'first'",
        "calendar[4].date=2025-07-07": "--set: calendar: the scenario file has no item 4 here",
    }.items(),
)
def test_a_bad_override_names_itself(complaint, override, line):
    assert complaint("", [override]) == line


def test_a_fault_of_the_file_still_names_the_file(complaint):
    assert (
        complaint("queue:\n  focal: FRA\n", ["queue.position=1"]) == "x.yaml:4: queue.focal: FRA talks as part of EUU"
    )


def test_values_are_laid_over_a_scenario_and_checked():
    base = load_scenario("april_2025")
    moved = scenario_at(
        base, {"partners.beta": 0.4, "issues.investment.cost": 0.02, "partners.overrides.JPN.beta": 1.0}
    )
    assert (moved.partners.beta, moved.issues["investment"].cost) == (0.4, 0.02)
    assert moved.partners.overrides["JPN"].beta == 1.0
    assert moved.issues["investment"].levels == base.issues["investment"].levels
    assert scenario_at(base, {}) == base


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("partners.beta", 400.0, "--set: partners.beta: 400 is above 10 (allowed: 0.05 to 10)"),
        ("partners.bta", 0.4, "--set: partners.bta: unknown key; did you mean 'beta'?"),
        ("clock.rounds", 12.5, "--set: clock.rounds: expected a whole number from 1 to 150, got 12.5"),
    ],
)
def test_a_value_that_will_not_do_is_told_like_an_override(key, value, said):
    with pytest.raises(ScenarioError) as error:
        scenario_at(load_scenario("april_2025"), {key: value})
    assert str(error.value).startswith(said)
