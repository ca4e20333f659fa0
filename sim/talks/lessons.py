"""What a signature tells the others."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.talks.table import Beliefs, Table
from sim.talks.value import package_sum

__all__ = ["Lesson", "lesson_of"]

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
    most = table.us_view(beliefs, 1.0, 1.0, True).least
    share = table.us_gain(levels) / most if most > 0.0 else math.inf
    paid = table.stakes.annuity * float(package_sum(table.preferences.cost_guess, levels))
    spent = table.stakes.annuity * float(package_sum(table.preferences.cost, levels))
    relief = table.partner_gain(levels) + spent
    price = math.log(relief / paid) if paid > 0.0 and relief > 0.0 else math.inf
    return Lesson(share, price)
