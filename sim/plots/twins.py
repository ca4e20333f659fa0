"""What the same luck would have brought, had the talks opened in another week."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from sim.plots.frames import require
from sim.plots.names_on_points import name_points
from sim.plots.numbers import signed
from sim.plots.page import Heading, Size, new_page, say, title_axis
from sim.plots.queue_axis import thinned
from sim.plots.rows import make_room
from sim.plots.strokes import group_strokes, look_of
from sim.plots.style import INK, Provenance, Stroke, house_style

__all__ = ["twin_openings"]

COLUMNS = ("opened", "value", "deal", "signed", "played", "who")
PLAYED: dict[str, Any] = {"color": "none", "marker": "o", "markeredgecolor": INK, "markeredgewidth": 1.3}
PLAYED |= {"linestyle": "", "markersize": 13}
NO_DEAL: dict[str, Any] = {"color": INK, "marker": "o", "markerfacecolor": "white", "linestyle": "", "markersize": 6}


@house_style()
def twin_openings(
    twins: pd.DataFrame, provenance: Provenance, *, name: str = "your", size: Size = (7.2, 4.2)
) -> Figure:
    """Draw the value by the week in which the talks opened, twins of one game with the same luck.

    Parameters
    ----------
    twins : DataFrame
        A row a twin: `opened` (week, from 1); `value` (USD bn, present value of the whole horizon); `deal` (bool);
        `signed` (week, NaN without a deal); `played` (bool: the game as it was played); `who` (who made the moves, in
        words, such as "you, same moves"; each is a line).
    provenance : Provenance
        For the footer.
    name : str
        Whose game it was, as in "your" or "Ada's", for the title.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        A line for each who; hollow without a deal, named by the week of signing, and a ring around the game as played.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(twins, COLUMNS)
    rows = twins.dropna(subset=["opened", "value", "who"]).sort_values("opened", kind="stable").reset_index(drop=True)
    who = list(dict.fromkeys(rows["who"].astype(str)))
    strokes = dict(zip(who, group_strokes(len(who)), strict=True))
    title = f"What would {name} game have brought, opened in another week?"
    fig = new_page(size, Heading(title, _in_words(rows)), provenance, _keys(rows, strokes))
    ax = fig.subplots()
    if rows.empty:
        say(ax, "no twin was played")
        return fig
    make_room(fig, 2.2)
    for k, (one, stroke) in enumerate(strokes.items()):
        _draw(ax, rows[rows["who"] == one], stroke, k)
    _finish(fig, ax, rows)
    return fig


def _in_words(rows: pd.DataFrame) -> str:
    """Say what the same moves would have brought at the earliest and at the latest opening."""
    reads = "The same luck with talks opened in other weeks. Value over the whole horizon, USD bn in present value"
    played = rows[rows["played"].astype(bool)]
    if played.empty:
        return reads
    own = played.iloc[0]
    others = rows[(rows["who"] == own["who"]) & (rows["opened"] != own["opened"])]
    if others.empty:
        return f"{reads}. As played: {signed(own['value'])}"
    ends = others.iloc[sorted({0, len(others) - 1})]
    found = " and ".join(f"{_worth(gap)} from week {week:.0f}" for week, gap in _gaps(ends, float(own["value"])))
    return f"{reads}. The same moves would have brought {found} than as played from week {own['opened']:.0f}"


def _gaps(ends: pd.DataFrame, own: float) -> list[tuple[float, float]]:
    """Weeks of opening with the value there less that of the game as played."""
    return [(float(week), float(value) - own) for week, value in zip(ends["opened"], ends["value"], strict=True)]


def _worth(gap: float) -> str:
    """Write a difference in words."""
    if abs(gap) < 5e-4:
        return "no more"
    return f"{signed(abs(gap))[1:]} {'more' if gap > 0 else 'less'}"


def _keys(rows: pd.DataFrame, strokes: dict[str, Stroke]) -> list[Artist]:
    """Legend keys for what occurs."""
    keys: list[Artist] = [Line2D([], [], label=one, markersize=6, **look_of(s)) for one, s in strokes.items()]
    if rows["played"].astype(bool).any():
        keys.append(Line2D([], [], label="as played", **(PLAYED | {"markersize": 11})))
    if not rows["deal"].astype(bool).all():
        keys.append(Line2D([], [], label="no deal", **NO_DEAL))
    return keys


def _draw(ax: Axes, rows: pd.DataFrame, stroke: Stroke, behind: int) -> None:
    """Draw the twins of one who, hollow without a deal, with a ring if played; larger if others stand in front."""
    deal, played = rows["deal"].to_numpy(dtype=bool), rows["played"].to_numpy(dtype=bool)
    points = rows[["opened", "value"]].to_numpy(dtype=float)
    ax.plot(*points.T, color=stroke.colour, linestyle=stroke.dash, linewidth=1.3, zorder=3)
    look: dict[str, Any] = {
        "color": stroke.colour,
        "marker": stroke.marker,
        "linestyle": "",
        "markersize": 6.5 + 2.5 * behind,
    }
    look["zorder"] = 5 - 0.1 * behind
    ax.plot(*points[deal].T, **look)
    ax.plot(*points[~deal].T, markerfacecolor="white", markeredgewidth=1.4, **look)
    ax.plot(*points[played].T, zorder=6, **PLAYED)


def _finish(fig: Figure, ax: Axes, rows: pd.DataFrame) -> None:
    """Put ticks at the weeks of opening, and say beside each twin when it was signed."""
    weeks = sorted({float(week) for week in rows["opened"]})
    width = float(fig.get_size_inches()[0]) - 1.0
    span = max(weeks[-1] - weeks[0], 1.0)
    kept = thinned([0.09] * len(weeks), width / (1.3 * span)) if len(weeks) == span + 1 else range(len(weeks))
    ax.set_xticks([weeks[k] for k in kept], [f"{weeks[k]:.0f}" for k in kept])
    ax.set_xlim(weeks[0] - 0.15 * span, weeks[-1] + 0.15 * span)
    title_axis(fig, ax, "Week in which the talks opened (1 = the first)", width)
    ax.set_ylabel("USD bn, present value")
    low, high = float(rows["value"].min()), float(rows["value"].max())
    room = 0.18 * (high - low) or 1.0
    ax.set_ylim(low - room, high + room)
    ax.grid(axis="y")
    first = np.argsort(-rows["value"].to_numpy(dtype=float), kind="stable")  # so that the upper names go upwards
    points = rows[["opened", "value"]].to_numpy(dtype=float)[first]
    name_points(fig, ax, points, [_end(rows.iloc[k]) for k in first], _lines(rows))


def _lines(rows: pd.DataFrame) -> NDArray[np.float64]:
    """Points along the lines, for words to keep clear of."""
    share, found = np.linspace(0, 1, 60)[:, None], [np.empty((0, 2))]
    for _, own in rows.groupby("who"):
        points = own[["opened", "value"]].to_numpy(dtype=float)
        found += [start + share * (stop - start) for start, stop in pairwise(points)]
    return np.concatenate(found)


def _end(twin: pd.Series) -> str:
    """Say when a twin was signed."""
    return f"signed week {twin['signed']:.0f}" if twin["deal"] and np.isfinite(twin["signed"]) else "no deal"
