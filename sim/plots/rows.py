"""Figures made of named rows, from the top down."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator

from sim.plots.page import clipped, grow, text_width

__all__ = ["ROW", "make_room", "name_rows", "space_ticks"]

ROW = 0.21
"""Least height of a row, inches."""
TICK = 0.6
"""Least distance of two ticks, inches."""


def make_room(fig: Figure, inches: float) -> None:
    """Make a page higher if what is free for axes is less than `inches` high."""
    engine = fig.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        free = engine.get()["rect"][3] * float(fig.get_size_inches()[1])
        grow(fig, max(0.0, inches - free))


def name_rows(fig: Figure, ax: Axes, names: Sequence[str], most: float) -> float:
    """Name the rows 0, 1, 2, ... of an axis, the first on top.

    Parameters
    ----------
    fig : Figure
        The page, to measure on.
    ax : Axes
        Axes in which height k stands for row k.
    names : sequence of str
        Cut short if wider than `most`.
    most : float
        Largest width of a name, inches.

    Returns
    -------
    float
        Width of the widest name as written, inches.
    """
    font = FontProperties(size=8)
    shown = [clipped(fig, name, font, most) for name in names]
    ax.set_yticks(range(len(shown)), shown)
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    return max((text_width(fig, name, font) for name in shown), default=0.0)


def space_ticks(ax: Axes, width: float) -> None:
    """Put at most as many ticks along an axis `width` inches wide as there is room for, with a grid."""
    ax.xaxis.set_major_locator(MaxNLocator(nbins=max(2, int(width / TICK)), steps=[1, 2, 2.5, 5, 10]))
    ax.grid(axis="x")
