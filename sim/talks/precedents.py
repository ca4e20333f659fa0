"""A table at which the United States think of those who have not signed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.mechanisms import EXPECTED_CUT
from sim.talks.ladders import totals
from sim.talks.table import Table

__all__ = ["expected_gifts", "extra_weights", "with_precedent"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@compiled
def extra_weights(strength: float, weights: Floats, top: Ints) -> Floats:
    """How much more an issue counts for what it brings, ndarray (K,): pi weight where it is on the agenda."""
    out = np.zeros(top.size)
    for k in range(top.size):
        if top[k] > 0:
            out[k] = strength * weights[k]
    return out


@compiled
def expected_gifts(extra: Floats, benefit: Floats, top: Ints) -> float:
    """What the United States expect the rest to give a year, as far as it counts here, USD bn; `benefit` is (K, L)."""
    total = 0.0
    for k in range(top.size):
        total += extra[k] * benefit[k, int(np.floor(EXPECTED_CUT * top[k] + 0.5))]
    return total


def with_precedent(table: Table, strength: float, weights: Floats) -> Table:
    """Let the United States count what they concede as often as the rest will ask for it (M3).

    What an issue brings them counts 1 + pi weight times, less what they expect of the rest: half of each issue. The
    rates are seen to by :func:`sim.mechanisms.precedent_cost`; the order of the ladders stays.

    Parameters
    ----------
    table : Table
        The bilateral without it.
    strength : float
        pi; 0 returns the table itself.
    weights : ndarray (K,)
        From :func:`sim.mechanisms.precedent_weights`; issues that are not on the agenda count for nothing.
    """
    if strength <= 0.0:
        return table
    mine, theirs = table.ladders
    top = theirs.levels.max(axis=0)
    extra = extra_weights(strength, weights, top)
    benefit = table.preferences.benefit * (1.0 + extra)[:, None]
    expected = float(expected_gifts(extra, table.preferences.benefit, top))
    return replace(
        table,
        preferences=replace(table.preferences, benefit=benefit),
        ladders=(mine, replace(theirs, benefit=totals(benefit, theirs.levels))),
        stakes=replace(table.stakes, expected=table.stakes.annuity * expected),
    )
