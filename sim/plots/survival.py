"""Who waits longest? The share of each group of partners still without a deal, week by week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from sim.plots.deadlines import Deadline, mark_deadlines
from sim.plots.frames import require
from sim.plots.numbers import per_cent
from sim.plots.page import Heading, Size, new_page, say
from sim.plots.signing import open_share, waiting_axes
from sim.plots.strokes import group_strokes, look_of
from sim.plots.style import GREY, Provenance, Stroke, house_style

__all__ = ["survival_curves", "talks_survival"]

COLUMNS = ("group", "round", "share", "low", "high")
RESAMPLES = 1000
"""Samples of the replications that the band is read from."""


def survival_curves(
    partners: pd.DataFrame, groups: Mapping[str, Sequence[str]] | pd.Series, last_round: int
) -> pd.DataFrame:
    """Tabulate the share of each group still without a deal at the end of each round.

    Everybody is watched to the end, so the Kaplan-Meier curve is the plain share. Partners in the same replication
    share its luck; the band is a bootstrap over replications, not over partners, and always draws the same samples.

    Parameters
    ----------
    partners : DataFrame
        `position`, `replication`, `iso`, `deal` (bool), `round` (weeks; NaN without a deal).
    groups : mapping or Series
        Codes by name of the group, or name of the group by code; a partner in no group is left out.
    last_round : int
        The last round of the table.

    Returns
    -------
    DataFrame
        `group`, `round` (-1 is the start), `share`, `low`, `high` (fractions; 95 % band, NaN with one replication);
        groups in the order given, those without a partner left out.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(partners, ("position", "replication", "iso", "deal", "round"))
    members = (
        groups
        if isinstance(groups, Mapping)
        else {str(g): list(s.index) for g, s in groups.groupby(groups, sort=False)}
    )
    signed = partners.assign(round=partners["round"].where(partners["deal"].astype(bool)))
    tables = [pd.DataFrame(columns=list(COLUMNS))]
    for name, isos in members.items():
        own = signed[signed["iso"].isin(list(isos))]
        if len(own):
            tables.append(_curve(own, last_round).assign(group=name))
    return pd.concat(tables[1:] or tables, ignore_index=True)[list(COLUMNS)]


def _curve(own: pd.DataFrame, last: int) -> pd.DataFrame:
    """Share without a deal of one group by round, with its band over replications."""
    runs = [run["round"] for _, run in own.groupby("replication")]
    counts = np.array([len(run) for run in runs], dtype=float)
    waiting = np.array([open_share(run, last) for run in runs]) * counts[:, None]
    low, high = _band(waiting, counts)
    share = waiting.sum(axis=0) / counts.sum()
    return pd.DataFrame({"round": np.arange(-1, last + 1), "share": share, "low": low, "high": high})


def _band(waiting: NDArray[np.float64], counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Middle 95 % of the share over resampled replications, two rows: low and high."""
    number = len(counts)
    if number < 2:
        return np.full((2, waiting.shape[1]), np.nan)
    draws = np.random.default_rng(0).multinomial(number, np.full(number, 1 / number), RESAMPLES)
    shares = (draws @ waiting) / (draws @ counts)[:, None]
    band: NDArray[np.float64] = np.quantile(shares, (0.025, 0.975), axis=0)
    return band


@house_style()
def talks_survival(
    survival: pd.DataFrame,
    provenance: Provenance,
    *,
    name: str = "Partners",
    deadlines: Sequence[Deadline] = (),
    size: Size = (7.2, 4.6),
) -> Figure:
    """Plot the share of each group still without a deal by week.

    Parameters
    ----------
    survival : DataFrame
        From :func:`survival_curves`: `group`, `round` (weeks since 14 April 2025; -1 is the start), `share`, `low`,
        `high` (fractions; 95 % band, NaN if there is none).
    provenance : Provenance
        For the footer.
    name : str
        Who waits, for the title.
    deadlines : sequence of (round, label)
        Dated events to mark.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        Steps, one line a group, in the order of the frame, with a band.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(survival, COLUMNS)
    curves = _by_group(survival)
    fig = new_page(
        size, Heading(f"{name} without a deal: who waits longest?", _in_words(curves)), provenance, _keys(curves)
    )
    ax = fig.subplots()
    if not curves:
        say(ax, "no runs")
        return fig
    _draw(ax, curves)
    waiting_axes(ax, max(1.0, *(float(curve["round"].max()) for curve, _ in curves)), size[0])
    mark_deadlines(fig, ax, deadlines)
    if all((curve["share"] == 1.0).all() for curve, _ in curves):
        ax.text(0.5, 0.5, "no deal in any run", transform=ax.transAxes, ha="center", color=GREY, style="italic")
    return fig


def _by_group(survival: pd.DataFrame) -> list[tuple[pd.DataFrame, Stroke]]:
    """Take the curves apart, in the order in which groups appear, each with its stroke."""
    known = survival.dropna(subset=["group", "round", "share"])
    parts = [curve.sort_values("round") for _, curve in known.groupby("group", sort=False)]
    return list(zip(parts, group_strokes(len(parts)), strict=True))


def _has_band(curve: pd.DataFrame) -> bool:
    """Tell whether a curve has a band anywhere."""
    return bool(curve[["low", "high"]].notna().all(axis=1).any())


def _in_words(curves: list[tuple[pd.DataFrame, Stroke]]) -> str:
    """Say what is drawn, and with what uncertainty."""
    reads = "Share of partners and runs without a deal at the end of each week"
    return f"{reads}; bands are 95 %" if any(_has_band(curve) for curve, _ in curves) else reads


def _keys(curves: list[tuple[pd.DataFrame, Stroke]]) -> list[Artist]:
    """A key for each group, with the share that never gets a deal."""
    keys: list[Artist] = []
    for curve, look in curves:
        label = f"{curve['group'].iloc[0]}: {per_cent(float(curve['share'].iloc[-1]))} at the end"
        keys.append(Line2D([], [], markersize=4.5, label=label, **look_of(look)))
    if any(_has_band(curve) for curve, _ in curves):
        keys.append(Patch(color=GREY, alpha=0.25, linewidth=0, label="95 % band"))
    return keys


def _draw(ax: Axes, curves: list[tuple[pd.DataFrame, Stroke]]) -> None:
    """Draw steps and bands; markers stand at other weeks for each group, so that none hides another."""
    for k, (curve, look) in enumerate(curves):
        x = np.maximum(curve["round"].to_numpy(dtype=float), 0)
        gap = max(1, len(x) // 6)
        marks = slice(min(1 + k * gap // len(curves), len(x) - 1), None, gap)
        ax.step(x, curve["share"], where="post", markevery=marks, markersize=4.5, zorder=3, **look_of(look))
        if _has_band(curve):
            ax.fill_between(x, curve["low"], curve["high"], step="post", color=look.colour, alpha=0.16, linewidth=0)
