"""Dates of a scenario that figures mark."""

from __future__ import annotations

from sim.scenario import Scenario
from sim.talks.clock import Timeline, effective_round

__all__ = ["deadlines"]


def deadlines(scenario: Scenario) -> list[tuple[float, str]]:
    """Rounds and labels of the dates to mark: announced ends of the pause, and the dates they were moved to."""
    carried_out = Timeline.of(scenario.calendar).snaps()
    marks: dict[int, str] = {}
    for event in scenario.calendar:
        day = event.until if event.action == "extend" else event.date
        if event.action in ("snap", "extend") and day is not None:
            when = effective_round(day)
            marks[when] = f"{day:%-d %b}" + ("" if when in carried_out else " (extended)")
    return sorted((float(when), label) for when, label in marks.items())
