"""Showcase: an early deal is a political win.

The first deals make headlines, later ones do not, and a deal with a small economy hardly does (M2):

    win_i = strength v0 m_i exp(-n / n0),   n = sum of m_j over the deals signed,   m_i = min(1, trade_i / large)

The United States count the win when they weigh an offer, and do not ask the partner for more because of it: the most
they could get, of which they insist on a share, is reckoned without it.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled

__all__ = ["fading", "headlines_so_far", "showcase_value", "showcase_worth"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@compiled
def headlines_so_far(headline: Floats, unsigned: Bools) -> float:
    """n, the deals signed so far, each by its headline m_j; both ndarrays (N,)."""
    total = 0.0
    for j in range(headline.size):
        if not unsigned[j]:
            total += headline[j]
    return total


@compiled
def showcase_value(strength: float, value: float, decay: float, deals: float) -> float:
    """One-off gain of the United States from one more deal (M2), USD bn.

    Parameters
    ----------
    strength : float
        0 turns the mechanism off.
    value : float
        v0 m_i, what the deal would be worth as the first, USD bn.
    decay : float
        n0 > 0, headline deals over which the win fades by e.
    deals : float
        n, deals signed so far, each by its headline.
    """
    return showcase_worth(strength, value, fading(decay, deals))


@compiled
def fading(decay: float, deals: float) -> float:
    """What is left of the win after so many headline deals: exp(-n / n0)."""
    return math.exp(-deals / decay)


@compiled
def showcase_worth(strength: float, value: float, left: float) -> float:
    """:func:`showcase_value` where it is known what is left of the win."""
    return strength * value * left
