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
REACHES = (DOT + 1, 12.0, 20.0, 30.0, 40.0, 55.0, 70.0)
"""Distances from the point that are tried in turn, points."""
AROUND = [(float(np.cos(turn)), float(np.sin(turn))) for turn in np.pi / 12 * np.arange(3, 27)]
"""Directions that are tried in turn."""
NEAR = 13.0
"""A name farther off than this, in points, is led to by a line."""
ALONG = np.linspace(0.0, 1.0, 12)
"""Where on the way from a point to its name later names must not stand."""
Floats = NDArray[np.float64]
Extent = tuple[float, float]


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
    font, texts = FontProperties(size=SIZE), len(crowd.boxes)
    for k, name in enumerate(names):
        text = clipped(fig, name, font, 0.4 * float(room[2] - room[0]) / 72)
        extent = (72 * text_width(fig, text, font) + 2, SIZE + 4)
        shift = _settle(crowd, texts, places[k], extent)
        if shift is not None:
            _write(ax, (float(points[k, 0]), float(points[k, 1])), shift, (text, extent))


def _settle(crowd: Crowd, texts: int, place: Floats, extent: Extent) -> Extent | None:
    """Find the nearest free place for a name to which a line can lead past the names before; these follow `texts`."""
    for reach in REACHES:
        for shift, box in crowd.free(place, reach, extent, AROUND):
            line = place + np.outer(ALONG, _to_edge(shift, extent))
            if not any(_holds(text, line) for text in crowd.boxes[texts:]):
                crowd.boxes.extend([box, *(np.array([x, y, x, y]) for x, y in line)])
                return shift
    return None


def _holds(box: Floats, line: Floats) -> bool:
    """Whether any point lies in a box."""
    return bool(((line >= box[:2]) & (line <= box[2:])).all(axis=1).any())


def _to_edge(shift: Extent, extent: Extent) -> Floats:
    """Shorten the way from a point to the middle of a name so that it ends at the name's edge."""
    beyond = [1 - half / 2 / abs(way) for way, half in zip(shift, extent, strict=True) if way]
    return np.array(shift) * max(0.0, *beyond)


def _write(ax: Axes, point: Extent, shift: Extent, named: tuple[str, Extent]) -> None:
    """Write a name `shift` points away, with a line if that is far."""
    text, extent = named
    way: dict[str, Any] = {"textcoords": "offset points", "annotation_clip": False}
    ax.annotate(text, point, shift, ha="center", va="center_baseline", fontsize=SIZE, color=INK, zorder=7, **way)
    edge = _to_edge(shift, extent)
    if np.hypot(*edge) > NEAR:
        line = {"arrowstyle": "-", "color": GREY, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 4}
        ax.annotate("", point, (float(edge[0]), float(edge[1])), arrowprops=line, zorder=6, **way)
