"""Precedent: granting it to you means granting it to the rest.

The delegation counts a share pi of what it would lose if the partners that have not signed, each as far as it is like
the one at the table, asked for the same terms (M3):

    cost(x) = pi A sum over unsigned j of alike(i, j) [ u_j(half) - u_j(x) ]

with u_j the yearly flow to the United States from j at i's shares z of every issue, and `half` what the delegation
expects: half of the range. For the two rates together u_j is the curve h_j, by the relative cut of the effective rate,
taken as a straight line and only where a cut costs at all. For the other issues u_j is b_j(z), which is b_i(z) times a
ratio of scales, so that what i concedes counts 1 + pi weight times.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled

__all__ = ["EXPECTED_CUT", "precedent_cost", "precedent_slope", "precedent_weights", "similarity"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: What the delegation expects to grant: half way from the threat to its red line, and half of any other issue.
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
        exp(-(a / 2 + b / 0.1 + c / 0.2) / reach), with a, b and c the distances in log trade, rate and share of autos;
        symmetric, 1 on the diagonal.
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
    """One-off cost of a relative cut (M3): pi A slope (cut - expected), USD bn; negative for one below the expected."""
    return strength * annuity * slope * (cut - EXPECTED_CUT)


@compiled
def precedent_weights(alike: Floats, scales: Floats, unsigned: Bools, i: int) -> Floats:
    """How many times over what partner i concedes is asked for by the rest, issue by issue.

    Parameters
    ----------
    alike : ndarray (N,)
        Similarity of every partner to i.
    scales : ndarray (N, K)
        Yearly benefit of the United States from the whole of an issue, by partner, USD bn.
    unsigned : ndarray (N,)
        Partners still without a deal.
    i : int
        The partner at the table.

    Returns
    -------
    ndarray (K,)
        Sum of alike(i, j) scale_jk / scale_ik over all other partners without a deal; 0 where i has nothing to give.
    """
    weights = np.zeros(scales.shape[1])
    for j in range(scales.shape[0]):
        if j != i and unsigned[j]:
            for k in range(scales.shape[1]):
                weights[k] += alike[j] * scales[j, k]
    for k in range(scales.shape[1]):
        weights[k] = weights[k] / scales[i, k] if scales[i, k] > 0.0 else 0.0
    return weights
