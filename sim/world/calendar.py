"""Weeks and dated facts: when a round is, and what happened in the world of 2025 up to 31 July."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sim.world.errors import WorldDataError
from sim.world.facts import read_facts

__all__ = ["KINDS", "START", "Event", "date_of", "load_calendar", "round_of", "weeks_until"]

START = date(2025, 4, 14)
"""Monday of round 0."""

CALENDAR = Path(__file__).parent / "data" / "calendar.csv"
RATED = ("order", "letter", "deal", "own_order")
"""Kinds whose value is a rate."""
KINDS = (*RATED, "pause_end", "extension", "election", "talks_open", "meeting", "order_of_july", "court")
"""What an event can be. `value` is a rate for `RATED`, the new deadline for extensions, the day from which its rates
hold for the order of 31 July (they are in `deals.csv`), and what happened in court."""


@dataclass(frozen=True)
class Event:
    """A dated fact.

    Attributes
    ----------
    date : datetime.date
        The day.
    kind : str
        One of `KINDS`.
    iso : str
        The economy concerned, "USA" if all.
    value : str
        A rate as a fraction, an ISO date (the new deadline of an extension, the day from which an order holds), the
        number of a meeting, what a court did, or empty.
    source : str
        Address of the page, or "from memory, unverified".
    """

    date: date
    kind: str
    iso: str
    value: str
    source: str

    @property
    def round(self) -> int:
        """Week in which it happened; negative before the talks."""
        return round_of(self.date)

    @property
    def rate(self) -> float:
        """The value as a rate."""
        return float(self.value)

    @property
    def verified(self) -> bool:
        """Whether the source is a page."""
        return "unverified" not in self.source


def round_of(day: date) -> int:
    """Return the round (week, 0 is that of 14 April 2025) in which a day falls; negative before."""
    return (day - START).days // 7


def date_of(number: int) -> date:
    """Return the Monday of a round."""
    return START + timedelta(weeks=number)


def weeks_until(day: date, start: date = START) -> float:
    """Return the time from `start` to a day, in weeks (not rounded)."""
    return (day - start).days / 7.0


def load_calendar(path: str | Path | None = None) -> tuple[Event, ...]:
    """Read the dated facts, in order of date.

    Parameters
    ----------
    path : path, optional
        A table with the columns date, kind, iso, value, source; the one shipped with the package by default.

    Raises
    ------
    WorldDataError
        If a date, a kind or a rate cannot be read, or a source is missing.
    """
    source = CALENDAR if path is None else Path(path)
    events = [_event(row, source.name, n) for n, row in read_facts(source)]
    return tuple(sorted(events, key=lambda event: event.date))


def _event(row: dict[str, str], file: str, line: int) -> Event:
    if row.get("kind") not in KINDS:
        raise WorldDataError(file, f"unknown kind {row.get('kind')!r}", line, "kind", ", ".join(KINDS))
    if not row.get("source"):
        raise WorldDataError(file, "a fact without a source", line, "source", "an address")
    try:
        day = date.fromisoformat(row["date"])
    except (KeyError, ValueError):
        raise WorldDataError(file, f"{row.get('date')!r} is not a date", line, "date", "YYYY-MM-DD") from None
    if row["kind"] in RATED:
        _check_rate(row["value"], file, line)
    return Event(day, row["kind"], row["iso"], row["value"], row["source"])


def _check_rate(text: str, file: str, line: int) -> None:
    try:
        rate = float(text)
    except ValueError:
        rate = -1.0
    if not 0.0 <= rate <= 1.0:
        hint = f"rate {rate:g} should be {rate / 100:g}" if 1.0 < rate <= 100.0 else f"{text!r} is not a rate"
        raise WorldDataError(file, hint, line, "value", "a fraction from 0 to 1")
