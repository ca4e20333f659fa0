"""Closed forms and recursions of bargaining theory, one algorithm a file."""

from sim.bargaining.theory.crossing import Crossing, pie_crossing
from sim.bargaining.theory.hub import HubResult, sequential_hub, sequential_hub_myopic, sequential_hub_sets
from sim.bargaining.theory.nash_in_nash import BilateralDeal, nash_in_nash
from sim.bargaining.theory.risk import kalai_smorodinsky_power, nash_power
from sim.bargaining.theory.rubinstein import rubinstein, rubinstein_continuous, rubinstein_limit, stahl
from sim.bargaining.theory.transfer import nash_transfer

__all__ = [  # noqa: RUF022  (grouped, as the reference page is)
    # two sides, one pie
    "rubinstein",
    "rubinstein_continuous",
    "rubinstein_limit",
    "stahl",
    "nash_transfer",
    "nash_power",
    "kalai_smorodinsky_power",
    "Crossing",
    "pie_crossing",
    # one hub, many partners
    "BilateralDeal",
    "nash_in_nash",
    "HubResult",
    "sequential_hub",
    "sequential_hub_myopic",
    "sequential_hub_sets",
]
