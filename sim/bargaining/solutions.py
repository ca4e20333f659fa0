"""Solutions of a finite bargaining problem: functions that pick a point of its Pareto frontier.

Every solution here is rational: it looks only at outcomes that give each side at least its reservation value, with
equality allowed (a single such outcome is a solution even when it leaves a side with no gain). Without any the
answer is -1. Ties, up to rounding, go to the outcome that comes first in the domain's order of outcomes, so that
exchanging the sides or changing their units never changes the choice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Gains", "egalitarian", "first_largest", "kalai_smorodinsky", "nash"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CLOSE = 1e-11  # ties of derived quantities, as a share of their largest value


@dataclass(frozen=True, eq=False)
class Gains:
    """Gains over no deal on the rational part of a frontier.

    Attributes
    ----------
    at : ndarray (R,)
        Places in the frontier.
    gains : ndarray (R, 2)
        Gains of both sides, >= 0.
    order : ndarray (R,)
        Rank in the domain's order of outcomes.
    noise : tuple of float
        Differences that are rounding, by side.
    """

    at: Ints
    gains: Floats
    order: Ints
    noise: tuple[float, float]

    @classmethod
    def of(cls, utilities: Floats, reservation: tuple[float, float], noise: tuple[float, float], order: Ints) -> Gains:
        """Keep the points that give both sides at least what they have without a deal."""
        gains = utilities - np.array(reservation)
        at = np.flatnonzero((gains >= -np.array(noise)).all(axis=1))
        return cls(at, np.maximum(gains[at], 0.0), order[at], noise)


def first_largest(scores: Floats, close: float, order: Ints) -> int:
    """Index of the largest score; among those that close, of the one that is first in order."""
    ties = np.flatnonzero(scores >= scores.max() - close)
    return int(ties[np.argmin(order[ties])])


def nash(problem: Gains, power: float = 0.5) -> int:
    """Point with the largest gain_1**power * gain_2**(1 - power) (Nash 1950; Roth 1979).

    When nobody can gain without the other losing all, products are 0 and the point is the first rational one.

    Raises
    ------
    ValueError
        When power is not inside (0, 1).
    """
    if not 0.0 < power < 1.0:
        raise ValueError("power must lie strictly between 0 and 1")
    if not problem.at.size:
        return -1
    largest = np.maximum(problem.gains.max(axis=0), 1e-300)
    shares = problem.gains / largest
    return _pick(problem, shares[:, 0] ** power * shares[:, 1] ** (1.0 - power))


def kalai_smorodinsky(problem: Gains, definition: str = "max_min_ratio") -> int:
    """Point whose gains are in proportion to the sides' ideal gains, as nearly as the set allows.

    The ideal gain of a side is its largest gain at any rational point (Kalai and Smorodinsky 1975); a side with nothing
    to gain has all it can get, ratio 1.

    Parameters
    ----------
    problem : Gains
        The rational part of the frontier.
    definition : {"max_min_ratio", "min_spread"}
        Make the smaller ratio as large as possible, or the difference of the ratios as small as possible.

    Raises
    ------
    ValueError
        For another definition.
    """
    if definition not in ("max_min_ratio", "min_spread"):
        raise ValueError(f"definition is 'max_min_ratio' or 'min_spread', not {definition!r}")
    if not problem.at.size:
        return -1
    ideal = problem.gains.max(axis=0)
    counts = ideal > np.array(problem.noise)
    ratios = np.where(counts, problem.gains / np.where(counts, ideal, 1.0), 1.0)
    score = ratios.min(axis=1) if definition == "max_min_ratio" else -np.abs(ratios[:, 0] - ratios[:, 1])
    return _pick(problem, score)


def egalitarian(problem: Gains) -> int:
    """Point with the largest smaller gain (Kalai 1977); the sides' money is compared as it stands."""
    if not problem.at.size:
        return -1
    smaller = problem.gains.min(axis=1)
    return int(problem.at[first_largest(smaller, max(problem.noise), problem.order)])


def _pick(problem: Gains, scores: Floats) -> int:
    """Place in the frontier of the best score; scores are of order one."""
    return int(problem.at[first_largest(scores, CLOSE, problem.order)])
