"""The world's terms on a map of tiles: one square a partner, where it roughly lies."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize, to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import PercentFormatter

from sim.plots.diverging import ink_on
from sim.plots.frames import require
from sim.plots.page import Heading, Size, new_page, say
from sim.plots.style import GREY, INK, Provenance, house_style
from sim.plots.tile_places import HOST, Tile, tile_places

__all__ = ["world_tiles"]

COLUMNS = ("iso", "rate", "deal_share")
GAP = 0.07
"""Free edge of a tile, as a share of its side."""
BAR = 0.1
"""Height of the bar of deals, as a share of a tile's side."""


@house_style()
def world_tiles(
    terms: pd.DataFrame,
    provenance: Provenance,
    *,
    title: str = "Which terms does the world end with?",
    size: Size = (9.0, 6.0),
) -> Figure:
    """Draw the rate that each partner ends with, and how often it has a deal.

    Parameters
    ----------
    terms : DataFrame
        `iso`; `rate` (general rate in force at the end, mean over runs, a fraction); `deal_share` (fraction of runs).
        Partners without a tile are counted in the subtitle.
    provenance : Provenance
        For the footer.
    title : str
        Title.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        Tiles coloured by rate, darker is lower; the bar at the foot of a tile is as long as deals are frequent.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(terms, COLUMNS)
    places = tile_places()
    known = terms.dropna(subset=["rate"])
    shown = known[known["iso"].isin(set(places) - {HOST})]
    keys = [Patch(facecolor=GREY, label="share of runs with a deal (bar)")] if len(shown) else []
    fig = new_page(size, Heading(title, _in_words(shown, len(known) - len(shown))), provenance, keys)
    ax = fig.subplots()
    if shown.empty:
        say(ax, "no partner to show")
        return fig
    rates = shown["rate"].to_numpy(dtype=float)
    scale = ScalarMappable(Normalize(min(0.1, rates.min()), max(rates.max(), rates.min() + 0.01)), "cividis")
    letters = min(8.0, 72 * (size[0] - 0.4) / 18 / 4.2)
    for row in shown.to_dict("records"):
        _tile(ax, places[str(row["iso"])], row, (scale, letters))
    _host(ax, places[HOST], letters)
    _frame(ax, places)
    bar = fig.colorbar(scale, ax=ax, orientation="horizontal", pad=0.02, aspect=45, shrink=0.6)
    bar.ax.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=" %"))
    bar.set_label("general rate in force at the end, mean over runs")
    return fig


def _in_words(shown: pd.DataFrame, missing: int) -> str:
    """Say how to read a tile, and sum up."""
    reads = (
        "Each tile is a partner, roughly where it lies: rate in per cent; the bar at its foot says how often it signs"
    )
    if shown.empty:
        return reads
    more = f"; {missing} more have no tile" if missing else ""
    return f"{reads}. On average {100 * shown['deal_share'].mean():.0f} % of partners have a deal{more}"


def _tile(ax: Axes, tile: Tile, row: dict[Any, Any], look: tuple[ScalarMappable, float]) -> None:
    """Draw a partner."""
    scale, letters = look
    colour = to_hex(scale.to_rgba(np.array([row["rate"]]))[0])
    _box(ax, tile, facecolor=colour, linewidth=0)
    x, y, ink = tile.column + tile.wide / 2, tile.row + tile.high / 2, ink_on(colour)
    ax.text(x, y - 0.18, str(row["iso"]), ha="center", va="center", size=letters, color=ink, weight="bold")
    ax.text(x, y + 0.14, f"{100 * row['rate']:.0f}", ha="center", va="center", size=letters, color=ink)
    if np.isfinite(row["deal_share"]):
        foot = tile.row + tile.high - GAP - BAR
        full = tile.wide - 2 * GAP
        ax.add_patch(Rectangle((tile.column + GAP, foot), full, BAR, facecolor="white", linewidth=0, zorder=3))
        length = full * float(row["deal_share"])
        ax.add_patch(Rectangle((tile.column + GAP, foot), length, BAR, facecolor=GREY, linewidth=0, zorder=4))


def _host(ax: Axes, tile: Tile, letters: float) -> None:
    """Draw the United States, to find one's way."""
    _box(ax, tile, facecolor="white", edgecolor=INK, linewidth=1.0)
    x, y = tile.column + tile.wide / 2, tile.row + tile.high / 2
    ax.text(x, y, "United\nStates", ha="center", va="center", size=letters)


def _box(ax: Axes, tile: Tile, **look: Any) -> None:
    corner = tile.column + GAP / 2, tile.row + GAP / 2
    ax.add_patch(Rectangle(corner, tile.wide - GAP, tile.high - GAP, zorder=2, **look))


def _frame(ax: Axes, places: dict[str, Tile]) -> None:
    """Show all of the map, north up, tiles square."""
    ax.set_xlim(-0.1, max(tile.column + tile.wide for tile in places.values()) + 0.1)
    ax.set_ylim(max(tile.row + tile.high for tile in places.values()) + 0.1, -0.1)
    ax.set_aspect("equal")
    ax.set_axis_off()
