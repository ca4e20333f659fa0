"""Who was levelled up because of whom: the calls on parity clauses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.plots.dates import day_month
from sim.plots.frames import require
from sim.plots.page import Heading, Size, new_page, say
from sim.plots.rows import make_room, name_rows
from sim.plots.style import INK, OKABE_ITO, Provenance, house_style

__all__ = ["parity_cascade"]

COLUMNS = ("round", "iso", "because", "before", "after")
LINE = 0.17
"""Height of a row, inches."""
RATES = FontProperties(size=7)
LATER, LEVELLED = OKABE_ITO["vermillion"], OKABE_ITO["blue"]


@house_style()
def parity_cascade(
    steps: pd.DataFrame,
    provenance: Provenance,
    *,
    title: str = "Who was levelled up because of whom",
    size: Size = (7.2, 4.4),
) -> Figure:
    """Draw every call on a parity clause as a line from the later deal to the partner whose rate fell.

    Parameters
    ----------
    steps : DataFrame
        A row a call: `round` (weeks since 14 April 2025), `iso` (whose rate fell), `because` (whose later deal gave the
        reason), `before`, `after` (rates, fractions).
    provenance : Provenance
        For the footer.
    title : str
        Title of the figure.
    size : (float, float)
        Width and height, inches; higher if the partners need it.

    Returns
    -------
    Figure
        A row a partner, in the order in which they come in; time to the right; its rates at the end of the row.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(steps, COLUMNS)
    rows = steps.dropna(subset=["round", "iso", "because"]).sort_values(["round", "because", "iso"], kind="stable")
    fig = new_page(size, Heading(title, _in_words(rows)), provenance, _keys() if len(rows) else [])
    if rows.empty:
        say(fig.subplots(), "no clause was called on")
        return fig
    partners = list(dict.fromkeys(rows[["because", "iso"]].to_numpy().ravel().tolist()))
    make_room(fig, LINE * len(partners) + 0.6)
    ax = fig.subplots()
    name_rows(fig, ax, partners, 0.6)
    _set_time(ax, rows, size[0])
    _draw(ax, _dodged(rows), {iso: k for k, iso in enumerate(partners)})
    _write_rates(ax, rows, partners)
    return fig


def _in_words(rows: pd.DataFrame) -> str:
    """Say how many calls there were and how to read them."""
    if rows.empty:
        return "Calls on parity clauses"
    calls, levelled, later = len(rows), rows["iso"].nunique(), rows["because"].nunique()
    count = f"Calls: {calls}; partners levelled up: {levelled}; later deals that gave the reason: {later}"
    return f"{count}. Right: rates in per cent, before and after"


def _keys() -> list[Line2D]:
    """Legend keys for the later deal and the rate that falls."""
    later: dict[str, Any] = {"color": LATER, "marker": "s", "markersize": 5.5, "linestyle": "-", "linewidth": 1.0}
    lower: dict[str, Any] = {"color": LEVELLED, "marker": "v", "markersize": 6.5, "linestyle": ""}
    return [
        Line2D([], [], label="a better deal is signed", **later),
        Line2D([], [], label="rate falls to match", **lower),
    ]


def _dodged(rows: pd.DataFrame) -> pd.DataFrame:
    """Set the later deals of one week side by side: column `when`."""
    deals = rows[["round", "because"]].drop_duplicates()
    place = deals.groupby("round").cumcount()
    many = deals.groupby("round")["because"].transform("size")
    return rows.merge(deals.assign(when=deals["round"] + 0.8 * (place + 0.5) / many - 0.4), on=["round", "because"])


def _draw(ax: Axes, rows: pd.DataFrame, slots: dict[str, int]) -> None:
    """Draw a line from each later deal through all whom it levels up."""
    for _, calls in rows.groupby(["when", "because"]):
        when, source = float(calls["when"].iloc[0]), slots[str(calls["because"].iloc[0])]
        reached = [slots[iso] for iso in calls["iso"]]
        ax.vlines(when, min(source, *reached), max(source, *reached), color=LATER, linewidth=1.0, zorder=2)
        ax.plot([when], [source], "s", color=LATER, markersize=5.5, zorder=3)
        look: dict[str, Any] = {"color": LEVELLED, "markeredgecolor": "white", "markeredgewidth": 0.5, "linestyle": ""}
        ax.plot([when] * len(reached), reached, "v", markersize=7, zorder=4, **look)
    ax.hlines(range(len(slots)), *ax.get_xlim(), color="#E3E3E3", linewidth=0.6, zorder=0)


def _set_time(ax: Axes, rows: pd.DataFrame, width: float) -> None:
    """Show the weeks from just before the first call to just after the last."""
    first, last = float(rows["round"].min()), float(rows["round"].max())
    ax.set_xlim(first - 1, last + 1)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=max(2, int((width - 2.4) / 0.6)), integer=True))
    ax.set_xlabel("Week of the talks and date of its Monday")
    ax.xaxis.set_major_formatter(FuncFormatter(lambda week, _: f"{week:.0f}\n{day_month(week)}"))


def _write_rates(ax: Axes, rows: pd.DataFrame, partners: Sequence[str]) -> None:
    """Write the rates of a partner at the end of its row: the first and the last, and whether there were others."""
    for slot, iso in enumerate(partners):
        own = rows[rows["iso"] == iso].dropna(subset=["before", "after"])
        if len(own):
            ends = f"{100 * own['before'].iloc[0]:.3g}", f"{100 * own['after'].iloc[-1]:.3g}"
            text = (" → " if len(own) == 1 else " → … → ").join(ends)
            ax.text(1.01, slot, text, transform=ax.get_yaxis_transform(), va="center", fontproperties=RATES, color=INK)
