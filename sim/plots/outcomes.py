"""What a partner gets at each place in the queue: distributions over twins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.plots.dates import day_month
from sim.plots.frames import places, require
from sim.plots.page import Heading, Size, new_page, say, title_panel
from sim.plots.queue_axis import place_colours, queue_axis
from sim.plots.spread import cloud, quantile_bars, quantile_keys
from sim.plots.style import GREY, Provenance, house_style

__all__ = ["outcome_distributions"]


@dataclass(frozen=True)
class _Term:
    """One small multiple: the column, its title with the unit, and how its ticks read."""

    column: str
    title: str
    format: Callable[[float], str] | None = None


def _per_cent(rate: float) -> str:
    return f"{100 * rate:.6g}"


TERMS = (
    _Term("tariff", "General tariff (%)", _per_cent),
    _Term("auto_tariff", "Auto tariff (%)", _per_cent),
    _Term("investment", "Pledge (USD bn)"),
    _Term("round", "Date of signing", day_month),
)


@house_style()
def outcome_distributions(
    outcomes: pd.DataFrame, provenance: Provenance, *, name: str | None = None, size: Size = (7.2, 6.2)
) -> Figure:
    """Plot how the focal partner's outcome is distributed at each place in the queue.

    Parameters
    ----------
    outcomes : DataFrame
        One row per place and twin: `position`, `replication`, `iso`, `deal` (bool), `round` (weeks; NaN without a
        deal), `tariff`, `auto_tariff` (fractions; NaN without a deal), `investment` (USD bn), `value` (USD bn, present
        value over the whole horizon).
    provenance : Provenance
        For the footer.
    name : str, optional
        The focal partner's name; its `iso` if left out.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        The value of all runs above, the terms and date of the deals below; each dot is a run (at most 200 a place).

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(outcomes, ("position", "iso", "deal", "value", *(term.column for term in TERMS)))
    who = name or (str(outcomes["iso"].iloc[0]) if len(outcomes) else "the partner")
    heading = Heading(
        f"What {who} gets at each place in the queue", "Each dot is a run; all places share the same luck"
    )
    fig = new_page(size, heading, provenance, _keys())
    value, terms = _panels(fig, narrow=size[0] < 6)
    title_panel(fig, value, "Value over the whole horizon (USD bn, present value)", size[0] - 0.9)
    _draw_value(value, outcomes, size[0] - 0.9)
    deals = outcomes[outcomes["deal"].astype(bool)]
    for ax, term in zip(terms, TERMS, strict=True):
        _draw_term(ax, deals, term, places(outcomes), size[0] / (2 if size[0] < 6 else 4) - 0.6)
    return fig


def _keys() -> list[Artist]:
    """Legend keys: the two kinds of run, and the quantiles."""
    deal = Line2D([], [], color=GREY, marker="o", linestyle="", markersize=4, label="deal")
    none = Line2D([], [], color=GREY, marker="x", linestyle="", markersize=5, label="no deal")
    return [deal, none, *quantile_keys()]


def _panels(fig: Figure, *, narrow: bool) -> tuple[Axes, list[Axes]]:
    """One wide panel for the value; four small ones below it, two by two on a narrow page."""
    rows = "vv;01;23" if narrow else "vvvv;0123"
    panels = fig.subplot_mosaic(rows, height_ratios=[1.5] + [1.0] * rows.count(";"))
    return panels["v"], [panels[str(k)] for k in range(len(TERMS))]


def _draw_value(ax: Axes, outcomes: pd.DataFrame, width: float) -> None:
    """Draw the present value of every run by place, with the share of runs that end in a deal."""
    order = places(outcomes)
    if outcomes["value"].notna().sum() == 0:
        say(ax, "no runs")
        return
    _draw_clouds(ax, outcomes.dropna(subset=["value"]), "value", order)
    share = outcomes.groupby("position")["deal"].mean()
    labels = [f"{place}\ndeal {100 * share[place]:.0f} %" for place in order]
    queue_axis(ax, order, width, labels if len(order) * 0.85 < width else None)
    ax.grid(axis="y")


def _draw_term(ax: Axes, deals: pd.DataFrame, term: _Term, order: Sequence[int], width: float) -> None:
    """Draw one term of the deals by place; a cross at the foot of places without any deal."""
    ax.set_title(term.title)
    known = deals.dropna(subset=[term.column])
    if known.empty:
        say(ax, "no deal\nin any run" if deals.empty else "not part\nof any deal")
        return
    _draw_clouds(ax, known, term.column, order)
    without = [slot for slot, place in enumerate(order) if place not in set(known["position"])]
    ax.plot(without, [0.03] * len(without), "x", color=GREY, markersize=5, transform=ax.get_xaxis_transform())
    ax.yaxis.set_major_locator(MaxNLocator(nbins=5))
    if term.format is not None:
        read = term.format
        ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: read(value)))
    queue_axis(ax, order, width)
    ax.set_xlabel("Place in the queue")
    ax.grid(axis="y")


def _draw_clouds(ax: Axes, runs: pd.DataFrame, column: str, order: Sequence[int]) -> None:
    """Draw a column's cloud of runs and its quantiles for each place."""
    found = [slot for slot, place in enumerate(order) if (runs["position"] == place).any()]
    groups = [runs[runs["position"] == order[slot]] for slot in found]
    colours = place_colours(len(order))
    dots = pd.concat(
        [_dots(here, column, slot).assign(colour=colours[slot]) for slot, here in zip(found, groups, strict=True)]
    )
    area = max(1.0, min(6.0, 60.0 / len(order)))
    for marker, which in (("o", dots["deal"]), ("x", ~dots["deal"])):
        chosen = dots[which]
        look: dict[str, Any] = {"c": list(chosen["colour"]), "alpha": 0.55, "linewidths": 0.5}
        ax.scatter(chosen["x"], chosen["y"], s=area, marker=marker, **look)
    values = [here[column].to_numpy(dtype=float) for here in groups]
    quantile_bars(ax, found, values, max(1.2, min(3.5, 40.0 / len(order))))


def _dots(here: pd.DataFrame, column: str, slot: int) -> pd.DataFrame:
    """Place the dots of one cloud: `x`, `y`, `deal`."""
    shifts, kept, index = cloud(here[column].to_numpy(dtype=float))
    return pd.DataFrame({"x": slot + shifts, "y": kept, "deal": here["deal"].to_numpy(dtype=bool)[index]})
