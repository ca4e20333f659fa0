"""An axis for numbers of both signs that may spread over orders of magnitude."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter
from numpy.typing import NDArray

from sim.plots.numbers import plain

__all__ = ["linear_core", "stretch"]

SPREAD = 20.0
"""The largest size over the middle one, beyond which a straight scale hides most of the numbers."""
DECADES = 4
"""Most powers of ten drawn on either side of the straight middle."""
PITCH = 0.42
"""Width a tick takes, inches."""


def linear_core(values: NDArray[np.float64]) -> float | None:
    """Decide whether numbers need a symmetric logarithmic scale, and how far its straight middle reaches.

    Parameters
    ----------
    values : array
        The numbers; zeros and NaN do not count.

    Returns
    -------
    float or None
        None, for a straight scale, unless the largest size is more than `SPREAD` times the median size. Otherwise the
        power of ten at or below the lower quartile of sizes, but at most `DECADES` decades below the largest.
    """
    sizes = np.abs(values[np.isfinite(values) & (values != 0)])
    if sizes.size < 3 or sizes.max() <= SPREAD * np.median(sizes):
        return None
    least = max(float(np.quantile(sizes, 0.25)), float(sizes.max()) / 10**DECADES)
    return float(10.0 ** np.floor(np.log10(least)))


def stretch(ax: Axes, core: float, inches: float) -> None:
    """Make the horizontal axis symmetric about zero, straight up to `core` and logarithmic beyond.

    Parameters
    ----------
    ax : Axes
        All is drawn; the limits are set here, with zero in the middle.
    core : float
        From :func:`linear_core`.
    inches : float
        Width of the axes, inches; decides how many ticks fit.
    """
    far = 1.3 * max(core, *(abs(end) for end in ax.dataLim.intervalx if np.isfinite(end)))
    ax.set_xscale("symlog", linthresh=core, linscale=0.6)
    ax.set_xlim(-far, far)
    ax.xaxis.set_major_locator(FixedLocator(_ticks(core, far, inches)))
    ax.xaxis.set_minor_locator(FixedLocator(_ticks(core, far, np.inf)))
    ax.xaxis.set_minor_formatter(NullFormatter())
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: plain(value)))


def _ticks(core: float, far: float, inches: float) -> Sequence[float]:
    """Zero, and powers of ten on both sides, as many as fit; the nearest ones crowd zero where the axis is short."""
    count = int(np.floor(np.log10(far / core))) + 1
    step = max(1, int(np.ceil(2 * count * PITCH / max(inches - PITCH, PITCH))))
    tens = [core * 10.0**k for k in range(count - 1, -1 if step == 1 else 0, -step)]
    return sorted([0.0, *tens, *(-ten for ten in tens)])
