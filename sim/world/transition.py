"""From the short run to the long run: what a path of rates is worth when trade answers in its own time (E10).

A flow is f(s) = f_S + Z(s), and Z goes towards D = f_L - f_S of the rate in force, by 1 - q of what is left each week,
q = exp(-1 / (52 T)). Z is linear in D, so that what a rate does later can be booked in the week in which it holds:

    sum_s delta^s / 52 f(s) = sum_s delta^s / 52 [f_S(e_s) + om_s D(e_s)],    delta = (1 + r)^(-1/52)
    om_s = (1 - q) sum_{k=1}^{S-1-s} delta^k q^(k-1)

The weights om (`week_weights`) are the same for every path: nothing has to be carried from week to week.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from sim.world.response import WEEKS_A_YEAR, Response

__all__ = ["averaged_value", "carried_value", "week_weights", "weighted_value"]

Array = npt.NDArray[np.float64]
DIGITS = 12
"""Weights are rounded to so many places: the last bits of an exponential differ from machine to machine."""


def week_weights(response: Response, weeks: int, discount: float = 0.0) -> Array:
    """Return how far the long run counts for a rate by the week in which it is in force, om of shape (S,).

    Parameters
    ----------
    response : Response
        Its T is all that matters here.
    weeks : int
        S, the horizon.
    discount : float
        r, a year, a fraction; 0 or more.

    Returns
    -------
    ndarray of shape (S,)
        Fractions, falling to 0 in the last week, whose rate has no time left to work.
    """
    q, delta = _kept(response), (1.0 + discount) ** (-1.0 / WEEKS_A_YEAR)
    weights, total, term = [], 0.0, (1.0 - q) * delta
    for _ in range(weeks):
        weights.append(round(total, DIGITS))
        total += term
        term *= delta * q
    return np.array(weights[::-1])


def carried_value(short: Array, long: Array, response: Response, discount: float = 0.0) -> Array:
    """Return the present value of a path, Z carried from week to week.

    Parameters
    ----------
    short, long : ndarray of shape (S, ...)
        f_S and f_L of the rate in force, by week, USD bn a year.
    response : Response
        Its T is all that matters here.
    discount : float
        r, a year, a fraction.

    Returns
    -------
    ndarray of shape (...)
        USD bn at week 0.
    """
    q, total, z = _kept(response), np.zeros(short.shape[1:]), np.zeros(short.shape[1:])
    for flow, gap, weight in zip(short, long - short, _discounting(len(short), discount), strict=True):
        total += weight * (flow + z)
        z = gap + (z - gap) * q
    return np.asarray(total)


def weighted_value(short: Array, long: Array, response: Response, discount: float = 0.0) -> Array:
    """Return the same with `week_weights` in place of Z."""
    weights = week_weights(response, len(short), discount) * _discounting(len(short), discount)
    return np.tensordot(_discounting(len(short), discount), short, 1) + np.tensordot(weights, long - short, 1)


def averaged_value(short: Array, long: Array, response: Response, discount: float = 0.0) -> Array:
    """Return the same with one share of the long run in all weeks, `Response.weight` of the horizon."""
    flows = short + response.weight(len(short)) * (long - short)
    return np.asarray(np.tensordot(_discounting(len(short), discount), flows, 1))


def _kept(response: Response) -> float:
    return math.exp(-1.0 / (WEEKS_A_YEAR * response.years))


def _discounting(weeks: int, discount: float) -> Array:
    return np.asarray((1.0 + discount) ** (-np.arange(weeks) / WEEKS_A_YEAR) / WEEKS_A_YEAR)
