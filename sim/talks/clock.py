"""Dates and rounds: which deadline is credible, and what happens when."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sim.compiled import compiled
from sim.scenario.codes import members
from sim.scenario.schema import Event
from sim.world import START, round_of

__all__ = ["Timeline", "effective_round", "share_elapsed"]


@compiled
def share_elapsed(
    now: tuple[int, int, int], opens: int, dates: tuple[int, int], waits: tuple[int, int], common: bool
) -> float:
    """tau: share of the time to the deadline that has passed, or of the patience after it.

    Parameters
    ----------
    now : tuple of int
        The week, the offer of its session, and how many offers a session has.
    opens : int
        Round in which the talks opened.
    dates : tuple of int
        Next announced deadline, and the last that passed; -1 for none.
    waits : tuple of int
        Weeks over which a side gives way when no deadline lies ahead, and weeks by which an announced one is expected
        to be moved.
    common : bool
        Whether time runs for everybody from the first round; otherwise it runs from the opening. Either way the last
        offer before the deadline that is expected comes at 1.
    """
    (week, step, offers), (deadline, snapped), (patience, extension) = now, dates, waits
    if deadline >= 0:
        since = 0 if common else opens
        return ((week - since) * offers + step) / max(1, (deadline + extension - since) * offers - 1)
    return (week + step / offers - max(opens, snapped)) / patience


def effective_round(day: date) -> int:
    """First round that begins on or after a date, so that the talks of the week before it still count."""
    return max(0, math.ceil((day - START).days / 7))


def _when(event: Event) -> int:
    """Round of an event: a meeting is held in its week, anything else changes the weeks after it."""
    return max(0, round_of(event.date)) if event.action == "meeting" else effective_round(event.date)


@dataclass(frozen=True)
class Timeline:
    """The dated events of a scenario by round.

    Attributes
    ----------
    events : tuple of (int, Event)
        Effective round and event, in order of date.
    """

    events: tuple[tuple[int, Event], ...]

    @classmethod
    def of(cls, events: Iterable[Event]) -> Timeline:
        """Order the events of a scenario."""
        ordered = sorted(events, key=lambda event: (event.date, event.action))
        return cls(tuple((_when(event), event) for event in ordered))

    def at(self, round_: int) -> tuple[Event, ...]:
        """Events that take effect in a round."""
        return tuple(event for when, event in self.events if when == round_)

    def snaps(self) -> tuple[int, ...]:
        """Rounds in which the threat is carried out, extensions applied."""
        return tuple(sorted({self._moved(when, self.events) for when, event in self.events if event.action == "snap"}))

    def deadline(self, round_: int) -> int | None:
        """Next round in which the threat will be carried out, as announced by `round_`; None when none lies ahead."""
        announced = tuple((when, event) for when, event in self.events if when <= round_)
        ahead = [self._moved(when, announced) for when, event in self.events if event.action == "snap"]
        return min((when for when in ahead if when > round_), default=None)

    @staticmethod
    def round_of(day: str) -> int:
        """First round that begins on or after a day in ISO form."""
        return effective_round(date.fromisoformat(day))

    def elections(self, iso: str) -> tuple[int, ...]:
        """First rounds after the elections of a partner."""
        return tuple(when for when, event in self.events if event.action == "election" and iso in event.partners)

    def meetings(self, round_: int) -> dict[str, bool]:
        """Partners that meet by date in a round, and whether the President takes part; members meet for their bloc."""
        met: dict[str, bool] = {}
        for event in self.at(round_):
            if event.action == "meeting":
                for code in event.partners:
                    iso = members().get(code, code)
                    met[iso] = met.get(iso, False) or event.president
        return met

    def called_back(self, round_: int, isos: Iterable[str]) -> frozenset[str]:
        """Of these partners, those whom a round calls back from a walk-out.

        All of them when the deadline is moved or passes; else those with a letter or a meeting of their own.
        """
        events = self.at(round_)
        if round_ in self.snaps() or any(event.action == "extend" for event in events):
            return frozenset(isos)
        named = {iso for event in events for iso in event.rates} | self.meetings(round_).keys()
        return frozenset(named).intersection(isos)

    @staticmethod
    def _moved(snap: int, known: Iterable[tuple[int, Event]]) -> int:
        """Where the known extensions move a snap."""
        for when, event in known:
            if event.action == "extend" and event.until is not None and when <= snap < effective_round(event.until):
                snap = effective_round(event.until)
        return snap
