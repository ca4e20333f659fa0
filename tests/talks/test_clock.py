"""Deadlines as announced, moved and carried out."""

from __future__ import annotations

from datetime import date

from sim.scenario import Event
from sim.talks.clock import Timeline, effective_round

PAUSE_ENDS = Event(date=date(2025, 7, 9), action="snap")
EXTENDED = Event(date=date(2025, 7, 7), action="extend", until=date(2025, 8, 1))


def test_a_date_takes_effect_in_the_first_round_that_begins_on_or_after_it() -> None:
    assert effective_round(date(2025, 4, 14)) == 0
    assert effective_round(date(2025, 4, 15)) == 1
    assert effective_round(date(2025, 7, 7)) == 12
    assert effective_round(date(2025, 7, 9)) == 13


def test_nobody_foresees_an_extension() -> None:
    timeline = Timeline.of([PAUSE_ENDS, EXTENDED])
    assert timeline.deadline(0) == 13
    assert timeline.deadline(11) == 13
    assert timeline.deadline(12) == 16  # announced that Monday
    assert timeline.deadline(16) is None
    assert timeline.snaps() == (16,)


def test_without_an_extension_the_threat_is_carried_out_on_time() -> None:
    assert Timeline.of([PAUSE_ENDS]).snaps() == (13,)


def test_an_extension_after_the_fact_moves_nothing() -> None:
    late = Event(date=date(2025, 7, 20), action="extend", until=date(2025, 8, 1))
    assert Timeline.of([PAUSE_ENDS, late]).snaps() == (13,)
