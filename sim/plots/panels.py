"""Small multiples: a panel an issue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots.page import title_panel
from sim.plots.rows import make_room

__all__ = ["issue_name", "issues_in", "panels"]

WORDS = {
    "tariff": "General tariff",
    "auto_tariff": "Auto tariff",
    "defence": "Defence support",
    "fx": "Currency",
    "investment": "Investment pledge",
    "market_access": "Market access",
}


def issue_name(issue: str) -> str:
    """Name an issue in words; a scenario's own by its key.

    >>> issue_name("fx"), issue_name("alaska_lng")
    ('Currency', 'Alaska lng')
    """
    return WORDS.get(issue, issue.replace("_", " ").capitalize())


def issues_in(frame: pd.DataFrame) -> list[str]:
    """Issues found in column `issue`, in their usual order; a scenario's own come last, as they appear."""
    found = dict.fromkeys(frame["issue"].dropna().astype(str))
    return [*(issue for issue in WORDS if issue in found), *(issue for issue in found if issue not in WORDS)]


def panels(
    fig: Figure, titles: Sequence[str], least: tuple[float, float], *, same_heights: bool = True
) -> Iterator[tuple[Axes, bool, bool]]:
    """Lay out one titled panel after the other, in as few rows as fit, all with the same horizontal axis.

    Parameters
    ----------
    fig : Figure
        The page; it gets higher if need be.
    titles : sequence of str
        Titles of the panels; at least one.
    least : (float, float)
        Least width and height of a panel, inches.
    same_heights : bool
        Whether they share the vertical axis too.

    Yields
    ------
    Axes, bool, bool
        The panel, whether it stands at the left edge, and whether nothing stands below it.
    """
    wide = float(fig.get_size_inches()[0])
    most = min(len(titles), max(1, int(wide / least[0])))
    rows = -(-len(titles) // most)
    columns = -(-len(titles) // rows)  # four panels stand two by two where three would fit side by side
    make_room(fig, rows * least[1])
    grid = np.atleast_1d(fig.subplots(rows, columns, sharex=True, sharey=same_heights)).ravel()
    for spare in grid[len(titles) :]:
        spare.set_axis_off()
    for k, title in enumerate(titles):
        title_panel(fig, grid[k], title, wide / columns - 0.5)
        grid[k].tick_params(labelbottom=k + columns >= len(titles))
        yield grid[k], k % columns == 0, k + columns >= len(titles)
