"""How both sides' offers moved, issue by issue, in the units of each issue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.plots.frames import require
from sim.plots.numbers import plain
from sim.plots.page import Heading, Size, new_page, say
from sim.plots.panels import panels
from sim.plots.strokes import look_of
from sim.plots.style import GREY, INK, OKABE_ITO, Provenance, Stroke, house_style

__all__ = ["offer_path"]

COLUMNS = ("week", "step", "by", "issue", "label", "value", "unit", "accepted")
SIDES = {"partner": Stroke(OKABE_ITO["blue"], "-", "o"), "us": Stroke(OKABE_ITO["vermillion"], "--", "s")}
HOLLOW: dict[str, dict[str, Any]] = {"partner": {}, "us": {"markerfacecolor": "white"}}
"""The other side's marks are larger and hollow, so that equal offers of both can be told apart."""
SHARES = ("fraction", "share")
PANEL = (2.2, 1.35)
"""Least width and height of a panel, inches."""
SESSION = 0.8
"""Share of a week over which a session's offers are spread."""
STAR: dict[str, Any] = {"marker": "*", "color": OKABE_ITO["yellow"], "markeredgecolor": INK, "linestyle": ""}
BEFORE: dict[str, Any] = {"color": GREY, "linestyle": ":", "linewidth": 1.6}


@house_style()
def offer_path(
    offers: pd.DataFrame,
    provenance: Provenance,
    *,
    name: str = "the partner",
    title: str = "How the offers moved, issue by issue",
    size: Size = (7.2, 4.6),
) -> Figure:
    """Plot what each side offered over the weeks, one panel an issue.

    Parameters
    ----------
    offers : DataFrame
        A row an offer and issue: `week` (from 1); `step` (order within the week); `by` ("partner" or "us"); `issue`
        (key); `label` (in words); `value`; `unit` ("fraction" and "share" are shown in per cent, all others, such as
        "USD bn", as they are); `accepted` (bool). Optionally `status_quo` (in the same unit; NaN if there
        is none).
    provenance : Provenance
        For the footer.
    name : str
        Who talks to the United States, for the legend.
    title : str
        Title of the figure.
    size : (float, float)
        Width and height, inches; higher if the panels need it.

    Returns
    -------
    Figure
        A panel an issue, in the order of the frame; stars at what was accepted, a dotted line at the status quo.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(offers, COLUMNS)
    known = offers.dropna(subset=["week", "step", "issue", "value"])
    rows = known.assign(when=_when(known)).sort_values("when", kind="stable")
    fig = new_page(size, Heading(title, _in_words(rows)), provenance, _keys(rows, name))
    if rows.empty:
        say(fig.subplots(), "no offer was made")
        return fig
    issues = list(dict.fromkeys(known["issue"]))
    titles = [_titled(rows[rows["issue"] == issue].iloc[0]) for issue in issues]
    for (ax, _, lowest), issue in zip(panels(fig, titles, PANEL, same_heights=False), issues, strict=True):
        _draw(ax, rows[rows["issue"] == issue])
        _set_weeks(ax, rows)
        if lowest:
            ax.set_xlabel("week")
    return fig


def _when(offers: pd.DataFrame) -> pd.Series:
    """Time of each offer in weeks: the offers of a week follow each other around its middle."""
    turn = offers.groupby("week")["step"].rank(method="dense") - 1.0
    most = max(float(turn.max()), 1.0)
    return offers["week"] + SESSION * (turn / most - 0.5)


def _titled(row: pd.Series) -> str:
    """Name an issue and its unit."""
    unit = "per cent" if row["unit"] in SHARES else str(row["unit"])
    return f"{str(row['label'])[:1].upper()}{str(row['label'])[1:]}, {unit}"


def _written(unit: str) -> Callable[[float, Any], str]:
    """Return how the numbers of a unit are written."""
    return lambda value, _: f"{100 * value:.3g}" if unit in SHARES else plain(value)


def _in_words(rows: pd.DataFrame) -> str:
    """Count the offers of both sides, and say how it ended."""
    if rows.empty:
        return "Each side's offers over the weeks"
    made = rows.drop_duplicates(["week", "step", "by"])
    own, us = (int((made["by"] == side).sum()) for side in SIDES)
    agreed = rows.loc[rows["accepted"].astype(bool), "week"]
    end = "none was accepted" if agreed.empty else f"the last one accepted in week {agreed.max():.0f}"
    return f"{_counted(own)} to the United States and {_counted(us)} from them; {end}"


def _counted(count: int) -> str:
    """Write a number of offers."""
    return f"{count} offer{'' if count == 1 else 's'}"


def _keys(rows: pd.DataFrame, name: str) -> list[Line2D]:
    """Legend keys for what occurs."""
    labels = {"partner": f"offers of {name}", "us": "offers of the United States"}
    seen = [side for side in SIDES if (rows["by"] == side).any()]
    keys = [Line2D([], [], markersize=5, label=labels[side], **(look_of(SIDES[side]) | HOLLOW[side])) for side in seen]
    if rows["accepted"].astype(bool).any():
        keys.append(Line2D([], [], markersize=10, label="accepted", **STAR))
    if "status_quo" in rows.columns and rows["status_quo"].notna().any():
        keys.append(Line2D([], [], label="status quo", **BEFORE))
    return keys


def _draw(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw one issue: the status quo, both sides' offers, and what was accepted."""
    if "status_quo" in rows.columns:
        for level in rows["status_quo"].dropna().unique():
            ax.axhline(level, zorder=2, **BEFORE)
    small = 4.0 if len(rows) <= 40 else 3.0
    for k, (side, stroke) in enumerate(SIDES.items()):
        own = rows[rows["by"] == side]
        look = look_of(stroke) | HOLLOW[side] | {"markersize": small + 2 * k}
        ax.plot(own["when"], own["value"], linewidth=1.2, zorder=4 - k, **look)
    taken = rows[rows["accepted"].astype(bool)]
    ax.plot(taken["when"], taken["value"], markersize=13, zorder=5, **STAR)
    ax.yaxis.set_major_locator(MaxNLocator(3))
    ax.yaxis.set_major_formatter(FuncFormatter(_written(str(rows["unit"].iloc[0]))))
    low, high = ax.get_ylim()
    ax.set_ylim(low - 0.08 * (high - low), high + 0.08 * (high - low))
    ax.grid(axis="y")


def _set_weeks(ax: Axes, rows: pd.DataFrame) -> None:
    """Show the weeks in which there were talks."""
    first, last = float(rows["week"].min()), float(rows["week"].max())
    ax.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda week, _: f"{week:.0f}"))
    ax.set_xlim(first - 0.7, last + 0.7)
