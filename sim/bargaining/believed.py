"""What one side believes best for the other among the outcomes that give it enough, without the whole frontier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.bargaining.pareto import merge_frontiers

if TYPE_CHECKING:
    from sim.bargaining.view import Levels, View

__all__ = ["Believed"]

Floats = NDArray[np.float64]


class Believed:
    """Answers "of all that gives me this much, what is best for you?" under a belief.

    The answer is the last point of the believed frontier that meets the target. It is made of a point on the frontier
    of the first part of the groups and one on that of the second (see :mod:`sim.bargaining.sums`), so the two are
    searched together and never merged: a frontier of many thousand points costs no more than one of a hundred.

    Parameters
    ----------
    view : View
        Whose belief it is.
    theirs : sequence of ndarray (P_g,)
        The other side's utility of every option of each group, as believed.
    """

    def __init__(self, view: View, theirs: Sequence[Floats]) -> None:
        self._view = view
        pairs = [np.column_stack([mine, belief]) for mine, belief in zip(view.tables, theirs, strict=True)]
        self._noise = (view.noise, 1e-12 * sum(float(np.ptp(belief)) for belief in theirs))
        self._first, self._first_options = merge_frontiers(pairs[: view.cut], self._noise)
        self._second, self._second_options = merge_frontiers(pairs[view.cut :], self._noise)

    def best_for_them(self, target: float) -> Levels | None:
        """Return the outcome, None when none meets the target; ties go to the better for oneself, then to the first."""
        mine, theirs = self._first.T
        # utilities fall along a frontier: the last of the second part that still makes up what the first one lacks
        at = np.searchsorted(-self._second[:, 0], mine - target + self._noise[0], side="right") - 1
        able = np.flatnonzero(at >= 0)
        if not able.size:
            return None
        one, two = able, at[able]
        total = theirs[one] + self._second[two, 1]
        close = np.flatnonzero(total >= total.max() - self._noise[1])
        own = mine[one[close]] + self._second[two[close], 0]
        close = close[own >= own.max() - self._noise[0]]
        options = [(*self._first_options[one[c]], *self._second_options[two[c]]) for c in close]
        return self._view.domain.levels_of(min(options))
