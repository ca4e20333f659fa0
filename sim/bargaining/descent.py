"""Outcomes from the best one down, one at a time."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.bargaining.sums import sort_sums

if TYPE_CHECKING:
    from sim.bargaining.view import Levels, View

__all__ = ["Descent"]


class Descent(Iterator[tuple[float, "Levels"]]):
    """Goes down a side's outcomes as far as asked: the first thousand of a million cost a thousand steps.

    Parameters
    ----------
    view : View
        Whose outcomes.
    """

    def __init__(self, view: View) -> None:
        worths, starts = view.flat
        self._view = view
        self._first, self._first_keys = sort_sums(worths, starts, 0, view.cut)
        self._second, self._second_keys = sort_sums(worths, starts, view.cut, starts.size - 1)
        self._heap: list[tuple[float, int, int]] = []
        self._open(self._first.size - 1, self._second.size - 1)

    def __next__(self) -> tuple[float, Levels]:
        """Return the next utility and its outcome."""
        if not self._heap:
            raise StopIteration
        negative, i, j = heapq.heappop(self._heap)
        # a row of sums is opened when the best of the row above it has been used
        if j == self._second.size - 1 and i > 0:
            self._open(i - 1, j)
        if j > 0:
            self._open(i, j - 1)
        return -negative, self._view.outcome(int(self._first_keys[i]), int(self._second_keys[j]))

    def _open(self, i: int, j: int) -> None:
        heapq.heappush(self._heap, (-float(self._first[i] + self._second[j]), i, j))
