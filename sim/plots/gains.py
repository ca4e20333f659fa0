"""Who gains from being early? Every partner's advantage, side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.plots.frames import require
from sim.plots.intervals import across, side_keys
from sim.plots.page import Heading, Size, new_page, say, title_axis
from sim.plots.rows import make_room, name_rows, space_ticks
from sim.plots.strokes import group_strokes
from sim.plots.style import GREY, INK, OKABE_ITO, Provenance, Stroke, house_style
from sim.plots.wide_scale import linear_core, stretch

__all__ = ["partner_gains"]

COLUMNS = ("iso", "name", "mean", "low", "high")
ROW = 0.155
"""Height of a row, inches."""
WIDEST = 0.42
"""Share of the page that names may take."""
DOT = 4.5
"""Size of a dot, points."""
LABEL = 7.0
"""Type size of a name, points."""
NO_GROUP = Stroke(GREY, "-", "o")
UNIT = "USD bn, present value"


@house_style()
def partner_gains(
    gains: pd.DataFrame,
    provenance: Provenance,
    *,
    highlight: Collection[str] = (),
    unit: str = UNIT,
    size: Size = (7.2, 3.0),
) -> Figure:
    """Draw what being first rather than last is worth to every partner, largest gain on top, with 95 % intervals.

    The axis is logarithmic on both sides of zero, which is then in its middle, when the largest gain or loss is more
    than 20 times the median one, see :func:`sim.plots.wide_scale.linear_core`; else it is straight.

    Parameters
    ----------
    gains : DataFrame
        A row per partner: `iso`, `name`; `mean`, `low`, `high` (in `unit`, 95 % interval); optionally `group`, whose
        members share a colour and a marker.
    provenance : Provenance
        For the footer.
    highlight : collection of str
        Codes of partners to set in bold on a grey band.
    unit : str
        Unit of the numbers.
    size : (float, float)
        Width and height, inches; the page gets higher if the rows need it.

    Returns
    -------
    Figure
        A dot and its interval a partner; the dot is open where the interval covers zero.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(gains, COLUMNS)
    rows = gains.dropna(subset=["mean"]).sort_values("mean", ascending=False, kind="stable").reset_index(drop=True)
    fig = new_page(size, Heading("Who gains from being first in the queue?", _in_words(rows)), provenance, _keys(rows))
    ax = fig.subplots()
    if rows.empty:
        say(ax, "no partner to compare")
        return fig
    make_room(fig, ROW * len(rows) + 0.7)
    chosen = [k for k, iso in enumerate(rows["iso"]) if iso in set(highlight)]
    _draw(ax, rows, chosen)
    names = rows["name"].fillna(rows["iso"]).astype(str).tolist()
    width = size[0] - 0.4 - name_rows(fig, ax, names, WIDEST * size[0])
    ax.tick_params(axis="y", labelsize=LABEL)
    for k in chosen:
        ax.get_yticklabels()[k].set_fontweight("bold")
    _finish(fig, ax, linear_core(rows["mean"].to_numpy(dtype=float)), (unit, width))
    return fig


def _in_words(rows: pd.DataFrame) -> str:
    """Count who gains and who loses."""
    wins, losses = int((rows["low"] > 0).sum()), int((rows["high"] < 0).sum())
    reads = "First place less last place, 95 % intervals; open dots are not told apart from zero"
    count = f"{len(rows)} partner" if len(rows) == 1 else f"{len(rows)} partners"
    return f"Of {count}, {wins} would gain and {losses} would lose. {reads}" if len(rows) else reads


def _grouped(rows: pd.DataFrame) -> dict[str, Stroke]:
    """Strokes of the groups, if there are any."""
    names = sorted(rows["group"].dropna().astype(str).unique()) if "group" in rows.columns else []
    return dict(zip(names, group_strokes(len(names)), strict=True))


def _keys(rows: pd.DataFrame) -> list[Line2D]:
    """Legend keys: groups, or what intervals say."""
    groups = _grouped(rows)
    if not groups:
        return side_keys(rows[["low", "high"]], "gains from being first", "loses from being first")
    return [Line2D([], [], color=s.colour, marker=s.marker, markersize=5, label=name) for name, s in groups.items()]


def _draw(ax: Axes, rows: pd.DataFrame, chosen: Sequence[int]) -> None:
    """Draw the rows, a band behind the chosen ones, and lines that guide the eye from every fifth name."""
    for slot in chosen:
        ax.axhspan(slot - 0.5, slot + 0.5, color=OKABE_ITO["yellow"], alpha=0.35, linewidth=0, zorder=0)
    guides: dict[str, Any] = {"color": "#E3E3E3", "linewidth": 0.6, "zorder": 0}
    for slot in range(4, len(rows) - 1, 5):
        ax.axhline(slot, **guides)
    ax.axvline(0, color=INK, linewidth=1.0, zorder=2)
    groups = _grouped(rows)
    kinds = [groups.get(str(name), NO_GROUP) for name in rows["group"]] if groups else [None] * len(rows)
    for slot, (interval, stroke) in enumerate(zip(rows[["mean", "low", "high"]].to_numpy(float), kinds, strict=True)):
        mean, low, high = interval
        across(ax, slot, (mean, low, high), stroke=stroke, dot=DOT)
    ax.margins(x=0.05)


def _finish(fig: Figure, ax: Axes, core: float | None, axis: tuple[str, float]) -> None:
    """Choose the scale and say what its sides mean, on an axis of a unit and a width (inches)."""
    unit, width = axis
    scale = "" if core is None else ", logarithmic away from zero"
    title_axis(fig, ax, f"{unit}{scale} (right: pays to be first; left: pays to be last)", width)
    if core is None:
        space_ticks(ax, width)
    else:
        stretch(ax, core, width)
        ax.grid(axis="x")
