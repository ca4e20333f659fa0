"""The exact Pareto frontier of an additive domain, by merging groups of issues."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["merge_frontiers", "pareto_indices"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def pareto_indices(utilities: Floats, slack: tuple[float, float] = (0.0, 0.0)) -> Ints:
    """Rows not dominated by another row, sorted by falling first utility.

    Parameters
    ----------
    utilities : ndarray (P, 2)
        Utilities of both sides.
    slack : tuple of float
        Differences up to these are taken for rounding: rows that close are equal, and a row is dominated that is better
        on one side by no more.

    Returns
    -------
    ndarray (Q,)
        Indices into the rows; of equal rows the first is kept.
    """
    order = np.lexsort((-utilities[:, 1], -utilities[:, 0]))
    kept = order[_rising(utilities[order, 1], slack[1])]
    if max(slack) > 0.0:
        kept = kept[::-1][_rising(utilities[kept[::-1], 0], slack[0])][::-1]
        return _first_of_equals(utilities, kept, slack)
    return kept.astype(np.int64)


def merge_frontiers(groups: Sequence[Floats], slack: tuple[float, float] = (0.0, 0.0)) -> tuple[Floats, Ints]:
    """Merge groups whose utilities add, pruning as they grow; the product is never enumerated.

    A package on the frontier is on the frontier of every group it is made of, since replacing a dominated part would
    improve the whole. So dominated options can be dropped group by group.

    Parameters
    ----------
    groups : sequence of ndarray (P_g, 2)
        Utilities of both sides for every option of each group.
    slack : tuple of float
        What counts as rounding, by side; see :func:`pareto_indices`.

    Returns
    -------
    utilities : ndarray (Q, 2)
        The frontier, sorted by falling first utility; every point of it once.
    choices : ndarray (Q, G)
        The option of each group at every point: of packages with the same utilities the lexicographically first.
    """
    utilities, choices = np.zeros((1, 2)), np.zeros((1, 0), dtype=np.int64)
    for group in groups:
        kept = np.sort(pareto_indices(group, slack))
        sums = (utilities[:, None, :] + group[kept][None, :, :]).reshape(-1, 2)
        # rows stay in lexicographic order, so that the first of equals is the lexicographically first
        front = np.sort(pareto_indices(sums, slack))
        before, option = np.divmod(front, kept.size)
        utilities = sums[front]
        choices = np.column_stack([choices[before], kept[option]])
    order = np.argsort(-utilities[:, 0], kind="stable")
    return utilities[order], choices[order]


def _rising(values: Floats, slack: float) -> NDArray[np.bool_]:
    """Entries larger than all before them by more than the slack."""
    before = np.concatenate(([-np.inf], np.maximum.accumulate(values)[:-1]))
    return np.asarray(values > before + slack)


def _first_of_equals(utilities: Floats, kept: Ints, slack: tuple[float, float]) -> Ints:
    """Replace each kept row by the first row that equals it up to the slack."""
    firsts = utilities[kept, 0]
    near = np.searchsorted(-firsts, -utilities[:, 0] - slack[0])
    best = kept.astype(np.int64)
    for step in (0, 1):  # kept rows differ by more than the slack: at most the next two can be equal to a row
        at = np.minimum(near + step, kept.size - 1)
        gap = np.abs(utilities - utilities[kept[at]])
        equal = np.flatnonzero((gap[:, 0] <= slack[0]) & (gap[:, 1] <= slack[1]))
        np.minimum.at(best, at[equal], equal)
    return best
