"""What each veto player at home would let pass, and who binds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from sim.plots.frames import require
from sim.plots.page import Heading, Size, new_page, say
from sim.plots.panels import issue_name, issues_in, panels
from sim.plots.rows import name_rows
from sim.plots.style import GREY, INK, OKABE_ITO, Provenance, house_style

__all__ = ["binding_players", "win_sets"]

COLUMNS = ("player", "issue", "low", "high", "season", "deal")
LOOKS: tuple[dict[str, Any], ...] = (
    {"facecolor": OKABE_ITO["sky"], "hatch": ""},
    {"facecolor": "white", "hatch": "/////"},
    {"facecolor": "#8C8C8C", "hatch": "...."},
)
ROW = 0.19
"""Height of a player's row, inches."""


def binding_players(sets: pd.DataFrame) -> pd.DataFrame:
    """Find the veto players that bind: those who set an end of what all let pass.

    Parameters
    ----------
    sets : DataFrame
        `player`, `issue`, `season`, `low`, `high` (fractions of the issue's range; NaN if nothing would pass).

    Returns
    -------
    DataFrame
        By issue and season: the rows of players who let nothing pass (`end` "none"); without any, of those whose upper
        end is the lowest below 1 (`end` "high") or whose lower end is the highest above 0 (`end` "low").
    """
    groups = sets.groupby(["issue", "season"], sort=False)
    none = sets[["low", "high"]].isna().any(axis=1)
    some = ~none.groupby([sets["issue"], sets["season"]]).transform("any")
    ends = {
        "none": none,
        "high": some & (sets["high"] == groups["high"].transform("min")) & (sets["high"] < 1),
        "low": some & (sets["low"] == groups["low"].transform("max")) & (sets["low"] > 0),
    }
    return pd.concat([sets[which].assign(end=end) for end, which in ends.items()], ignore_index=True)


@house_style()
def win_sets(
    sets: pd.DataFrame, provenance: Provenance, *, title: str = "What would pass at home?", size: Size = (7.2, 5.2)
) -> Figure:
    """Draw every veto player's win-set, a panel an issue and a row a player.

    Parameters
    ----------
    sets : DataFrame
        `player`, `issue` (keys); `low`, `high` (fractions of the issue's range the player would let pass; NaN if
        nothing); `season` (in words, such as "now"; at most three are told apart); `deal` (fraction of the range in
        the deal, the same for all rows of an issue; NaN without a deal).
    provenance : Provenance
        For the footer.
    title : str
        Title of the figure.
    size : (float, float)
        Width and height, inches; higher if the rows need it.

    Returns
    -------
    Figure
        A bar a season; the ends set by the players who bind are heavy and their names are pointed at.

    Raises
    ------
    ValueError
        If a column is missing.

    References
    ----------
    Putnam (1988), International Organization 42; Tsebelis (2002), Veto Players.
    """
    require(sets, COLUMNS)
    rows = sets.dropna(subset=["player", "issue", "season"])
    seasons = list(dict.fromkeys(rows["season"].astype(str)))[: len(LOOKS)]
    fig = new_page(size, Heading(title, _in_words(rows)), provenance, _keys(rows, seasons))
    if rows.empty:
        say(fig.subplots(), "no veto player")
        return fig
    issues, players = issues_in(rows), list(dict.fromkeys(rows["player"].astype(str)))
    names = [player.replace("_", " ") for player in players]
    wide = (3.2, ROW * len(seasons) * len(players) * 0.7 + 0.55)
    for (ax, left, _), issue in zip(panels(fig, [issue_name(i) for i in issues], wide), issues, strict=True):
        if left:
            name_rows(fig, ax, names, 0.3 * size[0])
        _draw(ax, rows[rows["issue"] == issue], players, seasons)
    return fig


def _in_words(rows: pd.DataFrame) -> str:
    """Say how to read the bars."""
    reads = "Bars: share of each issue's range that a player would let pass, per cent"
    if rows.empty:
        return reads
    return f"{reads}; who binds sets the end of what all let pass{'' if rows['deal'].notna().any() else '; no deal'}"


def _keys(rows: pd.DataFrame, seasons: list[str]) -> list[Artist]:
    """Legend keys for what is drawn."""
    keys: list[Artist] = [
        Patch(edgecolor=GREY, linewidth=0.8, label=season, **look) for season, look in zip(seasons, LOOKS, strict=False)
    ]
    ends = set(binding_players(rows)["end"]) if len(rows) else set()
    if ends & {"low", "high"}:
        keys.append(Line2D([], [], linestyle="", label="binds", **_end("high")))
    if "none" in ends:
        keys.append(Line2D([], [], linestyle="", label="lets nothing pass", **_end("none")))
    if rows["deal"].notna().any():
        keys.append(Line2D([], [], color=OKABE_ITO["vermillion"], linestyle="-.", linewidth=1.8, label="the deal"))
    return keys


def _end(end: str) -> dict[str, Any]:
    """Mark of a player who binds: a wedge against the end, or a cross if nothing passes."""
    return {"color": INK, "marker": {"high": "<", "low": ">", "none": "x"}[end], "markersize": 6}


def _draw(ax: Axes, rows: pd.DataFrame, players: list[str], seasons: list[str]) -> None:
    """Draw the bars of one issue, the ends that bind, and the deal."""
    pitch = 0.76 / len(seasons)
    shifts = {season: (k - (len(seasons) - 1) / 2) * pitch for k, season in enumerate(seasons)}
    shown = rows[rows["season"].isin(seasons)]
    slots = shown["player"].map({player: k for k, player in enumerate(players)}) + shown["season"].map(shifts)
    for season, look in zip(seasons, LOOKS, strict=False):
        own = shown[shown["season"] == season]
        wide = own["high"] - own["low"]
        ax.barh(slots[own.index], wide, 0.85 * pitch, own["low"], edgecolor=GREY, linewidth=0.8, zorder=2, **look)
    binding = binding_players(shown.assign(slot=slots))
    for end, slot, low, high in binding[["end", "slot", "low", "high"]].itertuples(index=False):
        x, shift = {"high": (high, 0.03), "low": (low, -0.03), "none": (0.03, 0.0)}[end]
        ax.plot([x + shift], [slot], zorder=5, linestyle="", clip_on=False, **_end(end))
        if end != "none":
            ax.vlines(x, slot - pitch / 2, slot + pitch / 2, color=INK, linewidth=2.2, zorder=4)
    for deal in sorted(set(rows["deal"].dropna())):
        ax.axvline(deal, color=OKABE_ITO["vermillion"], linestyle="-.", linewidth=1.8, zorder=3)
    ax.set_xlim(-0.04, 1.06)
    ax.set_xticks(np.linspace(0, 1, 3))
    ax.xaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
