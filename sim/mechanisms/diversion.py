"""Diversion: rivals' tariffs move my trade."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.world.state import state_of

__all__ = ["world_states"]

Floats = NDArray[np.float64]


@compiled
def world_states(
    strength: float, start: Floats, rates: Floats, market: tuple[Floats, Floats, Floats, Floats]
) -> Floats:
    """The others' tariffs as each partner meets them: state = start + strength (now - start).

    Parameters
    ----------
    strength : float
        0 keeps the state where it began, 1 follows the tariffs in force.
    start : ndarray (N, 3)
        The states in round 0: omega, spill and tilt of :mod:`sim.world.state`.
    rates : ndarray (N,)
        Effective rates in force, fractions.
    market : tuple of ndarray
        Rates of 2 April (N,), US imports (N,), and B and C (N, N) among the same partners.

    Returns
    -------
    ndarray (N, 3)
        The partner itself is left out of its state.
    """
    out = start.copy()
    for i in range(rates.size):
        omega, spill, tilt = state_of(rates, market, i, i)
        if omega >= 0.0:
            out[i, 0] += strength * (omega - start[i, 0])
            out[i, 1] += strength * (spill - start[i, 1])
            out[i, 2] += strength * (tilt - start[i, 2])
    return out
