"""Reading a payoff table at any rate and state of the world, from compiled code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.compiled import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

__all__ = ["along", "between", "by_rate", "cell", "interpolate"]


@compiled
def interpolate(table: Array, rate: float, omega: float, rate_step: float, omega_step: float) -> float:
    """Interpolate one partner's table linearly in both directions; outside the grid its edge counts.

    Parameters
    ----------
    table : ndarray of shape (K, M)
        A slice of `PayoffTables`, on uniform grids that start at 0.
    rate, omega : float
        Own effective rate (a fraction); the others' duties as a multiple of those of 2 April.
    rate_step, omega_step : float
        Widths of the cells.

    Returns
    -------
    float
        In the unit of the table: USD bn a year.
    """
    return along(by_rate(table, omega, omega_step), rate, rate_step)


@compiled
def by_rate(table: Array, omega: float, omega_step: float) -> Array:
    """Return a partner's flow by own rate in one state of the world, ndarray of shape (K,); arguments as above."""
    m, y = cell(omega, omega_step, table.shape[1])
    out = np.empty(table.shape[0])
    for k in range(table.shape[0]):
        out[k] = between(table[k], m, y)
    return out


@compiled
def cell(value: float, step: float, size: int) -> tuple[int, float]:
    """Return the cell of a grid of so many knots from 0 that holds a value, and how far into it: beyond, the ends."""
    x = min(max(value / step, 0.0), size - 1.0)
    k = min(int(x), size - 2)
    return k, x - k


@compiled
def along(curve: Array, rate: float, rate_step: float) -> float:
    """Interpolate a curve from `by_rate` linearly at an own rate; beyond its ends these count."""
    k, x = cell(rate, rate_step, curve.size)
    return between(curve, k, x)


@compiled
def between(curve: Array | tuple[float, float], k: int, x: float) -> float:
    """Interpolate a curve so far into its cell k; two numbers are a curve of one cell."""
    return float((1.0 - x) * curve[k] + x * curve[k + 1])
