"""Whatever is written: a scenario within its ranges loads, and anything else is a `ScenarioError`."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario import Scenario, ScenarioError, dump, parameters, parse_scenario

HEAD = "name: trial\ntitle: A trial\n"
#: Any value of these is possible by itself; a horizon below the rounds is not, nor a place beyond the queue.
FREE = [
    row
    for row in parameters()
    if not set("<[") & set(row["key"]) and row["key"] not in ("clock.rounds", "queue.position")
]
NUMBERS = [row for row in FREE if isinstance(row["default"], (int, float)) and row["range"]]
CHOICES = [row for row in FREE if row["choices"] and row["default"] in row["choices"]]
WORDS = [
    "name",
    "clock",
    "rounds",
    "queue",
    "position",
    "JPN",
    "last",
    "[",
    "]",
    "{",
    "}",
    ": ",
    "- ",
    "\n",
    "  ",
    "1",
    "&a",
    "*a",
]


@st.composite
def settings_in_range(draw: st.DrawFn) -> tuple[str, float | str]:
    row = draw(st.sampled_from(NUMBERS + CHOICES))
    if row in CHOICES:
        return row["key"], draw(st.sampled_from(row["choices"]))
    low, high = row["range"]
    if isinstance(row["default"], int):
        return row["key"], draw(st.integers(int(low), int(high)))
    return row["key"], draw(st.floats(low, high))


def value_at(scenario: Scenario, key: str) -> object:
    here: object = scenario
    for part in key.split("."):
        here = here[part] if isinstance(here, dict) else getattr(here, part)
    return here


@settings(deadline=None, max_examples=80)
@given(settings_in_range())
def test_a_value_within_range_is_taken_and_survives_a_dump(setting):
    key, value = setting
    scenario = parse_scenario(HEAD, overrides=[f"{key}={value!r}" if isinstance(value, float) else f"{key}={value}"])
    assert value_at(scenario, key) == value
    assert parse_scenario(dump(scenario)) == scenario


def read(text: str, overrides: list[str]) -> None:
    """Load, and insist that a refusal is a `ScenarioError` of one line."""
    said = ""
    try:
        parse_scenario(text, "x.yaml", overrides)
    except ScenarioError as error:
        said = str(error)
    assert len(said.splitlines()) <= 1


@settings(deadline=None, max_examples=150)
@given(st.text(), st.lists(st.text(), max_size=2))
def test_any_text_is_a_scenario_or_a_scenario_error(text, overrides):
    read(text, overrides)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(WORDS)).map("".join), st.booleans())
def test_any_yaml_like_text_too(text, headed):
    read(HEAD + text if headed else text, [])


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from([row["key"] for row in parameters() if not set("<[") & set(row["key"])]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["fx", "JPN", "date"]), inner, max_size=2)
        ),
        max_leaves=5,
    ),
)
def test_any_value_at_any_key_too(key, value):
    read(HEAD, [f"{key}={value}", f"{key}={value!r}"])


@settings(deadline=None, max_examples=30)
@given(st.text())
def test_any_title_survives_a_dump(title):
    scenario = Scenario(name="a", title=title)
    assert parse_scenario(dump(scenario)).title == title
