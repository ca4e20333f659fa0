"""What explains who gains from being early: coefficients of a regression over partners."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from sim.plots.frames import require
from sim.plots.intervals import across, side_keys
from sim.plots.page import Heading, Size, new_page, say, title_axis
from sim.plots.rows import make_room, name_rows, space_ticks
from sim.plots.style import INK, Provenance, house_style

__all__ = ["explained_by"]

COLUMNS = ("fact", "mean", "low", "high")
ROW = 0.28
"""Least height of a row, inches."""
WIDEST = 0.48
"""Share of the page that the names of facts may take."""


@house_style()
def explained_by(
    effects: pd.DataFrame,
    provenance: Provenance,
    *,
    r2: float | None = None,
    n: int | None = None,
    size: Size = (6.6, 4.2),
) -> Figure:
    """Draw how strongly each fact about a partner goes with its gain from being first, with 95 % intervals.

    Parameters
    ----------
    effects : DataFrame
        A row per fact: `fact`; `mean`, `low`, `high` (standardised coefficient, that is in standard deviations of the
        gain for one of the fact, 95 % interval); optionally `label`, the fact in plain words.
    provenance : Provenance
        For the footer.
    r2 : float, optional
        Share of the variance of gains that all facts together explain, for the subtitle.
    n : int, optional
        Partners in the regression, for the subtitle.
    size : (float, float)
        Width and height, inches; the page gets higher if the rows need it.

    Returns
    -------
    Figure
        A dot and its interval a fact, largest on top; right of zero are facts of those who gain.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(effects, COLUMNS)
    found = effects.dropna(subset=["mean"])
    rows = found.iloc[(-found["mean"].abs()).argsort(kind="stable")]
    keys = side_keys(rows[["low", "high"]], "more of it, more gain", "more of it, less gain")
    fig = new_page(size, Heading("What explains who gains from being first?", _in_words(r2, n)), provenance, keys)
    ax = fig.subplots()
    if rows.empty:
        say(ax, "nothing to explain it by")
        return fig
    make_room(fig, ROW * len(rows) + 0.6)
    ax.axvline(0, color=INK, linewidth=1.0, zorder=2)
    for slot, (mean, low, high) in enumerate(rows[list(COLUMNS[1:])].to_numpy(dtype=float)):
        across(ax, slot, (mean, low, high))
    width = size[0] - 0.4 - name_rows(fig, ax, _labels(rows), WIDEST * size[0])
    ax.margins(x=0.08)
    words = "Standard deviations of the gain for one of the fact (right: more of it, more gain)"
    title_axis(fig, ax, words, width)
    space_ticks(ax, width)
    return fig


def _in_words(r2: float | None, n: int | None) -> str:
    """Say how to read a dot, over how many partners, and how much all facts explain."""
    over = "" if n is None else f" over {n} partners"
    reads = f"Regression{over} of the gain on all facts at once, both standardised; 95 % intervals"
    return reads if r2 is None else f"{reads}. Together they explain {100 * r2:.0f} % of the variance (R² = {r2:.2f})"


def _labels(rows: pd.DataFrame) -> list[str]:
    """Plain words for the facts, their keys where there are none."""
    facts = rows["fact"].astype(str).str.replace("_", " ")
    return (rows["label"].fillna(facts).astype(str) if "label" in rows.columns else facts).tolist()
