"""A class as it is at this moment: what the teacher's view and the public screen look at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sim.lab.room import Room, scenario_of
from sim.lab.roster import Row, roster
from sim.lab.store import Store
from sim.scenario import Scenario
from sim.talks.clock import Timeline, effective_round
from sim.world import date_of

__all__ = ["ClassClock", "ClassNow", "clock_at", "now_of"]


@dataclass(frozen=True)
class ClassClock:
    """Where the class stands in time.

    Attributes
    ----------
    week, weeks : int
        This week, from 1, and how many there are.
    date : date
        Monday of this week.
    deadline : date or None
        Next announced hard date.
    left : int or None
        Weeks until the first one in which it has passed.
    """

    week: int
    weeks: int
    date: dt.date
    deadline: dt.date | None
    left: int | None

    @property
    def hard_date(self) -> str:
        """The next hard date in words."""
        if self.deadline is None:
            return "no hard date ahead"
        return f"hard date {self.deadline:%-d %B %Y}, {self.left} {'week' if self.left == 1 else 'weeks'} left"


@dataclass(frozen=True)
class ClassNow:
    """A room, its clock, and where everybody stands."""

    room: Room
    clock: ClassClock
    rows: tuple[Row, ...]


def now_of(store: Store, code: str) -> ClassNow:
    """Look at a class; plays the games of those who have moved since it was last looked at.

    Raises
    ------
    Refused
        When there is no such room.
    """
    room = store.room(code)
    return ClassNow(room, clock_at(room), roster(room, store.seats(code), store.moves_of(code)))


def clock_at(room: Room) -> ClassClock:
    """Return week, date and next hard date of a class."""
    scenario = scenario_of(room.text)
    deadline = Timeline.of(scenario.calendar).deadline(room.week)
    return ClassClock(
        week=room.week + 1,
        weeks=scenario.clock.rounds,
        date=date_of(room.week),
        deadline=None if deadline is None else _day(scenario, deadline),
        left=None if deadline is None else deadline - room.week,
    )


def _day(scenario: Scenario, week: int) -> dt.date:
    """The date that takes effect in a week: the talks of the week in which it falls still count."""
    days = [event.until if event.action == "extend" else event.date for event in scenario.calendar]
    return next((day for day in days if day is not None and effective_round(day) == week), date_of(week))
