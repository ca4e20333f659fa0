"""Pure bargaining theory: it knows no tariff and no agent framework."""

from sim.bargaining.aspiration import aspiration, reciprocate
from sim.bargaining.deal import Deal
from sim.bargaining.domain import Domain
from sim.bargaining.frontier import Frontier
from sim.bargaining.issue import Issue, Value
from sim.bargaining.ladder import climb, merge_steps, step_ratios
from sim.bargaining.moment import Moment
from sim.bargaining.nash import nash_index
from sim.bargaining.offer import accepts, best_attainable, choose_offer, next_offer, offer_towards
from sim.bargaining.pareto import merge_frontiers, pareto_indices
from sim.bargaining.session import Exchange, SessionResult, negotiate
from sim.bargaining.utility import Table
from sim.bargaining.view import Levels, View

__all__ = [  # noqa: RUF022  (grouped, as the reference page is)
    # domains
    "Deal",
    "Domain",
    "Frontier",
    "Issue",
    "Levels",
    "Table",
    "Value",
    "View",
    # sessions
    "Exchange",
    "Moment",
    "SessionResult",
    "negotiate",
    # time
    "aspiration",
    "reciprocate",
    # offers
    "accepts",
    "best_attainable",
    "choose_offer",
    "next_offer",
    "offer_towards",
    # concessions
    "climb",
    "merge_steps",
    "step_ratios",
    # solutions
    "merge_frontiers",
    "nash_index",
    "pareto_indices",
]
