"""Kernel densities of a few or many values."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import gaussian_kde

__all__ = ["density", "has_density"]

Floats = NDArray[np.float64]
ENOUGH = 8
"""With fewer values than this a density would be invented."""
SAMPLE = 2000
"""Values a density is computed from; of more, evenly spaced order statistics."""


def has_density(worth: Floats) -> bool:
    """Tell whether there are enough values, and different ones, for a density."""
    return bool(worth.size >= ENOUGH and np.ptp(worth) > 1e-9 * max(1.0, float(np.abs(worth).max())))


def density(worth: Floats) -> tuple[Floats, Floats]:
    """Kernel density (Gaussian, Scott's bandwidth) of some values.

    Parameters
    ----------
    worth : array (n,)
        Finite values for which `has_density` holds.

    Returns
    -------
    grid, height : arrays (256,)
        Where it is computed, just wider than the values reach, and how high it is there; its peak is 1.
    """
    order = np.sort(worth)[np.linspace(0, worth.size - 1, min(worth.size, SAMPLE)).round().astype(int)]
    kernel = gaussian_kde(order)
    reach = 3 * float(np.sqrt(kernel.covariance[0, 0]))
    grid = np.linspace(order[0] - reach, order[-1] + reach, 256)
    height = kernel(grid)
    return grid, height / height.max()
