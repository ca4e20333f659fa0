"""Everything that a compiled run of the talks needs, in one bundle."""

from __future__ import annotations

from typing import NamedTuple

from sim.ensemble.kernel.facts import Facts
from sim.ensemble.kernel.ladders import ROOM, Ladders, new_ladders
from sim.ensemble.kernel.state import Hand, State, new_hand, new_state

__all__ = ["Talks", "new_talks"]


class Talks(NamedTuple):
    """What never changes, what moves, what luck has dealt, and the ladders worked out for it."""

    facts: Facts
    state: State
    hand: Hand
    ladders: Ladders


def new_talks(facts: Facts, room: int = ROOM) -> Talks:
    """Make room for runs of a scenario; one bundle serves one run at a time, and any number after each other.

    `room` is how many seatings' ladders it remembers.
    """
    own = facts._replace(law=facts.law.copy())
    return Talks(own, new_state(facts), new_hand(facts), new_ladders(facts, room))
