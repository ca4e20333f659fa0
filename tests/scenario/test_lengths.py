"""However much somebody writes, what is said of it is one line, found in time that grows with the text."""

from __future__ import annotations

import time

import pytest

from sim.scenario import ScenarioError, parse_scenario, scenario_at
from sim.scenario.errors import LINE
from sim.scenario.origin import OWN

HEAD = "name: trial\ntitle: A trial\n"
#: Seconds in which each of the long texts is refused; those that are quadratic take at least three times as many.
SOON = 12.0


def refusal(text: str, overrides: tuple[str, ...] = ()) -> str:
    """The one line that a file of one's own is refused with, soon."""
    begun = time.process_time()
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(text, "x.yaml", overrides, OWN)
    assert time.process_time() - begun < SOON
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < LINE + 10
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    {
        "".join(f"k{n}: 1\n" for n in range(16_000)): "x.yaml:3: k0: unknown key",
        "calendar:\n" + "- a\n" * 28_000: "x.yaml:4: calendar[0]: expected a mapping, got 'a'",
        "partners:\n  overrides:\n" + "".join(f"    P{n}: {{bta: 1}}\n" for n in range(16_000)): "x.yaml:5: "
        "partners.overrides.P0.bta: unknown key; did you mean 'beta'?",
        "politics: {president_rounds: [" + "x," * 30_000 + "]}": "x.yaml:3: politics.president_rounds[0]: expected a "
        "whole number",
    }.items(),
    ids=["unknown keys", "events", "overrides", "rounds"],
)
def test_thousands_of_faults_are_explained_in_linear_time(text: str, said: str) -> None:
    assert refusal(HEAD + text).startswith(said)


def test_thousands_of_issues_are_held_against_each_other_in_linear_time() -> None:
    issues = "".join(f"  i{n}: {{unit: USD bn, within: investment}}\n" for n in range(9_000))
    limits = "".join(f"      i{n}: 0.5\n" for n in range(9_000))
    text = f"issues:\n{issues}  z: {{within: z}}\npartners:\n  overrides:\n    JPN:\n     limits:\n{limits}"
    assert refusal(HEAD + text).startswith("x.yaml:9004: issues.z.within: 'z' is no other issue in USD bn")


def test_of_many_faults_ten_are_told_and_the_rest_are_counted() -> None:
    told = refusal(HEAD + "".join(f"k{n}: 1\n" for n in range(5000)))
    assert told.endswith("; also wrong: k1, k2, k3, k4, k5, k6, k7, k8, k9, ... and 4,990 more")
    assert refusal(HEAD + "k0: 1\nk1: 1\n").endswith("; also wrong: k1")
    assert "also" not in refusal(HEAD + "k0: 1\n")


def test_the_places_of_one_fault_are_counted_once() -> None:
    assert "also" not in refusal(HEAD + "queue: {position: first}\n")
    assert "also" not in refusal(HEAD + "queue: {position: [1, first]}\n")
    assert refusal("seed: x\nclock: {rounds: 0}\n").endswith("got 'x'; also wrong: name, title, clock.rounds")


LONG = "a" * 50_000


@pytest.mark.parametrize(
    "text",
    [
        f"queue:\n  focal: {LONG}\n",
        f"issues:\n  ? {LONG}\n  : {{}}\nqueue: {{focal: JP}}\n",
        f"issues: {{gas: {{within: {LONG}}}}}\n",
        f"partners:\n  overrides:\n    JPN:\n      limits_until: {LONG}\n",
        "".join(f"? {LONG}{n}\n: 1\n" for n in range(15)),
        "issues:\n" + "".join(f"  ? a{n}{LONG}\n  : {{scale: x}}\n" for n in range(15)),
    ],
    ids=["code", "issue", "earmark", "date", "keys", "places"],
)
def test_what_is_long_is_cut_in_a_message(text: str) -> None:
    refusal(HEAD + text)


@pytest.mark.parametrize(
    "number", ["9" * 251, "-" + "9" * 400, "0x" + "f" * 400, "9" * 60_000], ids=["nines", "minus", "hex", "very long"]
)
@pytest.mark.parametrize(
    "place",
    [
        "seed: {}",
        "threat: {{credibility: {}}}",
        "tactics: {{partners: {{name: hardball, options: {{share: {}}}}}}}",
        "tactics: {{partners: {{name: log_roller, options: {{knowledge: {{partial: {}}}}}}}}}",
    ],
)
def test_a_number_of_hundreds_of_digits_is_not_read(place: str, number: str) -> None:
    assert refusal(HEAD + place.format(number)).endswith(": a number too long to read")


DEEP = 3_000
NESTED = "not readable as YAML: nested deeper than 16 levels"


@pytest.mark.parametrize(
    ("text", "said"),
    {
        "x: " + "{a: " * DEEP + "1" + "}" * DEEP: f"x.yaml:3: {NESTED}",
        "x: " + "[" * DEEP: f"x.yaml:3: {NESTED}",
        "x:\n  " + "- " * DEEP + "a\n": f"x.yaml:4: {NESTED}",
        "? " * DEEP + "a\n": f"x.yaml:3: {NESTED}",
        "\n".join(" " * n + "a:" for n in range(1_300)) + "\n": f"x.yaml:18: {NESTED}",
    }.items(),
    ids=["mappings", "lists", "items", "keys", "blocks"],
)
def test_a_text_nested_thousands_of_levels_deep_is_one_line(text: str, said: str) -> None:
    assert refusal(HEAD + text) == said


@pytest.mark.parametrize(
    "key", ["a" + ".a" * DEEP, "tactics.partners.options" + ".a" * DEEP, "calendar" + "[0]" * DEEP]
)
def test_a_key_nested_thousands_of_levels_deep_is_one_line(key: str) -> None:
    assert refusal(HEAD, (f"{key}=1",)).endswith(" is nested deeper than 16 levels")
    assert refusal(HEAD, (f"seed={'[' * DEEP}",)) == f"--set: seed: {NESTED}"
    with pytest.raises(ScenarioError, match="nested deeper than 16 levels"):
        scenario_at(parse_scenario(HEAD), {key: 1})
