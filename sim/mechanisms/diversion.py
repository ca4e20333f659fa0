"""Diversion: rivals' tariffs move my trade."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled

__all__ = ["world_states"]

Floats = NDArray[np.float64]


@compiled
def world_states(strength: float, start: Floats, rates: Floats, april: Floats, trade: Floats) -> Floats:
    """The others' tariffs as a multiple of the vector of 2 April, as each partner meets them.

    Parameters
    ----------
    strength : float
        0 keeps the state where it began, 1 follows the tariffs in force.
    start : ndarray (N,)
        The states in round 0.
    rates, april : ndarray (N,)
        Effective rates in force and those of 2 April, fractions.
    trade : ndarray (N,)
        US imports from each, USD bn, as weights.

    Returns
    -------
    ndarray (N,)
        The partner itself is left out of its state.
    """
    out = start.copy()
    for i in range(rates.size):
        state = _others(rates, april, trade, i)
        if state >= 0.0:
            out[i] = start[i] + strength * (state - start[i])
    return out


@compiled
def _others(rates: Floats, april: Floats, trade: Floats, i: int) -> float:
    """Trade-weighted rates of all but i against those of 2 April; -1 where there is nobody else."""
    now = 0.0
    full = 0.0
    for j in range(rates.size):
        if j != i:
            now += trade[j] * rates[j]
            full += trade[j] * april[j]
    return now / full if full > 0.0 else -1.0
