"""The Mesa model of the talks: agents that hold preferences, meet, exchange packages, close, and face the deadline."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.talks.bilateral import Bilateral, bilateral_domain
from sim.talks.deal import Deal, Status
from sim.talks.preferences import Luck
from sim.talks.seats import Seat, TimedSeat
from sim.talks.setup import Hand, Setup, prepare
from sim.talks.situation import Decision, Offer, Refusal, Side, Situation
from sim.talks.tactic_seat import TacticSeat

if TYPE_CHECKING:
    from sim.talks.agents import Partner, UnitedStates
    from sim.talks.auditing import audit
    from sim.talks.model import TariffTalks
    from sim.talks.story import narrate

__all__ = [  # noqa: RUF022  (grouped, as the reference page is)
    # the model and its agents
    "TariffTalks",
    "Partner",
    "UnitedStates",
    "Deal",
    "Status",
    # preparing runs that share their luck
    "Hand",
    "Luck",
    "Setup",
    "prepare",
    # who decides
    "Seat",
    "TimedSeat",
    "TacticSeat",
    "Situation",
    "Offer",
    "Decision",
    "Refusal",
    "Side",
    # a table for the bargaining library
    "Bilateral",
    "bilateral_domain",
    # the story, and whether it can be true
    "narrate",
    "audit",
]

#: What needs Mesa, which takes a second to load, comes when it is asked for.
_WITH_MESA = {
    "Partner": "agents",
    "UnitedStates": "agents",
    "TariffTalks": "model",
    "audit": "auditing",
    "narrate": "story",
}


def __getattr__(name: str) -> Any:
    """Load what needs Mesa."""
    if name in _WITH_MESA:
        found = getattr(import_module(f"sim.talks.{_WITH_MESA[name]}"), name)
        globals()[name] = found
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
