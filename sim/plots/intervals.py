"""Means with their intervals: above zero, below zero, or not told apart from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.plots.style import GREY, OKABE_ITO, Stroke

__all__ = ["ABOVE", "BELOW", "OPEN", "across", "covers_zero", "side", "side_keys"]

ABOVE = Stroke(OKABE_ITO["blue"], "-", "^")
BELOW = Stroke(OKABE_ITO["vermillion"], "--", "v")
OPEN = Stroke(GREY, "-.", "o")


def side(low: float, high: float) -> Stroke:
    """Stroke of an interval: above zero, below it, or open if zero is in it or there is none."""
    if low > 0:
        return ABOVE
    return BELOW if high < 0 else OPEN


def covers_zero(low: float, high: float) -> bool:
    """Whether an interval cannot tell a number from zero; one that is not known never can."""
    return side(low, high) is OPEN


def side_keys(intervals: pd.DataFrame, above: str, below: str) -> list[Line2D]:
    """Legend keys for the marks that occur.

    Parameters
    ----------
    intervals : DataFrame
        Two columns: lower and upper end.
    above, below : str
        What an interval above and below zero means.
    """
    seen = {side(low, high) for low, high in intervals.itertuples(index=False)}
    labels: Mapping[Stroke, str] = {ABOVE: above, BELOW: below, OPEN: "not told apart from zero"}
    return [
        Line2D([], [], color=stroke.colour, label=label, markersize=6, **_face(stroke))
        for stroke, label in labels.items()
        if stroke in seen
    ]


def across(
    ax: Axes, slot: float, interval: tuple[float, float, float], *, stroke: Stroke | None = None, dot: float = 6.5
) -> None:
    """Draw a mean, low and high from left to right at a height; the interval is left out if it is not known.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    slot : float
        The height.
    interval : (float, float, float)
        Mean, low and high.
    stroke : Stroke, optional
        Colour and marker; if left out, what the interval says. The mark is hollow in any case if it covers zero.
    dot : float
        Size of the mark, points.
    """
    mean, low, high = interval
    found = stroke or side(low, high)
    if np.isfinite(low) and np.isfinite(high):
        ax.plot([low, high], [slot, slot], color=found.colour, linewidth=dot / 3, zorder=3, solid_capstyle="butt")
    hollow = {"markerfacecolor": "white"} if covers_zero(low, high) else {}
    ax.plot([mean], [slot], color=found.colour, markersize=dot, linestyle="", zorder=4, **(_face(found) | hollow))


def _face(stroke: Stroke) -> dict[str, Any]:
    """Marker of a stroke, hollow if open."""
    return {"marker": stroke.marker, "markerfacecolor": "white" if stroke is OPEN else stroke.colour}
