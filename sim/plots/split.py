"""Why it pays to be early: the advantage of each place, split exactly into four parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.plots.frames import places, require
from sim.plots.intervals import covers_zero
from sim.plots.numbers import signed
from sim.plots.page import Heading, Size, new_page, say
from sim.plots.queue_axis import queue_axis
from sim.plots.sides import name_sides
from sim.plots.style import GREY, INK, OKABE_ITO, Provenance, house_style

__all__ = ["split_bars"]


@dataclass(frozen=True)
class _Part:
    """A part of the split: its column, what it means, and its look."""

    column: str
    words: str
    colour: str
    hatch: str


PARTS = (
    _Part("coverage", "a deal or none", OKABE_ITO["blue"], ""),
    _Part("timing", "same terms, other date", OKABE_ITO["yellow"], "////"),
    _Part("terms", "same date, other terms", OKABE_ITO["orange"], "...."),
    _Part("world", "same deal, other world", OKABE_ITO["sky"], "xxxx"),
)
COLUMNS = (
    "position",
    "versus",
    *(f"{part}{end}" for part in (*(p.column for p in PARTS), "total") for end in ("", "_low", "_high")),
)
CROWDED = 20
"""Of more places than this the bars touch."""
PALE = 0.35
"""Opacity of a part that cannot be told from zero."""


@house_style()
def split_bars(
    split: pd.DataFrame, provenance: Provenance, *, name: str = "the partner", size: Size = (7.2, 4.8)
) -> Figure:
    """Stack the four parts of the advantage (F2) of each place in the queue, gains upwards and losses downwards.

    Parameters
    ----------
    split : DataFrame
        `position`, `versus` (places in the queue); for each part (`coverage`, `timing`, `terms`, `world`) and for
        `total` the mean and, with `_low` and `_high` behind the name, its 95 % interval (USD bn, present value).
    provenance : Provenance
        For the footer.
    name : str
        The focal partner's name, for the title.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        A bar a place; parts whose interval covers zero are pale; a diamond with its interval is the total.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(split, COLUMNS)
    known = split.dropna(subset=["position", "versus", "total"]).sort_values("position")
    rows = known[known["position"] != known["versus"]]
    fig = new_page(
        size, Heading(f"Why the place in the queue matters to {name}", _in_words(rows)), provenance, _keys(rows)
    )
    ax = fig.subplots()
    if rows.empty:
        say(ax, "one place only: nothing to split")
    else:
        _draw(ax, rows, size)
    return fig


def _in_words(rows: pd.DataFrame) -> str:
    """Say what the earliest place is worth and how the parts are to be read."""
    if rows.empty:
        return "Parts of the advantage over the last place, USD bn, present value"
    first = rows.iloc[0]
    worth = f"Place {first['position']:.0f} rather than {first['versus']:.0f} is worth {signed(first['total'])} USD bn"
    return f"{worth}, present value; the four parts add up to the diamond. Means over paired twins, 95 % intervals"


def _look(part: _Part, *, pale: bool = False) -> dict[str, Any]:
    """Face, hatch and edge of a part."""
    return {"facecolor": to_rgba(part.colour, PALE if pale else 1.0), "hatch": part.hatch, "edgecolor": INK}


def _keys(rows: pd.DataFrame) -> list[Artist]:
    """Legend keys: four parts in plain words, the pale ones, the total."""
    if rows.empty:
        return []
    keys: list[Artist] = [Patch(linewidth=0.6, label=f"{p.column}: {p.words}", **_look(p)) for p in PARTS]
    if any(_pale(row, part) for row in rows.to_dict("records") for part in PARTS):
        keys.append(Patch(facecolor=to_rgba(GREY, PALE / 2), edgecolor=GREY, label="pale: interval covers zero"))
    return [*keys, Line2D([], [], color=INK, marker="D", markersize=5, label="total (open: covers zero)")]


def _pale(row: dict[Any, Any], part: _Part) -> bool:
    """Tell whether a part cannot be told from zero; a part that is exactly zero has nothing to tell."""
    return bool(row[part.column]) and covers_zero(row[f"{part.column}_low"], row[f"{part.column}_high"])


def _draw(ax: Axes, rows: pd.DataFrame, size: Size) -> None:
    """Draw the bars, the totals, the zero line and the sides."""
    versus = {int(place) for place in rows["versus"]}
    slots = {place: k for k, place in enumerate(sorted({*places(rows), *versus}))}
    ax.axhline(0, color=INK, linewidth=1.0, zorder=3)
    width, edge, dot = (0.72, 0.6, 6.0) if len(slots) <= CROWDED else (1.0, 0.0, 2.0)
    ends = [_draw_bar(ax, slots[int(row["position"])], row, (width, edge)) for row in rows.to_dict("records")]
    for row in rows.to_dict("records"):
        _draw_total(ax, slots[int(row["position"])], (row["total"], row["total_low"], row["total_high"]), dot)
    reference = [slots[place] for place in versus if place not in set(rows["position"])]
    ax.plot(reference, [0] * len(reference), "D", color=INK, markersize=dot, zorder=6)
    queue_axis(ax, list(slots), size[0] - 0.9)
    ax.set_title("USD bn, present value", weight="normal")
    ax.grid(axis="y")
    name_sides(ax, np.append(np.ravel(ends), rows[["total_low", "total_high"]].to_numpy(dtype=float)), size[1] - 2.1)


def _draw_bar(ax: Axes, slot: int, row: dict[Any, Any], bar: tuple[float, float]) -> tuple[float, float]:
    """Stack the parts of one place in bars of a width and edge, gains up, losses down; return how far both go."""
    up = down = 0.0
    for part in PARTS:
        value = float(row[part.column])
        if not np.isfinite(value) or value == 0:
            continue
        foot = up if value > 0 else down
        ax.bar(slot, value, bar[0], foot, linewidth=bar[1], zorder=2, **_look(part, pale=_pale(row, part)))
        up, down = (up + value, down) if value > 0 else (up, down + value)
    return down, up


def _draw_total(ax: Axes, slot: int, interval: tuple[float, float, float], dot: float) -> None:
    """Draw the diamond of one place and its interval, if it has one, set off from the bars by a white edge."""
    mean, low, high = interval
    if np.isfinite(low) and np.isfinite(high):
        ax.plot([slot, slot], [low, high], color="white", linewidth=1.6 * dot / 3, zorder=4)
        ax.plot([slot, slot], [low, high], color=INK, linewidth=dot / 3.5, zorder=5)
    fill = "white" if covers_zero(low, high) else INK
    ax.plot([slot], [mean], "D", color=INK, markerfacecolor=fill, markersize=dot, zorder=6)
