"""Does it pay to be early? The advantage of each place in the queue over the last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.plots.frames import places, require
from sim.plots.intervals import OPEN, side, side_keys
from sim.plots.numbers import signed
from sim.plots.page import Heading, Size, new_page, say
from sim.plots.queue_axis import queue_axis
from sim.plots.sides import name_sides
from sim.plots.style import INK, Provenance, house_style

__all__ = ["advantage_by_position"]

COLUMNS = ("position", "versus", "mean", "low", "high", "mean_per_year", "low_per_year", "high_per_year")

RING: dict[str, Any] = {
    "marker": "o",
    "color": INK,
    "linestyle": "",
    "markersize": 15,
    "fillstyle": "none",
    "zorder": 6,
}
"""Look of the ring around the place asked about."""


@house_style()
def advantage_by_position(
    advantage: pd.DataFrame,
    provenance: Provenance,
    *,
    name: str = "the partner",
    marked: int | None = None,
    size: Size = (7.2, 4.4),
) -> Figure:
    """Plot what each place in the queue is worth compared with the last, with 95 % intervals.

    Parameters
    ----------
    advantage : DataFrame
        `position`, `versus` (places in the queue); `mean`, `low`, `high` (USD bn, present value, 95 % interval of the
        paired differences); `mean_per_year`, `low_per_year`, `high_per_year` (USD bn a year).
    provenance : Provenance
        For the footer.
    name : str
        The focal partner's name, for the title.
    marked : int, optional
        Place that is asked about: told in the subtitle, and ringed; the earliest one is told when silent.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        Dots on evenly spaced places; above zero it pays to be early, below zero to be late.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(advantage, COLUMNS)
    found = advantage.dropna(subset=["position", "versus", "mean"]).sort_values("position")
    rows = found[found["position"] != found["versus"]]
    heading = Heading(f"Does it pay {name} to be early in the queue?", _in_words(rows, marked))
    fig = new_page(size, heading, provenance, _keys(rows, marked))
    ax = fig.subplots()
    if rows.empty:
        say(ax, "one place only: nothing to compare")
    else:
        _draw(ax, rows, size)
        _ring(ax, rows, marked)
    return fig


def _in_words(rows: pd.DataFrame, marked: int | None) -> str:
    """Say the advantage of the place asked about, or of the earliest, in a sentence."""
    if rows.empty:
        return "Advantage over the last place, USD bn"
    asked = rows[rows["position"] == marked]
    first = rows.iloc[0] if asked.empty else asked.iloc[0]
    interval = "one pair of twins, no interval"
    if np.isfinite(first["low"]) and np.isfinite(first["high"]):
        interval = f"95 % interval {signed(first['low'])} to {signed(first['high'])}"
    worth = f"Place {first['position']:.0f} rather than {first['versus']:.0f}: {signed(first['mean'])}"
    return f"{worth} USD bn in present value over the whole horizon ({interval}, paired twins)"


def _ring(ax: Axes, rows: pd.DataFrame, marked: int | None) -> None:
    """Draw a ring around the place asked about."""
    slots = sorted({*places(rows), *(int(place) for place in rows["versus"])})
    for mean in rows.loc[rows["position"] == marked, "mean"]:
        ax.plot([slots.index(int(marked or 0))], [mean], **RING)


def _keys(rows: pd.DataFrame, marked: int | None) -> list[Line2D]:
    """Legend keys for the marks that occur, and for the reference."""
    keys = side_keys(rows[["low", "high"]], "interval above zero", "interval below zero")
    reference = Line2D([], [], color=INK, marker="D", linestyle="", markersize=5, label="reference place")
    asked = [Line2D([], [], **RING, label="place asked about")] if (rows["position"] == marked).any() else []
    return [*keys, *asked, reference] if keys else []


def _draw(ax: Axes, rows: pd.DataFrame, size: Size) -> None:
    """Draw the intervals, the zero line, what the two sides mean, and the axis per year."""
    versus = {int(place) for place in rows["versus"]}
    slots = {place: k for k, place in enumerate(sorted({*places(rows), *versus}))}
    ax.axhline(0, color=INK, linewidth=1.0, zorder=2)
    dot = 7.0 if len(slots) <= 20 else 3.5
    for place, mean, low, high in rows[["position", "mean", "low", "high"]].itertuples(index=False):
        _draw_interval(ax, slots[int(place)], (mean, low, high), dot)
    ax.plot([slots[place] for place in versus], [0] * len(versus), "D", color=INK, markersize=6, zorder=5)
    queue_axis(ax, list(slots), size[0] - 1.2)
    ax.set_title("USD bn, present value", weight="normal")
    ax.grid(axis="y")
    name_sides(ax, rows[["mean", "low", "high"]].to_numpy(dtype=float), size[1] - 1.9)
    _add_per_year(ax, rows)


def _draw_interval(ax: Axes, slot: int, interval: tuple[float, float, float], dot: float) -> None:
    """Draw one mean with its interval, if it has one."""
    mean, low, high = interval
    stroke = side(low, high)
    fill = "white" if stroke is OPEN else stroke.colour
    if np.isfinite(low) and np.isfinite(high):
        ax.plot([slot, slot], [low, high], color=stroke.colour, linewidth=max(1.0, dot / 3), zorder=3)
    ax.plot([slot], [mean], stroke.marker, color=stroke.colour, markerfacecolor=fill, markersize=dot, zorder=4)


def _add_per_year(ax: Axes, rows: pd.DataFrame) -> None:
    """Add the axis in USD bn a year, if the two measures are proportional and it can be told how."""
    worth = rows[["mean", "low", "high"]].to_numpy(dtype=float).ravel()
    yearly = rows[["mean_per_year", "low_per_year", "high_per_year"]].to_numpy(dtype=float).ravel()
    known = np.isfinite(worth) & np.isfinite(yearly)
    square = float(worth[known] @ worth[known])
    factor = float(worth[known] @ yearly[known]) / square if square else 0.0
    if factor and np.allclose(yearly[known], factor * worth[known], rtol=1e-3):
        side = ax.secondary_yaxis("right", functions=(_times(factor), _times(1 / factor)))
        side.set_ylabel("USD bn a year")


def _times(factor: float) -> Callable[[Any], Any]:
    return lambda value: value * factor
