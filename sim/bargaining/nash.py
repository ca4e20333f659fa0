"""Nash's solution on a finite set of deals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled

__all__ = ["nash_index"]

Floats = NDArray[np.float64]


@compiled
def nash_index(mine: Floats, theirs: Floats, power: float) -> int:
    """Deal with the largest asymmetric Nash product mine**power * theirs**(1 - power) (Nash 1950; Roth 1979).

    Parameters
    ----------
    mine, theirs : ndarray (R,)
        Gains of both sides over no deal.
    power : float
        Bargaining power of the first side in (0, 1).

    Returns
    -------
    int
        Index of the deal, -1 when none gives both a positive gain.
    """
    best, chosen = 0.0, -1
    for r in range(mine.size):
        if mine[r] > 0.0 and theirs[r] > 0.0:
            product = mine[r] ** power * theirs[r] ** (1.0 - power)
            if product > best:
                best, chosen = product, r
    return chosen
