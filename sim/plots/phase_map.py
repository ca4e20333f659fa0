"""Where it pays to be first: the advantage over two parameters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from numpy.typing import NDArray

from sim.plots.frames import require
from sim.plots.intervals import ABOVE, BELOW
from sim.plots.page import Heading, Size, new_page, say
from sim.plots.rows import space_ticks
from sim.plots.style import GREY, INK, Provenance, house_style

__all__ = ["phase_map"]

COLUMNS = ("x", "y", "mean", "low", "high")
SIGNS = LinearSegmentedColormap.from_list("signs", [BELOW.colour, "#F7F7F7", ABOVE.colour])
"""Vermillion below zero, white at zero, blue above."""
MOST_SIGNS = 14
"""Most rows or columns of cells that carry the sign; of more, every second or third."""
Floats = NDArray[np.float64]


@house_style()
def phase_map(  # noqa: PLR0913  (five of them by name only)
    grid: pd.DataFrame,
    provenance: Provenance,
    *,
    x: str,
    y: str,
    name: str = "the partner",
    at: tuple[float, float] | None = None,
    size: Size = (6.6, 5.0),
) -> Figure:
    """Map the advantage of the first place over the last for every pair of values of two parameters.

    Parameters
    ----------
    grid : DataFrame
        A row a cell, in any order: `x`, `y` (values of the two parameters); `mean`, `low`, `high` (USD bn, present
        value, first less last, 95 % interval). Cells may be missing.
    provenance : Provenance
        For the footer.
    x, y : str
        Names of the two parameters, with unit.
    name : str
        The focal partner's name, for the title.
    at : (float, float), optional
        The scenario's own values, to be marked.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        Cells in colours centred on zero and signed, hatched where the interval covers zero; the zero line is heavy.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(grid, COLUMNS)
    known = grid.dropna(subset=["x", "y", "mean"])
    heading = Heading(f"Where does it pay {name} to be first?", _in_words(known))
    if known.empty:
        fig = new_page(size, heading, provenance)
        say(fig.subplots(), "no run to show")
        return fig
    tables = {column: known.pivot_table(column, "y", "x", dropna=False) for column in ("mean", "low", "high")}
    open_ = _open_cells(tables)
    fig = new_page(size, heading, provenance, _keys(tables["mean"], open_, at))
    ax = fig.subplots()
    _draw(fig, ax, tables["mean"], open_)
    if at is not None:
        ax.plot(*[[value] for value in at], "*", color="white", markeredgecolor=INK, markersize=15, zorder=6)
    ax.set_xlabel(x)
    ax.set_ylabel(y)
    space_ticks(ax, size[0] - 2)
    ax.grid(visible=False)
    return fig


def _in_words(known: pd.DataFrame) -> str:
    """Say what is mapped, and in how much of the map the sign can be told."""
    reads = "First place less last place, USD bn in present value"
    if known.empty:
        return reads
    if not (known["low"].notna() & known["high"].notna()).any():
        return f"{reads}; one pair of twins a cell, no intervals"
    above, below = int((known["low"] > 0).sum()), int((known["high"] < 0).sum())
    told = f"first better in {above}, worse in {below} of {len(known)} cells, judged by 95 % intervals"
    return f"{reads}; {told}"


def _open_cells(tables: dict[str, pd.DataFrame]) -> NDArray[np.bool_]:
    """Cells whose interval covers zero."""
    shape = tables["mean"]
    low, high = (tables[end].reindex_like(shape).to_numpy(dtype=float) for end in ("low", "high"))
    return np.asarray((low <= 0) & (high >= 0), dtype=np.bool_)


def _keys(mean: pd.DataFrame, open_: NDArray[np.bool_], at: tuple[float, float] | None) -> list[Artist]:
    """Legend keys for what is drawn."""
    values = mean.to_numpy(dtype=float)
    keys: list[Artist] = []
    if _crosses(values):
        keys.append(Line2D([], [], color=INK, linewidth=2.4, label="no advantage either way"))
    if open_.any():
        keys.append(Patch(facecolor="white", edgecolor=GREY, hatch="////", label="interval covers zero"))
    if np.isnan(values).any():
        keys.append(Patch(facecolor="#D9D9D9", edgecolor=GREY, label="not run"))
    if at is not None:
        look: dict[str, Any] = {"color": "white", "markeredgecolor": INK, "linestyle": ""}
        keys.append(Line2D([], [], marker="*", markersize=11, label="the scenario's own values", **look))
    return keys


def _crosses(values: Floats) -> bool:
    """Whether a line of zero can be drawn: the sign changes, on at least two by two cells."""
    found = values[np.isfinite(values)]
    return min(values.shape) > 1 and bool(found.min() < 0 < found.max())


def _edges(centres: Floats) -> Floats:
    """Borders of cells halfway between their centres."""
    if centres.size == 1:
        return np.array([centres[0] - 0.5, centres[0] + 0.5])
    middle = (centres[1:] + centres[:-1]) / 2
    return np.concatenate([[2 * centres[0] - middle[0]], middle, [2 * centres[-1] - middle[-1]]])


def _draw(fig: Figure, ax: Axes, mean: pd.DataFrame, open_: NDArray[np.bool_]) -> None:
    """Draw cells, hatching, signs, the line of zero, and the scale."""
    x, y, values = (part.to_numpy(dtype=float) for part in (mean.columns, mean.index, mean))
    edges = _edges(x), _edges(y)
    most = float(np.nanmax(np.abs(values))) or 1.0
    ax.set_facecolor("#D9D9D9")
    cells = ax.pcolormesh(*edges, np.ma.masked_invalid(values), cmap=SIGNS, vmin=-most, vmax=most, zorder=1)
    _hatch(ax, edges, open_)
    _sign(ax, (x, y), values)
    if _crosses(values):
        ax.contour(x, y, np.ma.masked_invalid(values), [0.0], colors=INK, linewidths=2.4, zorder=4)
    scale = fig.colorbar(cells, ax=ax, pad=0.02, aspect=25)
    scale.ax.set_title("USD bn", weight="normal")
    scale.ax.axhline(0, color=INK, linewidth=1.2)
    scale.outline.set_visible(False)  # type: ignore[operator]


def _hatch(ax: Axes, edges: tuple[Floats, Floats], cells: NDArray[np.bool_]) -> None:
    """Hatch cells."""
    x, y = edges
    for i, j in zip(*np.nonzero(cells), strict=True):
        wide, high = float(x[j + 1] - x[j]), float(y[i + 1] - y[i])
        look: dict[str, Any] = {"fill": False, "edgecolor": GREY, "hatch": "////", "linewidth": 0, "zorder": 2}
        ax.add_patch(Rectangle((float(x[j]), float(y[i])), wide, high, **look))


def _sign(ax: Axes, centres: tuple[Floats, Floats], values: Floats) -> None:
    """Put a small plus or minus into cells, so that the sign is seen without colour."""
    across, up = (centre[:: 1 + (centre.size - 1) // MOST_SIGNS] for centre in centres)
    kept = values[:: 1 + (centres[1].size - 1) // MOST_SIGNS, :: 1 + (centres[0].size - 1) // MOST_SIGNS]
    x, y = np.meshgrid(across, up)
    for marker, which in (("+", kept > 0), ("_", kept < 0)):
        ax.plot(x[which], y[which], marker, color=INK, markersize=5, markeredgewidth=0.9, zorder=3)
