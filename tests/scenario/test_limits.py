"""Of a text from outside only so much is read, each limit has a line of its own, and own files may be longer."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from sim.scenario import Scenario, ScenarioError, dump, load_scenario, parse_scenario, random_scenario
from sim.scenario.codes import requesting
from sim.scenario.marks import parse
from sim.scenario.origin import OUTSIDE, OWN, Limits, Origin

HEAD = "name: trial\ntitle: A trial\n"
LIMITS = OUTSIDE.limits

#: Texts that are cheap to send and dear to read, and the line they are refused with.
DEAR = {
    "#" * 60_001: "x.yaml: longer than 60,000 characters, which no scenario is",
    "queue: {position: [" + "1," * 29_000 + "]}": "x.yaml:3: more than 200 entries in one list or mapping",
    "calendar:\n" + "- a\n" * 14_000: "x.yaml:204: more than 200 entries in one list or mapping",
    "".join(f"k{n}: 1\n" for n in range(6_000)): "x.yaml:201: more than 200 entries in one list or mapping",
    "x: [" + ("[" + "1," * 190 + "]," * 1) * 100 + "]": "x.yaml:3: more than 8,000 keys and values",
    "queue: {focal: " + "A" * 50_000 + "}": "x.yaml:3: more than 1,000 characters in one key or value",
    "? " + "A" * 50_000 + "\n: 1": "x.yaml:3: more than 1,000 characters in one key or value",
    'x: "' + "\\x41" * 13_000 + '"': "x.yaml:3: more than 1,000 characters in one key or value",
    "seed: 0x" + "f" * 50_000: "x.yaml:3: more than 1,000 characters in one key or value",
    "a: &a [1,1]\n" + "".join(f"b{n}: &b{n} [*a,*a]\n" for n in range(99)): "x.yaml:4: not readable as YAML: aliases "
    "are not read, write the value out",
    "x: " + "[" * 29_000: "x.yaml:3: not readable as YAML: nested deeper than 16 levels",
    "x: " + "{" * 29_000: "x.yaml:3: not readable as YAML: nested deeper than 16 levels",
}
#: Seconds of the processor for any of them; without limits some take more than ten.
SOON = 1.5


@pytest.mark.parametrize(("text", "line"), DEAR.items(), ids=[text[:12] for text in DEAR])
def test_what_is_dear_to_read_is_refused_soon(text: str, line: str) -> None:
    begun = time.process_time()
    with pytest.raises(ScenarioError) as refused:
        parse_scenario(HEAD + text, "x.yaml")
    assert time.process_time() - begun < SOON
    assert str(refused.value) == line


@pytest.mark.parametrize(
    "limits",
    [{"characters": 30}, {"values": 6}, {"entries": 2}, {"word": 5}, {"seconds": -1.0}],
    ids=lambda limits: next(iter(limits)),
)
def test_each_limit_holds_by_itself(limits: dict[str, float]) -> None:
    text = "name: trial\nclock: {rounds: 5}\nseed: 1\n"
    parse(text, "x.yaml", replace(LIMITS, characters=len(text), values=9, entries=3, word=6))
    with pytest.raises(ScenarioError):
        parse(text, "x.yaml", replace(LIMITS, **limits))


def test_a_text_may_be_as_long_as_the_limits_say() -> None:
    title = "t" * LIMITS.word
    assert parse_scenario(f"name: trial\ntitle: {title}").title == title
    assert parse_scenario(HEAD + "#" * (LIMITS.characters - len(HEAD))).name == "trial"


def test_any_scenario_that_people_write_is_within_the_limits() -> None:
    full = {code: {"beta": 1, "limits": {"fx": 0.5}, "resistance": {"fx": 1, "defence": 2}} for code in requesting()}
    for scenario in (
        Scenario(name="full", title="Settings for every partner", partners={"overrides": full}),
        *map(random_scenario, range(12)),
    ):
        assert parse_scenario(dump(scenario)) == scenario


def test_a_file_of_ones_own_may_be_longer(tmp_path) -> None:
    text = HEAD + "calendar:\n" + "- {date: 2025-07-09, action: snap}\n" * 400
    path = tmp_path / "own.yaml"
    path.write_text(text)
    assert len(load_scenario(path).calendar) == len(parse_scenario(text, origin=OWN).calendar) == 400
    assert parse_scenario(text, origin=Origin(limits=Limits(entries=400))) == load_scenario(path)
    with pytest.raises(ScenarioError, match="more than 200 entries"):
        load_scenario(path, origin=OUTSIDE)


def test_a_setting_is_read_within_the_limits_too() -> None:
    with pytest.raises(ScenarioError, match=r"^--set: queue\.order: more than 200 entries in one list or mapping$"):
        parse_scenario(HEAD, overrides=["queue.order=[" + "JPN," * 300 + "]"])


def test_a_calendar_of_thousands_of_events_is_refused_at_once() -> None:
    """Every week looks at all of them, so that a valid one of 25,000 would take minutes to play."""
    event = "  - {date: 2025-05-01, action: snap}\n"
    with pytest.raises(ScenarioError, match=r"calendar: 25,000 events \(allowed: up to 1,000\)"):
        parse_scenario("name: n\ntitle: t\ncalendar:\n" + 25_000 * event, origin=OWN)
    assert len(parse_scenario("name: n\ntitle: t\ncalendar:\n" + 1_000 * event, origin=OWN).calendar) == 1_000
