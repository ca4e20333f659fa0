"""What a side holds about the other side's utility."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.bargaining.moment import Moment
from sim.bargaining.view import Levels, View

__all__ = ["Knowledge", "spread_issues"]

Floats = NDArray[np.float64]


class Knowledge(ABC):
    """A belief about the other side; it may learn from the offers it hears."""

    literature: ClassVar[str]

    @abstractmethod
    def start(self, view: View) -> None:
        """Take the belief held before the first offer."""

    def observe(self, now: Moment, offer: Levels) -> bool:
        """Learn from an offer of the other side; return whether the belief has changed."""
        return False

    @abstractmethod
    def tables(self) -> list[Floats]:
        """Return the other side's utility of every option of each group, as believed."""

    def reservation(self) -> float:
        """Return what the other side has without a deal, as believed: by default its worst outcome."""
        return float(sum(table.min() for table in self.tables()))


def spread_issues(view: View, scores: Sequence[Floats]) -> list[Floats]:
    """Turn scores by issue and level into tables by group and option; within a group they add."""
    tables = []
    for group in view.domain.groups:
        total = np.zeros(group.shape)
        for axis, at in enumerate(group.at):
            shape = [1] * len(group.shape)
            shape[axis] = -1
            total = total + np.reshape(scores[at], shape)
        tables.append(total.reshape(-1))
    return tables
