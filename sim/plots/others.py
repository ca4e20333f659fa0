"""Who pays when one partner goes first? What others gain and lose."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots.frames import require
from sim.plots.intervals import across, side_keys
from sim.plots.page import Heading, Size, new_page, say, title_axis, title_panel
from sim.plots.rows import ROW, make_room, name_rows, space_ticks
from sim.plots.style import GREY, INK, Provenance, Stroke, house_style
from sim.plots.wide_scale import linear_core, stretch

__all__ = ["others_loss"]

COLUMNS = ("iso", "name", "mean", "low", "high")
TOTALS = {"USA": "United States", "ALL": "all partners"}
"""Codes that stand for no partner, and their names where there is none."""
REST = Stroke(GREY, "-", "D")
UNIT = "USD bn, present value"


@house_style()
def others_loss(
    losses: pd.DataFrame,
    provenance: Provenance,
    *,
    name: str = "the partner",
    most: int = 10,
    size: Size = (7.2, 5.6),
) -> Figure:
    """Draw what others gain or lose when the focal partner is first rather than last, with 95 % intervals.

    Each of the two scales is logarithmic away from zero when its numbers spread widely, see
    :func:`sim.plots.wide_scale.linear_core`.

    Parameters
    ----------
    losses : DataFrame
        A row per partner: `iso`, `name`; `mean`, `low`, `high` (USD bn, present value, 95 % interval). The rows `USA`
        and `ALL` (all partners together) are set apart.
    provenance : Provenance
        For the footer.
    name : str
        The focal partner's name, for the title.
    most : int
        Winners, and losers, drawn one by one; the rest are added up.
    size : (float, float)
        Width and height, inches; higher if the rows need it.

    Returns
    -------
    Figure
        A dot a partner, the largest gain on top, and totals below on a scale of their own.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(losses, COLUMNS)
    known = losses.dropna(subset=["iso", "mean"]).sort_values("mean", ascending=False, kind="stable")
    others = known[~known["iso"].isin(list(TOTALS))]
    shown, totals = _ends(others, most), _totals(known, others, most)
    heading = Heading(f"When {name} goes first, who gains and who pays?", _in_words(others))
    keys = side_keys(pd.concat([shown, totals[totals["iso"] != ""]])[["low", "high"]], "gains", "loses")
    fig = new_page(size, heading, provenance, keys)
    parts = [part for part in (shown, totals) if len(part)]
    if not parts:
        say(fig.subplots(), "nobody to compare")
        return fig
    heights = [ROW * len(part) + 0.6 for part in parts]
    make_room(fig, sum(heights))
    axes = np.atleast_1d(fig.subplots(len(parts), 1, height_ratios=heights))
    for ax, part in zip(axes, parts, strict=True):
        _draw(fig, ax, part)
        words = "Totals (diamond: no interval)" if part is totals else "Largest gains and losses"
        title_panel(fig, ax, words, size[0] - 1.5)
    return fig


def _in_words(others: pd.DataFrame) -> str:
    """Count winners and losers."""
    reads = "The focal partner at the first place less at the last, 95 % intervals"
    if others.empty:
        return reads
    wins, losses = int((others["low"] > 0).sum()), int((others["high"] < 0).sum())
    return f"Of {len(others)} other partners, {wins} gain and {losses} lose. {reads}"


def _ends(others: pd.DataFrame, most: int) -> pd.DataFrame:
    """The largest winners and losers of sorted rows."""
    return pd.concat([others[others["mean"] > 0].head(most), others[others["mean"] < 0].tail(most)])


def _totals(known: pd.DataFrame, others: pd.DataFrame, most: int) -> pd.DataFrame:
    """Sums: of those not drawn one by one, of all partners, and of the United States; named."""
    totals = known[known["iso"].isin(list(TOTALS))]
    totals = totals.assign(name=totals["name"].fillna(totals["iso"].map(TOTALS)))
    rest = others.drop(index=_ends(others, most).index)
    if len(rest) == 0:
        return totals
    words = f"the other {len(rest)}"
    summed = {"iso": "", "name": words, "mean": rest["mean"].sum(), "low": np.nan, "high": np.nan}
    return pd.concat([totals, pd.DataFrame([summed])], ignore_index=True)


def _draw(fig: Figure, ax: Axes, rows: pd.DataFrame) -> None:
    """Draw dots and intervals about the zero line, on a scale that fits."""
    ax.axvline(0, color=INK, linewidth=1.0, zorder=2)
    for slot, (iso, mean, low, high) in enumerate(rows[["iso", "mean", "low", "high"]].itertuples(index=False)):
        across(ax, slot, (mean, low, high), stroke=None if iso else REST, dot=5.5)
    wide = float(fig.get_size_inches()[0])
    names = rows["name"].fillna(rows["iso"]).astype(str).tolist()
    free = wide - name_rows(fig, ax, names, 0.36 * wide) - 0.4
    core = linear_core(rows["mean"].to_numpy(dtype=float))
    ax.margins(x=0.08)
    if core is None:
        space_ticks(ax, free)
    else:
        stretch(ax, core, free)
        ax.grid(axis="x")
    title_axis(fig, ax, UNIT if core is None else f"{UNIT}, logarithmic away from zero", free)
