"""What the schema makes of what it is given."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from sim.scenario import Scenario, default_issues, parse_scenario
from sim.scenario.marks import parse

HEAD = "name: trial\ntitle: A trial\n"


def test_issues_given_change_the_default_key_by_key():
    issues = parse_scenario(HEAD + "issues: {fx: {table: separate}}").issues
    default = default_issues()
    assert issues["fx"] == default["fx"].model_copy(update={"table": "separate"})
    assert {name: terms for name, terms in issues.items() if name != "fx"} == {
        name: terms for name, terms in default.items() if name != "fx"
    }


def test_issues_may_be_given_as_objects_too():
    terms = default_issues()["fx"].model_copy(update={"levels": 5})
    assert Scenario(name="a", title="b", issues={"fx": terms}).issues["fx"].levels == 5


def test_a_scenario_made_in_python_is_checked_like_a_file():
    with pytest.raises(ValidationError, match=r"queue\.focal: DEU talks as part of EUU"):
        Scenario(name="a", title="b", queue={"focal": "DEU"})


def test_a_scenario_is_frozen():
    with pytest.raises(ValidationError):
        Scenario(name="a", title="b").seed = 3


@pytest.mark.parametrize("day", ["2025-07-20", "'2025-07-20'"])
def test_a_date_may_be_quoted(day):
    text = f"partners: {{overrides: {{JPN: {{limits_until: {day}}}}}}}\ncalendar: [{{date: {day}, action: snap}}]"
    scenario = parse_scenario(HEAD + text)
    assert scenario.partners.overrides["JPN"].limits_until == "2025-07-20"
    assert scenario.calendar[0].date == dt.date(2025, 7, 20)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("off", "off"),
        ("no", "no"),
        ("true", True),
        ("~", None),
        ("", None),
        ("1e3", 1000.0),
        ("5e-2", 0.05),
        (".5", 0.5),
        ("-3", -3),
        ("010", 10),
        ("0x1f", 31),
        ("12:30", "12:30"),
        ("2025-07-09", "2025-07-09"),
        ("'5'", "5"),
        ("!!str 5", "5"),
        (".inf", float("inf")),
        ("-.INF", float("-inf")),
        ("[a, 1]", ["a", 1]),
    ],
)
def test_scalars_follow_yaml_1_2(text, value):
    data = parse(f"x: {text}", "x.yaml").data
    assert data == {"x": value}
    assert type(data["x"]) is type(value)
