"""Week, date, and the next hard date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sim.scenario import Scenario
from sim.talks.clock import Timeline, effective_round
from sim.world import date_of

__all__ = ["Clock", "clock_in"]


@dataclass(frozen=True)
class Clock:
    """Where talks stand in time.

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


def clock_in(scenario: Scenario, round_: int) -> Clock:
    """Return week, date and next hard date of a round."""
    deadline = Timeline.of(scenario.calendar).deadline(round_)
    return Clock(
        week=round_ + 1,
        weeks=scenario.clock.rounds,
        date=date_of(round_),
        deadline=None if deadline is None else _day(scenario, deadline),
        left=None if deadline is None else deadline - round_,
    )


def _day(scenario: Scenario, week: int) -> dt.date:
    """The date that takes effect in a week: the talks of the week in which it falls still count."""
    days = [event.until if event.action == "extend" else event.date for event in scenario.calendar]
    return next((day for day in days if day is not None and effective_round(day) == week), date_of(week))
