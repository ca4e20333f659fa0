"""What other orders of the queue are worth, to the United States and to all partners."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.plots.frames import require
from sim.plots.intervals import across, side_keys
from sim.plots.numbers import signed
from sim.plots.page import Heading, Size, new_page, say, title_axis, title_panel
from sim.plots.rows import ROW, make_room, name_rows, space_ticks
from sim.plots.style import INK, OKABE_ITO, Provenance, house_style

__all__ = ["order_values"]

SIDES = {"us": "United States", "all": "All partners"}
NUMBERS = tuple(f"{side}{end}" for side in SIDES for end in ("", "_low", "_high"))
COLUMNS = ("order", *NUMBERS)
BAND = OKABE_ITO["yellow"]


@house_style()
def order_values(orders: pd.DataFrame, provenance: Provenance, *, size: Size = (7.2, 4.2)) -> Figure:
    """Draw what each order of the queue is worth against the scenario's own, with 95 % intervals.

    Parameters
    ----------
    orders : DataFrame
        `order` (in words); `us`, `us_low`, `us_high` (to the United States) and `all`, `all_low`, `all_high` (to all
        partners together), USD bn, present value, more than with the scenario's own order.
    provenance : Provenance
        For the footer.
    size : (float, float)
        Width and height, inches; higher if the rows need it.

    Returns
    -------
    Figure
        Two panels that share their rows, the best for the United States on top; the best row of each panel on a band.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(orders, COLUMNS)
    rows = orders.dropna(subset=["order", "us", "all"]).sort_values(["us", "all"], ascending=False, kind="stable")
    rows = rows.reset_index(drop=True)
    fig = new_page(
        size, Heading("Which order of the queue is best, and for whom?", _in_words(rows)), provenance, _keys(rows)
    )
    if rows.empty:
        say(fig.subplots(), "no order to compare")
        return fig
    make_room(fig, 1.2 * ROW * len(rows) + 0.8)
    axes = fig.subplots(1, 2, sharey=True)
    names = rows["order"].astype(str).tolist()
    free = (size[0] - name_rows(fig, axes[0], names, 0.4 * size[0]) - 0.4) / 2
    for ax, side in zip(axes, SIDES, strict=True):
        _draw(ax, rows[[side, f"{side}_low", f"{side}_high"]])
        title_panel(fig, ax, SIDES[side], free)
        title_axis(fig, ax, "USD bn, present value", free)
        space_ticks(ax, free)
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
    return fig


def _in_words(rows: pd.DataFrame) -> str:
    """Name the best orders."""
    reads = "Value above that of the scenario's own order, 95 % intervals, same luck"
    if rows.empty:
        return reads
    us, everybody = (f"{rows['order'].iloc[rows[side].argmax()]} ({signed(rows[side].max())})" for side in SIDES)
    return f"{reads}. Best for the United States: {us}; for all partners: {everybody}"


def _keys(rows: pd.DataFrame) -> list[Line2D]:
    """Legend keys for the marks that occur and the band."""
    ends = [rows[[f"{side}_low", f"{side}_high"]].set_axis(["low", "high"], axis=1) for side in SIDES]
    keys = side_keys(pd.concat(ends), "better than the scenario's own", "worse")
    return [*keys, Line2D([], [], color=BAND, alpha=0.5, linewidth=8, label="best")] if keys else []


def _draw(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw one side: the zero line, dots with intervals, and a band behind the best."""
    ax.axvline(0, color=INK, linewidth=1.0, zorder=2)
    for slot, (mean, low, high) in enumerate(rows.itertuples(index=False)):
        across(ax, slot, (mean, low, high), dot=6.0)
        if mean == rows.iloc[:, 0].max():
            ax.axhspan(slot - 0.45, slot + 0.45, color=BAND, alpha=0.4, linewidth=0, zorder=0)
    ax.margins(x=0.1)
