"""Ways to bargain, one small class each."""

from sim.bargaining.tactics.hardball import Hardball
from sim.bargaining.tactics.log_roller import LogRoller
from sim.bargaining.tactics.micro import MiCRO
from sim.bargaining.tactics.random_walker import RandomWalker
from sim.bargaining.tactics.rational import NashNegotiator
from sim.bargaining.tactics.tactic import Answer, Tactic, Traits
from sim.bargaining.tactics.timed import Boulware, Conceder, Linear, TimeDependent
from sim.bargaining.tactics.tit_for_tat import RelativeTitForTat

TACTICS: tuple[type[Tactic], ...] = (
    TimeDependent,
    Boulware,
    Linear,
    Conceder,
    RelativeTitForTat,
    Hardball,
    MiCRO,
    RandomWalker,
    LogRoller,
    NashNegotiator,
)
"""All built-in tactics."""

__all__ = [  # noqa: RUF022  (grouped, as the reference page is)
    # the contract
    "Answer",
    "Tactic",
    "Traits",
    "TACTICS",
    # by the clock
    "TimeDependent",
    "Boulware",
    "Linear",
    "Conceder",
    # by the other side's offers
    "RelativeTitForTat",
    "MiCRO",
    # by the other side's interests
    "LogRoller",
    "NashNegotiator",
    # yardsticks
    "Hardball",
    "RandomWalker",
]
