"""Levers beside the package: Treasury holdings shown or sold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.talks.agents import Partner

__all__ = ["lever_bite", "lever_paid", "lever_price"]


def lever_weight(partner: Partner) -> float:
    """How far the focal partner's Treasury holdings count: not at all, as a card, or in full."""
    politics = partner.model.experiment.politics
    if not partner.model.is_focal(partner):
        return 0.0
    return {"ruled_out": 0.0, "card": politics.card_weight, "used": 1.0}[politics.treasuries]


def lever_bite(partner: Partner) -> float:
    """Yearly cost of the lever to the United States while there is no deal, USD bn."""
    pressure = partner.model.experiment.politics.treasuries_pressure
    return lever_weight(partner) * pressure * partner.terms.economy.treasury_holdings


def lever_price(partner: Partner) -> float:
    """Yearly cost of the lever to its user while there is no deal, as both sides reckon with it, USD bn."""
    price = partner.model.experiment.politics.treasuries_price
    return lever_weight(partner) * price * partner.terms.economy.treasury_holdings


def lever_paid(partner: Partner) -> float:
    """What of that price is really paid: a card that is only shown costs nothing yet."""
    return lever_price(partner) if partner.model.experiment.politics.treasuries == "used" else 0.0
