"""Does the simulation do what the theory of the queue says? Both over the place in the queue."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter

from sim.plots.frames import require
from sim.plots.intervals import covers_zero
from sim.plots.numbers import signed
from sim.plots.page import Heading, Size, new_page, say, title_panel
from sim.plots.sides import name_sides
from sim.plots.strokes import group_strokes, look_of
from sim.plots.style import INK, Provenance, Stroke, house_style

__all__ = ["position_theory"]

THEORY = ("curve", "place", "advantage")
SIMULATED = ("position", "mean", "low", "high")
UNIT = "USD bn, present value"
SHARE = "share of the hub's total value"
MARKS = 8
"""Marks on a curve of theory, about."""


@house_style()
def position_theory(
    theory: pd.DataFrame,
    simulated: pd.DataFrame,
    provenance: Provenance,
    *,
    name: str = "the partner",
    unit: str = SHARE,
    size: Size = (7.2, 5.6),
) -> Figure:
    """Set the advantage of each place that theory predicts beside the one simulated.

    Parameters
    ----------
    theory : DataFrame
        `curve` (name of an assumption, e.g. "concave"), `place` (in the queue), `advantage` (over the last place, in
        `unit`).
    simulated : DataFrame
        `position`; `mean`, `low`, `high` (USD bn, present value, over the last place, 95 % interval).
    provenance : Provenance
        For the footer.
    name : str
        The focal partner's name, for the title.
    unit : str
        Unit of the theory: fractions are shown in per cent if it is `SHARE`; if it is `UNIT`, that of the simulation,
        both share one panel.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        Lines for theory, dots with intervals for the simulation, over the same places.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(theory, THEORY)
    require(simulated, SIMULATED)
    curves = _curves(theory)
    rows = simulated.dropna(subset=["position", "mean"]).sort_values("position")
    fig = new_page(size, Heading(f"Does {name} fare as theory says?", _in_words(rows)), provenance, _keys(curves, rows))
    panels = [fig.subplots()] * 2 if unit == UNIT else list(fig.subplots(2, 1, sharex=True))
    _draw_theory(panels[0], curves)
    _draw_simulated(panels[1], rows)
    _finish(fig, panels, (curves, rows), unit)
    return fig


def _curves(theory: pd.DataFrame) -> list[tuple[str, pd.DataFrame, Stroke]]:
    """Take the theory apart, in the order in which curves appear."""
    known = theory.dropna(subset=["curve", "place", "advantage"])
    parts = [(str(curve), part.sort_values("place")) for curve, part in known.groupby("curve", sort=False)]
    return [(curve, part, look) for (curve, part), look in zip(parts, group_strokes(len(parts)), strict=True)]


def _in_words(rows: pd.DataFrame) -> str:
    """Say what is compared, and what the earliest place is worth in the simulation."""
    reads = "Advantage of each place over the last: in a textbook queue at one hub, and simulated"
    first = rows.head(1)
    if first.empty:
        return reads
    place, mean = (float(first[column].iloc[0]) for column in ("position", "mean"))
    return f"{reads} (95 % intervals). Place {place:.0f}: {signed(mean)} USD bn"


def _keys(curves: list[tuple[str, pd.DataFrame, Stroke]], rows: pd.DataFrame) -> list[Artist]:
    """A key for each curve, and for the simulation."""
    keys: list[Artist] = [
        Line2D([], [], markersize=5, label=f"theory: {curve}", **look_of(look)) for curve, _, look in curves
    ]
    if len(rows):
        label = "simulated (open: covers zero)"
        keys.append(Line2D([], [], color=INK, marker="o", markersize=6, label=label))
    return keys


def _draw_theory(ax: Axes, curves: list[tuple[str, pd.DataFrame, Stroke]]) -> None:
    """Draw the lines of theory, with a few marks on each."""
    for _, part, look in curves:
        every = max(1, len(part) // MARKS)
        ax.plot(part["place"], part["advantage"], markevery=every, markersize=5, zorder=3, **look_of(look))


def _draw_simulated(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw dots with their intervals; open dots cannot be told from zero."""
    dot = 6.5 if len(rows) <= 20 else 3.5
    for place, mean, low, high in rows[list(SIMULATED)].to_numpy(dtype=float):
        if np.isfinite(low) and np.isfinite(high):
            ax.plot([place, place], [low, high], color=INK, linewidth=dot / 3, zorder=4)
        fill = "white" if covers_zero(low, high) and mean else INK
        ax.plot([place], [mean], "o", color=INK, markerfacecolor=fill, markersize=dot, zorder=5)


def _finish(
    fig: Figure, panels: list[Axes], drawn: tuple[list[tuple[str, pd.DataFrame, Stroke]], pd.DataFrame], unit: str
) -> None:
    """Give each panel its zero, its sides and its title, and all of them the places."""
    curves, rows = drawn
    said = np.concatenate([part["advantage"].to_numpy(dtype=float) for _, part, _ in curves] or [np.empty(0)])
    found = rows[list(SIMULATED[1:])].to_numpy(dtype=float).ravel()
    one = panels[0] is panels[1]
    width, height = float(fig.get_size_inches()[0]) - 0.9, float(fig.get_size_inches()[1]) - 2.2
    parts = [(said, f"Theory, {unit}"), (found, f"Simulation, {UNIT}")]
    if one:
        parts = [(np.concatenate([said, found]), f"Theory and simulation, {UNIT}")]
    shown: list[Axes] = []
    for ax, (ends, title) in zip(panels, parts, strict=False):
        title_panel(fig, ax, title, width)
        if not np.isfinite(ends).any():
            say(ax, "nothing to show")
            continue
        shown.append(ax)
        ax.axhline(0, color=INK, linewidth=1.0, zorder=2)
        name_sides(ax, ends, height / len(parts))
        ax.grid(axis="y")
    if unit == SHARE:
        panels[0].yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:.6g} %".replace("-", "−")))
    last = max([1.0, *(float(part["place"].max()) for _, part, _ in curves), *rows["position"]])
    for ax in shown[-1:]:
        ax.tick_params(labelbottom=True)
        ax.set_xlabel("Place in the queue (1 = first)")
        ax.xaxis.set_major_locator(FixedLocator(_ticks(last, width)))


def _ticks(last: float, width: float) -> list[int]:
    """Places to label: the first, and the multiples of a round number that fit on so many inches."""
    step = next((s for s in (1, 5, 10, 20, 50, 100) if last / s * 0.35 <= width), 500)
    return sorted({1, *range(step, int(last) + 1, step)})
