"""One bargaining session in the plane of both sides' gains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from sim.plots.frames import require
from sim.plots.numbers_on_points import number_points
from sim.plots.page import Heading, Size, new_page, say
from sim.plots.style import GREY, INK, OKABE_ITO, Provenance, Stroke, house_style

__all__ = ["BargainingTrace", "utility_space"]

Point = tuple[float, float]
SIDES = {"partner": Stroke(OKABE_ITO["blue"], "-", "o"), "us": Stroke(OKABE_ITO["vermillion"], "--", "s")}
SPEAKERS = {"partner": "offers of the partner", "us": "offers of the United States"}
ZONE = OKABE_ITO["green"]


@dataclass(frozen=True, eq=False)
class BargainingTrace:
    """What was offered and what could have been agreed; every gain in USD bn, present value.

    Parameters
    ----------
    title : str
        Whose talks, and when.
    offers : DataFrame
        In order: `step`, `round` (weeks), `by` ("partner" or "us"), `partner_gain`, `us_gain`, `accepted` (bool).
    frontier : DataFrame
        The Pareto frontier, ascending in `partner_gain`: `partner_gain`, `us_gain`.
    nash : (float, float), optional
        The Nash point (partner's gain, US gain).
    reservation : (float, float)
        The least gain each side accepts (partner, US); 0 when gains are over no deal.
    deal : (float, float), optional
        The deal (partner's gain, US gain).
    """

    title: str
    offers: pd.DataFrame
    frontier: pd.DataFrame
    nash: Point | None = None
    reservation: Point = (0.0, 0.0)
    deal: Point | None = None


@house_style()
def utility_space(trace: BargainingTrace, provenance: Provenance, *, size: Size = (7.2, 5.6)) -> Figure:
    """Plot the offers of both sides, the frontier, the zone of possible agreement, the Nash point and the deal.

    Parameters
    ----------
    trace : BargainingTrace
        What to draw; gains in USD bn, present value.
    provenance : Provenance
        For the footer.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        The partner's gain to the right, the US gain upwards; offers numbered by `step`.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(trace.offers, ("step", "by", "partner_gain", "us_gain", "accepted"))
    require(trace.frontier, ("partner_gain", "us_gain"))
    zone = _zone(trace)
    fig = new_page(size, Heading(trace.title, _in_words(trace, zone)), provenance, _keys(trace, zone))
    ax = fig.subplots()
    if trace.offers.empty and trace.frontier.empty and trace.deal is None:
        say(ax, "no offer was made")
        return fig
    _set_axes(ax, trace, zone)
    _draw_frontier(ax, trace, zone)
    _draw_points(ax, trace)
    _draw_offers(fig, ax, trace)
    return fig


def _zone(trace: BargainingTrace) -> NDArray[np.float64]:
    """Upper edge of the zone of possible agreement: rows (partner's gain, US gain); no rows if there is none."""
    x, y = trace.frontier["partner_gain"].to_numpy(dtype=float), trace.frontier["us_gain"].to_numpy(dtype=float)
    own, other = trace.reservation
    if not x.size or x.max() < own:
        return np.empty((0, 2))
    steps = np.unique(np.concatenate([x[x >= own], np.linspace(own, x.max(), 400)]))
    edge = np.column_stack([steps, np.interp(steps, x, y)])
    return edge[edge[:, 1] >= other]


def _in_words(trace: BargainingTrace, zone: NDArray[np.float64]) -> str:
    """Say how many offers there were and how it ended."""
    count = len(trace.offers)
    end = (
        "no deal"
        if trace.deal is None
        else f"deal worth {trace.deal[0]:.3g} to the partner, {trace.deal[1]:.3g} to the US"
    )
    made = "no offers" if not count else f"{count} offer{'s' if count > 1 else ''}"
    room = "" if len(zone) else "; nothing that both sides would accept"
    return f"Gains over no deal, USD bn in present value; {made}, {end}{room}"


def _keys(trace: BargainingTrace, zone: NDArray[np.float64]) -> list[Artist]:
    """Legend keys for what is drawn."""
    keys: list[Artist] = []
    for by, stroke in SIDES.items():
        if (trace.offers["by"] == by).any():
            look: dict[str, Any] = {"color": stroke.colour, "linestyle": stroke.dash, "marker": stroke.marker}
            keys.append(Line2D([], [], linewidth=1.0, markersize=5, label=SPEAKERS[by], **look))
    if len(trace.frontier):
        keys.append(Line2D([], [], color=INK, label="Pareto frontier"))
    if len(zone):
        keys.append(Patch(color=ZONE, alpha=0.18, linewidth=0, label="zone of possible agreement"))
    if trace.nash is not None:
        keys.append(_mark(trace.nash, "D", "Nash point", 6))
    if trace.deal is not None:
        keys.append(_mark(trace.deal, "*", "deal", 11))
    if trace.offers["accepted"].any():
        ring: dict[str, Any] = {"color": "none", "markeredgecolor": INK, "marker": "o"}
        keys.append(Line2D([], [], linestyle="", markersize=11, label="accepted offer", **ring))
    return keys


def _mark(point: Point, marker: str, label: str, size: float) -> Line2D:
    fill = "white" if marker == "D" else OKABE_ITO["yellow"]
    look: dict[str, Any] = {"color": fill, "markeredgecolor": INK, "markersize": size, "linestyle": "", "zorder": 6}
    return Line2D([point[0]], [point[1]], marker=marker, label=label, **look)


def _draw_points(ax: Axes, trace: BargainingTrace) -> None:
    """Draw the Nash point and the deal."""
    if trace.deal is not None:
        ax.add_line(_mark(trace.deal, "*", "deal", 15))
    if trace.nash is not None:
        ax.add_line(_mark(trace.nash, "D", "Nash point", 7))


def _set_axes(ax: Axes, trace: BargainingTrace, zone: NDArray[np.float64]) -> None:
    """Show all that was offered and could be agreed, with the two reservations as lines named at their ends."""
    special = [point for point in (trace.nash, trace.deal, trace.reservation) if point is not None]
    shown = [np.array(special), trace.offers[["partner_gain", "us_gain"]].to_numpy(dtype=float)]
    shown.append(zone if len(zone) else trace.frontier[["partner_gain", "us_gain"]].to_numpy(dtype=float))
    points = np.concatenate(shown)
    low, high = np.nanmin(points, axis=0), np.nanmax(points, axis=0)
    room = np.where(high > low, 0.12 * (high - low), 1.0)
    ax.set_xlim(low[0] - room[0], high[0] + room[0])
    ax.set_ylim(low[1] - room[1], high[1] + room[1])
    ax.set_xlabel("Partner's gain (USD bn, present value)")
    ax.set_ylabel("US gain (USD bn, present value)")
    ax.axvline(trace.reservation[0], color=GREY, linestyle=":", linewidth=1.3, zorder=2)
    ax.axhline(trace.reservation[1], color=GREY, linestyle=":", linewidth=1.3, zorder=2)
    words: dict[str, Any] = {"color": GREY, "fontsize": 7.5, "annotation_clip": False}
    top, side = (trace.reservation[0], 1.0), (1.0, trace.reservation[1])
    up, right = ax.get_xaxis_transform(), ax.get_yaxis_transform()
    ax.annotate("partner's least gain", top, (0, 3), up, "offset points", ha="center", **words)
    ax.annotate("US least gain", side, (3, 0), right, "offset points", va="center", rotation=270, **words)


def _draw_frontier(ax: Axes, trace: BargainingTrace, zone: NDArray[np.float64]) -> None:
    ax.plot(trace.frontier["partner_gain"], trace.frontier["us_gain"], color=INK, zorder=3)
    if len(zone):
        ax.fill_between(zone[:, 0], trace.reservation[1], zone[:, 1], color=ZONE, alpha=0.18, linewidth=0, zorder=1)


def _draw_offers(fig: Figure, ax: Axes, trace: BargainingTrace) -> None:
    """Draw each side's path of offers with arrows, ring what was accepted, and number the steps."""
    offers = trace.offers.dropna(subset=["partner_gain", "us_gain"])
    for by, stroke in SIDES.items():
        own = offers[offers["by"] == by]
        points = [(float(x), float(y)) for x, y in zip(own["partner_gain"], own["us_gain"], strict=True)]
        _draw_path(ax, points, stroke)
    taken = offers[offers["accepted"].astype(bool)]
    ax.plot(taken["partner_gain"], taken["us_gain"], "o", markersize=17, color="none", markeredgecolor=INK, zorder=6)
    number_points(fig, ax, offers, {by: stroke.colour for by, stroke in SIDES.items()}, _lines(ax, trace))


def _lines(ax: Axes, trace: BargainingTrace) -> NDArray[np.float64]:
    """Points along the frontier and the two reservations, for numbers to keep clear of."""
    x, y = np.linspace(*ax.get_xlim(), 300), np.linspace(*ax.get_ylim(), 300)
    lines = [np.column_stack([x, np.full(300, trace.reservation[1])])]
    lines.append(np.column_stack([np.full(300, trace.reservation[0]), y]))
    if len(trace.frontier):
        line = trace.frontier[["partner_gain", "us_gain"]].to_numpy(dtype=float)
        lines.append(np.column_stack([x, np.interp(x, line[:, 0], line[:, 1])]))
    return np.concatenate(lines)


def _draw_path(ax: Axes, points: Sequence[Point], stroke: Stroke) -> None:
    """Draw points, and an arrow from each to the next different one."""
    arrow = {
        "arrowstyle": "-|>",
        "color": stroke.colour,
        "linestyle": stroke.dash,
        "linewidth": 0.9,
        "mutation_scale": 9,
    }
    for start, stop in pairwise(points):
        if start != stop:
            ax.annotate("", stop, start, arrowprops={**arrow, "shrinkA": 3, "shrinkB": 3}, zorder=4)
    x, y = [point[0] for point in points], [point[1] for point in points]
    ax.plot(x, y, stroke.marker, color=stroke.colour, markeredgecolor="white", markersize=6, linestyle="", zorder=5)
