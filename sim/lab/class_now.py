"""A class as it is at this moment: what the teacher's view and the public screen look at."""

from __future__ import annotations

from dataclasses import dataclass

from sim.lab.clock import Clock, clock_in
from sim.lab.room import Room, scenario_of
from sim.lab.roster import Row, roster
from sim.lab.store import Store

__all__ = ["ClassNow", "now_of"]


@dataclass(frozen=True)
class ClassNow:
    """A room, its clock, and where everybody stands."""

    room: Room
    clock: Clock
    rows: tuple[Row, ...]


def now_of(store: Store, code: str) -> ClassNow:
    """Look at a class; plays the games of those who have moved since it was last looked at.

    Raises
    ------
    Refused
        When there is no such room, or its scenario cannot be played here.
    """
    room = store.room(code)
    return ClassNow(
        room, clock_in(scenario_of(room.text), room.week), roster(room, store.seats(code), store.moves_of(code))
    )
