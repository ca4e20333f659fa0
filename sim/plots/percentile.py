"""Where one's own outcome lies among simulated negotiators with the same luck."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from sim.plots.density import density, has_density
from sim.plots.frames import require
from sim.plots.numbers import signed
from sim.plots.page import Heading, Size, new_page, say, title_axis
from sim.plots.rows import make_room, space_ticks
from sim.plots.style import GREY, INK, OKABE_ITO, Provenance, house_style

__all__ = ["percentile_strip", "share_below"]

Floats = NDArray[np.float64]
COLUMNS = ("value", "deal", "week")
WORSE = OKABE_ITO["sky"]
BETTER = "#EDEDED"
DEAL: dict[str, Any] = {"color": "#7A7A7A", "marker": "o", "linestyle": "", "markersize": 4.5}
NO_DEAL: dict[str, Any] = DEAL | {"markerfacecolor": "white", "markeredgewidth": 0.9}
OWN: dict[str, Any] = {"color": OKABE_ITO["vermillion"], "marker": "*", "markersize": 14, "markeredgecolor": INK}
MOST = 400
"""Dots drawn; of more, evenly spaced order statistics stand for all."""


def share_below(value: float, values: Floats) -> float:
    """Share of some values that are worse than one, from 0 to 1; equal ones count half.

    >>> share_below(3.0, np.array([1.0, 2.0, 3.0, 9.0]))
    0.625
    """
    return float(np.mean(values < value) + 0.5 * np.mean(values == value))


@house_style()
def percentile_strip(
    value: float,
    simulated: pd.DataFrame,
    provenance: Provenance,
    *,
    week: float = float("nan"),
    name: str = "you",
    size: Size = (7.2, 3.9),
) -> Figure:
    """Draw one's own outcome among those of simulated negotiators with the same luck.

    Parameters
    ----------
    value : float
        One's own value, USD bn, present value of the whole horizon.
    simulated : DataFrame
        A row a simulated negotiator: `value` (USD bn), `deal` (bool), `week` of signing (NaN without a deal).
    provenance : Provenance
        For the footer.
    week : float
        Week of one's own signing; NaN without a deal.
    name : str
        Whose outcome it is: "you", or a student's name.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        Above, the distribution of values with what is worse than one's own shaded; below, the values by week of signing
        with the negotiators without a deal on a row of their own. The percentile is that of `share_below`.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(simulated, COLUMNS)
    others = simulated.dropna(subset=["value"]).sort_values("value", kind="stable")
    worth = others["value"].to_numpy(dtype=float)
    heading = Heading(_title(name, value, worth), _in_words(value, worth))
    fig = new_page(size, heading, provenance, _keys(others, name) if worth.size else [])
    make_room(fig, 2.3)
    if not worth.size or not np.isfinite(value):
        say(fig.subplots(), "nothing to compare with")
        return fig
    upper, lower = fig.subplots(2, 1, sharex=True, height_ratios=(1, 1.7))
    _draw_density(upper, value, worth)
    _draw_weeks(lower, others, (value, week))
    width = size[0] - 1.0
    title_axis(fig, lower, "USD bn, present value of the whole horizon (right: better)", width)
    space_ticks(lower, width)
    return fig


def _title(name: str, value: float, worth: Floats) -> str:
    """Ask where somebody stands; answer if it is known."""
    if not worth.size or not np.isfinite(value):
        return f"How well did {name} do?"
    share = 100 * share_below(value, worth)
    did = "You did" if name == "you" else f"{name} did"
    return f"{did} better than {round(share)} of 100 simulated negotiators"


def _in_words(value: float, worth: Floats) -> str:
    """Say the value, and what is compared."""
    if not worth.size or not np.isfinite(value):
        return "Value over the whole horizon, USD bn in present value"
    middle = float(np.median(worth))
    away = signed(value - middle)
    count = f"{worth.size:,} negotiator{'s' if worth.size > 1 else ''}"
    return f"{signed(value)} USD bn, {away} against the median of {count} with the same luck (equal values count half)"


def _keys(others: pd.DataFrame, name: str) -> list[Artist]:
    """Legend keys for what occurs."""
    keys: list[Artist] = [Line2D([], [], linestyle="", label=name, **(OWN | {"markersize": 11}))]
    if has_density(others["value"].to_numpy(dtype=float)):
        keys += [
            Patch(facecolor=WORSE, edgecolor=GREY, hatch="////", label="did worse"),
            Patch(facecolor=BETTER, edgecolor=GREY, label="did better"),
        ]
    deal = others["deal"].astype(bool)
    keys += [Line2D([], [], label="deal", **DEAL)] * bool(deal.any())
    keys += [Line2D([], [], label="no deal", **NO_DEAL)] * bool((~deal).any())
    return keys


def _draw_density(ax: Axes, value: float, worth: Floats) -> None:
    """Draw the distribution, with the part below one's own value hatched; few values are drawn one by one."""
    look: dict[str, Any] = {"edgecolor": GREY, "linewidth": 0.8}
    if has_density(worth):
        x, height = density(worth)
        at = float(np.interp(value, x, height, left=0.0, right=0.0))
        below = x < value
        ax.fill_between(np.append(x[below], value), np.append(height[below], at), facecolor=WORSE, hatch="////", **look)
        ax.fill_between(np.append(value, x[~below]), np.append(at, height[~below]), facecolor=BETTER, **look)
    else:
        ax.plot(worth, np.full(worth.size, 0.12), "|", color=DEAL["color"], markersize=12, zorder=3)
    ax.axvline(value, color=OWN["color"], linewidth=1.8, zorder=4)
    ax.set_ylim(0, 1.08)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="x", length=0, labelbottom=False)


def _draw_weeks(ax: Axes, others: pd.DataFrame, own: tuple[float, float]) -> None:
    """Draw values by week of signing, those without a deal on a row above the last week."""
    shown = others.iloc[np.linspace(0, len(others) - 1, min(MOST, len(others))).round().astype(int)]
    deal = shown["deal"].to_numpy(dtype=bool)
    worth, weeks = shown["value"].to_numpy(dtype=float), shown["week"].to_numpy(dtype=float)
    value, week = own
    known = np.append(weeks[deal], week)
    known = known[np.isfinite(known)]
    none = float(known.max()) + 2.0 if known.size else 0.0
    spread = np.mod(np.arange(len(shown)) * 0.6180339887498949, 1.0) - 0.5  # so that equal weeks do not hide each other
    ax.plot(worth[deal], weeks[deal] + 0.5 * spread[deal], zorder=3, alpha=0.7, **DEAL)
    ax.plot(worth[~deal], none + 0.8 * spread[~deal], zorder=3, **NO_DEAL)
    ax.axvline(value, color=OWN["color"], linewidth=1.8, zorder=2)
    ax.plot([value], [week if np.isfinite(week) else none], linestyle="", zorder=6, **OWN)
    _set_weeks(ax, known, none if not deal.all() or not np.isfinite(week) else None)


def _set_weeks(ax: Axes, known: Floats, none: float | None) -> None:
    """Put ticks at whole weeks, early on top, and name the row without a deal."""
    first, last = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    spaced = MaxNLocator(4, integer=True).tick_values(first, last)
    ticks = ([float(t) for t in spaced if first <= t <= last] or [first]) if known.size else []
    marks = ticks if none is None else [*ticks, none]
    ax.set_yticks(marks, [f"week {t:.0f}" for t in ticks] + ["no deal"] * (len(marks) - len(ticks)))
    ax.set_ylim((last if none is None else none) + 1.0, first - 1.0)
    ax.grid(axis="y")
    ax.margins(x=0.04)
