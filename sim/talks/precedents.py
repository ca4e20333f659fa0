"""A table at which the United States think of those who have not signed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.mechanisms import EXPECTED_CUT
from sim.talks.ladders import totals
from sim.talks.table import Table

__all__ = ["with_precedent"]

Floats = NDArray[np.float64]


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
    extra = strength * np.where(top > 0, weights, 0.0)
    benefit = table.preferences.benefit * (1.0 + extra)[:, None]
    half = np.floor(EXPECTED_CUT * top + 0.5).astype(np.int64)
    expected = float((extra * table.preferences.benefit[np.arange(top.size), half]).sum())
    return replace(
        table,
        preferences=replace(table.preferences, benefit=benefit),
        ladders=(mine, replace(theirs, benefit=totals(benefit, theirs.levels))),
        stakes=replace(table.stakes, expected=table.stakes.annuity * expected),
    )
