"""Reading what a partner's answer does, from compiled code: the change of a flow when it taxes goods of the US.

For partner i at an own rate e, in the state omega, answering with the duty r:

    change(e, omega, r) = x [c_1 + c_2 x + c_3 x^2],   x = choked(r) = 1 - (1 + r)^-3

with the c linear in e and omega between the knots of `sim.world.answer_tables.AnswerTables`. Without an answer x is 0
and so is every change, to the bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.compiled import compiled
from sim.world.lookup import along, interpolate

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

__all__ = ["HIGHEST_ANSWER", "answer_change", "answer_curve", "answer_curves", "choked"]

HIGHEST_ANSWER = 0.5
"""Duty up to which answers are solved; a higher one counts as this."""


@compiled
def choked(duty: float) -> float:
    """Measure of a duty in which flows are nearly straight: 1 - (1 + r)^-3, products only."""
    x = 1.0 / (1.0 + min(max(duty, 0.0), HIGHEST_ANSWER))
    return 1.0 - x * x * x


@compiled
def answer_change(table: Array, steps: Array, rate: float, omega: float, duty: float) -> float:
    """Return how a yearly flow changes because a partner answers; exactly 0.0 at a duty of 0.

    Parameters
    ----------
    table : ndarray of shape (3, P, Q)
        One partner's slice of an array of `AnswerTables`: c_1, c_2, c_3 by own rate and omega.
    steps : ndarray of shape (2,)
        Widths of the cells in own rate and omega, `AnswerTables.steps`.
    rate, omega : float
        The partner's own effective rate (a fraction), and the state of the world; beyond the knots their edge counts.
    duty : float
        r, the partner's duty on all goods from the United States, a fraction; held in [0, 0.5].

    Returns
    -------
    float
        In the unit of the table: USD bn a year.
    """
    x, total = choked(duty), 0.0
    if x == 0.0:
        return total
    for k in range(table.shape[0] - 1, -1, -1):
        total = (total + interpolate(table[k], rate, omega, steps[0], steps[1])) * x
    return total


@compiled
def answer_curve(table: Array, steps: Array, rates: Array, omega: float, duty: float) -> Array:
    """Return the change of a flow by own rate, ndarray of shape (K,), to be added to a curve of `by_rate`.

    Parameters
    ----------
    table, steps, omega, duty
        As in `answer_change`.
    rates : ndarray of shape (K,)
        Own effective rates, e.g. `PayoffTables.rates`.
    """
    change = np.zeros(rates.size)
    if choked(duty) == 0.0:
        return change
    knots = np.empty(table.shape[1])
    for p in range(knots.size):
        knots[p] = answer_change(table, steps, p * steps[0], omega, duty)
    for k in range(rates.size):
        change[k] = along(knots, rates[k], steps[0])
    return change


@compiled
def answer_curves(tables: Array, steps: Array, rates: Array, omegas: Array, duties: Array) -> Array:
    """Return the changes of all partners' flows by own rate, ndarray of shape (N, K), USD bn a year.

    Parameters
    ----------
    tables : ndarray of shape (N, 3, P, Q)
        An array of `AnswerTables`.
    steps, rates
        As in `answer_curve`.
    omegas, duties : ndarray of shape (N,)
        State of the world that each partner meets, and its answer; 0 where it does not answer.
    """
    changes = np.empty((tables.shape[0], rates.size))
    for i in range(tables.shape[0]):
        changes[i] = answer_curve(tables[i], steps, rates, omegas[i], duties[i])
    return changes
