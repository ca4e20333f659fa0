"""Which assumptions matter, and how: the plane of Morris's screening."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.plots.frames import require
from sim.plots.names_on_points import name_points
from sim.plots.page import Heading, Size, new_page, say
from sim.plots.rows import space_ticks
from sim.plots.style import GREY, INK, OKABE_ITO, Provenance, Stroke, house_style

__all__ = ["morris_plane"]

COLUMNS = ("parameter", "label", "mu_star", "mu_star_low", "mu_star_high", "sigma", "mu")
UP = Stroke(OKABE_ITO["blue"], "-", "^")
DOWN = Stroke(OKABE_ITO["vermillion"], "--", "v")
NEITHER = Stroke(GREY, "-.", "o")
MEANS = {UP: "raises the advantage", DOWN: "lowers it", NEITHER: "neither on average"}


@house_style()
def morris_plane(screening: pd.DataFrame, provenance: Provenance, *, most: int = 12, size: Size = (7.2, 5.2)) -> Figure:
    """Plot the size of each assumption's effect against how much the effect depends on the others.

    Parameters
    ----------
    screening : DataFrame
        `parameter`, `label` (in words; the parameter if missing); elementary effects over the assumption's whole range
        (USD bn, present value): `mu_star` mean of their sizes with `mu_star_low`, `mu_star_high` (95 % interval),
        `sigma` standard deviation, `mu` mean (its sign is the marker).
    provenance : Provenance
        For the footer.
    most : int
        How many are named, the largest first.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        A point an assumption; points above the dashed line act mainly through others or not along a line.

    Raises
    ------
    ValueError
        If a column is missing.

    References
    ----------
    Morris (1991), Technometrics 33; Campolongo, Cariboni, Saltelli (2007), Environmental Modelling & Software 22.
    """
    require(screening, COLUMNS)
    rows = screening.dropna(subset=["mu_star", "sigma"]).sort_values("mu_star", ascending=False, kind="stable")
    fig = new_page(size, Heading("Which assumptions matter, and how?", _in_words(rows, most)), provenance, _keys(rows))
    ax = fig.subplots()
    if rows.empty:
        say(ax, "no assumption was varied")
        return fig
    _draw(ax, rows, size[0])
    names = rows["label"].fillna(rows["parameter"]).astype(str)
    xy = rows[["mu_star", "sigma"]].to_numpy(dtype=float)
    name_points(fig, ax, xy, list(names.head(most)), _lines(ax, rows))
    return fig


def _in_words(rows: pd.DataFrame, most: int) -> str:
    """Say how to read the plane."""
    reads = "Effect on the advantage of moving an assumption through its range, USD bn in present value"
    if rows.empty:
        return reads
    lines = "lines: 95 % intervals" if np.isfinite(rows["mu_star_low"]).any() else "no intervals"
    named = f"; of {len(rows)}, the {most} largest are named where there is room" if len(rows) > most else ""
    return f"{reads}; {lines}{named}"


def _stroke(mu: float) -> Stroke:
    """Up, down, or neither."""
    if mu > 0:
        return UP
    return DOWN if mu < 0 else NEITHER


def _keys(rows: pd.DataFrame) -> list[Line2D]:
    """Legend keys for the signs that occur and the line."""
    seen = {_stroke(mu) for mu in rows["mu"]}
    look: dict[str, Any] = {"linestyle": "", "markersize": 6}
    keys = [Line2D([], [], color=s.colour, marker=s.marker, label=MEANS[s], **look) for s in MEANS if s in seen]
    line = Line2D([], [], color=GREY, linestyle="--", linewidth=1.0, label="spread as large as the effect")
    return [*keys, line] if keys else []


def _draw(ax: Axes, rows: pd.DataFrame, width: float) -> None:
    """Draw points with their intervals, and the line on which spread equals effect."""
    for mean, low, high, sigma, mu in rows[[*COLUMNS[2:]]].itertuples(index=False):
        stroke = _stroke(mu)
        ax.plot([low, high], [sigma, sigma], color=stroke.colour, linewidth=1.1, alpha=0.7, zorder=3)
        ax.plot([mean], [sigma], stroke.marker, color=stroke.colour, markeredgecolor="white", markersize=7, zorder=4)
    right = float(np.nanmax(rows[["mu_star", "mu_star_high"]].to_numpy(dtype=float))) or 1.0
    top = float(rows["sigma"].max()) or 1.0
    ax.set_xlim(-0.03 * right, 1.08 * right)
    ax.set_ylim(-0.06 * top, 1.12 * top)
    ax.plot([0, 2 * right], [0, 2 * right], "--", color=GREY, linewidth=1.0, zorder=2)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.axhline(0, color=INK, linewidth=0.8)
    ax.set_xlabel("Mean size of the effect, μ* (USD bn)")
    ax.set_ylabel("Spread of the effect, σ (USD bn)")
    space_ticks(ax, width - 1)
    ax.grid(axis="y")


def _lines(ax: Axes, rows: pd.DataFrame) -> np.ndarray:
    """Points along the dashed line, the lines of zero and the intervals, for names to keep clear of."""
    right, steps = ax.get_xlim()[1], np.linspace(0, 1, 200)
    ends = np.outer(steps, (right, ax.get_ylim()[1])) * np.array([[[1, 0]], [[0, 1]]])
    lines = [np.column_stack([right * steps] * 2), *ends]
    for low, high, sigma in rows[["mu_star_low", "mu_star_high", "sigma"]].to_numpy(dtype=float):
        if np.isfinite(low) and np.isfinite(high):
            along = np.linspace(low, high, max(2, int(120 * (high - low) / right)))
            lines.append(np.column_stack([along, np.full(along.size, sigma)]))
    return np.concatenate(lines)
