"""Is a late deal a worse deal? The distribution of the value by the week of signing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from sim.plots.dates import day_month
from sim.plots.deadlines import Deadline, shown_deadlines
from sim.plots.density import density, has_density
from sim.plots.frames import require
from sim.plots.numbers import signed
from sim.plots.page import Heading, Size, clipped, new_page, say, title_axis
from sim.plots.queue_axis import place_colours
from sim.plots.rows import make_room
from sim.plots.style import GREY, INK, Provenance, house_style

__all__ = ["value_by_signing_week"]

Floats = NDArray[np.float64]
MOST = 12
"""Most ridges of weeks; if there are more weeks with deals, neighbours are put together."""
HEIGHT = 0.85
"""Height of a ridge; rows are 1 apart."""
LENGTHS = (1, 2, 4, 8, 13, 26, 52, 104, 208)
"""Weeks that may be put together."""
PITCH = 0.28
"""Least distance of rows, inches; the page grows for it."""
LINE = 0.48
"""Room for a deadline between two ridges."""
GAP = 0.4
"""Further distance of the runs without a deal."""


@dataclass(frozen=True)
class _Ridge:
    """The values (USD bn) of the runs signed from one week to another; no weeks without a deal."""

    weeks: tuple[int, int] | None
    worth: Floats
    row: float
    colour: str

    @property
    def label(self) -> str:
        """Monday of the first and of the last week, or that there is no deal."""
        if self.weeks is None:
            return "no deal"
        first, last = self.weeks
        return day_month(first) if first == last else f"{day_month(first)} – {day_month(last)}"


@house_style()
def value_by_signing_week(
    outcomes: pd.DataFrame,
    provenance: Provenance,
    *,
    name: str = "the partner",
    deadlines: Sequence[Deadline] = (),
    size: Size = (7.2, 6.0),
) -> Figure:
    """Draw the distribution of the value for each week of signing as a ridge, with the runs without a deal last.

    Densities are Gaussian kernels with Scott's bandwidth, each as high as the next; too few runs for one, or runs
    that all agree, are drawn one by one.

    Parameters
    ----------
    outcomes : DataFrame
        One row per run: `round` (weeks since 14 April 2025; NaN without a deal), `deal` (bool), `value` (USD bn,
        present value over the whole horizon).
    provenance : Provenance
        For the footer.
    name : str
        The focal partner's name, for the title.
    deadlines : sequence of (round, label)
        Dated events, drawn between the weeks.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        Ridges from early to late with their medians and numbers of runs.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(outcomes, ("round", "deal", "value"))
    runs = outcomes.dropna(subset=["value"])
    marks = _marks(runs, deadlines)
    ridges = _ridges(runs, marks)
    heading = Heading(f"Is a late deal worth less to {name}?", _in_words(ridges))
    fig = new_page(size, heading, provenance, _keys(ridges))
    ax = fig.subplots()
    if not ridges:
        say(ax, "no runs")
        return fig
    _draw(ax, ridges)
    _finish(fig, ax, ridges)
    _mark_deadlines(fig, ax, ridges, marks)
    return fig


def _marks(runs: pd.DataFrame, deadlines: Sequence[Deadline]) -> list[Deadline]:
    """Deadlines up to the week after the last deal."""
    last = runs.loc[runs["deal"].astype(bool), "round"].max()
    return shown_deadlines(deadlines, float(last) + 1) if np.isfinite(last) else []


def _ridges(runs: pd.DataFrame, marks: Sequence[Deadline]) -> list[_Ridge]:
    """Group the runs by week of signing, several weeks together when they are many, but never across a deadline."""
    deals = runs[runs["deal"].astype(bool)].dropna(subset=["round"])
    weeks = deals["round"].astype(int)
    length = next((n for n in LENGTHS if (weeks // n).nunique() <= MOST), LENGTHS[-1])
    passed = weeks.map(lambda week: sum(when <= week for when, _ in marks))
    groups = [group for _, group in deals.assign(week=weeks).groupby([weeks // length, passed])]
    ridges = []
    for k, (group, colour) in enumerate(zip(groups, place_colours(len(groups)), strict=True)):
        span = (int(group["week"].min()), int(group["week"].max()))
        row = k + LINE * sum(when <= span[0] for when, _ in marks)
        ridges.append(_Ridge(span, group["value"].to_numpy(dtype=float), row, colour))
    none = runs.loc[~runs["deal"].astype(bool), "value"].to_numpy(dtype=float)
    last = len(ridges) + GAP + LINE * len(marks) if ridges else 0.0
    return [*ridges, _Ridge(None, none, last, "white")] if none.size else ridges


def _in_words(ridges: list[_Ridge]) -> str:
    """Say how to read the ridges, and how early and late deals compare."""
    reads = "Value over the whole horizon by week of signing (its Monday). All ridges are as high; runs at the right"
    deals = [ridge for ridge in ridges if ridge.weeks is not None]
    if len(deals) < 2:
        return reads
    first, last = (signed(float(np.median(ridge.worth))) for ridge in (deals[0], deals[-1]))
    return f"{reads}. Median of the earliest deals {first}, of the latest {last} USD bn"


def _keys(ridges: list[_Ridge]) -> list[Artist]:
    """Legend keys for what occurs."""
    if not ridges:
        return []
    keys: list[Artist] = []
    if any(has_density(ridge.worth) for ridge in ridges):
        keys.append(Patch(facecolor="#9A9A9A", edgecolor=INK, linewidth=0.8, label="density of runs"))
    if not all(has_density(ridge.worth) for ridge in ridges):
        keys.append(Line2D([], [], color=INK, marker="|", linestyle="", markersize=8, label="a run"))
    dot: dict[str, Any] = {"marker": "o", "color": "white", "markeredgecolor": INK, "linestyle": ""}
    return [*keys, Line2D([], [], markersize=5, label="median", **dot)]


def _draw(ax: Axes, ridges: list[_Ridge]) -> None:
    """Draw the ridges from the back to the front, and the zero line if values lie on both its sides."""
    for k, ridge in enumerate(ridges):
        ax.axhline(ridge.row, color="#D0D0D0", linewidth=0.6, zorder=2 * k)
        if has_density(ridge.worth):
            x, height = density(ridge.worth)
            look: dict[str, Any] = {"facecolor": ridge.colour, "edgecolor": INK, "linewidth": 0.8}
            look |= {"hatch": "////"} if ridge.weeks is None else {}
            ax.fill_between(x, ridge.row, ridge.row - HEIGHT * height, zorder=2 * k + 1, **look)
        else:
            ax.plot(ridge.worth, [ridge.row - 0.2] * ridge.worth.size, "|", color=INK, markersize=9, zorder=2 * k + 1)
        middle = [float(np.median(ridge.worth))]
        ax.plot(middle, [ridge.row], "o", color="white", markeredgecolor=INK, markersize=5, zorder=100)
    ends = ax.dataLim.intervalx
    if ends[0] < 0 < ends[1]:
        ax.axvline(0, color=INK, linewidth=1.0, zorder=101)


def _finish(fig: Figure, ax: Axes, ridges: list[_Ridge]) -> None:
    """Name the rows and the axis, and count the runs of each row at the right."""
    rows = [ridge.row for ridge in ridges]
    ax.set_ylim(rows[-1] + 0.25, -1.0)
    make_room(fig, PITCH * (rows[-1] + 1.25))
    ax.margins(x=0.03)
    ax.set_yticks(rows, [ridge.label for ridge in ridges])
    side = ax.secondary_yaxis("right")
    side.set_yticks(rows, [f"{ridge.worth.size:,}" for ridge in ridges])
    for axis in (ax, side):
        axis.tick_params(axis="y", length=0)
    for spine in (ax.spines["left"], side.spines["right"]):
        spine.set_visible(False)
    title_axis(fig, ax, "USD bn, present value", float(fig.get_size_inches()[0]) - 1.8)
    ax.grid(axis="x")


def _mark_deadlines(fig: Figure, ax: Axes, ridges: list[_Ridge], marks: Sequence[Deadline]) -> None:
    """Draw a dotted line for each deadline between the last week before and the first after it, and name it there."""
    font = FontProperties(size=7)
    starts = [ridge.weeks[0] for ridge in ridges if ridge.weeks is not None]
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    look: dict[str, Any] = {"ha": "right", "va": "center", "fontproperties": font, "bbox": paper, "zorder": 103}
    for k, (when, label) in enumerate(marks):
        y = sum(start < when for start in starts) - 1 + LINE * (k + 0.9)
        ax.axhline(y, color=GREY, linestyle=":", linewidth=1.0, zorder=102)
        words = clipped(fig, label, font, 0.5 * float(fig.get_size_inches()[0]))
        ax.text(1.0, y, words, transform=ax.get_yaxis_transform(), **look)
