"""The Mesa model of the talks: agents that hold preferences, meet, exchange packages, close, and face the deadline."""

from sim.talks.agents import Deal, Partner, Status, UnitedStates
from sim.talks.audit import audit
from sim.talks.bilateral import Bilateral, bilateral_domain
from sim.talks.model import TariffTalks
from sim.talks.narrate import narrate
from sim.talks.preferences import Luck
from sim.talks.seats import Seat, TimedSeat
from sim.talks.setup import Hand, Setup, prepare
from sim.talks.situation import Decision, Offer, Refusal, Side, Situation
from sim.talks.tactic_seat import TacticSeat

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
