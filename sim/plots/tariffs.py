"""Tariffs while the talks go on: what the focal partner bears, and what all partners bear."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.plots.dates import date_axis
from sim.plots.deadlines import Deadline, mark_deadlines
from sim.plots.frames import places, require
from sim.plots.page import Heading, Size, new_page, say, title_panel
from sim.plots.spread import LEVELS
from sim.plots.style import GREY, Provenance, Stroke, end_strokes, house_style

__all__ = ["rate_quantiles", "tariffs_over_time"]

NAMES = ("p05", "p25", "p50", "p75", "p95")


def rate_quantiles(weekly: pd.DataFrame) -> pd.DataFrame:
    """Tabulate quantiles of both rates over the twins, for the first and the last place.

    Parameters
    ----------
    weekly : DataFrame
        `position`, `replication`, `round` (weeks), `focal_rate`, `average_rate` (fractions).

    Returns
    -------
    DataFrame
        `rate` ("focal_rate" or "average_rate"), `position`, `round`, `p05`, `p25`, `p50`, `p75`, `p95` (fractions).
    """
    ends = list(end_strokes(places(weekly)))
    chosen = weekly[weekly["position"].isin(ends)]
    tables = []
    for rate in ("focal_rate", "average_rate"):
        groups = chosen.dropna(subset=[rate]).groupby(["position", "round"])[rate]
        columns = {name: groups.quantile(level) for name, level in zip(NAMES, LEVELS, strict=True)}
        tables.append(pd.DataFrame(columns).reset_index().assign(rate=rate))
    return pd.concat(tables, ignore_index=True)[["rate", "position", "round", *NAMES]]


@house_style()
def tariffs_over_time(
    weekly: pd.DataFrame,
    deadlines: Sequence[Deadline],
    provenance: Provenance,
    *,
    name: str = "the focal partner",
    size: Size = (7.2, 5.2),
) -> Figure:
    """Plot fan charts of the focal partner's effective rate and of the average rate over time.

    Parameters
    ----------
    weekly : DataFrame
        One row per place of the focal partner, twin and round: `position`, `replication`, `round` (weeks since 14 April
        2025), `focal_rate`, `average_rate` (effective and trade-weighted US rates, fractions).
    deadlines : sequence of (round, label)
        Dated events to mark.
    provenance : Provenance
        For the footer.
    name : str
        The focal partner's name.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        Two panels with the median, the middle half and the middle 90 % of runs, for the first and the last place.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(weekly, ("position", "replication", "round", "focal_rate", "average_rate"))
    table = rate_quantiles(weekly)
    strokes = end_strokes(places(weekly))
    runs = len(weekly[["position", "replication"]].drop_duplicates())
    bands = ": median, middle half and middle 90 % of runs" if runs > len(places(weekly)) else ", one run a place"
    subtitle = f"Effective US tariff rate{bands}"
    heading = Heading(f"Tariffs borne while the talks go on, by the place of {name}", subtitle)
    fig = new_page(size, heading, provenance, _keys(strokes, bands=runs > len(places(weekly))))
    panels = fig.subplots(2, 1, sharex=True)
    titles = {"focal_rate": f"{name[:1].upper()}{name[1:]}", "average_rate": "All partners, weighted by trade"}
    for ax, (rate, title) in zip(panels, titles.items(), strict=True):
        title_panel(fig, ax, title, size[0] - 0.8)
        _draw(ax, table[table["rate"] == rate], strokes)
    _finish(fig, list(panels), table, deadlines)
    return fig


def _keys(strokes: dict[int, Stroke], *, bands: bool) -> list[Artist]:
    keys: list[Artist] = []
    for place, stroke in sorted(strokes.items()):
        keys.append(Line2D([], [], color=stroke.colour, linestyle=stroke.dash, label=f"at place {place}"))
    if bands:
        keys.append(Patch(color=GREY, alpha=0.45, linewidth=0, label="middle half"))
        keys.append(Patch(color=GREY, alpha=0.2, linewidth=0, label="middle 90 %"))
    return keys


def _draw(ax: Axes, table: pd.DataFrame, strokes: dict[int, Stroke]) -> None:
    """Draw the fans of one rate, each band edged in the dash of its place."""
    for place, stroke in strokes.items():
        fan = table[table["position"] == place]
        if fan.empty:
            continue
        x = fan["round"].to_numpy(dtype=float)
        for low, high, alpha in (("p05", "p95", 0.14), ("p25", "p75", 0.26)):
            ax.fill_between(x, fan[low], fan[high], step="post", color=stroke.colour, alpha=alpha, linewidth=0)
        for edge in ("p05", "p95"):
            ax.step(x, fan[edge], where="post", color=stroke.colour, linestyle=stroke.dash, linewidth=0.5)
        ax.step(x, fan["p50"], where="post", color=stroke.colour, linestyle=stroke.dash, linewidth=2.0, zorder=3)


def _finish(fig: Figure, panels: list[Axes], table: pd.DataFrame, deadlines: Sequence[Deadline]) -> None:
    """Set the axes, mark the deadlines in both panels and label them in the upper one."""
    if table.empty:
        for ax in panels:
            say(ax, "no runs")
        return
    last = max(float(table["round"].max()), 1.0)
    for ax in panels:
        ax.set_xlim(0, last)
        ax.set_ylim(0, 1.08 * float(table["p95"].max()) or 1.0)
        ax.yaxis.set_major_formatter(FuncFormatter(lambda rate, _: f"{100 * rate:.6g} %"))
        ax.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
        ax.grid(axis="y")
    panels[-1].set_xlabel("Week of the talks and date of its Monday")
    date_axis(panels[-1].xaxis, last, int((fig.get_size_inches()[0] - 1) / 0.55))
    height = mark_deadlines(fig, panels[0], deadlines)
    panels[0].set_title(panels[0].get_title(loc="left"), pad=6 + height)
    mark_deadlines(fig, panels[1], deadlines, labelled=False)
