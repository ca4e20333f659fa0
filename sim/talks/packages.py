"""All packages of a table, in groups of issues whose values add, and the one that theory would pick."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.bargaining import merge_frontiers, nash_index
from sim.talks.table import Table
from sim.talks.terms import AUTO, TARIFF

__all__ = ["issue_groups", "nash_package", "rate_pairs"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def rate_pairs(table: Table, inside: bool = False) -> tuple[Ints, Floats]:
    """List the pairs of rates, which act together through the trade model.

    Parameters
    ----------
    table : Table
        The bilateral this week.
    inside : bool
        Whether to leave out pairs that the partner could not carry home.

    Returns
    -------
    pairs : ndarray (P, 2)
        Levels of the general and of the auto tariff.
    gains : ndarray (P, 2)
        Gains of the partner and of the United States with all else at the partner's best, USD bn.
    """
    counts = table.terms.counts
    levels = np.zeros(counts.size, dtype=np.int64)
    pairs, gains = [], []
    for pair in np.ndindex(int(counts[TARIFF]), int(counts[AUTO])):
        levels[[TARIFF, AUTO]] = pair
        if not inside or table.admits(levels):
            pairs.append(pair)
            gains.append((table.partner_gain(levels), table.us_gain(levels)))
    return np.array(pairs, dtype=np.int64).reshape(-1, 2), np.array(gains).reshape(-1, 2)


def issue_groups(table: Table, inside: bool = False) -> list[Floats]:
    """List what every level of every other issue on the agenda adds for both sides: ndarray (L, 2) each, USD bn."""
    a = table.stakes.annuity
    top = table.ladders[1].levels.max(axis=0)  # the other side's ladder starts with everything on the agenda
    if inside:
        top = np.minimum(top, table.win_set.top)
    return [
        np.column_stack([-a * table.preferences.cost[k, : n + 1], a * table.preferences.benefit[k, : n + 1]])
        for k, n in enumerate(top)
        if k not in (TARIFF, AUTO)
    ]


def nash_package(table: Table, power: float, reservation: float = 0.0) -> Ints | None:
    """Find the asymmetric Nash solution at the current disagreement point (Nash 1950; Roth 1979).

    Parameters
    ----------
    table : Table
        The bilateral this week, at its true values.
    power : float
        Bargaining weight of the United States.
    reservation : float
        Gain the partner insists on, USD bn.

    Returns
    -------
    ndarray (K,) or None
        The package by level; None when none inside the win-set is good for both.
    """
    pairs, gains = rate_pairs(table, inside=True)
    if not len(pairs):
        return None
    front, choices = merge_frontiers([gains, *issue_groups(table, inside=True)])
    best = int(nash_index(front[:, 0] - reservation, front[:, 1], 1.0 - power))
    if best < 0:
        return None
    levels = np.zeros(table.terms.counts.size, dtype=np.int64)
    levels[[TARIFF, AUTO]] = pairs[choices[best, 0]]
    others = [k for k in range(levels.size) if k not in (TARIFF, AUTO)]
    levels[others] = choices[best, 1:]
    return levels
