"""Diversion: rivals' tariffs move my trade."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.world.outlook import Outlook, states_seen

__all__ = ["world_states"]

Floats = NDArray[np.float64]


@compiled
def world_states(strength: float, start: Floats, rates: Floats, outlook: Outlook) -> Floats:
    """The others' tariffs as each partner meets them: state = start + strength (now - start).

    Parameters
    ----------
    strength : float
        0 keeps the state where it began, 1 follows the tariffs in force.
    start : ndarray (N, 3)
        The states in round 0: omega, spill and tilt of :mod:`sim.world.state`.
    rates : ndarray (N,)
        Effective rates in force, fractions.
    outlook : Outlook
        From `sim.world.outlook_of`, for the same partners.

    Returns
    -------
    ndarray (N, 3)
        The partner itself is left out of its state.
    """
    out, seen = start.copy(), states_seen(rates, outlook)
    for i in range(rates.size):
        if seen[0, i] >= 0.0:
            for part in range(3):
                out[i, part] += strength * (seen[part, i] - start[i, part])
    return out
