"""When partners sign: the share still without a deal, week by week."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from sim.plots.dates import date_axis
from sim.plots.deadlines import Deadline, mark_deadlines
from sim.plots.frames import places, require
from sim.plots.page import Heading, Size, new_page, say
from sim.plots.style import GREY, Provenance, Stroke, end_strokes, house_style

__all__ = ["open_share", "signing_curves", "signing_times", "waiting_axes"]

OTHERS = Stroke(GREY, "-.", "")


def signing_curves(partners: pd.DataFrame, focal: str, last: int) -> pd.DataFrame:
    """Tabulate the share of partners still without a deal at the end of each round.

    Parameters
    ----------
    partners : DataFrame
        `position`, `replication`, `iso`, `round` (weeks; NaN without a deal).
    focal : str
        Code of the focal partner.
    last : int
        The last round of the table.

    Returns
    -------
    DataFrame
        `series` ("others", "focal"), `position` (of the focal partner; 0 for "others", which pools all runs), `round`
        (-1 is the start), `share`, `low`, `high` (fractions; middle 90 % of runs for "others", NaN for "focal").
    """
    others = partners[partners["iso"] != focal]
    own = partners[partners["iso"] == focal]
    parts = [_pooled(others, last)] if len(others) else []
    parts += [
        _own(own[own["position"] == place], place, last) for place in places(own)[:: max(1, len(places(own)) - 1)]
    ]
    return pd.concat(parts, ignore_index=True)


def open_share(rounds: pd.Series, last: int) -> np.ndarray:
    """Share of `rounds` (weeks; NaN: no deal) later than each of -1, 0, ..., `last`; no deal counts as later."""
    signed = np.sort(rounds.dropna().to_numpy(dtype=float))
    return 1.0 - np.searchsorted(signed, np.arange(-1, last + 1), side="right") / max(len(rounds), 1)


def _pooled(others: pd.DataFrame, last: int) -> pd.DataFrame:
    which = others.groupby(["position", "replication"]).ngroup().to_numpy()
    signed = np.zeros((which.max() + 1, last + 2))
    done = others["round"].to_numpy(dtype=float) <= last
    np.add.at(signed, (which[done], others["round"].to_numpy(dtype=float)[done].astype(int) + 1), 1.0)
    runs = 1.0 - signed.cumsum(axis=1) / np.bincount(which)[:, None]
    low, high = np.quantile(runs, (0.05, 0.95), axis=0)
    rounds = np.arange(-1, last + 1)
    means = {"share": runs.mean(axis=0), "low": low, "high": high}
    return pd.DataFrame({"series": "others", "position": 0, "round": rounds, **means})


def _own(runs: pd.DataFrame, place: int, last: int) -> pd.DataFrame:
    share = open_share(runs["round"], last)
    rounds = np.arange(-1, last + 1)
    return pd.DataFrame(
        {"series": "focal", "position": place, "round": rounds, "share": share, "low": np.nan, "high": np.nan}
    )


@house_style()
def signing_times(
    partners: pd.DataFrame,
    deadlines: Sequence[Deadline],
    provenance: Provenance,
    focal: str,
    *,
    name: str | None = None,
    size: Size = (7.2, 4.6),
) -> Figure:
    """Plot how long partners stay without a deal, and the focal partner at its first and last place.

    Parameters
    ----------
    partners : DataFrame
        One row per place of the focal partner, twin and partner: `position`, `replication`, `iso`, `deal` (bool),
        `round` (weeks since 14 April 2025; NaN without a deal).
    deadlines : sequence of (round, label)
        Dated events to mark.
    provenance : Provenance
        For the footer.
    focal : str
        Code of the focal partner.
    name : str, optional
        Its name; the code if left out.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        Steps: the mean share of the other partners with the middle 90 % of runs, and the focal partner's share of runs.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(partners, ("position", "replication", "iso", "deal", "round"))
    signed = partners["round"].max()
    last = int(np.ceil(max([0.0 if np.isnan(signed) else signed, *(when for when, _ in deadlines)]))) + 2
    curves = signing_curves(partners, focal, last) if len(partners) else pd.DataFrame()
    runs = len(partners[["position", "replication"]].drop_duplicates())
    subtitle = f"Share without a deal at the end of each week, {runs} {'run' if runs == 1 else 'runs'}"
    heading = Heading(f"How long {name or focal} and the others wait for a deal", subtitle)
    fig = new_page(size, heading, provenance, _keys(curves, name or focal, runs) if partners["deal"].any() else [])
    ax = fig.subplots()
    if partners["deal"].any():
        _draw(ax, curves, last, size[0])
        mark_deadlines(fig, ax, deadlines)
    else:
        say(ax, "no deal in any run" if len(partners) else "no runs")
    return fig


def _series(curves: pd.DataFrame) -> list[tuple[pd.DataFrame, Stroke, int]]:
    """Take the curves apart: rows, stroke, and place (0 for the others)."""
    if curves.empty:
        return []
    strokes = {0: OTHERS} | end_strokes(places(curves[curves["series"] == "focal"]))
    parts = [curves[curves["position"] == place] for place in places(curves)]
    return [(part, strokes[int(part["position"].iloc[0])], int(part["position"].iloc[0])) for part in parts]


def _keys(curves: pd.DataFrame, name: str, runs: int) -> list[Artist]:
    keys: list[Artist] = []
    for _, stroke, place in _series(curves):
        label = f"place {place}: {name}, share of runs" if place else "other partners: mean share"
        keys.append(Line2D([], [], color=stroke.colour, linestyle=stroke.dash, label=label))
        if not place and runs > 1:
            keys.append(Patch(color=GREY, alpha=0.2, linewidth=0, label="other partners: middle 90 % of runs"))
    return keys


def _draw(ax: Axes, curves: pd.DataFrame, last: int, width: float) -> None:
    for part, stroke, place in _series(curves):
        x = np.maximum(part["round"], 0)
        ax.step(x, part["share"], where="post", color=stroke.colour, linestyle=stroke.dash, zorder=3)
        if not place:
            ax.fill_between(x, part["low"], part["high"], step="post", color=GREY, alpha=0.2, linewidth=0)
    waiting_axes(ax, last, width)


def waiting_axes(ax: Axes, last: float, width: float) -> None:
    """Set the axes of a share still without a deal over weeks 0 to `last`, on a page `width` inches wide."""
    ax.set_xlim(0, last)
    ax.set_ylim(0, 1.03)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    ax.set_ylabel("Still without a deal")
    ax.set_xlabel("Week of the talks and date of its Monday")
    date_axis(ax.xaxis, last, int((width - 1) / 0.55))
    ax.grid(axis="y")
