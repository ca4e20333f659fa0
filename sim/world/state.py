"""The state of the world as one partner meets it: three numbers that sum up everybody else's duty.

For partner i, with a_j the duties of 2 April and m_j US imports, sums over all others j that are counted:

    omega_i : sum m_j lost(omega_i a_j) = sum m_j lost(t_j)        the multiple of 2 April that keeps out as much trade
    spill_i = sum B_ij [lost(t_j) - lost(omega_i a_j)]             what i gains because the others' duties are not alike
    tilt_i  = sum C_ij [revenue(t_j) - revenue(omega_i a_j)]       the same for the United States, per unit of `grip`

so that spill and tilt are nought when all duties are the same multiple of those of 2 April. Powers are written out as
products and sums as loops: the same bits on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.compiled import compiled
from sim.world.payoffs import BASELINE

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

__all__ = ["HIGHEST", "grip", "lost", "multiple", "reach_for", "revenue", "state_of"]

HIGHEST = 4.0
"""No multiple is looked for beyond; the tables end far below."""


@compiled
def lost(rate: float) -> float:
    """Share of its sales to the United States that an economy loses at a duty, at given prices: 1 - (1 + t)^-6.

    The trade model's own exponent is eps phi_US = 5.73; a whole number needs no library's power function.
    """
    x = 1.0 / (1.0 + rate)
    square = x * x
    return 1.0 - square * square * square


@compiled
def revenue(rate: float) -> float:
    """Duty collected per dollar of what was sold before it, at given prices: t (1 + t)^-7."""
    x = 1.0 / (1.0 + rate)
    square = x * x
    return rate * (square * square * square * x)


@compiled
def grip(rate: float) -> float:
    """How far a tilt acts on h at an own rate: (e - 0.10) (1 + e)^-6, nought where h is."""
    x = 1.0 / (1.0 + rate)
    square = x * x
    return (rate - BASELINE) * (square * square * square)


@compiled
def multiple(rates: Array, april: Array, trade: Array, i: int) -> float:
    """Return omega_i, by Newton's method from below; -1 where nobody else is counted.

    Parameters
    ----------
    rates, april, trade : ndarray of shape (J,)
        Duties in force and those of 2 April, fractions; US imports, USD bn, as weights.
    i : int
        Whose others are meant.
    """
    goal = 0.0
    counted = False
    for j in range(rates.size):
        if j != i and trade[j] * april[j] > 0.0:
            goal += trade[j] * lost(rates[j])
            counted = True
    if not counted:
        return -1.0
    weights = trade.copy()
    if 0 <= i < weights.size:
        weights[i] = 0.0
    return reach_for(goal, april, weights)


@compiled
def reach_for(goal: float, april: Array, weights: Array) -> float:
    """Return the multiple of the duties of 2 April that keeps out as much trade as `goal`, at most `HIGHEST`.

    Parameters
    ----------
    goal : float
        Trade kept out, USD bn.
    april, weights : ndarray of shape (J,)
        Duties of 2 April, fractions, and US imports, USD bn.
    """
    omega = 0.0
    for _ in range(60):
        # The sum is concave in omega, so that every step ends short of the goal.
        here, slope = 0.0, 0.0
        for j in range(april.size):
            if april[j] > 0.0:
                here += weights[j] * lost(omega * april[j])
                kept = 1.0 - lost(omega * april[j])
                slope += weights[j] * april[j] * 6.0 * kept / (1.0 + omega * april[j])
        step = (goal - here) / slope
        omega += step
        if abs(step) < 1e-13 or omega > HIGHEST:
            break
    return min(omega, HIGHEST)


@compiled
def state_of(rates: Array, market: tuple[Array, Array, Array, Array], i: int, row: int) -> tuple[float, float, float]:
    """Return (omega_i, spill_i, tilt_i); omega is -1 where nobody else is counted.

    Parameters
    ----------
    rates : ndarray of shape (J,)
        Duties in force.
    market : tuple of ndarray
        Duties of 2 April (J,), US imports (J,), B and C: as `PayoffTables.market` gives them, all (J, J), or of all
        partners of the tables (N, J).
    i, row : int
        Place of the partner among the economies, and its row in B and C: the same i with `PayoffTables.market`.
    """
    april, trade, spills, tilts = market
    omega = multiple(rates, april, trade, i)
    spill = tilt = 0.0
    if omega < 0.0:
        return omega, spill, tilt
    for j in range(rates.size):
        if j != i:
            spill += spills[row, j] * (lost(rates[j]) - lost(omega * april[j]))
            tilt += tilts[row, j] * (revenue(rates[j]) - revenue(omega * april[j]))
    return omega, spill, tilt
