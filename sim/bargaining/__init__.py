"""Pure bargaining theory: it knows no tariff and no agent framework."""

from sim.bargaining.aspiration import aspiration, reciprocate
from sim.bargaining.ladder import climb, merge_steps, step_ratios
from sim.bargaining.nash import nash_index
from sim.bargaining.offer import accepts, best_attainable, choose_offer, next_offer
from sim.bargaining.pareto import merge_frontiers, pareto_indices

__all__ = [  # noqa: RUF022  (grouped, as the reference page is)
    # time
    "aspiration",
    "reciprocate",
    # offers
    "accepts",
    "best_attainable",
    "choose_offer",
    "next_offer",
    # concessions
    "climb",
    "merge_steps",
    "step_ratios",
    # solutions
    "merge_frontiers",
    "nash_index",
    "pareto_indices",
]
