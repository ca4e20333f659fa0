"""Reading a payoff table at any rate and state of the world, from compiled code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.compiled import compiled

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["interpolate"]


@compiled
def interpolate(
    table: npt.NDArray[np.float64], rate: float, omega: float, rate_step: float, omega_step: float
) -> float:
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
    x = min(max(rate / rate_step, 0.0), table.shape[0] - 1.0)
    y = min(max(omega / omega_step, 0.0), table.shape[1] - 1.0)
    k, m = min(int(x), table.shape[0] - 2), min(int(y), table.shape[1] - 2)
    x -= k
    y -= m
    low = (1.0 - y) * table[k, m] + y * table[k, m + 1]
    high = (1.0 - y) * table[k + 1, m] + y * table[k + 1, m + 1]
    return float((1.0 - x) * low + x * high)
