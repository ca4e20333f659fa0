"""The lab: a web app to explore scenarios, and to teach negotiation with a seat at the table.

All play is plain Python (`sim.lab.session`) on the same talks as everything else; only `sim.lab.pages` knows the
browser, and needs the extra `lab`. The names below are what a script plays, or reads a class with; they are imported
when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.lab.class_now import now_of
    from sim.lab.explore import Pair, answers
    from sim.lab.link import from_query, to_query
    from sim.lab.moves import Act, Move
    from sim.lab.plan import Plan
    from sim.lab.question import Question, View
    from sim.lab.room import Room, Seat
    from sim.lab.session import Game, Standing, standing, with_move
    from sim.lab.sight import sight_of
    from sim.lab.store import Store

__all__ = [  # noqa: RUF022  (grouped, as the reference page is)
    # Explore
    "Question",
    "View",
    "Pair",
    "answers",
    "from_query",
    "to_query",
    # a game
    "Act",
    "Move",
    "Game",
    "Standing",
    "standing",
    "with_move",
    "sight_of",
    # a class
    "Plan",
    "Room",
    "Seat",
    "Store",
    "now_of",
]

_HOMES = {
    "class_now": ("now_of",),
    "explore": ("Pair", "answers"),
    "link": ("from_query", "to_query"),
    "moves": ("Act", "Move"),
    "plan": ("Plan",),
    "question": ("Question", "View"),
    "room": ("Room", "Seat"),
    "session": ("Game", "Standing", "standing", "with_move"),
    "sight": ("sight_of",),
    "store": ("Store",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"sim.lab.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
