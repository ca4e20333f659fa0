"""Predicted against observed: the deals of 2025 beside those of the ensemble and of a line through rates."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.plots.frames import require
from sim.plots.numbers import plain
from sim.plots.page import Heading, Size, new_page, say, title_panel
from sim.plots.rows import ROW, make_room, name_rows, space_ticks
from sim.plots.style import GREY, INK, OKABE_ITO, Provenance, house_style

__all__ = ["backtest"]

COLUMNS = ("iso", "name", "what", "unit", "observed", "median", "low", "high", "naive")


@house_style()
def backtest(table: pd.DataFrame, provenance: Provenance, *, size: Size = (7.2, 4.6)) -> Figure:
    """Draw terms and dates as they were, as the model has them, and as a naive regression does.

    Parameters
    ----------
    table : DataFrame
        `iso`, `name`; `what` is measured, in which `unit`; `observed`; `median`, `low`, `high` of the runs in which the
        partner signed (90 % band); `naive`, a regression on the rate of 2 April through the other partners.
    provenance : Provenance
        For the footer.
    size : (float, float)
        Width and height, inches; higher if the rows need it.

    Returns
    -------
    Figure
        A panel a measure, a row a partner; the titles give the mean absolute errors.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(table, COLUMNS)
    known = table.dropna(subset=["observed"])
    measures = list(dict.fromkeys(known["what"]))
    reads = "Bars: 90 % of the runs with a deal, circle their median; cross: what was seen; square: regression on the"
    heading = Heading("Does the model know the deals of 2025?", f"{reads} rate of 2 April, fitted to the others")
    fig = new_page(size, heading, provenance, _keys() if measures else [])
    if not measures:
        say(fig.subplots(), "no deal is known")
        return fig
    columns = 1 if size[0] < 5.0 else 2
    lines = -(-len(measures) // columns)
    rows = int(known.groupby("what").size().max())
    make_room(fig, lines * (ROW * rows + 0.75))
    axes = np.atleast_1d(fig.subplots(lines, columns)).ravel()
    for spare in axes[len(measures) :]:
        spare.set_axis_off()
    for ax, what in zip(axes, measures, strict=False):
        _draw(fig, ax, known[known["what"] == what].reset_index(drop=True), size[0] / columns)
    return fig


def _keys() -> list[Artist]:
    """Legend keys."""
    model = OKABE_ITO["blue"]
    return [
        Line2D([], [], color=model, marker="o", markersize=5, linewidth=3, label="model, median and 90 %"),
        Line2D([], [], color=INK, marker="X", linestyle="", markersize=7, label="observed"),
        Line2D([], [], color=GREY, marker="s", markerfacecolor="white", linestyle="", markersize=5, label="naive"),
    ]


def _draw(fig: Figure, ax: Axes, rows: pd.DataFrame, wide: float) -> None:
    """Draw one measure."""
    slots = np.arange(len(rows))
    ax.hlines(slots, rows["low"], rows["high"], color=OKABE_ITO["blue"], linewidth=4, alpha=0.55, zorder=2)
    ax.plot(rows["naive"], slots + 0.22, "s", color=GREY, markerfacecolor="white", markersize=4.5, zorder=3)
    ax.plot(rows["median"], slots, "o", color=OKABE_ITO["blue"], markersize=5, zorder=4)
    ax.plot(rows["observed"], slots - 0.1, "X", color=INK, markersize=6.5, zorder=5)
    ax.margins(x=0.06)
    taken = name_rows(fig, ax, list(rows["name"].fillna(rows["iso"]).astype(str)), 0.4 * wide)
    width = wide - taken - 0.4
    space_ticks(ax, width)
    title_panel(fig, ax, f"{rows['what'].iloc[0]} ({rows['unit'].iloc[0]}); {_errors(rows)}", width)


def _errors(rows: pd.DataFrame) -> str:
    """Mean absolute errors of model and regression, over the partners that both speak of where both do."""
    both = rows.dropna(subset=["median", "naive"])
    if both.empty:
        gaps = (rows["median"] - rows["observed"]).abs().dropna()
        return f"model off by {plain(float(gaps.mean()))}" if len(gaps) else "no run signed"
    off = [float((both[name] - both["observed"]).abs().mean()) for name in ("median", "naive")]
    return f"off by {plain(off[0])}, naive {plain(off[1])}"
