"""When to sign: what it is worth to hold out, by the place at which talks open."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Patch, Rectangle

from sim.plots.dates import day_month
from sim.plots.diverging import centred, diverging_map, ink_on
from sim.plots.frames import places, require
from sim.plots.intervals import covers_zero
from sim.plots.numbers import signed
from sim.plots.page import Heading, Size, new_page, say, text_width, title_axis
from sim.plots.queue_axis import thinned
from sim.plots.rows import make_room
from sim.plots.style import GREY, INK, Provenance, house_style

__all__ = ["signing_grid"]

COLUMNS = ("position", "sign_from", "mean", "low", "high", "reference")
HATCH = "////"
MINUS = "−"
SIGNS = {1: "+", 0: "", -1: MINUS}
EMPTY = "#EDEDED"
"""Colour behind cells that were not played."""
FONT = FontProperties(size=7)
FRAME = 1.5
"""Width of the page without the cells, inches."""


@house_style()
def signing_grid(
    grid: pd.DataFrame, provenance: Provenance, *, name: str = "the partner", size: Size = (7.2, 4.6)
) -> Figure:
    """Map the value of every pair of opening place and earliest week of signing, against a reference pair.

    Parameters
    ----------
    grid : DataFrame
        A row per cell: `position` (place in the queue at which talks open), `sign_from` (earliest week in which the
        partner may sign, weeks since 14 April 2025); `mean`, `low`, `high` (USD bn, present value, less that of the
        reference cell, 95 % interval; NaN interval there); `reference` (bool).
    provenance : Provenance
        For the footer.
    name : str
        The focal partner's name, for the title.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        Places from early (on top) to late, weeks from left to right; hatched where the interval covers zero, the
        reference framed, numbers in the cells where they fit.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(grid, COLUMNS)
    cells = grid.dropna(subset=["position", "sign_from", "mean"])
    fig = new_page(size, Heading(f"When should {name} sign?", _in_words(cells)), provenance, _keys(cells))
    ax = fig.subplots()
    if cells.empty:
        say(ax, "no cell was played")
        return fig
    _draw(fig, ax, cells)
    return fig


def _in_words(cells: pd.DataFrame) -> str:
    """Say which cell is best and what the reference is."""
    reads = "Value against the reference, USD bn, present value, paired twins, 95 % intervals"
    if cells.empty:
        return reads
    best = cells.sort_values("mean", kind="stable").iloc[-1]
    week = f"not before the week of {day_month(best['sign_from'])}"
    return f"Best: place {best['position']:.0f}, {week} ({signed(best['mean'])}). {reads}"


def _open(cell: dict[Any, Any]) -> bool:
    """Tell whether a cell cannot be told from the reference, which is not a question of the reference itself."""
    return not cell["reference"] and covers_zero(cell["low"], cell["high"])


def _keys(cells: pd.DataFrame) -> list[Artist]:
    """Legend keys for what occurs besides the colours."""
    found = cells.to_dict("records")
    keys: list[Artist] = []
    if any(cell["reference"] for cell in found):
        keys.append(Patch(facecolor="white", edgecolor=INK, linewidth=2.0, label="reference"))
    if any(_open(cell) for cell in found):
        keys.append(Patch(facecolor="white", edgecolor=GREY, hatch=HATCH, label="not told apart from the reference"))
    if len(cells) < cells["position"].nunique() * cells["sign_from"].nunique():
        keys.append(Patch(facecolor=EMPTY, label="not played"))
    return keys


def _draw(fig: Figure, ax: Axes, cells: pd.DataFrame) -> None:
    """Draw the cells, the axes and the scale."""
    rows, columns = places(cells), sorted({float(week) for week in cells["sign_from"]})
    norm = centred(cells["mean"].to_numpy(dtype=float))
    paint = ScalarMappable(norm, diverging_map())
    make_room(fig, 1.9)
    wide, high = float(fig.get_size_inches()[0]), float(fig.get_size_inches()[1])
    pitch = ((wide - FRAME) / len(columns), (high - 2.2) / len(rows))
    digits = _digits(cells)
    fits = (
        max(text_width(fig, _figure(mean, digits), FONT) for mean in cells["mean"]) + 0.05 < pitch[0]
        and pitch[1] > 0.16
    )
    ax.set_facecolor(EMPTY)
    for cell in cells.to_dict("records"):
        corner = (columns.index(float(cell["sign_from"])), rows.index(int(cell["position"])))
        colour = to_hex(tuple(paint.to_rgba(cell["mean"])))
        _draw_cell(ax, cell, corner, (colour, 0.4 if fits else 0.0))
        if fits:
            _write(ax, cell, corner, (_figure(cell["mean"], digits), colour))
        elif not _open(cell) and all(k % every == every // 2 for k, every in zip(corner, _sparse(pitch), strict=True)):
            _write(ax, cell, corner, (SIGNS[int(np.sign(cell["mean"]))], colour))
    _name_axes(fig, ax, (rows, columns), pitch)
    scale = fig.colorbar(paint, ax=ax, pad=0.02, aspect=30)
    scale.set_label("USD bn")
    scale.ax.axhline(0, color=INK, linewidth=1.0)


def _digits(cells: pd.DataFrame) -> int:
    """Decimals with which the largest number has two digits."""
    largest = float(cells["mean"].abs().max())
    return max(0, 1 - int(np.floor(np.log10(largest)))) if largest else 0


def _figure(value: float, digits: int) -> str:
    """Write the number of a cell."""
    return f"{value:+.{digits}f}".replace("-", MINUS) if round(value, digits) else "0"


def _sparse(pitch: tuple[float, float]) -> tuple[int, int]:
    """Every how many columns and rows there is room for a sign."""
    return max(1, int(np.ceil(0.3 / pitch[0]))), max(1, int(np.ceil(0.22 / pitch[1])))


def _draw_cell(ax: Axes, cell: dict[Any, Any], corner: tuple[int, int], look: tuple[str, float]) -> None:
    """Draw one cell about its place, in a colour with a white edge: hatched if open, framed if the reference."""
    x, y = corner[0] - 0.5, corner[1] - 0.5
    ax.add_patch(Rectangle((x, y), 1, 1, facecolor=look[0], edgecolor="white", linewidth=look[1], zorder=1))
    if _open(cell):
        ax.add_patch(Rectangle((x, y), 1, 1, fill=False, edgecolor=GREY, linewidth=0, hatch=HATCH, zorder=2))
    if cell["reference"]:
        ax.add_patch(Rectangle((x, y), 1, 1, fill=False, edgecolor=INK, linewidth=2.0, zorder=4))


def _write(ax: Axes, cell: dict[Any, Any], corner: tuple[int, int], text: tuple[str, str]) -> None:
    """Write words into a cell of a colour, on paper of that colour where there is a hatch."""
    words, colour = text
    look: dict[str, Any] = {"ha": "center", "va": "center", "fontproperties": FONT, "zorder": 5}
    if _open(cell):
        look["bbox"] = {"facecolor": colour, "edgecolor": "none", "pad": 0.6}
    ax.text(*corner, words, color=ink_on(colour), **look)


def _name_axes(fig: Figure, ax: Axes, grid: tuple[list[int], list[float]], pitch: tuple[float, float]) -> None:
    """Label the rows with places and the columns with weeks, as many as fit."""
    rows, columns = grid
    ax.set_xlim(-0.5, len(columns) - 0.5)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    across, down = thinned([0.26] * len(columns), pitch[0]), thinned([0.08] * len(rows), pitch[1])
    ax.set_xticks(across, [f"{columns[k]:.0f}\n{day_month(columns[k])}" for k in across])
    ax.set_yticks(down, [str(rows[k]) for k in down])
    ax.set_ylabel("Opening place (1 = first)")
    title_axis(fig, ax, "Earliest week allowed to sign, and date of its Monday", pitch[0] * len(columns))
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
