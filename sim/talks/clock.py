"""Dates and rounds: which deadline is credible, and what happens when."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sim.scenario.schema import Event
from sim.world import START

__all__ = ["Timeline", "effective_round"]


def effective_round(day: date) -> int:
    """First round that begins on or after a date, so that the talks of the week before it still count."""
    return max(0, math.ceil((day - START).days / 7))


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
        return cls(tuple((effective_round(event.date), event) for event in ordered))

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
    def _moved(snap: int, known: Iterable[tuple[int, Event]]) -> int:
        """Where the known extensions move a snap."""
        for when, event in known:
            if event.action == "extend" and event.until is not None and when <= snap < effective_round(event.until):
                snap = effective_round(event.until)
        return snap
