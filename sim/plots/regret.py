"""How robust a choice is: what it may lose against the best option of each world."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.plots.frames import require
from sim.plots.numbers import per_cent, plain
from sim.plots.page import Heading, Size, new_page, say, title_panel
from sim.plots.rows import ROW, make_room, name_rows, space_ticks
from sim.plots.style import INK, OKABE_ITO, Provenance, Stroke, house_style

__all__ = ["regret_bars"]

MARKS = {
    "mean": Stroke(OKABE_ITO["blue"], "-", "o"),
    "p90": Stroke(OKABE_ITO["orange"], "-", "^"),
    "worst": Stroke(OKABE_ITO["vermillion"], "-", "s"),
}
WORDS = {"mean": "mean over worlds", "p90": "exceeded in one world of ten", "worst": "worst world"}
COLUMNS = ("option", *MARKS, "best_share")


@house_style()
def regret_bars(
    regret: pd.DataFrame, provenance: Provenance, *, name: str = "the partner", size: Size = (7.2, 3.8)
) -> Figure:
    """Draw the regret of each option, and how often it is the best one.

    Parameters
    ----------
    regret : DataFrame
        `option` (in words); `mean`, `p90`, `worst` (USD bn, present value, at least 0: what the best option of the same
        world would have given more); `best_share` (fraction of worlds in which the option is the best).
    provenance : Provenance
        For the footer.
    name : str
        Who chooses, for the title.
    size : (float, float)
        Width and height, inches; higher if the rows need it.

    Returns
    -------
    Figure
        A row an option, the smallest maximal regret on top and starred; shares to the right.

    Raises
    ------
    ValueError
        If a column is missing.

    References
    ----------
    Savage (1951), Journal of the American Statistical Association 46: minimax regret.
    """
    require(regret, COLUMNS)
    rows = regret.dropna(subset=["worst"]).sort_values(["worst", "mean"], kind="stable")
    heading = Heading(f"Which choice would {name} regret least?", _in_words(rows))
    fig = new_page(size, heading, provenance, _keys() if len(rows) else [])
    make_room(fig, 1.4 * ROW * len(rows) + 0.6)
    if rows.empty:
        say(fig.subplots(), "no option to compare")
    else:
        _draw(fig, rows)
    return fig


def _in_words(rows: pd.DataFrame) -> str:
    """Name the option whose worst case is least bad."""
    reads = "Regret: what the best option of the same world would have given more"
    if rows.empty:
        return reads
    least = rows.iloc[0]
    best = list(rows.loc[rows["worst"] == least["worst"], "option"].astype(str))
    named = best[0] if len(best) == 1 else f"{len(best)} options"
    return f"{reads}. Smallest worst regret: {named}, {plain(least['worst'])} USD bn in present value"


def _keys() -> list[Line2D]:
    """Legend keys for the three regrets and the star."""
    look: dict[str, Any] = {"linestyle": "", "markeredgecolor": INK, "markersize": 6.5}
    keys = [Line2D([], [], color=s.colour, marker=s.marker, label=WORDS[part], **look) for part, s in MARKS.items()]
    star: dict[str, Any] = {**look, "markersize": 11}
    return [*keys, Line2D([], [], color=OKABE_ITO["yellow"], marker="*", label="smallest worst regret", **star)]


def _draw(fig: Figure, rows: pd.DataFrame) -> None:
    """Draw regrets to the left and shares to the right."""
    wide = float(fig.get_size_inches()[0])
    left, right = fig.subplots(1, 2, sharey=True, width_ratios=(2.6, 1))
    free = wide - name_rows(fig, left, [str(option) for option in rows["option"]], 0.34 * wide) - 0.5
    right.tick_params(axis="y", length=0)
    right.spines["left"].set_visible(False)
    _draw_regrets(left, rows)
    title_panel(fig, left, "Regret, USD bn, present value", 0.7 * free)
    space_ticks(left, 0.7 * free)
    _draw_shares(right, rows)
    title_panel(fig, right, "Best in (share of worlds)", 0.26 * free)


def _draw_regrets(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw a line from nothing to the worst regret with its marks; star the smallest."""
    slots = np.arange(len(rows))
    ax.hlines(slots, 0, rows["worst"], color="#B5B5B5", linewidth=1.4, zorder=2)
    for part, stroke in MARKS.items():
        look: dict[str, Any] = {"color": stroke.colour, "markeredgecolor": INK, "markersize": 7}
        ax.plot(rows[part], slots, stroke.marker, linestyle="", zorder=4, **look)
    least = rows["worst"].to_numpy(dtype=float) == rows["worst"].min()
    star: dict[str, Any] = {"color": OKABE_ITO["yellow"], "markeredgecolor": INK, "markersize": 13}
    for slot in slots[least]:
        ax.axhspan(slot - 0.45, slot + 0.45, color=OKABE_ITO["yellow"], alpha=0.18, linewidth=0, zorder=0)
    room = 0.08 * (float(rows["worst"].max()) or 1.0)
    ax.plot(rows["worst"][least] + room, slots[least], "*", linestyle="", zorder=5, **star)
    ax.axvline(0, color=INK, linewidth=1.0)
    ax.set_xlim(-0.3 * room, float(rows["worst"].max()) + 2 * room)


def _draw_shares(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw in how many worlds each option is the best."""
    ax.barh(np.arange(len(rows)), rows["best_share"], 0.5, color="#8C8C8C", edgecolor=INK, linewidth=0.6)
    for slot, share in enumerate(rows["best_share"].to_numpy(dtype=float)):
        if np.isfinite(share):
            ax.annotate(per_cent(share), (share, slot), (3, 0), textcoords="offset points", va="center", size=7)
    most = float(np.nanmax([*rows["best_share"], 0.0])) or 1.0
    ax.set_xlim(0, 1.6 * most)
    ax.set_xticks([])
