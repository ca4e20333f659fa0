"""Predicted against observed: the deals of 2025, and what the model says of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.plots.frames import require
from sim.plots.numbers import plain
from sim.plots.page import Heading, Size, new_page, say, title_panel
from sim.plots.rows import ROW, make_room, name_rows, space_ticks
from sim.plots.style import INK, OKABE_ITO, Provenance, house_style

__all__ = ["backtest"]

COLUMNS = ("iso", "name", "what", "unit", "observed", "median", "low", "high", "line", "two_medians")
BAND: dict[str, Any] = {"color": OKABE_ITO["sky"], "linewidth": 5.5}
MARKS: dict[str, dict[str, Any]] = {
    "observed": {"marker": "|", "color": INK, "markersize": 12, "markeredgewidth": 2.2},
    "median": {"marker": "o", "color": OKABE_ITO["blue"], "markersize": 5.5},
    "line": {"marker": "^", "color": "white", "markeredgecolor": OKABE_ITO["vermillion"], "markersize": 5.5},
    "two_medians": {"marker": "D", "color": "white", "markeredgecolor": OKABE_ITO["green"], "markersize": 4.5},
}
WORDS = {
    "observed": "observed",
    "median": "model, median",
    "line": "line through the rates of 2 April",
    "two_medians": "two medians, rich and poor",
}
SHORT = {"median": "model", "line": "line", "two_medians": "two medians"}
PANEL = 1.25
"""Least width of a panel, inches."""


@house_style()
def backtest(table: pd.DataFrame, provenance: Provenance, *, size: Size = (7.2, 4.6)) -> Figure:
    """Set the terms and dates of known deals beside the model's and beside those of naive benchmarks.

    Parameters
    ----------
    table : DataFrame
        A row per partner and measure: `iso`, `name`; `what` (the measure in words), `unit`; `observed`; `median`,
        `low`, `high` (of the runs with a deal, 90 % band; NaN if there is none); `line` and `two_medians` (what a line
        through the other partners' rates of 2 April and the median of the other rich or poor partners say; NaN where
        they say nothing). All in `unit`.
    provenance : Provenance
        For the footer.
    size : (float, float)
        Width and height, inches; higher if the rows need it.

    Returns
    -------
    Figure
        A panel a measure, in the order in which they come; a row a partner, by the first measure, the highest on top.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(table, COLUMNS)
    rows = table.dropna(subset=["what", "observed"])
    rows = rows.assign(name=rows["name"].fillna(rows["iso"]).astype(str))
    fig = new_page(size, Heading("Does the model find the deals of 2025?", _in_words(rows)), provenance, _keys(rows))
    if rows.empty:
        say(fig.subplots(), "no deal to compare with")
        return fig
    measures = [own for _, own in rows.groupby("what", sort=False)]
    names = _ordered(rows, measures[0])
    for (ax, width), own in zip(_panels(fig, len(measures), names), measures, strict=True):
        _draw(ax, own, names)
        title_panel(fig, ax, _titled(own), width)
        space_ticks(ax, width)
    return fig


def _in_words(rows: pd.DataFrame) -> str:
    """Say how to read a row, and by how much model and benchmarks miss."""
    reads = "Terms as signed, beside the model (runs with a deal; no band: no such run) and benchmarks made of the rest"
    misses = [_missed(own) for _, own in rows.groupby("what", sort=False)]
    return ". Mean absolute error: ".join([reads, "; ".join(misses)]) if misses else reads


def _missed(own: pd.DataFrame) -> str:
    """Mean absolute error of model and benchmarks on one measure, over the deals all have a say on."""
    lines = [who for who in SHORT if own[who].notna().any()]
    both = own.dropna(subset=lines)
    name = str(own["what"].iloc[0])
    if "median" not in lines or both.empty:
        return f"{name}, none"
    off = [plain(float((both[who] - both["observed"]).abs().mean())) for who in lines]
    said = ", ".join(f"{SHORT[who]} {gap}" for who, gap in zip(lines, off, strict=True))
    return f"{name}, {said} {own['unit'].iloc[0]}"


def _titled(own: pd.DataFrame) -> str:
    """Measure and unit, unless the measure names it."""
    what, unit = (str(own[column].iloc[0]) for column in ("what", "unit"))
    text = what if unit in what else f"{what} ({unit})"
    return text[:1].upper() + text[1:]


def _keys(rows: pd.DataFrame) -> list[Line2D]:
    """Legend keys for what occurs."""
    keys = [Line2D([], [], linestyle="", label=WORDS[part], **look) for part, look in MARKS.items() if rows[part].any()]
    banded = rows[["low", "high"]].notna().all(axis=1).any()
    return [*keys, *([Line2D([], [], label="model, middle 90 %", **BAND)] if banded else [])]


def _ordered(rows: pd.DataFrame, leading: pd.DataFrame) -> list[str]:
    """Names of all partners by what is observed in the leading measure; those without it last."""
    seen = leading.groupby("name")["observed"].max()
    return sorted(set(rows["name"]), key=lambda name: (-seen.get(name, -np.inf), name))


def _panels(fig: Figure, count: int, names: Sequence[str]) -> Iterator[tuple[Axes, float]]:
    """Lay out panels that share their rows, in as many columns as fit, each with its width in inches."""
    wide = float(fig.get_size_inches()[0])
    most = min(1.1, 0.3 * wide)
    columns = min(count, max(1, int((wide - most) / PANEL)))
    lines = -(-count // columns)
    make_room(fig, lines * (ROW * len(names) + 0.7))
    grid = np.atleast_2d(fig.subplots(lines, columns, sharey=True, squeeze=False))
    taken = [name_rows(fig, ax, names, most) for ax in grid[:, 0]]
    for spare in grid.ravel()[count:]:
        spare.set_axis_off()
    for ax in grid.ravel()[:count]:
        yield ax, (wide - max(taken) - 0.3) / columns - 0.15


def _draw(ax: Axes, own: pd.DataFrame, names: Sequence[str]) -> None:
    """Draw bands and marks of one measure."""
    slots = own["name"].map({name: slot for slot, name in enumerate(names)})
    ax.hlines(slots, own["low"], own["high"], zorder=2, **BAND)
    for order, (part, look) in enumerate(MARKS.items()):
        ax.plot(own[part], slots, linestyle="", zorder=3 + order, clip_on=False, **look)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.margins(x=0.1)
    ax.grid(axis="y")
