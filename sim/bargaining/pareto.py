"""The exact Pareto frontier of an additive domain, by merging groups of issues."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["merge_frontiers", "pareto_indices"]

Floats = NDArray[np.float64]


def pareto_indices(utilities: Floats) -> NDArray[np.int64]:
    """Rows not dominated by another row, sorted by falling first utility.

    Parameters
    ----------
    utilities : ndarray (P, 2)
        Utilities of both sides.

    Returns
    -------
    ndarray (Q,)
        Indices into the rows; of equal rows the first is kept.
    """
    order = np.lexsort((-utilities[:, 1], -utilities[:, 0]))
    second = utilities[order, 1]
    best_before = np.concatenate(([-np.inf], np.maximum.accumulate(second)[:-1]))
    kept: NDArray[np.int64] = order[second > best_before].astype(np.int64)
    return kept


def merge_frontiers(groups: Sequence[Floats]) -> tuple[Floats, NDArray[np.int64]]:
    """Merge groups whose utilities add, pruning as they grow; the product is never enumerated.

    A package on the frontier is on the frontier of every group it is made of, since replacing a dominated part would
    improve the whole. So dominated options can be dropped group by group.

    Parameters
    ----------
    groups : sequence of ndarray (P_g, 2)
        Utilities of both sides for every option of each group.

    Returns
    -------
    utilities : ndarray (Q, 2)
        The frontier, sorted by falling first utility.
    choices : ndarray (Q, G)
        The option of each group at every point.
    """
    utilities, choices = np.zeros((1, 2)), np.zeros((1, 0), dtype=np.int64)
    for group in groups:
        kept = pareto_indices(group)
        sums = (utilities[:, None, :] + group[kept][None, :, :]).reshape(-1, 2)
        front = pareto_indices(sums)
        before, option = np.divmod(front, kept.size)
        utilities = sums[front]
        choices = np.column_stack([choices[before], kept[option]])
    return utilities, choices
