"""Who wins and who loses from a set of duties: bars in USD bn and in per cent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim import __version__
from sim.plots.frames import require
from sim.plots.page import Heading, Size, grow, new_page
from sim.plots.style import GREY, INK, OKABE_ITO, house_style

__all__ = ["winners_and_losers"]

COLUMNS = ("iso", "name", "gain", "welfare")
ENDS = 9
"""Winners and losers shown, besides the United States."""
ROW = 0.2
"""Height of a bar with its gap, inches."""
WIN, LOSE = OKABE_ITO["blue"], OKABE_ITO["vermillion"]


@house_style()
def winners_and_losers(
    table: pd.DataFrame, case: str, *, also: Sequence[str] = (), size: Size = (7.2, 2.0), ends: int = ENDS
) -> tuple[Figure, pd.DataFrame]:
    """Draw the largest winners and losers of some duties.

    Parameters
    ----------
    table : DataFrame
        `iso`, `name`, `gain` (USD bn a year), `welfare` (per cent); a row per economy.
    case : str
        What was assumed, in words.
    also : sequence of str
        Codes of economies to show in any case.
    size : (float, float)
        Width and height without the bars, inches.
    ends : int
        How many winners and losers besides the United States.

    Returns
    -------
    Figure
        Two panels with the same economies, largest gain first.
    DataFrame
        What is drawn.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(table, COLUMNS)
    rows = _chosen(table, {"USA", *also}, ends)
    others = table.loc[table["iso"] != "USA", "gain"]
    heading = Heading(_title(table), f"{case}. {len(others)} others together: {_number(others.sum())} USD bn a year")
    keys = [Patch(color=WIN, label="gains"), Patch(color=LOSE, label="loses", hatch="///", fill=False)]
    fig = new_page(
        size, heading, f"First Mover {__version__} · trade model, shipped table, {len(table)} economies and blocs", keys
    )
    grow(fig, ROW * len(rows))
    left, right = fig.subplots(1, 2, sharey=True)
    labels = ["United States" if iso == "USA" else name for iso, name in zip(rows["iso"], rows["name"], strict=True)]
    _bars(left, rows["gain"].to_numpy(float), "Welfare gain, USD bn a year")
    _bars(right, rows["welfare"].to_numpy(float), "Welfare, change in per cent")
    left.set_yticks(range(len(rows)), labels)
    left.set_ylim(len(rows) - 0.4, -0.6)
    left.tick_params(axis="y", length=0)
    right.tick_params(axis="y", length=0)
    return fig, rows


def _chosen(table: pd.DataFrame, also: set[str], ends: int) -> pd.DataFrame:
    """Take both ends of the partners, and some more."""
    rows = table.sort_values("gain", ascending=False)
    others = rows.loc[rows["iso"] != "USA", "iso"]
    kept = {*also, *others.head(ends), *others.tail(ends)}
    return rows.loc[rows["iso"].isin(kept)].reset_index(drop=True)


def _title(table: pd.DataFrame) -> str:
    gain = float(table.loc[table["iso"] == "USA", "gain"].iloc[0])
    verb = "gain" if gain > 0 else "lose"
    winners = int((table.loc[table["iso"] != "USA", "gain"] > 0).sum())
    return f"The United States {verb} {abs(gain):,.0f} USD bn a year; {winners} of the others gain too"


def _bars(ax: Axes, values: np.ndarray, title: str) -> None:
    """Draw bars to both sides of zero, each with its number at its end."""
    for k, value in enumerate(values):
        won = value > 0
        look: dict[str, Any] = {"color": WIN} if won else {"facecolor": "white", "edgecolor": LOSE, "hatch": "/////"}
        ax.barh(k, value, height=0.72, linewidth=0.8, **look)
        ax.annotate(
            _number(value), (value, k), xytext=(3 if won else -3, 0), textcoords="offset points",
            ha="left" if won else "right", va="center", fontsize=7, color=INK,
        )  # fmt: skip
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    room = 0.17 * (high - low or 1.0)
    ax.set_xlim(low - (room if low < 0 else 0.02 * room), high + (room if high > 0 else 0.02 * room))
    ax.axvline(0, color=GREY, linewidth=0.8)
    ax.set_title(title)
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)


def _number(value: float) -> str:
    """Write a number with its sign and a true minus, three digits at most."""
    size = abs(value)
    digits = 0 if size >= 100 else 1 if size >= 10 else 2
    return f"{value:+.{digits}f}".replace("-", "−")
