"""What each side asked for, week by week and issue by issue."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, PercentFormatter
from numpy.typing import NDArray

from sim.plots.dates import day_month
from sim.plots.frames import require
from sim.plots.page import Heading, Size, new_page, say
from sim.plots.panels import issue_name, issues_in, panels
from sim.plots.style import INK, OKABE_ITO, Provenance, Stroke, house_style

__all__ = ["concession_curves"]

COLUMNS = ("round", "step", "side", "issue", "level", "agreed")
SIDES = {
    "partner": Stroke(OKABE_ITO["blue"], "-", "o"),
    "us": Stroke(OKABE_ITO["vermillion"], "--", "s"),
}
SPEAKERS = {"partner": "the partner asks for", "us": "the United States asks for"}
PANEL = (2.0, 1.35)
"""Least width and height of a panel, inches."""
WEEK = 0.85
"""Share of a week over which a session's offers are spread."""


@house_style()
def concession_curves(
    offers: pd.DataFrame, provenance: Provenance, *, title: str = "How the two sides moved", size: Size = (7.2, 5.0)
) -> Figure:
    """Plot the levels both sides asked for over time, one panel an issue.

    Parameters
    ----------
    offers : DataFrame
        A row an offer and issue: `round` (weeks since 14 April 2025), `step` (place within the session), `side`
        ("partner" or "us"), `issue` (key), `level` (fraction of the issue's range), `agreed` (bool: offer accepted).
    provenance : Provenance
        For the footer.
    title : str
        Title of the figure.
    size : (float, float)
        Width and height, inches; higher if the panels need it.

    Returns
    -------
    Figure
        A panel an issue; a star where the two sides agreed.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(offers, COLUMNS)
    found = offers.dropna(subset=["round", "step", "issue", "level"])
    rows = found.assign(when=_when(found)).sort_values("when", kind="stable")
    fig = new_page(size, Heading(title, _in_words(rows)), provenance, _keys(rows))
    if rows.empty:
        say(fig.subplots(), "no offer was made")
        return fig
    issues = issues_in(rows)
    for (ax, left, lowest), issue in zip(panels(fig, [issue_name(i) for i in issues], PANEL), issues, strict=True):
        _draw(ax, rows[rows["issue"] == issue])
        _set_axes(ax, rows, size[0])
        if left:
            ax.set_ylabel("of the range")
        if lowest:
            ax.set_xlabel("week of")
    return fig


def _when(offers: pd.DataFrame) -> NDArray[np.float64]:
    """Time of each offer in weeks: the offers of a session follow each other within its week."""
    least, most = offers["step"].min(), offers["step"].max()
    span = most - least if most > least else 1
    weeks, steps = offers[["round", "step"]].to_numpy(dtype=float).T
    return np.asarray(weeks + WEEK * (steps - least) / span, dtype=float)


def _in_words(rows: pd.DataFrame) -> str:
    """Say how to read the levels and how it ended."""
    reads = "Level asked for: 0 % is the low end of the issue's range, 100 % the high end"
    if rows.empty:
        return reads
    agreed = rows[rows["agreed"].astype(bool)]
    end = "no deal" if agreed.empty else f"agreed in the week of {day_month(agreed['round'].max())}"
    return f"{reads}; {end}"


def _keys(rows: pd.DataFrame) -> list[Line2D]:
    """Legend keys for the sides that spoke and the agreement."""
    seen = set(rows["side"])
    keys = [
        Line2D([], [], color=s.colour, linestyle=s.dash, marker=s.marker, markersize=4.5, label=SPEAKERS[side])
        for side, s in SIDES.items()
        if side in seen
    ]
    if rows["agreed"].astype(bool).any():
        keys.append(Line2D([], [], linestyle="", label="agreed", **_star(10)))
    return keys


def _star(size: float) -> dict[str, Any]:
    """Look of the mark for what was agreed."""
    return {"marker": "*", "color": OKABE_ITO["yellow"], "markeredgecolor": INK, "markersize": size}


def _draw(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw both sides' levels and what was agreed."""
    small = 4.5 if len(rows) <= 40 else 2.5
    for side, stroke in SIDES.items():
        own = rows[rows["side"] == side]
        look: dict[str, Any] = {"color": stroke.colour, "linestyle": stroke.dash, "marker": stroke.marker}
        ax.plot(own["when"], own["level"], linewidth=1.3, markersize=small, zorder=3, **look)
    agreed = rows[rows["agreed"].astype(bool)]
    ax.plot(agreed["when"], agreed["level"], linestyle="", zorder=5, **_star(13))


def _set_axes(ax: Axes, rows: pd.DataFrame, width: float) -> None:
    """Show the weeks in which there were talks, and the whole range."""
    first, last = int(np.floor(rows["when"].min())), int(np.ceil(rows["when"].max() + 0.01))
    most = max(2, int(min(width, 2.4) / 0.6))
    step = max(1, -(-(last - first) // most))
    ax.xaxis.set_major_locator(FixedLocator(list(range(first, last + 1, step))))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: day_month(x)))
    ax.tick_params(axis="x", labelsize=7)
    ax.set_xlim(first - 0.35, last + 0.15)
    ax.set_ylim(-0.08, 1.08)
    ax.set_yticks([0.0, 0.5, 1.0])
    ax.yaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    ax.grid()
