"""Precedent: granting it to you means granting it to the rest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled

__all__ = ["EXPECTED_CUT", "precedent_cost", "precedent_slope", "similarity"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: The relative cut that the delegation expects to grant: half way from the threat to its red line.
EXPECTED_CUT = 0.5


@compiled
def similarity(log_trade: Floats, rate: Floats, auto_share: Floats, reach: float) -> Floats:
    """How much one partner's deal is a model for another's.

    Parameters
    ----------
    log_trade : ndarray (N,)
        Natural logarithm of two-way trade in USD bn.
    rate : ndarray (N,)
        Rate of 2 April, a fraction.
    auto_share : ndarray (N,)
        Share of autos in exports to the United States.
    reach : float
        Larger values make unlike partners more comparable; > 0.

    Returns
    -------
    ndarray (N, N)
        exp(-(|d log trade| / 2 + |d rate| / 0.1 + |d auto share| / 0.2) / reach); symmetric, 1 on the diagonal.
    """
    n = rate.size
    alike = np.ones((n, n))
    for i in range(n):
        for j in range(n):
            distance = abs(log_trade[i] - log_trade[j]) / 2.0
            distance += abs(rate[i] - rate[j]) / 0.1 + abs(auto_share[i] - auto_share[j]) / 0.2
            alike[i, j] = np.exp(-distance / reach)
    return alike


@compiled
def precedent_slope(alike: Floats, stake: Floats, unsigned: Bools, i: int) -> float:
    """Yearly cost to the United States, over all others, of one more unit of relative cut for partner i.

    Parameters
    ----------
    alike : ndarray (N,)
        Similarity of every partner to i.
    stake : ndarray (N,)
        What the United States loses a year when partner j's cut goes from the expected to the full one, per unit of
        relative cut, USD bn; negative stakes (it would gain) count as none.
    unsigned : ndarray (N,)
        Partners still without a deal.
    i : int
        The partner at the table.
    """
    total = 0.0
    for j in range(stake.size):
        if j != i and unsigned[j] and stake[j] > 0.0:
            total += alike[j] * stake[j]
    return total


@compiled
def precedent_cost(strength: float, slope: float, cut: float, annuity: float) -> float:
    """One-off cost of a relative cut: pi A slope (cut - expected), USD bn; negative for one below the expected."""
    return strength * annuity * slope * (cut - EXPECTED_CUT)
