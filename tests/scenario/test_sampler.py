"""Scenarios at random: valid, the same for the same seed, and every parameter over its whole range."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from sim.scenario import Scenario, parameters, random_scenario
from sim.scenario.codes import requesting
from sim.scenario.dice import Dice
from sim.scenario.sampler import draft, repair

#: Enough for each end of each range, one in sixteen draws, to be met.
SEEDS = range(700)
#: What a scenario is called, and the run's own list of partners, which is drawn from all of them.
GIVEN = ("name", "title", "question")


@pytest.fixture(scope="module")
def drawn() -> list[Scenario]:
    return [random_scenario(seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def seen(drawn: list[Scenario]) -> dict[str, list[Any]]:
    """All values met at the key of each parameter."""
    return {
        row["key"]: [value for one in drawn for value in values_at(one.model_dump(), row["key"])]
        for row in parameters()
        if row["key"] not in GIVEN
    }


def values_at(here: Any, key: str) -> Iterator[Any]:
    """Yield what stands at a dotted key; `<ISO>` and `<name>` stand for every key and `[]` for every item."""
    first, _, rest = key.partition(".")
    if not key:
        yield here
    elif first in ("<ISO>", "<name>"):
        for value in here.values():
            yield from values_at(value, rest)
    elif first.endswith("[]"):
        for item in here[first[:-2]]:
            yield from values_at(item, rest)
    else:
        yield from values_at(here[first], rest)


def test_a_seed_is_a_scenario(drawn: list[Scenario]) -> None:
    assert drawn[7] == random_scenario(7)
    assert drawn[7] != drawn[8]
    assert drawn[7].title == "Random scenario 7"


def test_nearly_every_draft_is_valid_as_it_is() -> None:
    made = [repair(draft(Dice(random.Random(seed).random))) for seed in SEEDS]
    assert all(made)
    untouched = sum(not one.dropped for one in made if one is not None)
    assert untouched > 0.95 * len(SEEDS)


def test_what_the_checks_refuse_is_put_back_and_the_rest_kept() -> None:
    data = {"name": "a", "title": "A", "queue": {"position": [1, 90], "per_week": 3}, "politics": {"reprice": 2.0}}
    made = repair(data)
    assert made is not None
    assert set(made.dropped) == {("politics", "reprice"), ("queue", "position", 1)}
    assert made.scenario.queue.position == (1,)
    assert made.scenario.queue.per_week == 3
    assert made.scenario.politics == Scenario(name="a", title="A").politics


def test_what_cannot_be_repaired_is_nothing() -> None:
    assert repair({"title": "A scenario without a name"}) is None


def test_every_parameter_is_drawn(seen: dict[str, list[Any]]) -> None:
    """Also those that the schema gains later: text is drawn if its meaning says of what, see `sim.scenario.sampler`."""
    unseen = [key for key, values in seen.items() if len({repr(value) for value in values}) < 2]
    assert [key for key in unseen if not key.endswith(".within")] == []


def test_some_earmark_a_part_of_their_pledge(drawn: list[Scenario]) -> None:
    assert {s.issues["another"].within for s in drawn if "another" in s.issues} == {None, "investment"}


def test_numbers_reach_both_ends_of_their_ranges(seen: dict[str, list[Any]]) -> None:
    """But for counts of rounds and places, which end with the run."""
    short = [
        row["key"]
        for row in parameters()
        if row["range"]
        and row["key"] not in ("queue.position", "clock.rounds")
        and not set(row["range"]) <= {value for value in seen[row["key"]] if isinstance(value, (int, float))}
    ]
    assert short == []
    assert min(seen["clock.rounds"]) == 1
    assert max(seen["clock.rounds"]) == 150


def test_every_word_is_said(seen: dict[str, list[Any]]) -> None:
    silent = {row["key"]: set(row["choices"]) - set(map(str, seen[row["key"]])) for row in parameters()[3:]}
    assert {key: words for key, words in silent.items() if words and key != "queue.position"} == {}


def test_small_worlds_mostly_and_the_whole_one_at_times(drawn: list[Scenario]) -> None:
    sizes = [len(one.partners.include or requesting()) for one in drawn]
    assert set(range(1, 13)) | {len(requesting())} <= set(sizes)
    assert sum(size <= 12 for size in sizes) > 0.9 * len(sizes)


def test_events_of_every_kind_inside_the_run_and_an_issue_of_its_own(drawn: list[Scenario]) -> None:
    events = [event for one in drawn for event in one.calendar]
    assert {"snap", "extend", "letters"} <= {event.action for event in events}
    assert all(sorted(one.calendar, key=lambda event: event.date) == list(one.calendar) for one in drawn)
    assert any(one.extra_issues for one in drawn)
    assert any(one.partners.overrides for one in drawn)


def test_a_number_lies_in_its_range_and_lands_on_its_ends() -> None:
    dice = Dice(random.Random(1).random)
    for low, high in ((0.0, 1.0), (0.05, 10.0), (0.0, 5000.0), (-1e4, 1e4)):
        numbers = [dice.number(low, high) for _ in range(400)]
        assert min(numbers) == low
        assert max(numbers) == high
    small = sum(dice.number(0.0, 5000.0) < 50.0 for _ in range(400))
    assert small > 100  # half of the draws are even in logarithms, and four decades of five lie below
    assert {dice.whole(2, 4) for _ in range(100)} == {2, 3, 4}
