"""What a signature tells the others."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.talks.table import Beliefs, Table
from sim.talks.value import Numbers, package_sum

__all__ = ["Lesson", "lesson_of", "read_lesson"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Lesson:
    """The two bounds that a deal sets.

    Attributes
    ----------
    share : float
        Share of the most they could get that the United States settled for; their toughness is no larger.
    price : float
        Log of the common level of resistance at which the deal would be worth nothing to the partner; the true one is
        no higher. Infinite where the partner paid nothing.
    """

    share: float
    price: float


def lesson_of(table: Table, levels: Ints, beliefs: Beliefs) -> Lesson:
    """Read a signed package.

    Parameters
    ----------
    table : Table
        The bilateral in the week of signing.
    levels : ndarray (K,)
        What was signed.
    beliefs : Beliefs
        Those of that week; the most the United States could get rests on what they believe of prices.
    """
    sums = [package_sum(rows, levels) for rows in (table.preferences.cost_guess, table.preferences.cost)]
    gains = np.array([table.partner_gain(levels), table.us_gain(levels)])
    return Lesson(*read_lesson(gains, table.most(beliefs), table.stakes.annuity, np.array(sums)))


@compiled
def read_lesson(gains: Numbers, most: float, annuity: float, costs: Numbers) -> tuple[float, float]:
    """Return share and price of a `Lesson`.

    Parameters
    ----------
    gains : ndarray (2,)
        Of the partner and of the United States over no deal, USD bn.
    most : float
        The most the United States could get, as they believe, USD bn.
    annuity : float
        A(t, S).
    costs : ndarray (2,)
        Yearly cost of the package to the partner as the United States believe before they learn, and the true one.
    """
    share = gains[1] / most if most > 0.0 else math.inf
    paid, relief = annuity * costs[0], gains[0] + annuity * costs[1]
    price = math.log(relief / paid) if paid > 0.0 and relief > 0.0 else math.inf
    return share, price
