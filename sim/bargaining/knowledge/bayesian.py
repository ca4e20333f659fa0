"""Bayesian learning of the other side's interests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.bargaining.knowledge.knowledge import Learning, open_issues, spread_issues
from sim.bargaining.moment import Moment
from sim.bargaining.view import Levels

__all__ = ["Bayesian"]

Floats = NDArray[np.float64]


@dataclass
class Bayesian(Learning):
    """The scalable Bayesian model (Hindriks and Tykhonov 2008), on utilities between 0 and 1.

    For each issue a hypothesis says how important it is (its rank among the issues) and which value is liked best, with
    evaluations falling to both sides of it. Issues are updated one by one, the others held at their expectation. The
    other side is expected to concede steadily.

    Parameters
    ----------
    concession : float
        Share of its utility that the other side is expected to have given up by the end.
    spread : float
        Standard deviation of its offers around that line.
    """

    literature: ClassVar[str] = "hindriks2008"

    concession: float = 0.4
    spread: float = 0.15

    def begin(self) -> None:
        """Give every hypothesis the same probability."""
        is_open = open_issues(self.view)
        n = max(1, int(is_open.sum()))
        # weights that sum to one when ranks are all different
        self._ranks = 2.0 * np.arange(1, n + 1) / (n * (n + 1.0))
        self._shapes = [_peaks(len(issue)) * some for issue, some in zip(self.view.issues, is_open, strict=True)]
        self.beliefs = [np.full((n, len(shapes)), 1.0 / (n * len(shapes))) for shapes in self._shapes]

    def learn(self, now: Moment, offer: Levels) -> None:
        """Update the probabilities by Bayes' rule."""
        asked = 1.0 - self.concession * now.elapsed
        expected = [float(scores[level]) for scores, level in zip(self._scores(), offer, strict=True)]
        total = sum(expected)
        for at, level in enumerate(offer):
            worth = self._ranks[:, None] * self._shapes[at][None, :, level] + (total - expected[at])
            likelihood = np.exp(-0.5 * ((worth - asked) / self.spread) ** 2)
            updated = self.beliefs[at] * (likelihood + 1e-12)
            self.beliefs[at] = updated / updated.sum()

    def tables(self) -> list[Floats]:
        """Return expected utilities."""
        return spread_issues(self.view, self._scores())

    def _scores(self) -> list[Floats]:
        """Return the expected utility of every level of each issue."""
        return [
            np.einsum("r,rs,sl->l", self._ranks, belief, shapes)
            for belief, shapes in zip(self.beliefs, self._shapes, strict=True)
        ]


def _peaks(levels: int) -> Floats:
    """Evaluations that peak at each level in turn and fall in lines to 0 at the ends; shape (peaks, levels)."""
    shapes = np.ones((levels, levels))
    at = np.arange(levels)
    for peak in range(levels):
        if peak > 0:
            shapes[peak, :peak] = at[:peak] / peak
        if peak < levels - 1:
            shapes[peak, peak + 1 :] = (levels - 1 - at[peak + 1 :]) / (levels - 1 - peak)
    return shapes
