"""Pressure: the pain of tariffs accumulates."""

from __future__ import annotations

import math

from sim.compiled import compiled

__all__ = ["hastened", "pain", "pressure"]


@compiled
def pressure(growth: float, tariff_weeks: float) -> float:
    """Psi = 1 - exp(-growth * tariff-weeks), between 0 and 1.

    `tariff_weeks` sums the rate borne in excess of the world before 2 April, week by week (0.10 for ten weeks is 1).
    """
    return 1.0 - math.exp(-growth * tariff_weeks)


@compiled
def pain(strength: float, cost: float, psi: float, duties: float) -> float:
    """Yearly cost of going on without a deal, USD bn: a share of the duties paid that rises with pressure."""
    return strength * cost * psi * duties


@compiled
def hastened(strength: float, haste: float, psi: float, beta: float) -> float:
    """Stance under pressure: beta exp(strength haste Psi)."""
    return beta * math.exp(strength * haste * psi)
