"""Two settings and what lies between them: one answer under either, and their difference."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots.frames import require
from sim.plots.intervals import OPEN, side
from sim.plots.numbers import signed
from sim.plots.page import Heading, Size, new_page, say, title_axis
from sim.plots.style import INK, Provenance, house_style

__all__ = ["two_settings"]

COLUMNS = ("setting", "mean", "low", "high")


@house_style()
def two_settings(
    rows: pd.DataFrame, provenance: Provenance | str, *, name: str = "the partner", size: Size = (7.2, 2.6)
) -> Figure:
    """Draw the advantage of an early place under two settings, and the difference of the two.

    Parameters
    ----------
    rows : DataFrame
        A row a line, from the top: `setting` (in words), `mean`, `low`, `high` (USD bn a year, 95 % interval).
    provenance : Provenance or str
        For the footer.
    name : str
        The focal partner's name, for the title.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        Means with their intervals about zero, told apart by side and filling; the numbers beside them.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(rows, COLUMNS)
    known = rows.dropna(subset=["mean"])
    reads = "Early place less last place, USD bn a year, with 95 % intervals; the last row is a difference of twins"
    fig = new_page(size, Heading(f"What does the change mean to {name}?", reads), provenance)
    ax = fig.subplots()
    if known.empty:
        say(ax, "no run to show")
        return fig
    _draw(ax, known)
    title_axis(fig, ax, "USD bn a year", size[0] - 1.6)
    return fig


def _draw(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw the rows from the top, with a line of zero."""
    ax.axvline(0, color=INK, linewidth=1.0, zorder=1)
    for k, (mean, low, high) in enumerate(rows[["mean", "low", "high"]].to_numpy(dtype=float)):
        stroke = side(low, high)
        fill = "white" if stroke is OPEN else stroke.colour
        ax.plot([low, high], [k, k], color=stroke.colour, linewidth=2.2, zorder=2)
        ax.plot([mean], [k], stroke.marker, color=stroke.colour, markerfacecolor=fill, markersize=8, zorder=3)
        ax.annotate(signed(mean), (mean, k), (0, 7), textcoords="offset points", ha="center")
    ax.set_yticks(range(len(rows)), [str(word) for word in rows["setting"]])
    ax.set_ylim(len(rows) - 0.4, -0.7)
    ax.margins(x=0.12)
    ax.grid(axis="x")
