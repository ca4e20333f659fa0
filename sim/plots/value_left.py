"""What was left on the table: both sides' gain from moving from the deal to a better one, issue by issue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Patch

from sim.plots.frames import require
from sim.plots.numbers import signed
from sim.plots.page import Heading, Size, clipped, new_page, say, title_axis
from sim.plots.rows import make_room, name_rows, space_ticks
from sim.plots.style import INK, OKABE_ITO, Provenance, house_style

__all__ = ["value_left"]

COLUMNS = ("issue", "signed", "better", "own", "us")
LOOKS: dict[str, dict[str, Any]] = {
    "own": {"facecolor": OKABE_ITO["blue"], "hatch": ""},
    "us": {"facecolor": "white", "hatch": "/////"},
}
EDGE: dict[str, Any] = {"edgecolor": INK, "linewidth": 0.8}
ROW = 0.46
"""Height of a row of two bars, inches."""
BAR = 0.32
"""Height of a bar; rows are 1 apart."""
TOTAL = "Together"


@house_style()
def value_left(
    rows: pd.DataFrame, provenance: Provenance, *, name: str = "the partner", size: Size = (7.2, 4.4)
) -> Figure:
    """Draw what both sides would have gained by moving from the deal, or none, to a better one, issue by issue.

    Parameters
    ----------
    rows : DataFrame
        A row an issue: `issue` (in words); `signed`, `better` (levels in words, such as "15 %"); `own`, `us` (USD bn,
        present value, that the partner and the United States gain by the move; negative if they lose).
    provenance : Provenance
        For the footer.
    name : str
        Who talked to the United States, as in "you" or "Japan".
    size : (float, float)
        Width and height, inches; higher if the rows need it.

    Returns
    -------
    Figure
        Two bars an issue, and two for all together on a band at the foot.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(rows, COLUMNS)
    known = rows.dropna(subset=["issue", "own", "us"]).reset_index(drop=True)
    fig = new_page(size, Heading("What was left on the table?", _in_words(known, name)), provenance, _keys(known, name))
    ax = fig.subplots()
    if known.empty:
        say(ax, "nothing was signed, or nothing better could be had")
        return fig
    make_room(fig, ROW * (len(known) + 1) + 0.6)
    bars = pd.concat([known[["own", "us"]], known[["own", "us"]].sum().to_frame().T], ignore_index=True)
    wide = size[0]
    taken = _name(fig, ax, known, 0.44 * wide)
    _draw(ax, bars)
    _finish(fig, ax, bars, wide - taken - 0.4)
    return fig


def _name(fig: Figure, ax: Axes, rows: pd.DataFrame, most: float) -> float:
    """Name each row by its issue and, on a second line, the move; return the width that takes, inches."""
    issues = [issue[:1].upper() + issue[1:] for issue in rows["issue"].astype(str)]
    moves = [_move(row) for _, row in rows.iterrows()]
    wide = [name_rows(fig, ax, [*names, TOTAL], most) for names in (moves, issues)]
    font = FontProperties(size=8)
    pairs = zip(issues, moves, strict=True)
    ax.set_yticklabels(["\n".join(clipped(fig, line, font, most) for line in pair) for pair in pairs] + [TOTAL])
    return max(wide)


def _move(row: pd.Series) -> str:
    """Say from what to what an issue moves."""
    return f"{row['signed']} → {row['better']}" if row["signed"] != row["better"] else f"{row['signed']}, as signed"


def _in_words(rows: pd.DataFrame, name: str) -> str:
    """Say what both sides together left."""
    reads = "Gain from moving from what was signed to a better deal, USD bn in present value"
    if rows.empty:
        return reads
    own, us = float(rows["own"].sum()), float(rows["us"].sum())
    return f"{reads}. Together {_worth(own)} for {name}, {_worth(us)} for the United States, {_worth(own + us)} in all"


def _worth(value: float) -> str:
    """Write a gain; what rounds to nothing is nothing."""
    return signed(value) if abs(value) >= 5e-4 else "0"


def _keys(rows: pd.DataFrame, name: str) -> list[Patch]:
    """Legend keys for the two sides."""
    labels: Sequence[str] = (name, "the United States")
    return [Patch(label=label, **look, **EDGE) for label, look in zip(labels, LOOKS.values(), strict=True)] * bool(
        len(rows)
    )


def _draw(ax: Axes, bars: pd.DataFrame) -> None:
    """Draw the pairs of bars, the last of them on a band."""
    slots = np.arange(len(bars))
    for shift, (side, look) in zip((-BAR / 2, BAR / 2), LOOKS.items(), strict=True):
        ax.barh(slots + shift, bars[side], BAR, zorder=3, **look, **EDGE)
        for slot, worth in zip(slots, bars[side].to_numpy(dtype=float), strict=True):
            ends: dict[str, Any] = {"ha": "right" if worth < 0 else "left", "va": "center_baseline", "fontsize": 7}
            way = (-3 if worth < 0 else 3, 0)
            ax.annotate(_worth(worth), (worth, slot + shift), way, textcoords="offset points", zorder=5, **ends)
    ax.axhspan(len(bars) - 1.5, len(bars) - 0.5, color="#EDEDED", linewidth=0, zorder=0)
    ax.axvline(0, color=INK, linewidth=1.0, zorder=4)


def _finish(fig: Figure, ax: Axes, bars: pd.DataFrame, width: float) -> None:
    """Keep room for the numbers beside the bars, and name the axis, `width` inches wide."""
    low, high = min(float(bars.min().min()), 0.0), max(float(bars.max().max()), 0.0)
    room = 0.42 / max(width, 1.2) * ((high - low) or 1.0)
    ax.set_xlim(low - 1.4 * room * (low < 0), high + 1.4 * room)
    ax.get_yticklabels()[-1].set_fontweight("bold")
    title_axis(fig, ax, "USD bn, present value (right: gains; left: loses)", width)
    space_ticks(ax, width)
