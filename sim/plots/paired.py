"""How often does it pay to be early? The differences between twins, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter
from numpy.typing import NDArray

from sim.plots.frames import require
from sim.plots.numbers import per_cent
from sim.plots.page import Heading, Size, new_page, say, title_axis
from sim.plots.strokes import look_of, ordered_strokes
from sim.plots.style import INK, Provenance, Stroke, house_style
from sim.plots.wide_scale import linear_core, stretch

__all__ = ["paired_differences"]

COLUMNS = ("position", "versus", "replication", "difference")
MOST = 6
"""Places drawn; of more, evenly chosen ones with the first and the last."""


@dataclass(frozen=True)
class _Curve:
    """The sorted differences (USD bn) of one place against another, and how they are drawn."""

    place: int
    versus: int
    gaps: NDArray[np.float64]
    stroke: Stroke

    @property
    def better(self) -> float:
        """Share of twins in which the earlier place is worth more."""
        return float((self.gaps > 0).mean())

    @property
    def equal(self) -> float:
        """Share of twins in which both places are worth exactly the same."""
        return float((self.gaps == 0).mean())


@house_style()
def paired_differences(
    pairs: pd.DataFrame, provenance: Provenance, *, name: str = "the partner", size: Size = (7.2, 4.6)
) -> Figure:
    """Plot the cumulative distribution of the differences between twins that differ in the place alone.

    The horizontal axis is logarithmic on both sides of zero when the largest difference is more than 20 times the
    median one (zeros aside), see :func:`sim.plots.wide_scale.linear_core`; else it is straight.

    Parameters
    ----------
    pairs : DataFrame
        One row per place and twin: `position`, `versus` (places in the queue), `replication`, `difference` (value at
        the one less value at the other, USD bn, present value).
    provenance : Provenance
        For the footer.
    name : str
        The focal partner's name, for the title.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        Steps, one line a place, at most `MOST`; a mark on the zero line, above which is the share of twins in which the
        earlier place is better. Exact ties are the jump at zero.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(pairs, COLUMNS)
    curves = _curves(pairs)
    fig = new_page(
        size, Heading(f"How often does it pay {name} to be early?", _in_words(curves)), provenance, _keys(curves)
    )
    ax = fig.subplots()
    if not curves:
        say(ax, "one place only: nothing to compare")
        return fig
    _draw(ax, curves)
    _finish(fig, ax, curves)
    return fig


def _curves(pairs: pd.DataFrame) -> list[_Curve]:
    """Take the pairs apart by place, earliest first, and choose at most `MOST` of them."""
    known = pairs.dropna(subset=["position", "versus", "difference"])
    groups = list(known[known["position"] != known["versus"]].groupby(["position", "versus"], sort=True))
    chosen = sorted({round(k) for k in np.linspace(0, len(groups) - 1, min(MOST, len(groups)))})
    return [
        _Curve(int(place), int(versus), np.sort(group["difference"].to_numpy(dtype=float)), stroke)
        for ((place, versus), group), stroke in zip(
            (groups[k] for k in chosen), ordered_strokes(len(chosen)), strict=True
        )
    ]


def _in_words(curves: list[_Curve]) -> str:
    """Say how often the earliest place is better, and how to read the steps."""
    if not curves:
        return "Differences between twins, USD bn, present value"
    first = curves[0]
    count = len(first.gaps)
    twins = "the one pair of twins" if count == 1 else f"{count:,} pairs of twins with the same luck"
    found = f"place {first.place} is worth more than place {first.versus} in {per_cent(first.better)}"
    return f"Of {twins}, {found}. What lies above a mark on the zero line is better, the jump below it an exact tie"


def _keys(curves: list[_Curve]) -> list[Line2D]:
    """A key for each place, with the shares in words."""
    one = len({curve.versus for curve in curves}) == 1
    keys = []
    for curve in curves:
        pair = f"place {curve.place}" if one else f"{curve.place} rather than {curve.versus}"
        label = f"{pair}: better {per_cent(curve.better)}, equal {per_cent(curve.equal)}"
        keys.append(Line2D([], [], markersize=5, label=label, **look_of(curve.stroke)))
    return keys


def _draw(ax: Axes, curves: list[_Curve]) -> None:
    """Draw the steps, the zero line, and where each line leaves it."""
    ax.axvline(0, color=INK, linewidth=1.0, zorder=2)
    low, high = min(c.gaps[0] for c in curves), max(c.gaps[-1] for c in curves)
    room = 0.06 * (max(high, 0.0) - min(low, 0.0)) or 1.0
    ends = (min(low, 0.0) - room, max(high, 0.0) + room)
    look: dict[str, Any] = {"markersize": 7, "markeredgecolor": "white", "markeredgewidth": 0.8, "zorder": 5}
    for curve in curves:
        x = np.concatenate([[ends[0]], curve.gaps, [ends[1]]])
        y = np.concatenate([np.arange(len(curve.gaps) + 1), [len(curve.gaps)]]) / len(curve.gaps)
        ax.step(x, y, where="post", color=curve.stroke.colour, linestyle=curve.stroke.dash, zorder=3)
        ax.plot([0], [1 - curve.better], curve.stroke.marker, color=curve.stroke.colour, **look)
    ax.set_xlim(*ends)


def _finish(fig: Figure, ax: Axes, curves: list[_Curve]) -> None:
    """Set scales, ticks and labels."""
    width = float(fig.get_size_inches()[0]) - 0.9
    core = linear_core(np.concatenate([curve.gaps for curve in curves]))
    words = "Value at the earlier place less value at the later, USD bn, present value"
    if core is not None:
        stretch(ax, core, width)
        words += " (logarithmic away from zero)"
    title_axis(fig, ax, f"{words}; right of zero it pays to be early", width)
    ax.set_ylim(0, 1.02)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    ax.set_ylabel("Twins with this or less")
    ax.grid(axis="y")
