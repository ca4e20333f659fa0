"""Which order of the queue is best for the United States, and for all partners together."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots.frames import require
from sim.plots.intervals import across, side_keys
from sim.plots.page import Heading, Size, new_page, say, title_panel
from sim.plots.rows import ROW, make_room, name_rows, space_ticks
from sim.plots.style import INK, OKABE_ITO, Provenance, house_style

__all__ = ["order_values"]

SIDES = {"us": "To the United States", "all": "To all partners together"}
COLUMNS = ("order", *(f"{side}{end}" for side in SIDES for end in ("", "_low", "_high")))


@house_style()
def order_values(orders: pd.DataFrame, provenance: Provenance, *, size: Size = (7.2, 3.2)) -> Figure:
    """Draw what orders of the queue are worth over the scenario's own.

    Parameters
    ----------
    orders : DataFrame
        `order` (its name); `us`, `us_low`, `us_high` and `all`, `all_low`, `all_high` (USD bn, present value, 95 %
        interval of paired differences; 0 for the scenario's own).
    provenance : Provenance
        For the footer.
    size : (float, float)
        Width and height, inches; higher if the rows need it.

    Returns
    -------
    Figure
        Two panels with the same rows; the best row of each is marked.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(orders, COLUMNS)
    rows = orders.dropna(subset=list(SIDES), how="all").sort_values("us", ascending=False, kind="stable")
    ends = pd.concat([rows[[f"{side}_low", f"{side}_high"]].set_axis(["low", "high"], axis=1) for side in SIDES])
    told = ends[(ends["low"] != 0.0) | (ends["high"] != 0.0)]
    keys = side_keys(told, "more than the scenario's own", "less") if len(told) else []
    reads = "What each order is worth over the scenario's own, USD bn in present value; 95 % intervals; best on yellow"
    fig = new_page(size, Heading("Which order of the queue is best, and for whom?", reads), provenance, keys)
    if rows.empty:
        say(fig.subplots(), "no order was tried")
        return fig
    narrow = size[0] < 5.0
    make_room(fig, (ROW * len(rows) + 0.5) * (2 if narrow else 1))
    axes = fig.subplots(2, 1) if narrow else fig.subplots(1, 2)
    for k, (ax, (side, title)) in enumerate(zip(axes, SIDES.items(), strict=True)):
        _draw(ax, rows, side)
        named = k == 0 or narrow
        taken = name_rows(fig, ax, list(rows["order"].astype(str)) if named else [""] * len(rows), 0.3 * size[0])
        width = size[0] - taken - 0.4 if narrow else (size[0] - 0.34 * size[0]) / 2
        title_panel(fig, ax, title, width)
        space_ticks(ax, width)
    return fig


def _draw(ax: Axes, rows: pd.DataFrame, side: str) -> None:
    """Draw one panel."""
    best = int(rows[side].to_numpy(dtype=float).argmax())
    ax.axhspan(best - 0.5, best + 0.5, color=OKABE_ITO["yellow"], alpha=0.35, linewidth=0, zorder=0)
    ax.axvline(0, color=INK, linewidth=1.0, zorder=2)
    for slot, interval in enumerate(rows[[side, f"{side}_low", f"{side}_high"]].itertuples(index=False)):
        mean, low, high = interval
        across(ax, slot, (mean, low, high))
    ax.margins(x=0.06)
