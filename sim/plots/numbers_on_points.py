"""Numbers beside points, where there is room for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from numpy.typing import NDArray

from sim.plots.page import text_width

__all__ = ["Crowd", "number_points"]

SIZE = 7.0
"""Type size, points."""
AROUND = ((1, 1), (-1, 1), (1, -1), (-1, -1), (0, 1), (0, -1), (1, 0), (-1, 0))
"""Directions tried in turn."""
Floats = NDArray[np.float64]


def number_points(fig: Figure, ax: Axes, offers: pd.DataFrame, colours: dict[str, str], avoid: Floats) -> None:
    """Write the steps beside the offers; a number without room is left out, first and last come first.

    Parameters
    ----------
    fig : Figure
        The page; its layout is settled here.
    ax : Axes
        Axes whose limits are final.
    offers : DataFrame
        `step`, `by`, `partner_gain`, `us_gain` (USD bn), `accepted` (bool; its number keeps clear of the ring).
    colours : dict
        Colour of the numbers by `by`.
    avoid : array (n, 2)
        Other points (USD bn) that numbers must not cover.
    """
    if offers.empty:
        return
    fig.draw_without_rendering()
    scale = 72 / fig.dpi
    points = ax.transData.transform(offers[["partner_gain", "us_gain"]].to_numpy(dtype=float)) * scale
    radii = np.where(offers["accepted"].astype(bool), 9.5, 4.0)
    boxes = [np.array([x - r, y - r, x + r, y + r]) for (x, y), r in zip(points, radii, strict=True)]
    boxes += [np.array([x - 1, y - 1, x + 1, y + 1]) for x, y in ax.transData.transform(avoid) * scale]
    crowd = Crowd(np.asarray(ax.get_window_extent().extents) * scale, boxes)
    labels = _labels(offers)
    for k in sorted(labels, key=lambda k: (k not in (0, max(labels)), k)):
        wide = 72 * text_width(fig, labels[k], FontProperties(size=SIZE)) + 1
        shift = crowd.settle(points[k], float(radii[k]) + 0.5, (wide, SIZE))
        if shift is not None:
            row = offers.iloc[k]
            place = (float(row["partner_gain"]), float(row["us_gain"]))
            look: dict[str, Any] = {
                "ha": "center",
                "va": "center_baseline",
                "fontsize": SIZE,
                "color": colours[str(row["by"])],
                "zorder": 7,
            }
            ax.annotate(labels[k], place, shift, textcoords="offset points", **look)


def _labels(offers: pd.DataFrame) -> dict[int, str]:
    """Label the first row of each point with its steps: "3", or "3-7" when the point is offered again."""
    groups: dict[tuple[str, float, float], list[int]] = {}
    keys = zip(offers["by"], offers["partner_gain"], offers["us_gain"], strict=True)
    for k, (by, x, y) in enumerate(keys):
        groups.setdefault((str(by), float(x), float(y)), []).append(k)
    steps = [str(step) for step in offers["step"]]
    return {ks[0]: steps[ks[0]] if len(ks) == 1 else f"{steps[ks[0]]}–{steps[ks[-1]]}" for ks in groups.values()}


@dataclass(frozen=True)
class Crowd:
    """What texts must keep clear of, in points of the page; every text that settles is added.

    Attributes
    ----------
    room : array (4,)
        Left, lower, right and upper end of where texts may stand.
    boxes : list of arrays (4,)
        The same of each thing not to be covered.
    """

    room: Floats
    boxes: list[Floats]

    def settle(self, point: Floats, reach: float, extent: tuple[float, float]) -> tuple[float, float] | None:
        """Find a free place `reach` from a point for a text of some width and height; take it and return the shift."""
        for shift, box in self.free(point, reach, extent):
            self.boxes.append(box)
            return shift
        return None

    def free(
        self, point: Floats, reach: float, extent: tuple[float, float], around: Sequence[tuple[float, float]] = AROUND
    ) -> Iterator[tuple[tuple[float, float], Floats]]:
        """Yield the shift and the box of every free place for a text, `reach` from a point in some directions."""
        wide, high = extent
        for dx, dy in around:
            shift = (float(dx * (reach + wide / 2)), float(dy * (reach + high / 2)))
            x, y = point[0] + shift[0], point[1] + shift[1]
            box = np.array([x - wide / 2, y - high / 2, x + wide / 2, y + high / 2])
            inside = bool((box[:2] >= self.room[:2]).all() and (box[2:] <= self.room[2:]).all())
            if inside and not any(_meet(box, other) for other in self.boxes):
                yield shift, box


def _meet(a: Floats, b: Floats) -> bool:
    return bool(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])
