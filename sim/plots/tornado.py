"""How far the advantage swings when one assumption moves at a time."""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D

from sim.plots.frames import require
from sim.plots.numbers import plain, signed
from sim.plots.page import Heading, Size, clipped, new_page, say, text_width, title_axis
from sim.plots.rows import ROW, make_room, name_rows, space_ticks
from sim.plots.style import GREY, INK, OKABE_ITO, Provenance, Stroke, house_style

__all__ = ["tornado"]

INTERVALS = ("at_low_low", "at_low_high", "at_high_low", "at_high_high")
COLUMNS = ("parameter", "label", "low_value", "high_value", "at_low", "at_high", *INTERVALS, "base")
LOW = Stroke(OKABE_ITO["sky"], "--", "o")
HIGH = Stroke(OKABE_ITO["blue"], "-", "D")
SETTING = FontProperties(size=7)


@house_style()
def tornado(
    swings: pd.DataFrame, provenance: Provenance, *, name: str = "the partner", size: Size = (7.2, 4.8)
) -> Figure:
    """Draw the advantage at both ends of each assumption's range, the largest swing on top.

    Parameters
    ----------
    swings : DataFrame
        `parameter`, `label` (in words; the parameter if missing); `low_value`, `high_value` (the two settings, as text
        or numbers); `at_low`, `at_high` (USD bn, present value, first place less last) and their 95 % intervals
        `at_low_low`, `at_low_high`, `at_high_low`, `at_high_high`; `base` (the same at the scenario's own settings).
    provenance : Provenance
        For the footer.
    name : str
        The focal partner's name, for the title.
    size : (float, float)
        Width and height, inches; higher if the rows need it.

    Returns
    -------
    Figure
        A bar an assumption from one end to the other, with the settings beside its ends.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(swings, COLUMNS)
    found = swings.dropna(subset=["at_low", "at_high"])
    swing = (found["at_high"] - found["at_low"]).abs()
    rows = found.loc[swing.sort_values(ascending=False, kind="stable").index]
    heading = Heading(f"How far one assumption moves what being first is worth to {name}", _in_words(rows))
    fig = new_page(size, heading, provenance, _keys(rows) if len(rows) else [])
    make_room(fig, 1.6 * ROW * len(rows))
    ax = fig.subplots()
    if rows.empty:
        say(ax, "no assumption was moved")
    else:
        _draw(fig, ax, rows)
    return fig


def _in_words(rows: pd.DataFrame) -> str:
    """Say what the bars show, and what the scenario itself gives."""
    reads = "First place less last place, each assumption at the two ends of its range, all others kept"
    if rows.empty:
        return reads
    known = np.isfinite(rows[[*INTERVALS]].to_numpy(dtype=float)).any()
    lines = "thin lines: 95 % intervals" if known else "no intervals"
    base = rows["base"].dropna()
    own = f"; the scenario's own settings: {signed(float(base.iloc[0]))} USD bn" if len(base) else ""
    return f"{reads}; {lines}{own}"


def _keys(rows: pd.DataFrame) -> list[Line2D]:
    """Legend keys for the two ends and the base."""
    ends = ((LOW, "white", "at the low end"), (HIGH, HIGH.colour, "at the high end"))
    keys = [Line2D([], [], color=INK, linestyle="", label=label, **_mark(s, face)) for s, face, label in ends]
    if rows["base"].notna().any():
        keys.append(Line2D([], [], color=GREY, linestyle="--", linewidth=1.2, label="the scenario's own settings"))
    return keys


def _mark(stroke: Stroke, face: str) -> dict[str, Any]:
    """Look of the mark at one end."""
    look: dict[str, Any] = {"marker": stroke.marker, "markerfacecolor": face, "markeredgecolor": INK}
    return {**look, "markersize": 6}


def _draw(fig: Figure, ax: Axes, rows: pd.DataFrame) -> None:
    """Draw bars, marks, intervals, the zero line and the base."""
    wide = float(fig.get_size_inches()[0])
    names = rows["label"].fillna(rows["parameter"]).astype(str)
    free = wide - name_rows(fig, ax, list(names), 0.36 * wide) - 0.4
    slots = np.arange(len(rows))
    ax.hlines(slots, rows["at_low"], rows["at_high"], color="#C9DDEA", linewidth=9, zorder=2)
    for end, shift, stroke, face in (("low", -0.13, LOW, "white"), ("high", 0.13, HIGH, HIGH.colour)):
        ends = rows[f"at_{end}_low"], rows[f"at_{end}_high"]
        ax.hlines(slots + shift, *ends, color=INK, linewidth=0.9, zorder=3)
        ax.plot(rows[f"at_{end}"], slots + shift, linestyle="", zorder=4, **_mark(stroke, face))
    ax.axvline(0, color=INK, linewidth=1.0, zorder=1)
    base = rows["base"].dropna()
    if len(base):
        ax.axvline(float(base.iloc[0]), color=GREY, linestyle="--", linewidth=1.2, zorder=1)
    title_axis(fig, ax, "USD bn, present value (right of zero: pays to be first)", free)
    _write_settings(fig, ax, rows, free)
    space_ticks(ax, free)


def _write_settings(fig: Figure, ax: Axes, rows: pd.DataFrame, free: float) -> None:
    """Write each setting beside its end of the bar, outside, and widen the axis so that both fit."""
    spans = np.array([_outer(row) for row in rows[["at_low", "at_high", *INTERVALS]].to_numpy(dtype=float)])
    rising = (rows["at_high"] >= rows["at_low"]).to_numpy(dtype=bool)
    pairs = zip(rising, rows["low_value"], rows["high_value"], strict=True)
    texts = [(_cut(fig, low, free), _cut(fig, high, free))[:: 1 if up else -1] for up, low, high in pairs]
    most = [max(text_width(fig, pair[k], SETTING) for pair in texts) + 0.12 for k in (0, 1)]
    base = rows["base"].dropna().to_numpy(dtype=float)
    low, high = min(0.0, spans[:, 0].min(), *base), max(0.0, spans[:, 1].max(), *base)
    per_inch = (high - low or 1.0) / max(free - sum(most), 0.3)
    ax.set_xlim(low - most[0] * per_inch, high + most[1] * per_inch)
    look: dict[str, Any] = {"textcoords": "offset points", "va": "center", "fontproperties": SETTING, "zorder": 5}
    for slot, (span, pair) in enumerate(zip(spans, texts, strict=True)):
        for x, text, shift, ha in zip(span, pair, (-5, 5), ("right", "left"), strict=True):
            box = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
            ax.annotate(text, (float(x), slot), (shift, 0), ha=ha, bbox=box, **look)


def _outer(row: np.ndarray) -> tuple[float, float]:
    """Both ends of everything drawn in a row."""
    return float(np.nanmin(row)), float(np.nanmax(row))


def _cut(fig: Figure, setting: object, free: float) -> str:
    """Write a setting, cut short if it would take more than a fifth of the axes; numbers with three digits."""
    if isinstance(setting, Real):
        return plain(float(setting)) if np.isfinite(float(setting)) else ""
    return clipped(fig, str(setting), SETTING, 0.22 * free) if isinstance(setting, str) else ""
