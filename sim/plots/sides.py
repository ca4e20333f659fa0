"""The two sides of zero, named: above it pays to be early, below it to be late."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from sim.plots.intervals import ABOVE, BELOW

__all__ = ["name_sides"]


def name_sides(ax: Axes, ends: NDArray[np.float64], height: float) -> None:
    """Keep room above and below all numbers drawn, and say there what the side means.

    Parameters
    ----------
    ax : Axes
        Axes with an advantage upwards.
    ends : array
        The numbers drawn; NaN does not count, zero always does.
    height : float
        Height of the axes, inches.
    """
    low, high = np.nanmin(ends, initial=0.0), np.nanmax(ends, initial=0.0)
    share = 0.3 / max(height, 1.2)
    room = share / (1 - 2 * share) * (high - low) or 1.0
    ax.set_ylim(low - room, high + room)
    for stroke, y, words in ((ABOVE, 0.97, "↑ pays to be early"), (BELOW, 0.03, "↓ pays to be late")):
        va = "top" if y > 0.5 else "bottom"
        ax.text(0.012, y, words, transform=ax.transAxes, va=va, color=stroke.colour, weight="bold")
    ax.axhspan(0, high + room, color=ABOVE.colour, alpha=0.05, linewidth=0, zorder=0)
    ax.axhspan(low - room, 0, color=BELOW.colour, alpha=0.05, linewidth=0, zorder=0)
