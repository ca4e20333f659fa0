"""What others gain or lose when one partner is first: the largest of both, and all together."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots.frames import require
from sim.plots.intervals import across, side_keys
from sim.plots.numbers import signed
from sim.plots.page import Heading, Size, new_page, say, title_axis
from sim.plots.rows import ROW, make_room, name_rows, space_ticks
from sim.plots.style import GREY, INK, Provenance, house_style
from sim.plots.wide_scale import linear_core, stretch

__all__ = ["TOGETHER", "others_loss"]

COLUMNS = ("iso", "name", "mean", "low", "high")
#: Codes of those that are more than a partner; they stand apart.
TOGETHER = ("USA", "ALL")
MOST = 10
"""Winners and losers drawn, each."""


@house_style()
def others_loss(
    losses: pd.DataFrame, provenance: Provenance, *, name: str = "the partner", size: Size = (7.2, 3.0)
) -> Figure:
    """Draw what others gain when the focal partner is first rather than last in the queue.

    Parameters
    ----------
    losses : DataFrame
        A row each: `iso` (`USA` and `ALL` are the United States, and all partners together), `name`; `mean`, `low`,
        `high` (USD bn, present value, 95 % interval).
    provenance : Provenance
        For the footer.
    name : str
        The focal partner's name, for the title.
    size : (float, float)
        Width and height, inches; higher if the rows need it.

    Returns
    -------
    Figure
        On top the United States and all partners together, below the ten who gain most and the ten who lose most.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(losses, COLUMNS)
    known = losses.dropna(subset=["mean"]).sort_values("mean", ascending=False, kind="stable")
    apart = known[known["iso"].isin(TOGETHER)]
    rest = known[~known["iso"].isin(TOGETHER)]
    shown = rest if len(rest) <= 2 * MOST else pd.concat([rest.head(MOST), rest.tail(MOST)])
    rows = pd.concat([apart, shown], ignore_index=True)
    keys = side_keys(rows[["low", "high"]], "gains", "loses")
    heading = Heading(f"Who gains and who pays when {name} is first?", _in_words(rest, len(rest) - len(shown)))
    fig = new_page(size, heading, provenance, keys if len(rows) else [])
    make_room(fig, ROW * len(rows) + 0.6)
    ax = fig.subplots()
    if rows.empty:
        say(ax, "nobody else is at the table")
        return fig
    _draw(ax, rows, len(apart), len(shown) < len(rest))
    names = rows["name"].fillna(rows["iso"]).astype(str).tolist()
    _finish(fig, ax, rows, size[0] - 0.4 - name_rows(fig, ax, names, 0.42 * size[0]))
    return fig


def _in_words(rest: pd.DataFrame, left_out: int) -> str:
    """Count winners and losers, and sum up those that are not drawn."""
    reads = "First place less last place of the focal partner; 95 % intervals, open marks are not told apart from zero"
    if rest.empty:
        return reads
    wins, losses = int((rest["low"] > 0).sum()), int((rest["high"] < 0).sum())
    counted = f"Of {len(rest)} others {wins} gain and {losses} lose as far as can be told"
    if not left_out:
        return f"{counted}. {reads}"
    middle = float(rest["mean"].iloc[MOST:-MOST].sum())
    return f"{counted}; the {left_out} in the middle, not drawn, {signed(middle)} USD bn together. {reads}"


def _draw(ax: Axes, rows: pd.DataFrame, apart: int, cut: bool) -> None:
    """Draw the rows, with lines between those apart, the winners and the losers."""
    ax.axvline(0, color=INK, linewidth=1.0, zorder=2)
    if 0 < apart < len(rows):
        ax.axhline(apart - 0.5, color=GREY, linewidth=0.8)
    if cut:
        ax.axhline(apart + MOST - 0.5, color=GREY, linewidth=0.8, linestyle=":")
    for slot, (mean, low, high) in enumerate(rows[["mean", "low", "high"]].itertuples(index=False)):
        across(ax, slot, (mean, low, high))
    ax.margins(x=0.05)


def _finish(fig: Figure, ax: Axes, rows: pd.DataFrame, width: float) -> None:
    """Choose the scale and name it."""
    core = linear_core(rows["mean"].to_numpy(dtype=float))
    title_axis(fig, ax, "USD bn, present value" + ("" if core is None else ", logarithmic away from zero"), width)
    if core is None:
        space_ticks(ax, width)
    else:
        stretch(ax, core, width)
        ax.grid(axis="x")
