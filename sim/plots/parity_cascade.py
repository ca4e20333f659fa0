"""Who was levelled up because of whom: clauses called on, deal by deal."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.plots.frames import require
from sim.plots.page import Heading, Size, new_page, say, title_axis
from sim.plots.rows import ROW, make_room, name_rows
from sim.plots.style import GREY, INK, OKABE_ITO, Provenance, house_style

__all__ = ["parity_cascade"]

COLUMNS = ("round", "iso", "because", "before", "after")


@house_style()
def parity_cascade(
    steps: pd.DataFrame,
    provenance: Provenance,
    *,
    title: str = "Whose rate fell because of whose deal?",
    size: Size = (7.2, 3.2),
) -> Figure:
    """Draw the rates of partners whose clauses were called on, from before to after.

    Parameters
    ----------
    steps : DataFrame
        In any order: `round`; `iso`, whose rate fell; `because`, whose deal of that round it was for; `before`,
        `after`: effective rates, fractions.
    provenance : Provenance
        For the footer.
    title : str
        Title.
    size : (float, float)
        Width and height, inches; higher if the rows need it.

    Returns
    -------
    Figure
        A row a step, the earliest on top: an arrow from the rate before to the rate after, and for whose deal.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(steps, COLUMNS)
    rows = steps.dropna(subset=["before", "after"]).sort_values(["round", "because", "iso"]).reset_index(drop=True)
    reads = "Effective rates before and after a clause was called on; each row names the later deal that did it"
    fig = new_page(size, Heading(title, reads), provenance, _keys() if len(rows) else [])
    make_room(fig, ROW * len(rows) + 0.6)
    ax = fig.subplots()
    if rows.empty:
        say(ax, "no clause was called on")
        return fig
    _draw(ax, rows)
    names = [f"week {int(r) + 1}: {iso}, after {why}" for r, iso, why in rows[["round", "iso", "because"]].to_numpy()]
    taken = name_rows(fig, ax, names, 0.45 * size[0])
    title_axis(fig, ax, "effective rate, per cent", size[0] - taken - 0.4)
    return fig


def _keys() -> list[Line2D]:
    blue = OKABE_ITO["blue"]
    return [
        Line2D([], [], color=GREY, marker="o", markerfacecolor="white", linestyle="", markersize=5, label="before"),
        Line2D([], [], color=blue, marker="o", linestyle="", markersize=5, label="after"),
    ]


def _draw(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw an arrow a row; a line parts the weeks."""
    for slot, (before, after) in enumerate(100 * rows[["before", "after"]].to_numpy(dtype=float)):
        arrow = {"arrowstyle": "-|>", "color": INK, "linewidth": 1.0, "shrinkA": 3, "shrinkB": 3}
        ax.annotate("", (after, slot), (before, slot), arrowprops=arrow, zorder=2)
        ax.plot([before], [slot], "o", color=GREY, markerfacecolor="white", markersize=5, zorder=3)
        ax.plot([after], [slot], "o", color=OKABE_ITO["blue"], markersize=5, zorder=4)
    weeks = rows["round"].to_numpy()
    for slot in range(1, len(rows)):
        if weeks[slot] != weeks[slot - 1]:
            ax.axhline(slot - 0.5, color="#E3E3E3", linewidth=0.8, zorder=0)
    ax.margins(x=0.08)
    ax.grid(axis="x")
