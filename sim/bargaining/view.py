"""A domain as one side sees it: what outcomes are worth to it, and which meet a target."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.bargaining.believed import Believed
from sim.bargaining.descent import Descent
from sim.bargaining.issue import Issue
from sim.bargaining.pareto import merge_frontiers
from sim.bargaining.sums import Halves, lowest_reaching, make_halves, worth_of

if TYPE_CHECKING:
    from sim.bargaining.domain import Domain

__all__ = ["Levels", "View"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Levels = tuple[int, ...]

LARGEST_PART = 2_000_000


class View:
    """One side's view of a domain. Outcomes are never listed; searches are exact.

    Parameters
    ----------
    domain : Domain
        What is negotiated.
    side : {0, 1}
        Whose view it is.

    Raises
    ------
    ValueError
        For another side, or when a part of the groups alone has more than two million combinations.
    """

    def __init__(self, domain: Domain, side: int) -> None:
        if side not in (0, 1):
            raise ValueError(f"a side is 0 or 1, not {side!r}")
        self.domain, self.side = domain, side
        self._sizes = [len(group.utilities) for group in domain.groups]
        self.cut = _best_cut(self._sizes)
        """First group of the second part of a search; see :mod:`sim.bargaining.sums`."""
        if max(math.prod(self._sizes[: self.cut]), math.prod(self._sizes[self.cut :])) > LARGEST_PART:
            raise ValueError("too many outcomes for an exact search: a part of the issues has over two million")

    # --- what it is worth -------------------------------------------------------------------------------------------

    @property
    def issues(self) -> tuple[Issue, ...]:
        """The issues of the domain."""
        return self.domain.issues

    @property
    def reservation(self) -> float:
        """What this side has without a deal."""
        return self.domain.reservation[self.side]

    @property
    def best(self) -> float:
        """Utility of its best outcome."""
        return self.domain.bounds[self.side][1]

    @property
    def worst(self) -> float:
        """Utility of its worst outcome."""
        return self.domain.bounds[self.side][0]

    @property
    def floor(self) -> float:
        """Least it can end up conceding: its reservation value, or its worst outcome where that is better still."""
        return max(self.worst, self.reservation)

    @property
    def span(self) -> float:
        """Difference between its best and worst outcomes."""
        return self.best - self.worst

    @property
    def noise(self) -> float:
        """Differences of utility that are rounding."""
        return self.domain.noise[self.side]

    @cached_property
    def tables(self) -> list[Floats]:
        """Its utility of every option of each group."""
        return [np.ascontiguousarray(group.utilities[:, self.side]) for group in self.domain.groups]

    @cached_property
    def halves(self) -> Halves:
        """Its utilities in two sorted parts."""
        worths, starts = self.flat
        return make_halves(worths, starts, self.cut, self.noise)

    def utility(self, levels: Sequence[int]) -> float:
        """Return what an outcome is worth to this side."""
        return float(worth_of(self.halves, *self.keys(levels)))

    def holds(self, levels: Sequence[int]) -> bool:
        """Whether an outcome, perhaps of an earlier grid, is on this one."""
        return all(level < len(issue) for level, issue in zip(levels, self.issues, strict=True))

    def rational(self, levels: Sequence[int]) -> bool:
        """Whether an outcome is at least as good as no deal."""
        return self.utility(levels) >= self.reservation - self.noise

    # --- searches ---------------------------------------------------------------------------------------------------

    def lowest_reaching(self, target: float) -> Levels | None:
        """Outcome of the lowest utility that is at least the target; None when there is none.

        Of several with the same utility it is the first in the order of the domain's outcomes.
        """
        first, second = lowest_reaching(self.halves, target)
        return None if first < 0 else self.outcome(first, second)

    def favourite(self) -> Levels:
        """Outcome it likes best."""
        found = self.lowest_reaching(self.best - 2.0 * self.noise)
        assert found is not None
        return found

    def descending(self) -> Descent:
        """Go through outcomes from its best to its worst, as far as asked."""
        return Descent(self)

    def frontier(self, theirs: Sequence[Floats]) -> tuple[Floats, list[Levels]]:
        """Pareto frontier under a belief about the other side.

        Parameters
        ----------
        theirs : sequence of ndarray (P_g,)
            The other side's utility of every option of each group, as believed.

        Returns
        -------
        utilities : ndarray (Q, 2)
            Own utility, falling, and the other side's as believed, rising.
        outcomes : list
            The packages.
        """
        pairs = [np.column_stack([mine, belief]) for mine, belief in zip(self.tables, theirs, strict=True)]
        spread = sum(float(np.ptp(belief)) for belief in theirs)
        utilities, options = merge_frontiers(pairs, (self.noise, 1e-12 * spread))
        return utilities, [self.domain.levels_of(row) for row in options]

    def believed(self, theirs: Sequence[Floats]) -> Believed:
        """Make ready to look for what is best for the other side, as believed; `theirs` as in :meth:`frontier`."""
        return Believed(self, theirs)

    # --- names of outcomes ------------------------------------------------------------------------------------------

    def keys(self, levels: Sequence[int]) -> tuple[int, int]:
        """Combination of options in each part."""
        keys = [0, 0]
        for at, (group, size) in enumerate(zip(self.domain.groups, self._sizes, strict=True)):
            half = 0 if at < self.cut else 1
            keys[half] = keys[half] * size + group.option(levels)
        return keys[0], keys[1]

    def outcome(self, first: int, second: int) -> Levels:
        """Levels of the outcome with these parts."""
        options = [*_digits(first, self._sizes[: self.cut]), *_digits(second, self._sizes[self.cut :])]
        return self.domain.levels_of(options)

    @cached_property
    def flat(self) -> tuple[Floats, Ints]:
        """Entries of all groups one after the other, and where each group begins."""
        worths, starts = self.domain.flat
        return worths[self.side], starts


def _digits(key: int, sizes: Sequence[int]) -> list[int]:
    """Options of a combination, the last group fastest."""
    options = []
    for size in reversed(sizes):
        key, option = divmod(key, size)
        options.append(option)
    return options[::-1]


def _best_cut(sizes: Sequence[int]) -> int:
    """Where to cut the groups so that the two lists together are shortest."""
    before, after = 1, math.prod(sizes)
    least, best = math.inf, 0
    for cut, size in enumerate((*sizes, 1)):
        if before + after < least:
            least, best = before + after, cut
        before, after = before * size, after // size
    return best
