"""Distributions: a cloud of runs with the median, the middle half and the middle 90 % on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from sim.plots.style import INK

__all__ = ["LEVELS", "cloud", "quantile_bars", "quantile_keys"]

Floats = NDArray[np.float64]
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
MOST_DOTS = 200
"""Dots drawn for one distribution; beyond that, evenly spaced order statistics stand for all."""


def cloud(values: Sequence[float] | Floats, half_width: float = 0.38) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Spread values sideways in proportion to their density, the same way every time.

    Parameters
    ----------
    values : array (n,)
        Finite values.
    half_width : float
        Largest sideways shift.

    Returns
    -------
    shifts, kept, index : arrays (m,), m <= MOST_DOTS
        Sideways shift of each dot, its value, and where it stood in `values`.
    """
    given = np.asarray(values, dtype=float)
    order = np.argsort(given, kind="stable")
    if order.size > MOST_DOTS:
        order = order[np.linspace(0, order.size - 1, MOST_DOTS).round().astype(int)]
    kept = given[order]
    counts, edges = np.histogram(kept, bins=max(1, min(25, int(2 * np.sqrt(kept.size)))))
    density = counts[np.clip(np.searchsorted(edges, kept, side="right") - 1, 0, counts.size - 1)]
    golden = np.mod((np.arange(kept.size) + 1) * 0.6180339887498949, 1.0) - 0.5
    return 2 * half_width * golden * density / max(density.max(initial=1), 1), kept, order


def quantile_bars(ax: Axes, slots: Sequence[float], values: Sequence[Floats], width: float) -> None:
    """Draw median, middle half and middle 90 % of each distribution as a dot on a thick and a thin bar.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    slots : sequence of float
        Places on the horizontal axis.
    values : sequence of arrays
        The finite values at each slot.
    width : float
        Thickness of the thick bar, points.
    """
    low, lower, middle, upper, high = np.array([np.quantile(here, LEVELS) for here in values]).T
    ax.vlines(slots, low, high, color=INK, linewidth=max(0.6, width / 4), zorder=4)
    ax.vlines(slots, lower, upper, color=INK, linewidth=width, zorder=4)
    ax.plot(
        slots, middle, "o", color="white", markeredgecolor=INK, markeredgewidth=0.8, markersize=width + 1.5, zorder=5
    )


def quantile_keys() -> list[Artist]:
    """Legend keys for what `quantile_bars` draws."""
    dot: dict[str, Any] = {"marker": "o", "color": "white", "markeredgecolor": INK, "linestyle": "", "markersize": 5}
    return [
        Line2D([], [], label="median", **dot),
        Line2D([], [], color=INK, linewidth=4, label="middle half"),
        Line2D([], [], color=INK, linewidth=1, label="middle 90 %"),
    ]
