"""The calendar of 2025 as events, from the facts known by 22 July."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.scenario.schema import Event

__all__ = ["calendar_of_2025"]


def calendar_of_2025() -> tuple[Event, ...]:
    """Return the end of the pause on 9 July, its extension on 7 July to 1 August, and the letters with new rates."""
    from sim.scenario.schema import Event
    from sim.world import load_calendar

    events: list[Event] = []
    letters: dict[dt.date, dict[str, float]] = {}
    for fact in load_calendar():
        if fact.kind == "pause_end":
            events.append(Event(date=fact.date, action="snap"))
        elif fact.kind == "extension":
            events.append(Event(date=fact.date, action="extend", until=dt.date.fromisoformat(fact.value)))
        elif fact.kind == "letter":
            letters.setdefault(fact.date, {})[fact.iso] = fact.rate
    events += [Event(date=day, action="letters", rates=rates) for day, rates in letters.items()]
    return tuple(sorted(events, key=lambda event: (event.date, event.action)))
