"""The rate that is best for somebody, by search: a grid first, then between the neighbours of its best knot."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from sim.world.errors import ConvergenceError

__all__ = ["at_edge", "best_rate"]

Array = npt.NDArray[np.float64]
Value = Callable[[Array], Array]
"""From rates of shape (B,) to what is to be as large as possible, shape (B,)."""

KNOTS = 21
"""Rates tried at once before the search goes on between the neighbours of the best."""
SHARP = 1e-6
"""How exactly a rate is found, a fraction."""


def best_rate(value: Value, highest: float) -> float:
    """Find the best rate from 0 to `highest`; raise ValueError if that is no number above 0."""
    from scipy.optimize import minimize_scalar

    if not 0.0 < highest < np.inf:
        raise ValueError(f"highest rate {highest}: must be a number above 0")
    grid = np.linspace(0.0, highest, KNOTS)
    k = int(np.argmax(_values(value, grid)))
    low, high = grid[max(k - 1, 0)], grid[min(k + 1, KNOTS - 1)]
    found = minimize_scalar(
        lambda rate: -float(value(np.array([rate]))[0]), bounds=(low, high), method="bounded", options={"xatol": SHARP}
    )
    at_knot = float(value(grid[[k]])[0])
    return float(found.x) if -found.fun > at_knot else float(grid[k])


def _values(value: Value, grid: Array) -> Array:
    """Value a grid of rates; those without an equilibrium are not to be chosen."""
    try:
        return value(grid)
    except ConvergenceError:
        return np.array([_or_nothing(value, rate) for rate in grid])


def _or_nothing(value: Value, rate: float) -> float:
    try:
        return float(value(np.array([rate]))[0])
    except ConvergenceError:
        return -np.inf


def at_edge(rate: float, highest: float) -> bool:
    """Say whether a rate is as high as the search was allowed, so that the best may lie beyond."""
    return bool(rate > highest - 10.0 * SHARP)
