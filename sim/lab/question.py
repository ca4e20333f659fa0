"""What Explore is asked: a scenario with some numbers changed, a place in the queue, and how many twins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from sim.scenario import Scenario, ScenarioError, catalogue, load_scenario, parse_scenario, scenario_at, value_at
from sim.scenario.errors import nearest
from sim.scenario.origin import OUTSIDE
from sim.scenario.overrides import SET
from sim.study.assumptions import prior_of
from sim.world import load_world

__all__ = [
    "MOST_RUNS",
    "RUNS",
    "Question",
    "View",
    "base_of",
    "last_place",
    "own_value",
    "patience_of",
    "plainly",
    "scenario_of",
    "titles",
]

Number = float | int

#: Twins a place that a question has when it does not say, and the most it may ask for.
RUNS, MOST_RUNS = 500, 5000
#: Characters of a scenario of one's own.
LONGEST = OUTSIDE.limits.characters
#: What a scenario of one's own is called in errors.
OWN = "your scenario"


@dataclass(frozen=True)
class Question:
    """One setting of Explore.

    Attributes
    ----------
    scenario : str
        Name in the catalogue; what a scenario of one's own is called when `text` holds one.
    place : int
        Place of the focal partner that is compared with the last.
    changes : tuple of (str, float or int)
        Numbers that differ from the scenario's own, by dotted key, sorted.
    seed : int, optional
        Of all luck; the scenario's own when not set.
    runs : int
        Twins a place.
    text : str
        A scenario of one's own, as YAML; empty for one of the catalogue.
    """

    scenario: str = "classroom"
    place: int = 1
    changes: tuple[tuple[str, Number], ...] = ()
    seed: int | None = None
    runs: int = RUNS
    text: str = ""

    def changed(self, key: str, value: Number) -> Question:
        """Return the question with one number changed; back at the scenario's own it is no change any more.

        Raises
        ------
        ScenarioError
            If there is no such number.
        """
        return self.with_changes({key: value})

    def with_changes(self, numbers: Mapping[str, Number]) -> Question:
        """Return the question with several numbers changed; see :meth:`changed`."""
        base, kept = base_of(self), dict(self.changes)
        for key, value in numbers.items():
            tidy = int(value) if prior_of(key).whole else float(value)
            kept.pop(key, None)
            if tidy != own_value(base, key):
                kept[key] = tidy
        return replace(self, changes=tuple(sorted(kept.items())))

    def value(self, key: str) -> Number | None:
        """Return the number that stands at a key, None where the scenario has none."""
        return dict(self.changes).get(key, own_value(base_of(self), key))


@dataclass(frozen=True)
class View:
    """All that Explore shows, and so all that a link restores.

    Attributes
    ----------
    question : Question
        What is asked.
    pinned : Question, optional
        Setting A, that it is compared with.
    tab : str
        Which figure is open.
    axes : (str, str)
        Numbers that the phase map is drawn over.
    """

    question: Question
    pinned: Question | None = None
    tab: str = "value"
    axes: tuple[str, str] = ("mechanisms.precedent.strength", "mechanisms.parity.strength")


@lru_cache(maxsize=64)
def _base(name: str, text: str) -> Scenario:
    """Return a scenario as it is before anything is changed."""
    if text:
        return parse_scenario(text, OWN)
    known = catalogue()
    if name not in known:
        raise ScenarioError(
            "there is no such scenario", file=name[:60], allowed=tuple(known), nearest=nearest(name, known)
        )
    return load_scenario(known[name])


def base_of(question: Question) -> Scenario:
    """Return the scenario of a question before anything is changed.

    Raises
    ------
    ScenarioError
        If there is none of that name, or its text does not describe one.
    """
    return _base(question.scenario, question.text)


def scenario_of(question: Question) -> Scenario:
    """Return the scenario that a question is about: a whole experiment, as `firstmover run` takes it.

    Raises
    ------
    ScenarioError
        If a value will not do.
    """
    base = base_of(question)
    values: dict[str, Any] = dict(question.changes)
    values["queue.position"] = [question.place, "last"] if question.place < last_place(base) else ["last"]
    values["replications"] = question.runs
    values["seed"] = base.seed if question.seed is None else question.seed
    return scenario_at(base, values)


@cache
def titles() -> dict[str, str]:
    """Return the titles of the catalogue by name."""
    return {name: load_scenario(path).title for name, path in catalogue().items()}


def last_place(scenario: Scenario) -> int:
    """Return the last place of a scenario's queue: how many partners are in it."""
    chosen = scenario.partners.include
    return len(load_world().partners) if chosen is None else len(chosen)


def patience_of(scenario: Scenario) -> str:
    """Return the key of the focal partner's own stance."""
    return f"partners.overrides.{scenario.queue.focal}.beta"


def own_value(scenario: Scenario, key: str) -> Number | None:
    """Return the number that a scenario has at a dotted key; a partner without a stance of its own has the common one.

    Returns
    -------
    float or int, or None
        None where the scenario has no such number.
    """
    here = value_at(scenario, key)
    if here is None and key == patience_of(scenario):
        return scenario.partners.beta
    return here if isinstance(here, int | float) and not isinstance(here, bool) else None


def plainly(error: ScenarioError) -> str:
    """Say what is wrong with a scenario to somebody who has set nothing on a command line."""
    return str(error).removeprefix(f"{SET}: ")
