"""What a class got, by place in the queue, before simulated negotiators with the same luck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from sim.plots.density import density, has_density
from sim.plots.frames import require
from sim.plots.names_on_points import name_points
from sim.plots.numbers import signed
from sim.plots.page import Heading, Size, new_page, say, title_axis
from sim.plots.rows import make_room, space_ticks
from sim.plots.spread import cloud
from sim.plots.strokes import ordered_strokes
from sim.plots.style import INK, Provenance, Stroke, end_strokes, house_style

__all__ = ["class_overlay"]

Floats = NDArray[np.float64]
Interval = tuple[float, float, float]
STUDENT = ("name", "place", "value", "deal", "week")
BAND = 1.15
"""Height of a place's band, inches."""
HEIGHT = 0.8
"""Height of a distribution; bands are 1 apart."""
MEAN = 0.17
"""How far below its band's base line a mean stands."""
SIMULATED = "#D9D9D9"
CROWDED = 30
"""Of more students than this only the best and the worst of each place are named, and dots are smaller."""
ENDS = 3
"""How many those are, at either end."""


@dataclass(frozen=True)
class _Band:
    """The students of a place, the values (USD bn) of its simulated negotiators, and the students' mean."""

    place: int
    students: pd.DataFrame
    simulated: Floats
    mean: Interval
    stroke: Stroke


@house_style()
def class_overlay(
    students: pd.DataFrame,
    simulated: pd.DataFrame,
    provenance: Provenance,
    *,
    size: Size = (7.2, 4.2),
    name: str = "Japan",
    show_names: bool = False,
) -> Figure:
    """Draw every student's outcome by place in the queue, in front of those of simulated negotiators.

    Parameters
    ----------
    students : DataFrame
        A row a student: `name`; `place` in the queue; `value` (USD bn, present value of the whole horizon); `deal`
        (bool); `week` of signing (NaN without a deal). Rows without a value do not count.
    simulated : DataFrame
        A row a simulated negotiator with the same luck: `place`, `value`; may be empty.
    provenance : Provenance
        For the footer.
    size : (float, float)
        Width and height, inches; higher if the places need it.
    name : str
        Whose seat the students had, for the title.
    show_names : bool
        Whether to write names beside the dots, those of the best and the worst first; one without room is left out, and
        of a large class only the best and the worst three of each place are named.

    Returns
    -------
    Figure
        A band a place, the first on top: students' dots (hollow without a deal) before the simulated distribution, and
        below them their mean with its 95 % interval.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(students, STUDENT)
    require(simulated, ("place", "value"))
    bands = _bands(students.dropna(subset=["place", "value"]), simulated.dropna(subset=["place", "value"]))
    heading = Heading(f"Did it pay {name} to go first? The class", _in_words(bands))
    fig = new_page(size, heading, provenance, _keys(bands))
    ax = fig.subplots()
    if not bands:
        say(ax, "nobody has finished yet")
        return fig
    make_room(fig, BAND * len(bands) + 0.5)
    dots = [_draw(ax, k, band) for k, band in enumerate(bands)]
    _finish(fig, ax, bands)
    if show_names:
        _name(fig, ax, bands, dots)
    return fig


def _bands(students: pd.DataFrame, simulated: pd.DataFrame) -> list[_Band]:
    """Take the students apart by place, the first in the queue first; the simulated of other places are left out."""
    from sim.study.advantage import mean_interval  # here, for it brings the compiler and figures must load without

    places = sorted(int(place) for place in students["place"].unique())
    strokes = dict(zip(places, ordered_strokes(len(places)), strict=True)) | end_strokes(places)
    found = []
    for place in places:
        own = students[students["place"] == place].sort_values("value", kind="stable").reset_index(drop=True)
        behind = simulated.loc[simulated["place"] == place, "value"].to_numpy(dtype=float)
        found.append(_Band(place, own, behind, mean_interval(_worth(own)), strokes[place]))
    return found


def _worth(students: pd.DataFrame) -> Floats:
    """Values of some students, USD bn."""
    return students["value"].to_numpy(dtype=float)


def _in_words(bands: list[_Band]) -> str:
    """Say the means of the first and the last place, and what lies between them."""
    reads = "Value to each student over the whole horizon, USD bn in present value, with 95 % intervals"
    if not bands:
        return reads
    ends = [bands[0], bands[-1]] if len(bands) > 1 else bands
    means = ", ".join(f"place {band.place} {_interval(band.mean)}" for band in ends)
    return f"{reads}. Mean of {means}{_gap(bands)}"


def _gap(bands: list[_Band]) -> str:
    """Say how much more the first place got than the last, and whether that can be told from chance."""
    from sim.study.advantage import gap_interval  # as above

    if len(bands) < 2:
        return ""
    mean, low, high = gap_interval(_worth(bands[0].students), _worth(bands[-1].students))
    told = "" if low > 0 or high < 0 else ", not told apart from zero"
    return f"; first less last {_interval((mean, low, high))}{told}"


def _interval(interval: Interval) -> str:
    """Write a mean and, where it is known, its interval."""
    mean, low, high = interval
    return f"{signed(mean)} [{signed(low)}, {signed(high)}]" if np.isfinite(low) else signed(mean)


def _keys(bands: list[_Band]) -> list[Artist]:
    """Legend keys for what occurs."""
    deals = pd.concat([band.students["deal"] for band in bands]).astype(bool) if bands else pd.Series(dtype=bool)
    look: dict[str, Any] = {"color": INK, "marker": "o", "linestyle": "", "markersize": 6}
    keys: list[Artist] = [Line2D([], [], label="a student", **look)] if deals.any() else []
    if not deals.all():
        keys.append(Line2D([], [], label="a student without a deal", markerfacecolor="white", **look))
    if bands:
        keys.append(Line2D([], [], label="the students' mean", **_mean_look()))
    if any(band.simulated.size for band in bands):
        keys.append(Patch(facecolor=SIMULATED, edgecolor="#8C8C8C", label="simulated negotiators, same luck"))
    return keys


def _mean_look() -> dict[str, Any]:
    """Look of a mean and its interval."""
    return {"color": INK, "marker": "D", "markersize": 5.5, "linewidth": 1.8}


def _draw(ax: Axes, row: int, band: _Band) -> Floats:
    """Draw a band with its base line at height `row`; return where the students' dots are, a row (x, y) each."""
    ax.axhline(row, color="#B5B5B5", linewidth=0.6, zorder=1)
    _draw_simulated(ax, row, band.simulated)
    shifts, worth, _ = cloud(_worth(band.students), 0.3)
    spots = np.column_stack([worth, row - 0.4 + shifts])
    small = 7.0 if len(worth) <= CROWDED / 2 else 5.5
    look: dict[str, Any] = {"marker": band.stroke.marker, "linestyle": "", "markersize": small, "zorder": 4}
    deal = band.students["deal"].to_numpy(dtype=bool)
    colour = band.stroke.colour
    ax.plot(*spots[deal].T, color=colour, markeredgecolor="white", markeredgewidth=0.6, **look)
    ax.plot(*spots[~deal].T, color=colour, markerfacecolor="white", markeredgewidth=1.4, **look)
    mean, low, high = band.mean
    ax.plot([low, high], [row + MEAN] * 2, color=INK, linewidth=1.8, zorder=5)
    ax.plot([mean], [row + MEAN], zorder=6, **_mean_look())
    return spots


def _draw_simulated(ax: Axes, row: int, worth: Floats) -> None:
    """Draw the simulated values as a ridge, or one by one if they are few."""
    if has_density(worth):
        x, height = density(worth)
        look: dict[str, Any] = {"facecolor": SIMULATED, "edgecolor": "#8C8C8C", "linewidth": 0.8, "zorder": 2}
        ax.fill_between(x, row, row - HEIGHT * height, **look)
    else:
        ax.plot(worth, [row - 0.05] * worth.size, "|", color="#8C8C8C", markersize=8, zorder=2)


def _finish(fig: Figure, ax: Axes, bands: list[_Band]) -> None:
    """Name the bands and the axis."""
    labels = [f"place {band.place}\n{len(band.students)} student{'s' * (len(band.students) > 1)}" for band in bands]
    ax.set_yticks(range(len(bands)), labels)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_ylim(len(bands) - 1 + 0.35, -0.9)
    ax.margins(x=0.05)
    low, high = ax.get_xlim()
    if low < 0 < high:
        ax.axvline(0, color=INK, linewidth=1.0, zorder=3)
    ax.set_xlim(low, high)
    width = float(fig.get_size_inches()[0]) - 1.2
    title_axis(fig, ax, "USD bn, present value of the whole horizon (right: better)", width)
    space_ticks(ax, width)


def _name(fig: Figure, ax: Axes, bands: list[_Band], dots: list[Floats]) -> None:
    """Write the students' names, from the ends of each band inwards, clear of the means."""
    points = np.concatenate(dots)
    names = [str(student) for band in bands for student in band.students["name"]]
    inwards = np.concatenate([np.minimum(np.arange(len(own)), np.arange(len(own))[::-1]) for own in dots])
    order = np.argsort(inwards, kind="stable")
    named = order if len(order) <= CROWDED else order[: int((inwards < ENDS).sum())]
    means = [np.column_stack([np.linspace(*_ends(band), 40), np.full(40, k + MEAN)]) for k, band in enumerate(bands)]
    name_points(fig, ax, points[order], [names[k] for k in named], np.concatenate(means))


def _ends(band: _Band) -> tuple[float, float]:
    """Ends of the mean's interval; the mean itself if there is none."""
    mean, low, high = band.mean
    return (low, high) if np.isfinite(low) else (mean, mean)
