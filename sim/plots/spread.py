"""Distributions: a cloud of runs with the median, the middle half and the middle 90 % on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from sim.plots.style import INK

__all__ = ["LEVELS", "MOST_DOTS", "BarLook", "cloud", "quantile_bars", "quantile_keys"]

Floats = NDArray[np.float64]
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
MOST_DOTS = 200
"""Dots drawn for one distribution; beyond that, evenly spaced order statistics stand for all."""


@dataclass(frozen=True)
class BarLook:
    """Thickness (points) and colour of bars; bars that touch become two bands in light and dark grey."""

    thick: float
    thin: float
    dot: float
    inner: str = INK
    outer: str = INK
    face: str = "white"

    @classmethod
    def at_pitch(cls, pitch: float, *, crowded: bool) -> BarLook:
        """Choose the look for bars `pitch` points apart."""
        if crowded:
            return cls(pitch, pitch, max(0.8, min(3.0, 0.7 * pitch)), "#9A9A9A", "#D4D4D4", INK)
        return cls(min(3.5, 0.4 * pitch), min(0.9, 0.1 * pitch), min(5.0, 0.5 * pitch))


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


def quantile_bars(ax: Axes, slots: Sequence[float], values: Sequence[Floats], look: BarLook) -> None:
    """Draw median, middle half and middle 90 % of each distribution as a dot on a thick and a thin bar.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    slots : sequence of float
        Places on the horizontal axis.
    values : sequence of arrays
        The finite values at each slot.
    look : BarLook
        Thickness and colour of the bars.
    """
    low, lower, middle, upper, high = np.array([np.quantile(here, LEVELS) for here in values]).T
    ax.vlines(slots, low, high, color=look.outer, linewidth=look.thin, zorder=4)
    ax.vlines(slots, lower, upper, color=look.inner, linewidth=look.thick, zorder=4)
    edge: dict[str, Any] = {"markeredgecolor": INK, "markeredgewidth": min(0.8, look.dot / 6)}
    ax.plot(slots, middle, "o", color=look.face, markersize=look.dot, zorder=5, **edge)


def quantile_keys(look: BarLook) -> list[Artist]:
    """Legend keys for what `quantile_bars` draws."""
    dot: dict[str, Any] = {"marker": "o", "color": look.face, "markeredgecolor": INK, "linestyle": ""}
    return [
        Line2D([], [], label="median", markersize=5, **dot),
        Line2D([], [], color=look.inner, linewidth=4, label="middle half"),
        Line2D([], [], color=look.outer, linewidth=1 if look.outer == INK else 4, label="middle 90 %"),
    ]
