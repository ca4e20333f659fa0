"""How the mechanisms make the advantage of being first: Shapley values as a waterfall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.plots.frames import require
from sim.plots.intervals import ABOVE, BELOW, covers_zero
from sim.plots.numbers import signed
from sim.plots.page import Heading, Size, new_page, say, title_axis
from sim.plots.rows import name_rows
from sim.plots.style import GREY, INK, Provenance, house_style

__all__ = ["shapley_waterfall"]

COLUMNS = ("part", "mean", "low", "high")
START, TOTAL = "waiting", "all"
NAMES = {START: "pure waiting", TOTAL: "all together"}
THICK = 0.66
"""Thickness of a bar; rows are 1 apart."""
HATCH = "////"
LANDS = 0.01
"""The bars should add up to the total within this share of it."""
WIDE = 5.0
"""A page narrower than this, inches, has no intervals in figures beside the bars."""


@dataclass(frozen=True)
class _Bar:
    """One bar: where it starts, what it adds, and the interval of that (USD bn)."""

    part: str
    start: float
    mean: float
    low: float
    high: float

    @property
    def is_total(self) -> bool:
        """Whether it is the sum of the others."""
        return self.part == TOTAL

    @property
    def end(self) -> float:
        """Where the next bar starts."""
        return self.start + self.mean

    @property
    def open(self) -> bool:
        """Whether it cannot be told from zero."""
        return covers_zero(self.low, self.high)

    @property
    def has_interval(self) -> bool:
        """Whether its interval is known."""
        return bool(np.isfinite(self.low) and np.isfinite(self.high))

    @property
    def in_figures(self) -> str:
        """Its mean, and its interval if it has one."""
        return signed(self.mean) + (f"  ({signed(self.low)} to {signed(self.high)})" if self.has_interval else "")


@house_style()
def shapley_waterfall(
    values: pd.DataFrame, provenance: Provenance, *, name: str = "the partner", size: Size = (7.2, 4.6)
) -> Figure:
    """Draw how pure waiting and the seven mechanisms (F3) add up to the advantage of the first place over the last.

    Parameters
    ----------
    values : DataFrame
        `part` ("waiting", the mechanisms, and "all" for the total); `mean`, `low`, `high` (USD bn, present value, 95 %
        interval of its Shapley value, or of the total).
    provenance : Provenance
        For the footer.
    name : str
        The focal partner's name, for the title.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        A bar a part, each beginning where the one above it ends: waiting first, then the mechanisms by size, then the
        total from zero. Bars whose interval covers zero are open.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(values, COLUMNS)
    bars = _bars(values.dropna(subset=["mean"]))
    heading = Heading(f"What makes the place in the queue matter to {name}?", _in_words(bars))
    fig = new_page(size, heading, provenance, _keys(bars))
    ax = fig.subplots()
    if not bars:
        say(ax, "no mechanism to compare")
    else:
        _draw(ax, bars)
        _label(fig, ax, bars)
    return fig


def _bars(values: pd.DataFrame) -> list[_Bar]:
    """Sort the parts (waiting, the mechanisms by size, the total) and stack them."""
    rank = values["part"].map({START: 0, TOTAL: 2}).fillna(1)
    rows = values.assign(rank=rank, size=-values["mean"].abs()).sort_values(["rank", "size"], kind="stable")
    bars: list[_Bar] = []
    end = 0.0
    for part, mean, low, high in rows[list(COLUMNS)].itertuples(index=False):
        bar = _Bar(str(part), 0.0 if part == TOTAL else end, float(mean), float(low), float(high))
        bars.append(bar)
        end = bar.end
    return bars


def _in_words(bars: list[_Bar]) -> str:
    """Say how to read the bars, and whether they lead to the total."""
    reads = (
        "Each bar begins where the one above ends; first place less last place, USD bn, present value, 95 % intervals"
    )
    total = [bar.mean for bar in bars if bar.is_total]
    parts = [bar.mean for bar in bars if not bar.is_total]
    if not total or not parts or np.isclose(total[0], sum(parts), rtol=LANDS, atol=1e-9):
        return reads
    return f"{reads}. The parts shown add up to {signed(sum(parts))}, not to the total"


def _look(bar: _Bar) -> dict[str, Any]:
    """Look of a bar: early or late, open if its interval covers zero; the total is dark."""
    colour, hatch = (ABOVE.colour, "") if bar.mean > 0 else (BELOW.colour, HATCH)
    if bar.is_total:
        colour, hatch = INK, ""
    if bar.open:
        return {"facecolor": "white", "edgecolor": colour, "linestyle": "--"}
    return {"facecolor": "white" if hatch else colour, "edgecolor": colour, "hatch": hatch}


def _keys(bars: list[_Bar]) -> list[Artist]:
    """Legend keys for the kinds of bar that occur."""
    sure = [bar.mean for bar in bars if not (bar.is_total or bar.open)]
    keys: list[Artist] = []
    if any(mean > 0 for mean in sure):
        keys.append(Patch(facecolor=ABOVE.colour, edgecolor=ABOVE.colour, label="makes it pay to be first"))
    if any(mean < 0 for mean in sure):
        keys.append(Patch(facecolor="white", edgecolor=BELOW.colour, hatch=HATCH, label="makes it pay to be last"))
    if any(bar.open for bar in bars):
        keys.append(Patch(facecolor="white", edgecolor=GREY, linestyle="--", label="not told apart from zero"))
    if any(bar.has_interval for bar in bars):
        keys.append(Line2D([], [], color=INK, linewidth=1.2, label="95 % interval"))
    return keys


def _draw(ax: Axes, bars: list[_Bar]) -> None:
    """Draw the bars, their intervals, the steps from one to the next, and the zero line."""
    ax.axvline(0, color=INK, linewidth=1.0, zorder=2)
    for slot, bar in enumerate(bars):
        ax.barh(slot, bar.mean, THICK, bar.start, linewidth=1.2, zorder=3, **_look(bar))
        if bar.has_interval:
            _whisker(ax, slot, bar.start + bar.low, bar.start + bar.high)
        if slot + 1 < len(bars):
            ax.plot([bar.end] * 2, [slot + THICK / 2, slot + 1 - THICK / 2], color=GREY, linewidth=0.8, zorder=2)
    ax.margins(x=0.06)
    ax.grid(axis="x")


def _whisker(ax: Axes, slot: int, low: float, high: float) -> None:
    """Draw an interval with caps on a white edge, so that it shows on any bar."""
    for colour, width, order in (("white", 3.0, 4), (INK, 1.2, 5)):
        ax.plot([low, high], [slot, slot], color=colour, linewidth=width, zorder=order)
        ax.plot([low, high], [slot, slot], "|", color=colour, markersize=7, markeredgewidth=width, zorder=order)


def _label(fig: Figure, ax: Axes, bars: list[_Bar]) -> None:
    """Name the parts at the left and give their values, with intervals where there is room, at the right."""
    name_rows(fig, ax, [NAMES.get(bar.part, bar.part) for bar in bars], 1.4)
    wide = float(fig.get_size_inches()[0]) >= WIDE
    texts = [bar.in_figures if wide else signed(bar.mean) for bar in bars]
    side = ax.secondary_yaxis("right")
    side.set_yticks(range(len(bars)), texts)
    side.tick_params(length=0)
    side.spines["right"].set_visible(False)
    title_axis(fig, ax, "USD bn, present value (right: pays to be first)", float(fig.get_size_inches()[0]) - 2.2)
