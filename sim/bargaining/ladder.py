"""The concession ladder: efficient packages in the order in which a reasonable side would concede them.

Issues are finite grids of levels; level 0 is what the conceding side likes best. Each step up an issue costs the
conceder something and is worth something to the other side. Steps sorted by worth over cost trace the supported Pareto
frontier of an additive domain (log-rolling; Raiffa 1982): no other package gives the other side more at the same cost.
The product of the grids is never enumerated.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled

__all__ = ["climb", "merge_steps", "step_ratios"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@compiled
def step_ratios(cost: Floats, worth: Floats, counts: Ints) -> Floats:
    """Worth over cost of every step, made non-increasing within each issue.

    Parameters
    ----------
    cost, worth : ndarray (K, L)
        Cumulated cost to the conceder and worth to the other side of level l of issue k, USD bn a year; column 0 is
        level 0.
    counts : ndarray (K,)
        Number of levels of each issue; columns beyond are ignored.

    Returns
    -------
    ndarray (K, L)
        Column l is the ratio of the step from level l - 1 to l. Convex costs and concave worths have falling ratios of
        themselves; elsewhere the running minimum keeps the steps of an issue in their order.
    """
    ratios = np.full(cost.shape, -np.inf)
    for k in range(cost.shape[0]):
        lowest = np.inf
        for level in range(1, counts[k]):
            dearer = cost[k, level] - cost[k, level - 1]
            gain = worth[k, level] - worth[k, level - 1]
            if dearer > 0.0:
                ratio = gain / dearer
            else:
                ratio = np.inf if gain >= 0.0 else -np.inf
            lowest = min(lowest, ratio)
            ratios[k, level] = lowest
    return ratios


@compiled
def merge_steps(ratios: Floats, counts: Ints, least: float) -> Ints:
    """Order the steps of all issues by falling ratio, those of one issue in their own order.

    Parameters
    ----------
    ratios : ndarray (K, L)
        From :func:`step_ratios`.
    counts : ndarray (K,)
        Number of levels of each issue.
    least : float
        Steps worth less than this per unit of cost are left off the ladder (0: steps that please nobody).

    Returns
    -------
    ndarray (R,)
        The issue conceded at each step. Ties go to the issue listed first.
    """
    k_count = ratios.shape[0]
    at = np.zeros(k_count, dtype=np.int64)
    order = np.empty(ratios.size, dtype=np.int64)
    n = 0
    while True:
        best = -1
        for k in range(k_count):
            open_step = at[k] + 1 < counts[k] and ratios[k, at[k] + 1] > least
            if open_step and (best < 0 or ratios[k, at[k] + 1] > ratios[best, at[best] + 1]):
                best = k
        if best < 0:
            return order[:n]
        at[best] += 1
        order[n] = best
        n += 1


@compiled
def climb(order: Ints, k_count: int) -> Ints:
    """List the package at every rung of the ladder.

    Parameters
    ----------
    order : ndarray (R,)
        From :func:`merge_steps`.
    k_count : int
        Number of issues.

    Returns
    -------
    ndarray (R + 1, K)
        Level of each issue; rung 0 concedes nothing.
    """
    rungs = np.zeros((order.size + 1, k_count), dtype=np.int64)
    for r in range(order.size):
        for k in range(k_count):
            rungs[r + 1, k] = rungs[r, k] + (1 if k == order[r] else 0)
    return rungs
