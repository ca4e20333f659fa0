"""What each mechanism does to the advantage of being first."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots.frames import require
from sim.plots.intervals import across, side_keys
from sim.plots.page import Heading, Size, new_page, say
from sim.plots.style import INK, Provenance, house_style

__all__ = ["mechanism_signs"]

COLUMNS = ["setting", "effect", "effect_low", "effect_high"]
NAMES = {"all": "all seven"}


@house_style()
def mechanism_signs(
    effects: pd.DataFrame, provenance: Provenance, *, name: str = "the partner", size: Size = (6.6, 4.2)
) -> Figure:
    """Draw what each mechanism alone adds to the advantage of the first place over the last, with 95 % intervals.

    Parameters
    ----------
    effects : DataFrame
        `setting` (`none` is left out, it is the zero line); `effect`, `effect_low`, `effect_high` (USD bn, present
        value, against all mechanisms off).
    provenance : Provenance
        For the footer.
    name : str
        The focal partner's name, for the title.
    size : (float, float)
        Width and height, inches.

    Returns
    -------
    Figure
        A dot a mechanism, from top to bottom in the order of the table; right of zero the first gains.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    require(effects, COLUMNS)
    rows = effects[effects["setting"] != "none"].dropna(subset=["effect"])
    reads = "First place less last place, each mechanism alone, against all seven off; paired twins, 95 % intervals"
    heading = Heading(f"Why order matters to {name}: one mechanism at a time", reads)
    keys = side_keys(rows[["effect_low", "effect_high"]], "the first gains", "the last gains")
    fig = new_page(size, heading, provenance, keys)
    ax = fig.subplots()
    if rows.empty:
        say(ax, "no mechanism to compare")
    else:
        _draw(ax, rows)
    return fig


def _draw(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw dots, intervals, and the zero line."""
    ax.axvline(0, color=INK, linewidth=1.0, zorder=2)
    for slot, (_, mean, low, high) in enumerate(rows[COLUMNS].itertuples(index=False)):
        across(ax, slot, (mean, low, high))
    ax.set_yticks(range(len(rows)), [NAMES.get(str(name), str(name)) for name in rows["setting"]])
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.margins(x=0.08)
    ax.set_xlabel("USD bn, present value (right: pays to be first; left: pays to be last)")
    ax.grid(axis="x")
