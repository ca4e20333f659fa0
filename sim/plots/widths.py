"""How many twins are enough? The interval of the headline as runs are added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, NullLocator

from sim.plots.frames import require
from sim.plots.intervals import covers_zero
from sim.plots.numbers import signed
from sim.plots.page import Heading, Size, new_page, say
from sim.plots.style import GREY, INK, OKABE_ITO, Provenance, house_style

__all__ = ["interval_width", "sign_told_at"]

COLUMNS = ("twins", "mean", "low", "high")
BAND, LAW = OKABE_ITO["blue"], OKABE_ITO["vermillion"]
BEYOND = 10_000_000
"""More twins than this are not worth naming."""


@house_style()
def interval_width(
    widths: pd.DataFrame, provenance: Provenance, *, unit: str = "USD bn, present value", size: Size = (7.2, 4.2)
) -> Figure:
    """Plot how the 95 % interval of the advantage narrows as twins are added.

    Parameters
    ----------
    widths : DataFrame
        `twins` (their number); `mean`, `low`, `high` of the advantage with so many (in `unit`, 95 % interval).
    provenance : Provenance
        For the footer.
    unit : str
        Unit of the numbers.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        Mean and band over the number of twins, on a logarithmic axis; what the square root law says from the widest
        sample; and the number of twins from which on the sign can be told.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(widths, COLUMNS)
    rows = widths[widths["twins"] > 0].dropna(subset=["mean"]).sort_values("twins").reset_index(drop=True)
    told = sign_told_at(rows)
    fig = new_page(
        size, Heading("How many twins does it take to tell the sign?", _in_words(rows, told)), provenance, _keys(rows)
    )
    ax = fig.subplots()
    if rows.empty:
        say(ax, "no runs")
        return fig
    _draw(ax, rows)
    if told is not None:
        _mark(ax, told)
    _finish(ax, rows["twins"].tolist(), size[0] - 0.9)
    ax.set_title(unit, weight="normal")
    return fig


def sign_told_at(widths: pd.DataFrame) -> int | None:
    """Return the least number of twins from which on the interval keeps clear of zero; None if it does not.

    Parameters
    ----------
    widths : DataFrame
        `twins`, `low`, `high`.
    """
    rows = widths.sort_values("twins", ascending=False)
    told = None
    for twins, low, high in rows[["twins", "low", "high"]].itertuples(index=False):
        if covers_zero(low, high):
            break
        told = int(twins)
    return told


def _in_words(rows: pd.DataFrame, told: int | None) -> str:
    """Say at how many twins the sign can be told, or how many it would take."""
    reads = "Mean and 95 % interval of the advantage of the first place over the last"
    if rows.empty:
        return reads
    last = rows.iloc[-1]
    if told is not None:
        return f"{reads}. The sign can be told with {told:,} twins and more"
    never = f"{reads}. The sign cannot be told with {last['twins']:,.0f} twin{'s' if last['twins'] > 1 else ''}"
    half = (last["high"] - last["low"]) / 2
    needed = last["twins"] * (half / last["mean"]) ** 2 if last["mean"] else np.inf
    if np.isfinite(needed) and needed < BEYOND:
        return f"{never}; should the mean stay at {signed(last['mean'])}, it would take about {_rounded(needed):,}"
    return never


def _rounded(count: float) -> int:
    """Round up to two digits: a forecast has no more."""
    unit = 10 ** max(0, int(np.floor(np.log10(count))) - 1)
    return int(np.ceil(count / unit) * unit)


def _keys(rows: pd.DataFrame) -> list[Artist]:
    """Legend keys for what is drawn."""
    keys: list[Artist] = [Line2D([], [], color=BAND, marker="o", markersize=4, label="mean")]
    if rows[["low", "high"]].notna().all(axis=1).any():
        keys.append(Patch(color=BAND, alpha=0.2, linewidth=0, label="95 % interval"))
        keys.append(Line2D([], [], color=LAW, linestyle="--", label="inverse square root law through the last"))
    return keys


def _draw(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw the band, the mean, the law and the zero line."""
    twins, mean, low, high = rows[list(COLUMNS)].to_numpy(dtype=float).T
    ax.axhline(0, color=INK, linewidth=1.0, zorder=2)
    ax.errorbar(twins, mean, [mean - low, high - mean], fmt="none", ecolor=BAND, elinewidth=1.0, zorder=3)
    ax.fill_between(twins, low, high, color=BAND, alpha=0.2, linewidth=0, zorder=1)
    ax.plot(twins, mean, "o-", color=BAND, markersize=4, zorder=4)
    grid = np.geomspace(twins[0], twins[-1], 100)
    for end in (low, high):
        ax.plot(grid, mean[-1] + (end[-1] - mean[-1]) * np.sqrt(twins[-1] / grid), "--", color=LAW, zorder=3)


def _mark(ax: Axes, told: int) -> None:
    """Mark the number of twins from which on the sign can be told."""
    ax.axvline(told, color=GREY, linestyle=":", linewidth=1.2, zorder=1)
    top = ax.get_xaxis_transform()
    late = told > np.sqrt(np.prod(ax.dataLim.intervalx))
    look: dict[str, Any] = {"ha": "right" if late else "left", "fontsize": 7.5, "textcoords": "offset points"}
    ax.annotate(f"sign told from {told:,}", (told, 0.0), (-3 if late else 3, 4), top, **look)


def _finish(ax: Axes, twins: Sequence[float], width: float) -> None:
    """Make the axis logarithmic, with as many of the sample sizes as ticks as fit."""
    ax.set_xscale("log")
    first, last = twins[0], twins[-1]
    pad = (last / first) ** 0.03 if last > first else 1.5
    ax.set_xlim(first / pad, last * pad)
    ax.xaxis.set_minor_locator(NullLocator())
    ticks, room = [last], 0.55 * np.log10(last * pad**2 / first) / width
    for count in sorted(twins, reverse=True):
        if np.log10(ticks[-1] / count) >= room:
            ticks.append(count)
    ax.xaxis.set_major_locator(FixedLocator(ticks))
    ax.xaxis.set_major_formatter(lambda count, _: f"{count:,.0f}")
    ax.set_xlabel("Twins per place (logarithmic)")
    ax.grid(axis="y")
