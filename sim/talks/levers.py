"""Levers beside the package: Treasury holdings shown or sold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.scenario import Scenario

if TYPE_CHECKING:
    from sim.talks.agents import Partner
    from sim.world import Economy

__all__ = ["lever_bite", "lever_costs", "lever_paid", "lever_price"]


def lever_costs(scenario: Scenario, economy: Economy) -> tuple[float, float, float]:
    """Yearly costs of a partner's Treasury holdings while there is no deal, USD bn.

    Only the focal partner's count: not at all, as a card, or in full.

    Returns
    -------
    bite, price, paid : float
        To the United States; to its user as both sides reckon with it; and what of that is really paid, since a card
        that is only shown costs nothing yet.
    """
    politics = scenario.politics
    if economy.iso3 != scenario.queue.focal:
        return 0.0, 0.0, 0.0
    weight = {"ruled_out": 0.0, "card": politics.card_weight, "used": 1.0}[politics.treasuries]
    bite, price = (
        weight * cost * economy.treasury_holdings for cost in (politics.treasuries_pressure, politics.treasuries_price)
    )
    return bite, price, price if politics.treasuries == "used" else 0.0


def lever_bite(partner: Partner) -> float:
    """Yearly cost of the lever to the United States while there is no deal, USD bn."""
    return lever_costs(partner.model.experiment, partner.terms.economy)[0]


def lever_price(partner: Partner) -> float:
    """Yearly cost of the lever to its user while there is no deal, as both sides reckon with it, USD bn."""
    return lever_costs(partner.model.experiment, partner.terms.economy)[1]


def lever_paid(partner: Partner) -> float:
    """What of that price is really paid, USD bn."""
    return lever_costs(partner.model.experiment, partner.terms.economy)[2]
