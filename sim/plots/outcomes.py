"""What a partner gets at each place in the queue: distributions over twins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
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
from sim.plots.spread import MOST_DOTS, BarLook, cloud, quantile_bars, quantile_keys
from sim.plots.style import GREY, Provenance, house_style

__all__ = ["outcome_distributions"]

CROWDED = 30
"""More places than this are drawn as bands."""
NARROW = 6.0
"""A page less wide than this, in inches, has its small panels two by two."""


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
    crowded = len(places(outcomes)) > CROWDED
    reading = "Quantiles over runs" if crowded else "Each dot is a run"
    if not crowded and len(outcomes) and outcomes["position"].value_counts().max() > MOST_DOTS:
        reading += f" (at most {MOST_DOTS} a place, evenly chosen by rank)"
    heading = Heading(f"What {who} gets at each place in the queue", f"{reading}; all places share the same luck")
    fig = new_page(size, heading, provenance, _keys(crowded=crowded))
    deals = outcomes[outcomes["deal"].astype(bool)]
    value, terms = _panels(fig, narrow=size[0] < NARROW, terms=len(deals) > 0)
    title_panel(fig, value, "Value over the whole horizon (USD bn, present value)", size[0] - 0.9)
    _draw_value(value, outcomes, size[0] - 0.9)
    for ax, term in zip(terms, TERMS, strict=False):
        _draw_term(ax, deals, term, places(outcomes), size[0] / (2 if size[0] < NARROW else 4) - 0.6)
    return fig


def _keys(*, crowded: bool) -> list[Artist]:
    """Legend keys: the two kinds of run, and the quantiles."""
    deal = Line2D([], [], color=GREY, marker="o", linestyle="", markersize=4, label="deal")
    none = Line2D([], [], color=GREY, marker="x", linestyle="", markersize=5, label="no deal")
    quantiles = quantile_keys(BarLook.at_pitch(6.0, crowded=crowded))
    return quantiles if crowded else [deal, none, *quantiles]


def _panels(fig: Figure, *, narrow: bool, terms: bool) -> tuple[Axes, list[Axes]]:
    """One wide panel for the value; four small ones below it (two by two on a narrow page), or words if no deals."""
    rows = "v;n" if not terms else "vv;01;23" if narrow else "vvvv;0123"
    ratios = [1.5, 0.3] if not terms else [1.5] + [1.0] * rows.count(";")
    panels = fig.subplot_mosaic(rows, height_ratios=ratios)
    if not terms:
        say(panels["n"], "no deal in any run, so no terms to show")
    return panels["v"], [panels[str(k)] for k in range(len(TERMS)) if terms]


def _draw_value(ax: Axes, outcomes: pd.DataFrame, width: float) -> None:
    """Draw the present value of every run by place, with the share of runs that end in a deal."""
    order = places(outcomes)
    if outcomes["value"].notna().sum() == 0:
        say(ax, "no runs")
        return
    _draw_clouds(ax, outcomes.dropna(subset=["value"]), "value", order, width)
    share = outcomes.groupby("position")["deal"].mean()
    labels = [f"{place}\ndeal {100 * share[place]:.0f} %" for place in order]
    queue_axis(ax, order, width, labels if len(order) * 0.85 < width else None)
    ax.grid(axis="y")


def _draw_term(ax: Axes, deals: pd.DataFrame, term: _Term, order: Sequence[int], width: float) -> None:
    """Draw one term of the deals by place; a cross at the foot of places without any deal."""
    ax.set_title(term.title)
    known = deals.dropna(subset=[term.column])
    if known.empty:
        say(ax, "not part\nof any deal")
        return
    _draw_clouds(ax, known, term.column, order, width)
    without = [slot for slot, place in enumerate(order) if place not in set(known["position"])]
    ax.plot(without, [0.03] * len(without), "x", color=GREY, markersize=5, transform=ax.get_xaxis_transform())
    ax.yaxis.set_major_locator(MaxNLocator(nbins=5))
    if term.format is not None:
        read = term.format
        ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: read(value)))
    queue_axis(ax, order, width)
    ax.set_xlabel("Place in the queue")
    ax.grid(axis="y")


def _draw_clouds(ax: Axes, runs: pd.DataFrame, column: str, order: Sequence[int], width: float) -> None:
    """Draw a column's cloud of runs and its quantiles for each place; quantiles alone if the places are many."""
    found = [slot for slot, place in enumerate(order) if (runs["position"] == place).any()]
    groups = [runs[runs["position"] == order[slot]] for slot in found]
    pitch, crowded = 72 * width / (len(order) + 0.2), len(order) > CROWDED
    if not crowded:
        _draw_dots(ax, [_dots(here, column, slot) for slot, here in zip(found, groups, strict=True)], len(order), pitch)
    values = [here[column].to_numpy(dtype=float) for here in groups]
    quantile_bars(ax, found, values, BarLook.at_pitch(min(pitch, 24.0), crowded=crowded))


def _draw_dots(ax: Axes, clouds: Sequence[pd.DataFrame], count: int, pitch: float) -> None:
    """Draw a dot for each run with a deal, a cross for each without, darker for earlier of `count` places."""
    dots = pd.concat(clouds)
    colours = np.array(place_colours(count))[dots["slot"].to_numpy(dtype=int)]
    for marker, agreed in (("o", True), ("x", False)):
        which = dots["deal"].to_numpy(dtype=bool) == agreed
        look: dict[str, Any] = {"c": list(colours[which]), "alpha": 0.55, "linewidths": 0.5}
        ax.scatter(dots["x"][which], dots["y"][which], s=max(1.0, min(6.0, 0.3 * pitch)), marker=marker, **look)


def _dots(here: pd.DataFrame, column: str, slot: int) -> pd.DataFrame:
    """Place the dots of one cloud: `slot`, `x`, `y`, `deal`."""
    shifts, kept, index = cloud(here[column].to_numpy(dtype=float))
    return pd.DataFrame({"slot": slot, "x": slot + shifts, "y": kept, "deal": here["deal"].to_numpy(dtype=bool)[index]})
