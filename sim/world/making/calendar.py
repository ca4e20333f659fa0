"""Make `calendar.csv`: dated facts up to the deal of 22 July 2025, nothing later."""

from __future__ import annotations

import csv
from pathlib import Path

__all__ = ["make_calendar"]

LAST_DAY = "2025-07-22"
MEMORY, NO_PAGE = "from memory, unverified", "no page at hand, unverified"
Row = tuple[str, ...]

LETTERS = {
    "2025-07-07": {
        "JPN": 0.25, "KOR": 0.25, "MYS": 0.25, "IDN": 0.32, "THA": 0.36, "KHM": 0.36, "LAO": 0.40, "MMR": 0.40,
    },
    "2025-07-09": {"BRA": 0.50, "PHL": 0.20, "LKA": 0.30, "IRQ": 0.30, "DZA": 0.30, "BRN": 0.25, "MDA": 0.25},
    "2025-07-10": {"CAN": 0.35},
    "2025-07-12": {"EUU": 0.30, "MEX": 0.30},
}  # fmt: skip
"""Rates as the timeline gives them in words, by the day of the letter."""

LETTERS_FROM_MEMORY = {
    "2025-07-07": {"KAZ": 0.25, "TUN": 0.25, "ZAF": 0.30, "BIH": 0.30, "BGD": 0.35, "SRB": 0.35},
    "2025-07-09": {"LBY": 0.30},
}
ELECTIONS = {"JPN": "2025-07-20", "KOR": "2025-06-03"}


def make_calendar(folder: Path) -> list[Row]:
    """Return the rows of `calendar.csv`, a header first.

    Parameters
    ----------
    folder : Path
        Holds the timeline, the deals and the rounds of Japan.
    """
    timeline = _read(folder / "timeline_to_22_july.csv")
    deals = _read(folder / "deals_to_22_july.csv")
    events = [
        *_deadlines(timeline),
        *_letters(timeline),
        *_deals(deals, timeline),
        *_rounds(_read(folder / "japan_rounds.csv")),
    ]
    for iso, day in ELECTIONS.items():
        events.append((day, "election", iso, "", _source(timeline, day, "lection")))
    return [("date", "kind", "iso", "value", "source"), *sorted(event for event in events if event[0] <= LAST_DAY)]


def _read(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _source(timeline: list[dict[str, str]], day: str, word: str) -> str:
    """Find the page of the timeline's event of a day whose text holds a word."""
    return next(row["source"] for row in timeline if row["date"] == day and word in row["event"])


def _deadlines(timeline: list[dict[str, str]]) -> list[Row]:
    pause = _source(timeline, "2025-04-09", "pause")
    return [
        ("2025-04-02", "order", "USA", "0.1", _source(timeline, "2025-04-02", "EO 14257")),
        ("2025-07-09", "pause_end", "USA", "", pause),
        ("2025-07-07", "extension", "USA", "2025-08-01", _source(timeline, "2025-07-07", "extended")),
    ]


def _letters(timeline: list[dict[str, str]]) -> list[Row]:
    named: list[Row] = [
        (day, "letter", iso, str(rate), _source(timeline, day, "etter"))
        for day, rates in LETTERS.items()
        for iso, rate in rates.items()
    ]
    recalled: list[Row] = [
        (day, "letter", iso, str(rate), MEMORY)
        for day, rates in LETTERS_FROM_MEMORY.items()
        for iso, rate in rates.items()
    ]
    return named + recalled


def _deals(deals: list[dict[str, str]], timeline: list[dict[str, str]]) -> list[Row]:
    """Take the first day of talks and, where there was one by the last day, the framework and its rate."""
    events: list[Row] = []
    for row in deals:
        iso, opened, agreed = row["iso3"], row["talks_opened"], row["framework_date"]
        if opened:
            page = _page(timeline, opened, iso) or row["source"] or NO_PAGE
            events.append((opened, "talks_open", iso, "", page))
        if agreed:
            page = _page(timeline, agreed, iso) or row["source"]
            events.append((agreed, "deal", iso, str(float(row["agreed_rate"]) / 100), page))
    return events


def _page(timeline: list[dict[str, str]], day: str, iso: str) -> str:
    """Find the page of an event of a day in which an economy took part, or nothing."""
    pages = (row["source"] for row in timeline if row["date"] == day and iso in row["actor"].split(","))
    return next(pages, "")


def _rounds(rounds: list[dict[str, str]]) -> list[Row]:
    """Take Japan's rounds by their first day; meetings between rounds have a letter in their number."""
    return [(row["date_us"][:10], "meeting", "JPN", row["round"], row["source"]) for row in rounds]
