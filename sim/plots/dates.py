"""Rounds as calendar dates: round 0 is the week of Monday 14 April 2025."""

from __future__ import annotations

from datetime import date, timedelta

from matplotlib.axis import Axis
from matplotlib.ticker import FixedLocator, FuncFormatter

__all__ = ["ROUND_ZERO", "date_axis", "date_of", "day_month"]

ROUND_ZERO = date(2025, 4, 14)


def date_of(round_: float) -> date:
    """Calendar date at a time given in rounds (weeks).

    >>> date_of(13).isoformat()
    '2025-07-14'
    """
    return ROUND_ZERO + timedelta(days=round(7 * round_))


def day_month(round_: float) -> str:
    """Date at a time given in rounds, for a tick; with the year unless it is 2025.

    >>> day_month(0), day_month(52)
    ('14 Apr', '13 Apr 26')
    """
    day = date_of(round_)
    year = "" if day.year == ROUND_ZERO.year else f" {day:%y}"
    return f"{day.day} {day:%b}{year}"


def date_axis(axis: Axis, last: float, most: int, *, weeks: bool = True) -> None:
    """Put ticks at whole rounds, labelled with the date and, above it, the week.

    Parameters
    ----------
    axis : Axis
        Axis in rounds from 0.
    last : float
        The last round shown.
    most : int
        Most ticks there is room for.
    weeks : bool
        Whether to name the week too.
    """
    step = next((s for s in (1, 2, 4, 8, 13, 26, 52, 104) if last / s <= max(most - 1, 1)), 208)
    axis.set_major_locator(FixedLocator(list(range(0, int(last) + 1, step))))
    axis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:.0f}\n{day_month(x)}" if weeks else day_month(x)))
