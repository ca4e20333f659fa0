"""What one more deal adds to the value of all deals of the United States."""

from __future__ import annotations

from sim.bargaining.theory import sequential_hub
from sim.scenario import Scenario

__all__ = ["worth_of_next"]


def worth_of_next(scenario: Scenario, deals: int, partners: int) -> float:
    """Return what the next deal is worth to the United States beyond its own terms, USD bn, once.

    With alternating offers it is V(n + 1) - V(n). Under the protocol of theory they look ahead: it is what the deal
    adds to their position in the talks still to come (the sequential hub).

    Parameters
    ----------
    scenario : Scenario
        Gives V (`united_states.deal_values`), the protocol and the weight.
    deals : int
        n, deals signed so far.
    partners : int
        Of the whole run; those without a deal are still to come.
    """
    values = (0.0, *scenario.united_states.deal_values)
    if len(values) == 1:
        return 0.0

    def value(n: int) -> float:
        return values[min(n, len(values) - 1)]

    to_come = partners - deals - 1
    if scenario.session.protocol == "offers" or to_come < 1:
        return value(deals + 1) - value(deals)

    def ahead(n: int) -> float:
        return sequential_hub(lambda more: value(n + more), to_come, scenario.session.power).hub

    return ahead(deals + 1) - ahead(deals)
