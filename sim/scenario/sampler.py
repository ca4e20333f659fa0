"""Scenarios at random, drawn from the schema itself: whatever parameter it declares is drawn over its whole range.

Numbers come from their bounds, words from their choices, optional values are left out at times. What text may stand
at a key is read off its meaning: ``ISO code``, ``ISO date``, ``by issue``. What the checks of a scenario refuse is put
back to its default.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError

from sim.scenario import codes
from sim.scenario.checks import FIRST_DAY
from sim.scenario.dice import Dice
from sim.scenario.fields import Section
from sim.scenario.outline import Keys, Slot
from sim.scenario.outline import slot as slot_at
from sim.scenario.preferences import NOT_OF_RATES, RATE_ISSUES, default_issues
from sim.scenario.schema import Clock, Scenario, Session
from sim.scenario.tactics import BUILT_IN, TacticChoice

__all__ = ["Draft", "draft", "draw_scenario", "random_scenario", "repair"]

Data = dict[str, Any]

#: What a scenario is called does not matter to its run.
FIXED = ("name", "title", "question")
#: The name of whatever a scenario adds to the things named by default.
ADDED = "another"
#: Shares of scenarios with the words that make a run slow: settled by the trade model, played by theory or by tactics
#: that search long.
RARE = {"exact": 0.02, "nash": 0.05, "log_roller": 0.02, "nash_negotiator": 0.02}
#: What the scenarios may cost but for a share of LONG: offers that are made, or what takes as long. Frontiers and
#: solutions of the trade model count for so many offers; frontiers grow with the levels of the issues.
WORK, LONG = 15_000, 0.004
OVERHEAD, BUSY, FRONTIER, SOLUTION, LEVELS = 10, 20, 500, 60, 7
REDRAWS, REPAIRS = 8, 40


def random_scenario(seed: int) -> Scenario:
    """Return the valid scenario that belongs to a seed, the same on every machine.

    Most have 1 to 12 partners, some up to forty, a few all of them.
    """
    return draw_scenario(Dice(random.Random(seed).random), f"Random scenario {seed}")


def draw_scenario(dice: Dice, title: str = "Random scenario") -> Scenario:
    """Draw a valid scenario; a draft that cannot be repaired is thrown away."""
    while True:
        made = repair(draft(dice, title))
        if made is not None:
            return made.scenario


@dataclass(frozen=True)
class Draft:
    """A scenario made valid.

    Attributes
    ----------
    scenario : Scenario
        What became of the draft.
    dropped : tuple of paths
        Keys that were put back to their defaults, since the checks refused what had been drawn.
    """

    scenario: Scenario
    dropped: tuple[Keys, ...]


def repair(data: Data) -> Draft | None:
    """Drop what the checks refuse, key by key; None when that does not make a scenario."""
    dropped: list[Keys] = []
    for _ in range(REPAIRS):
        try:
            return Draft(Scenario.model_validate(data), tuple(dropped))
        except ValidationError as error:
            details = error.errors(include_url=False)[0]
            wanted = details["ctx"]["path"] if details["type"] == "scenario" else details["loc"]
            path = _there(data, wanted)
            if not path:
                return None
            _drop(data, path)
            dropped.append(path)
    return None


def _there(data: Any, path: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the part of a path that leads to something in the data."""
    there: list[Any] = []
    for key in path:
        if not (isinstance(data, dict) and key in data) and not (
            isinstance(data, list) and isinstance(key, int) and key < len(data)
        ):
            break
        there.append(key)
        data = data[key]
    return tuple(there)


def _drop(data: Any, path: tuple[Any, ...]) -> None:
    """Remove what stands at a path."""
    for key in path[:-1]:
        data = data[key]
    del data[path[-1]]


def draft(dice: Dice, title: str = "Random scenario") -> Data:
    """Draw the data of a scenario; nearly always valid already.

    A scenario redraws each parameter with a probability of its own, often 1; the rest keep their defaults, so that
    single oddities are also met in a world that is otherwise as usual.
    """
    bold = 1.0 if dice.chance(0.5) else dice.uniform()
    early = _Sampler(dice, bold)
    clock, session = early.section(Clock, ("clock",)), early.section(Session, ("session",))
    settlement = early.word(("tables", "exact"))
    partners = dice.some_of(codes.requesting(), _size(dice))
    horizon = int(clock.get("horizon", Clock().horizon))
    rounds = min(int(clock.get("rounds", Clock().rounds)), horizon)
    patient = dice.chance(LONG)
    if not patient:
        rounds = min(rounds, _affordable(len(partners), session, settlement))
    sampler = _Sampler(dice, bold, tuple(partners), rounds, horizon)
    data = {"name": "random", "title": title, **sampler.section(Scenario, ())}
    data |= {"clock": {**clock, "rounds": rounds}, "session": session, "settlement": settlement}
    if session.get("protocol") == "nash" and not patient:
        for terms in data.get("issues", {}).values():
            terms.update({"levels": min(terms["levels"], LEVELS)} if "levels" in terms else {})
    if session.get("protocol") == "nash":  # where nobody makes offers
        data.pop("tactics", None)
        for own in data.get("partners", {}).get("overrides", {}).values():
            own.pop("tactic", None)
    everybody = len(partners) == len(codes.requesting())
    data.setdefault("partners", {})["include"] = None if everybody else partners
    data.setdefault("queue", {})["focal"] = dice.one_of(partners)
    return data


def _size(dice: Dice) -> int:
    """Draw a number of partners."""
    if dice.chance(0.94):
        return 1 + dice.place(12)
    return 13 + dice.place(28) if dice.chance(0.6) else len(codes.requesting())


def _affordable(partners: int, session: Data, settlement: str) -> int:
    """Return how many rounds a run may have so that ten thousand of its kind can be played."""
    exchanged = session.get("offers", Session().offers)
    weekly = OVERHEAD + (FRONTIER if session.get("protocol") == "nash" else exchanged)
    weekly += SOLUTION * partners if settlement == "exact" else 0
    return max(1, WORK // (min(partners, BUSY) * weekly))


@dataclass(frozen=True)
class _Sampler:
    """Draws what may stand at a key, in a run of so many rounds among these partners."""

    dice: Dice
    bold: float
    partners: tuple[str, ...] = ()
    rounds: int = 1
    horizon: int = 1

    def section(self, kind: type[Section], path: Keys) -> Data:
        """Draw a section; keys that keep their default are left out, those that have none are always drawn."""
        return {
            name: self.value(Slot(field.annotation, field), (*path, name))
            for name, field in kind.model_fields.items()
            if (path or name not in FIXED)
            and (field.is_required() or Slot(field.annotation).section or self.dice.chance(self.bold))
        }

    def value(self, slot: Slot, path: Keys) -> Any:
        """Draw a value of one of the kinds that may stand here."""
        if TacticChoice in [member.kind for member in slot.members]:
            return self._tactic()
        here = self.dice.one_of(slot.members)
        origin = get_origin(here.kind)
        if here.section is not None:
            return self.section(here.section, path)
        if here.kind is NoneType:
            return None
        if here.kind is bool:
            return self.dice.chance(0.5)
        if origin is Literal:
            return self.word(here.choices)
        if origin is dict:
            return self._mapping(here, path)
        if origin is tuple:
            return self._list(here, path)
        return self._single(here, path)

    def _tactic(self) -> str:
        """Draw a negotiator of the library by name, mostly the built-in one; those that search long are rare."""
        from sim.bargaining.tactics.catalogue import NAMED  # slow to import, and not needed by whoever reads scenarios

        return BUILT_IN if self.dice.chance(0.9) else self.word(tuple(NAMED))

    def word(self, choices: tuple[str, ...]) -> str:
        """Draw one of some words, each as likely but for those that make a run slow."""
        slow = [word for word in choices if word in RARE and self.dice.chance(RARE[word])]
        return slow[0] if slow else self.dice.one_of([word for word in choices if word not in RARE])

    def _single(self, slot: Slot, path: Keys) -> Any:
        """Draw a number, a day or a text."""
        if slot.kind is dt.date:
            return self._day()
        if slot.kind is str:
            return self._text(slot)
        if slot.bounds is None:
            return _default(slot)
        low, high = slot.bounds
        if slot.kind is int:
            return self.dice.whole(int(low), max(int(low), min(int(high), self._top(path))))
        return self.dice.number(low, high)

    def _top(self, path: Keys) -> int:
        """Largest whole number that makes sense in this run: its last round, or the end of the queue."""
        declared = slot_at(path)
        if declared is not None and declared.unit == "rounds":
            return self.rounds - 1
        return len(self.partners) if path == ("queue", "position") else 2**31

    def _mapping(self, slot: Slot, path: Keys) -> Data:
        """Draw a mapping: over partners, over issues, or over the things named by default and one more."""
        about, (_, kind) = _meaning(slot), get_args(slot.kind)
        if "ISO code" in about:
            names = self._codes(self.dice.few(4))
        elif "by issue" in about:
            names = self.dice.some_of(("tariff", *default_issues()), self.dice.few(6))
        else:
            names = [name for name in (*(_default(slot) or ()), ADDED) if self.dice.chance(0.5)]
        drawn = {name: self.value(Slot(kind, slot.field), (*path, name)) for name in names}
        money = path == ("issues",) and drawn.get("investment", {}).get("unit", "USD bn") == "USD bn"
        if money and ADDED in drawn and self.dice.chance(0.3):
            drawn[ADDED] |= {"within": "investment", "unit": "USD bn"}  # an earmark
        if path == ("issues",):
            for rate in drawn.keys() & set(RATE_ISSUES):
                drawn[rate] = {key: value for key, value in drawn[rate].items() if key not in NOT_OF_RATES}
        return drawn

    def _list(self, slot: Slot, path: Keys) -> list[Any]:
        """Draw a list; nothing stands in it twice, and what is dated stands in order of date."""
        item, count = slot.inside(0), self.dice.few(6)
        assert item is not None
        if item.section is not None:
            drawn = [self._valid(item.section, path) for _ in range(count)]
            return sorted((one for one in drawn if one is not None), key=lambda one: one.get("date", FIRST_DAY))
        if str in [member.kind for member in item.members]:
            return self._codes(max(1, self.dice.few(len(self.partners)))) if "ISO code" in _meaning(slot) else []
        return list(dict.fromkeys(self.value(item, path) for _ in range(count))) or [self.value(item, path)]

    def _valid(self, kind: type[Section], path: Keys) -> Data | None:
        """Draw an item until it is valid by itself; None where that takes too long."""
        for _ in range(REDRAWS):
            drawn = _Sampler(self.dice, 1.0, self.partners, self.rounds, self.horizon).section(kind, (*path, 0))
            try:
                kind.model_validate(drawn)
            except ValidationError:
                continue
            return drawn
        return None

    def _codes(self, count: int) -> list[str]:
        """Draw partners of the run, or at times some that are not in it."""
        return self.dice.some_of(codes.requesting() if self.dice.chance(0.1) else self.partners, count)

    def _day(self) -> dt.date:
        """Draw a day of the talks, or at times of the years after them."""
        weeks = self.horizon if self.dice.chance(0.2) else self.rounds
        return FIRST_DAY + dt.timedelta(days=self.dice.place(7 * weeks + 1))

    def _text(self, slot: Slot) -> Any:
        """Draw a text, of which the meaning of the key says what it is; its default where it does not say."""
        about = _meaning(slot)
        if "ISO code" in about:
            return self.dice.one_of(self.partners)
        return self._day().isoformat() if "ISO date" in about else _default(slot)


def _meaning(slot: Slot) -> str:
    return "" if slot.field is None else slot.field.description or ""


def _default(slot: Slot) -> Any:
    return None if slot.field is None or slot.field.is_required() else slot.field.get_default(call_default_factory=True)
