"""Diversion: rivals' tariffs move my trade."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["world_state"]

Floats = NDArray[np.float64]


@njit(cache=True)
def world_state(strength: float, start: float, rates: Floats, april: Floats, trade: Floats, i: int) -> float:
    """The others' tariffs as a multiple of the vector of 2 April, as partner i meets them.

    Parameters
    ----------
    strength : float
        0 keeps the state where it began, 1 follows the tariffs in force.
    start : float
        The state in round 0.
    rates, april : ndarray (N,)
        Effective rates in force and those of 2 April, fractions.
    trade : ndarray (N,)
        US imports from each, USD bn, as weights.
    i : int
        The partner itself, which is left out.
    """
    now = 0.0
    full = 0.0
    for j in range(rates.size):
        if j != i:
            now += trade[j] * rates[j]
            full += trade[j] * april[j]
    if full <= 0.0:
        return start
    return start + strength * (now / full - start)
