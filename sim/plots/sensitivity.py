"""Which assumptions drive the advantage: shares of its variance."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from sim.plots.frames import require
from sim.plots.numbers import plain
from sim.plots.page import Heading, Size, new_page, say, title_panel
from sim.plots.rows import ROW, make_room, name_rows, space_ticks
from sim.plots.style import INK, OKABE_ITO, Provenance, house_style

__all__ = ["sensitivity_bars"]

INDICES = ("first", "total")
COLUMNS = ("parameter", "label", *(f"{index}{end}" for index in INDICES for end in ("", "_low", "_high")))
FACES = {"first": OKABE_ITO["sky"], "total": "white"}
WORDS = {"first": "alone (first order)", "total": "with interactions (total)"}


@house_style()
def sensitivity_bars(
    indices: pd.DataFrame, provenance: Provenance, *, most: int = 15, size: Size = (7.2, 4.6)
) -> Figure:
    """Draw first-order and total Sobol indices of the assumptions, with 95 % intervals.

    Parameters
    ----------
    indices : DataFrame
        `parameter`, `label` (in words; the parameter if missing); `first`, `total` and their intervals `first_low`,
        `first_high`, `total_low`, `total_high` (fractions of the variance of the advantage).
    provenance : Provenance
        For the footer.
    most : int
        Rows drawn; the subtitle sums the rest up.
    size : (float, float)
        Width and height, inches; higher if the rows need it.

    Returns
    -------
    Figure
        Two bars a row, the largest total on top.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(indices, COLUMNS)
    found = indices.dropna(subset=["first", "total"], how="all").sort_values(
        ["total", "first"], ascending=False, kind="stable", na_position="last"
    )
    rows, rest = found.head(most), found.iloc[most:]
    heading = Heading("Which assumptions drive the advantage of being first?", _in_words(rows, rest))
    fig = new_page(size, heading, provenance, _keys() if len(rows) else [])
    make_room(fig, 2 * ROW * len(rows) * 0.75)
    ax = fig.subplots()
    if rows.empty:
        say(ax, "no assumption was varied")
    else:
        _draw(fig, ax, rows)
    return fig


def _in_words(rows: pd.DataFrame, rest: pd.DataFrame) -> str:
    """Say how to read the bars, and sum up what is not drawn."""
    reads = "Share of the advantage's variance due to each assumption"
    if rows.empty:
        return reads
    known = rows[[f"{index}{end}" for index in INDICES for end in ("_low", "_high")]].notna().any(axis=None)
    reads += "; whiskers: 95 % intervals" if known else "; no intervals"
    if rest.empty:
        return reads
    alone, largest = (f"{plain(100 * share)} %" for share in (rest["first"].sum(), rest["total"].max()))
    return f"{reads}. {len(rest)} more: {alone} alone, taken together; none above {largest} with interactions"


def _keys() -> list[Patch]:
    """Legend keys for the two bars."""
    return [Patch(facecolor=FACES[index], edgecolor=INK, linewidth=0.8, label=WORDS[index]) for index in INDICES]


def _draw(fig: Figure, ax: Axes, rows: pd.DataFrame) -> None:
    """Draw two bars a row with their whiskers."""
    wide = float(fig.get_size_inches()[0])
    names = rows["label"].fillna(rows["parameter"]).astype(str)
    taken = name_rows(fig, ax, list(names), 0.42 * wide)
    for shift, index in zip((-0.19, 0.19), INDICES, strict=True):
        slots = np.arange(len(rows)) + shift
        ax.barh(slots, rows[index], 0.36, color=FACES[index], edgecolor=INK, linewidth=0.8, zorder=2)
        ax.hlines(slots, rows[f"{index}_low"], rows[f"{index}_high"], color=INK, linewidth=1.2, zorder=3)
    ax.axvline(0, color=INK, linewidth=1.0, zorder=4)
    title_panel(fig, ax, "Share of the variance", wide - taken - 0.4)
    ax.set_xlim(left=min(0.0, ax.get_xlim()[0]))
    space_ticks(ax, wide - taken - 0.4)
    ax.xaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
