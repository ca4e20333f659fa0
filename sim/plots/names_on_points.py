"""Names beside points, as near as there is room; a thin line leads to a point farther off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from numpy.typing import NDArray

from sim.plots.numbers_on_points import Crowd
from sim.plots.page import clipped, text_width
from sim.plots.style import GREY, INK

__all__ = ["name_points"]

SIZE = 7.5
"""Type size, points."""
DOT = 4.5
"""Half the width of a point, points."""
REACHES = (DOT + 1, 12.0, 22.0, 34.0, 50.0, 70.0)
"""Distances from the point that are tried in turn, points."""
NEAR = 8.0
"""A name farther off than this, in points, is led to by a line."""
Floats = NDArray[np.float64]


def name_points(fig: Figure, ax: Axes, points: Floats, names: Sequence[str], avoid: Floats) -> None:
    """Write names beside the first points; a name without any room is left out, so name the most important first.

    Parameters
    ----------
    fig : Figure
        The page; its layout is settled here.
    ax : Axes
        Axes whose limits are final.
    points : array (n, 2)
        All points, in the units of the axes.
    names : sequence of str
        Names of the first m <= n points; cut short if wider than two fifths of the axes.
    avoid : array (k, 2)
        Other points that names must not cover.
    """
    fig.draw_without_rendering()
    scale = 72 / fig.dpi
    room = np.asarray(ax.get_window_extent().extents) * scale
    places = ax.transData.transform(points) * scale
    crowd = Crowd(room, [np.array([x - DOT, y - DOT, x + DOT, y + DOT]) for x, y in places])
    crowd.boxes.extend(np.array([x - 1, y - 1, x + 1, y + 1]) for x, y in ax.transData.transform(avoid) * scale)
    font = FontProperties(size=SIZE)
    for k, name in enumerate(names):
        text = clipped(fig, name, font, 0.4 * float(room[2] - room[0]) / 72)
        extent = (72 * text_width(fig, text, font) + 2, SIZE + 1)
        shift = next((found for reach in REACHES if (found := crowd.settle(places[k], reach, extent))), None)
        if shift is not None:
            _write(ax, (float(points[k, 0]), float(points[k, 1])), shift, (text, extent))


def _write(ax: Axes, point: tuple[float, float], shift: tuple[float, float], named: tuple[str, Any]) -> None:
    """Write a name `shift` points away, with a line if that is far."""
    text, (wide, high) = named
    look: dict[str, Any] = {"ha": "center", "va": "center_baseline", "fontsize": SIZE, "color": INK, "zorder": 7}
    gap = np.hypot(max(0.0, abs(shift[0]) - wide / 2), max(0.0, abs(shift[1]) - high / 2))
    if gap > NEAR:
        look["arrowprops"] = {"arrowstyle": "-", "color": GREY, "linewidth": 0.6, "shrinkA": 1, "shrinkB": 4}
    ax.annotate(text, point, shift, textcoords="offset points", **look)
