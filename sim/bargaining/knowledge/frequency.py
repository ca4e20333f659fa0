"""Learning by counting: what is offered often is liked, what is never moved is important."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.bargaining.knowledge.knowledge import Learning, open_issues, spread_issues
from sim.bargaining.moment import Moment
from sim.bargaining.view import Levels

__all__ = ["Frequency"]

Floats = NDArray[np.float64]


@dataclass
class Frequency(Learning):
    """The frequency model (van Krimpen, Looije and Hajizadeh 2013), on utilities between 0 and 1.

    Parameters
    ----------
    step : float
        What is added to the weight of an issue each time its value stays the same from one offer to the next.
    """

    literature: ClassVar[str] = "vankrimpen2013"

    step: float = 0.1

    def begin(self) -> None:
        """Begin with equal weights and no counts."""
        is_open = open_issues(self.view)
        self.weights = is_open / max(1, is_open.sum())
        self._raise = self.step * self.weights
        self.counts = [np.zeros(len(issue)) for issue in self.view.issues]
        self._last: Levels | None = None

    def learn(self, now: Moment, offer: Levels) -> None:
        """Count the values, and raise the weights of issues that have not moved."""
        for at, level in enumerate(offer):
            self.counts[at][level] += 1.0
            if self._last is not None and self._last[at] == level:
                self.weights[at] += self._raise[at]
        self.weights /= self.weights.sum() or 1.0
        self._last = offer

    def tables(self) -> list[Floats]:
        """Weight times share of the top count, with a trace of the opposite of one's own interests."""
        scores = [
            weight * (count + 1.0) / (count.max() + 1.0)
            for weight, count in zip(self.weights, self.counts, strict=True)
        ]
        learnt = spread_issues(self.view, scores)
        span = self.view.span or 1.0
        # the trace breaks ties among values never offered, and is too small to outweigh a count
        return [table + 1e-3 * (own.max() - own) / span for table, own in zip(learnt, self.view.tables, strict=True)]
