"""Draws for scenarios at random: every one is made of numbers in [0, 1), so that any source of these will do."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

__all__ = ["Dice"]

T = TypeVar("T")

#: Share of draws from a range that fall on each of its ends.
END = 0.06
#: A range whose ends are so many times apart spans decades.
DECADES = 100.0
#: Where a range begins at nothing, its decades are counted from this share of its end.
SMALL = 1e-5


@dataclass(frozen=True)
class Dice:
    """Something to draw with.

    Parameters
    ----------
    uniform : callable
        Returns the next number in [0, 1), such as ``random.Random(seed).random``.
    """

    uniform: Callable[[], float]

    def chance(self, share: float) -> bool:
        """Say yes with a probability."""
        return self.uniform() < share

    def place(self, count: int) -> int:
        """Return one of 0 to `count` - 1, each as likely."""
        return min(count - 1, int(self.uniform() * count))

    def one_of(self, items: Sequence[T]) -> T:
        """Return one item, each as likely."""
        return items[self.place(len(items))]

    def some_of(self, items: Sequence[T], count: int) -> list[T]:
        """Return so many different items, or all of them where there are fewer, in any order."""
        left = list(items)
        return [left.pop(self.place(len(left))) for _ in range(min(count, len(left)))]

    def few(self, most: int) -> int:
        """Return a number from 0 to `most`, small ones more likely."""
        return min(most, int((most + 1) * self.uniform() ** 2))

    def number(self, low: float, high: float) -> float:
        """Return a number of a closed range, its ends more often than any other.

        A range that spans decades is drawn from evenly in half of the cases, and evenly in logarithms in the other.
        """
        where = self.uniform()
        if where < 2 * END:
            return low if where < END else high
        if low < 0.0 < high:
            return self.number(0.0, high) if self.chance(0.5) else -self.number(0.0, -low)
        share, least = self.uniform(), low if low > 0.0 else high * SMALL
        if high >= DECADES * max(low, 1.0) and self.chance(0.5):
            return min(high, max(low, least * math.exp(share * math.log(high / least))))
        return min(high, low + share * (high - low))

    def whole(self, low: int, high: int) -> int:
        """Return a whole number of a closed range, drawn as :meth:`number`."""
        return min(high, max(low, math.floor(self.number(low, high + 1))))
