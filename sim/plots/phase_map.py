"""Where it pays to be first: the advantage over two parameters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator
from numpy.typing import NDArray

from sim.plots.diverging import centred, diverging_map
from sim.plots.frames import require
from sim.plots.intervals import covers_zero
from sim.plots.numbers import plain
from sim.plots.page import Heading, Size, new_page, say, title_axis, wrapped
from sim.plots.style import GREY, INK, Provenance, house_style

__all__ = ["phase_map"]

COLUMNS = ("x", "y", "mean", "low", "high")
MOST_SIGNS = 14
"""Most rows or columns of cells that carry the sign; of more, every second or third."""
MISSING: dict[str, Any] = {"facecolor": "#D9D9D9", "edgecolor": GREY, "hatch": "...."}
"""Look of cells that were not run."""
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
        Cells in colours centred on zero and signed, hatched where the interval covers zero; the zero line is heavy. An
        axis whose values rise by a factor is logarithmic.

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
    title_axis(fig, ax, x, size[0] - 1.7)
    ax.set_ylabel("\n".join(wrapped(fig, y, FontProperties(size=8.5), size[1] - 2.0)))
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
    """Cells that were run and whose interval covers zero."""
    mean = tables["mean"]
    low, high = (tables[end].reindex_like(mean).to_numpy(dtype=float) for end in ("low", "high"))
    open_ = [covers_zero(*ends) for ends in zip(low.ravel(), high.ravel(), strict=True)]
    found: NDArray[np.bool_] = np.reshape(open_, low.shape) & mean.notna().to_numpy(dtype=np.bool_)
    return found


def _keys(mean: pd.DataFrame, open_: NDArray[np.bool_], at: tuple[float, float] | None) -> list[Artist]:
    """Legend keys for what is drawn."""
    values = mean.to_numpy(dtype=float)
    keys: list[Artist] = []
    if _crosses(values):
        keys.append(Line2D([], [], color=INK, linewidth=2.4, label="no advantage either way"))
    if open_.any():
        keys.append(
            Patch(facecolor="white", edgecolor=GREY, hatch="////", linewidth=0.6, label="not told apart from zero")
        )
    if np.isnan(values).any():
        keys.append(Patch(**MISSING, linewidth=0.6, label="not run"))
    if at is not None:
        look: dict[str, Any] = {"color": "white", "markeredgecolor": INK, "linestyle": ""}
        keys.append(Line2D([], [], marker="*", markersize=11, label="the scenario's own values", **look))
    return keys


def _crosses(values: Floats) -> bool:
    """Whether a line of zero can be drawn: the sign changes, on at least two by two cells."""
    found = values[np.isfinite(values)]
    return min(values.shape) > 1 and bool(found.min() < 0 < found.max())


def _by_factors(values: Floats) -> bool:
    """Whether rising values are spaced by a factor rather than by a step."""
    if values.size < 3 or values[0] <= 0:
        return False
    return bool(np.ptp(np.diff(np.log(values))) < np.ptp(np.diff(values)) / np.diff(values).mean())


def _edges(centres: Floats) -> Floats:
    """Borders of cells halfway between their centres."""
    if _by_factors(centres):
        return np.exp(_edges_of_steps(np.log(centres)))
    return _edges_of_steps(centres)


def _edges_of_steps(centres: Floats) -> Floats:
    """Borders of cells on a straight scale."""
    if centres.size == 1:
        return np.array([centres[0] - 0.5, centres[0] + 0.5])
    middle = (centres[1:] + centres[:-1]) / 2
    return np.concatenate([[2 * centres[0] - middle[0]], middle, [2 * centres[-1] - middle[-1]]])


def _draw(fig: Figure, ax: Axes, mean: pd.DataFrame, open_: NDArray[np.bool_]) -> None:
    """Draw cells, hatching, signs, the line of zero, and the scale."""
    x, y, values = (part.to_numpy(dtype=float) for part in (mean.columns, mean.index, mean))
    edges = _edges(x), _edges(y)
    _set_axes(fig, ax, (x, y))
    ax.patch.set(**MISSING)
    shown = np.ma.masked_invalid(values)
    cells = ax.pcolormesh(*edges, shown, cmap=diverging_map(), norm=centred(values), zorder=1)
    _hatch(ax, edges, open_)
    _sign(ax, (x, y), values)
    if _crosses(values):
        ax.contour(x, y, shown, [0.0], colors=INK, linewidths=2.4, zorder=4)
    scale = fig.colorbar(cells, ax=ax, pad=0.02, aspect=25)
    scale.ax.set_title("USD bn", weight="normal")
    scale.ax.axhline(0, color=INK, linewidth=1.2)
    scale.outline.set_visible(False)  # type: ignore[operator]


def _set_axes(fig: Figure, ax: Axes, centres: tuple[Floats, Floats]) -> None:
    """Choose both scales, with ticks at the values that were run if they are few."""
    x, y = ("log" if _by_factors(values) else "linear" for values in centres)
    ax.set_xscale(x)
    ax.set_yscale(y)
    room = fig.get_size_inches() - (1.7, 2.0)
    for axis, values, inches, pitch in zip((ax.xaxis, ax.yaxis), centres, room, (0.45, 0.25), strict=True):
        step = -(-values.size // max(2, int(inches / pitch)))
        few = step == 1 or _by_factors(values)
        axis.set_major_locator(FixedLocator(list(values[::step])) if few else MaxNLocator(int(inches / pitch)))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(FuncFormatter(lambda value, _: plain(value)))


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
