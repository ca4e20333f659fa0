"""The world's terms at a glance: a tile a partner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize, to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from sim.plots.diverging import ink_on
from sim.plots.frames import require
from sim.plots.page import Heading, Size, new_page, say
from sim.plots.style import GREY, INK, Provenance, house_style
from sim.plots.tile_places import HOST, Tile, tile_places

__all__ = ["world_tiles"]

COLUMNS = ("iso", "rate", "deal_share")
COLOURS = matplotlib.colormaps["cividis_r"]
"""Light for low rates, dark for high ones."""
GAP = 0.05
"""Free edge of a tile, in tiles."""
BAR = 0.13
"""Height of the bar of deals, in tiles."""
SPACIOUS = 0.34
"""A tile at least this wide, in inches, has room for its rate too."""


@house_style()
def world_tiles(
    terms: pd.DataFrame,
    provenance: Provenance,
    *,
    title: str = "What terms the world gets",
    size: Size = (7.6, 5.9),
) -> Figure:
    """Map the partners' rates, a tile a partner, roughly where it lies.

    Parameters
    ----------
    terms : DataFrame
        A row a partner: `iso`; `rate` (fraction; NaN if not known); `deal_share` (fraction of runs with a deal).
    provenance : Provenance
        For the footer.
    title : str
        Title of the figure.
    size : (float, float)
        Width and height, inches; narrow tiles carry the code only.

    Returns
    -------
    Figure
        Tiles coloured by rate, each with a bar as long as the share of runs with a deal.

    Raises
    ------
    ValueError
        If a column is missing, or a partner has two rows.
    """
    require(terms, COLUMNS)
    rows = terms.dropna(subset=["iso"]).set_index("iso")
    if not rows.index.is_unique:
        raise ValueError(f"more than one row for {', '.join(rows.index[rows.index.duplicated()].unique())}")
    known = [code for code in tile_places() if code in rows.index]
    heading = Heading(title, _in_words(rows, known))
    fig = new_page(size, heading, provenance, _keys(rows.loc[known, "rate"]))
    ax = fig.subplots()
    if rows.loc[known, "rate"].notna().any():
        _draw(fig, ax, rows.loc[known])
    else:
        say(ax, "no rate to show")
    return fig


def _in_words(rows: pd.DataFrame, known: Sequence[str]) -> str:
    """Say how to read a tile, and how many partners are shown."""
    off = len(rows) - len(known)
    count = f"{len(known)} partner{'' if len(known) == 1 else 's'}"
    shown = f"{count}, {off} not on the map" if off else count
    return f"Colour and number: rate in per cent; bar: share of runs with a deal, full width 100 %; {shown}"


def _keys(rates: pd.Series) -> list[Artist]:
    """Legend keys for the bar and, if need be, tiles without a rate."""
    keys: list[Artist] = [Patch(facecolor=INK, edgecolor=GREY, linewidth=0.8, label="runs with a deal")]
    if len(rates) < len(tile_places()) - 1 or rates.isna().any():
        keys.append(Patch(facecolor="white", edgecolor=GREY, linewidth=0.8, hatch="////", label="no rate"))
    return keys if rates.notna().any() else []


def _draw(fig: Figure, ax: Axes, rows: pd.DataFrame) -> None:
    """Draw all tiles and the scale."""
    scale = ScalarMappable(Normalize(0.0, max(float(rows["rate"].max()), 0.01)), COLOURS)
    found = dict(zip(rows.index, rows[["rate", "deal_share"]].to_numpy(dtype=float), strict=True))
    tiles = tile_places()
    right = max(tile.column + tile.wide for tile in tiles.values())
    foot = max(tile.row + tile.high for tile in tiles.values())
    ax.set_xlim(0, right)
    ax.set_ylim(foot, 0)
    ax.set_aspect("equal")
    ax.set_axis_off()
    _set_scale(fig, ax, scale)
    width = float(fig.get_size_inches()[0]) / right
    for code, tile in tiles.items():
        if code == HOST:
            _draw_host(ax, tile, width)
        else:
            rate, share = found.get(code, (np.nan, np.nan))
            face = to_hex(scale.to_rgba(np.array([rate]))[0]) if np.isfinite(rate) else None
            _draw_tile(ax, tile, face, share)
            _write(ax, tile, (code, rate), (ink_on(face or "white"), width))


def _set_scale(fig: Figure, ax: Axes, scale: ScalarMappable) -> None:
    """Add the scale of rates below the map."""
    bar = fig.colorbar(scale, ax=ax, location="bottom", shrink=0.6, aspect=40, pad=0.02)
    bar.ax.xaxis.set_major_formatter(lambda rate, _: f"{100 * rate:.3g} %")
    bar.ax.locator_params(axis="x", nbins=5)
    bar.outline.set_visible(False)  # type: ignore[operator]


def _draw_tile(ax: Axes, tile: Tile, face: str | None, share: float) -> None:
    """Draw a tile and its bar."""
    x, y, wide, high = tile.column + GAP, tile.row + GAP, tile.wide - 2 * GAP, tile.high - 2 * GAP
    look: dict[str, Any] = {"facecolor": "white", "hatch": "////"} if face is None else {"facecolor": face}
    ax.add_patch(Rectangle((x, y), wide, high, edgecolor=GREY, linewidth=0.5, **look))
    if np.isfinite(share):
        bar: dict[str, Any] = {"edgecolor": GREY, "linewidth": 0.4}
        ax.add_patch(Rectangle((x, y + high - BAR), wide, BAR, facecolor="white", **bar))
        ax.add_patch(Rectangle((x, y + high - BAR), wide * min(max(share, 0.0), 1.0), BAR, facecolor=INK, linewidth=0))


def _draw_host(ax: Axes, tile: Tile, width: float) -> None:
    """Draw the United States as an empty tile."""
    outline = (tile.column + GAP, tile.row + GAP), tile.wide - 2 * GAP, tile.high - 2 * GAP
    ax.add_patch(Rectangle(*outline, fill=False, edgecolor=GREY, linewidth=0.8, linestyle=":"))
    centre = tile.column + tile.wide / 2, tile.row + tile.high / 2
    ax.text(*centre, HOST, ha="center", va="center", color=GREY, fontsize=_type(width))


def _write(ax: Axes, tile: Tile, named: tuple[str, float], look: tuple[str, float]) -> None:
    """Write the code and, where there is room, the rate in per cent."""
    (code, rate), (ink, width) = named, look
    x, y = tile.column + tile.wide / 2, tile.row + (tile.high - BAR) / 2
    kind: dict[str, Any] = {"ha": "center", "va": "center", "color": ink, "fontsize": _type(width)}
    if not np.isfinite(rate):
        kind["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    spacious = width >= SPACIOUS and np.isfinite(rate)
    ax.text(x, y - (0.18 if spacious else 0.0), code, **kind)
    if spacious:
        ax.text(x, y + 0.2, f"{100 * rate:.3g}", **kind)


def _type(width: float) -> float:
    """Type size that fits three letters into a tile, points."""
    return min(7.5, 26 * width)
