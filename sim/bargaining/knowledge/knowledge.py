"""What a side holds about the other side's utility."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.bargaining.moment import Moment
from sim.bargaining.view import Levels, View

__all__ = ["Knowledge", "Learning", "open_issues", "spread_issues"]

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

    def resume(self, view: View) -> None:
        """Go on at the same table after its values have moved; what has not been learnt is simply taken anew."""
        self.start(view)

    @abstractmethod
    def tables(self) -> list[Floats]:
        """Return the other side's utility of every option of each group, as believed."""

    def reservation(self) -> float:
        """Return what the other side has without a deal, as believed: by default its worst outcome."""
        return float(sum(table.min() for table in self.tables()))


class Learning(Knowledge):
    """A belief that grows with every offer; it is about packages, so it outlives a move of one's own values.

    Subclasses say how it begins on a grid (:meth:`begin`) and what an offer teaches (:meth:`learn`).
    """

    @abstractmethod
    def begin(self) -> None:
        """Take the belief held before the first offer; `view` is at hand."""

    @abstractmethod
    def learn(self, now: Moment, offer: Levels) -> None:
        """Take in an offer."""

    def start(self, view: View) -> None:
        """Forget, and begin."""
        self.view = view
        self.heard: list[tuple[Moment, Levels]] = []
        self.begin()

    def observe(self, now: Moment, offer: Levels) -> bool:
        """Learn from an offer."""
        self.heard.append((now, offer))
        self.learn(now, offer)
        return True

    def resume(self, view: View) -> None:
        """Keep the belief; where the grid has changed, learn again from the offers that it still holds."""
        sizes, self.view = [len(issue) for issue in self.view.issues], view
        if [len(issue) for issue in view.issues] == sizes:
            return
        self.begin()
        for now, offer in self.heard:
            if view.holds(offer):
                self.learn(now, offer)


def open_issues(view: View) -> NDArray[np.bool_]:
    """Whether each issue has more than one value; of the others nothing can be learnt."""
    return np.array([len(issue) > 1 for issue in view.issues])


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
