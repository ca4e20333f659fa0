"""Showcase: an early deal is a political win."""

from __future__ import annotations

import math

from sim.compiled import compiled

__all__ = ["showcase_value"]


@compiled
def showcase_value(strength: float, value: float, decay: float, deals: int) -> float:
    """One-off gain of the United States from one more deal, v0 exp(-n / n0).

    Parameters
    ----------
    strength : float
        0 turns the mechanism off.
    value : float
        v0, what the first deal is worth, USD bn.
    decay : float
        n0 > 0, deals over which the win fades by e.
    deals : int
        n, deals signed so far.
    """
    return strength * value * math.exp(-deals / decay)
