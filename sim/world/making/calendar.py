"""Make `calendar.csv`: dated facts up to the order of 31 July 2025, nothing later."""

from __future__ import annotations

from pathlib import Path

from sim.world.making.deals import OWN_ORDERS, TIMELINES, page_of, read_rows, source_of

__all__ = ["make_calendar"]

LAST_DAY = "2025-07-31"
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
COURTS = {"2025-05-28": "unlawful", "2025-05-29": "stayed", "2025-07-31": "argued"}
"""What happened in court to the law on which the duties stand, by day."""


def make_calendar(folder: Path) -> list[Row]:
    """Return the rows of `calendar.csv`, a header first.

    Parameters
    ----------
    folder : Path
        Holds the timeline, the deals and the rounds of Japan.
    """
    timeline = [row for name in TIMELINES for row in read_rows(folder / name)]
    early, deals = read_rows(folder / "deals_to_22_july.csv"), read_rows(folder / "deals_to_1_august.csv")
    events = [
        *_deadlines(timeline),
        *_letters(timeline),
        *_openings(early, timeline),
        *_deals(deals, early, timeline),
        *_orders_of_july(deals, timeline),
        *_rounds(read_rows(folder / "japan_rounds.csv")),
    ]
    for iso, day in ELECTIONS.items():
        events.append((day, "election", iso, "", _source(timeline, day, "lection")))
    for day, what in COURTS.items():
        page = next(row["source"] for row in timeline if row["date"] == day and row["kind"] == "court")
        events.append((day, "court", "USA", what, page))
    return [("date", "kind", "iso", "value", "source"), *sorted(event for event in events if event[0] <= LAST_DAY)]


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


def _openings(early: list[dict[str, str]], timeline: list[dict[str, str]]) -> list[Row]:
    """Take the first day of talks where it is known."""
    opened = [(row["talks_opened"], row["iso3"], row["source"]) for row in early if row["talks_opened"]]
    return [(day, "talks_open", iso, "", _page(timeline, day, iso) or page or NO_PAGE) for day, iso, page in opened]


def _deals(deals: list[dict[str, str]], early: list[dict[str, str]], timeline: list[dict[str, str]]) -> list[Row]:
    """Take every framework and its general rate."""
    pages, events = {row["iso3"]: row["source"] for row in early}, list[Row]()
    for row in deals:
        iso, agreed = row["iso3"], row["framework_date"]
        if agreed:
            page = _page(timeline, agreed, iso) or source_of(row, pages, timeline)
            events.append((agreed, "deal", iso, str(float(row["agreed_rate"]) / 100), page))
    return events


def _orders_of_july(deals: list[dict[str, str]], timeline: list[dict[str, str]]) -> list[Row]:
    """Take the order of 31 July, with the day from which its rates hold, and orders on single economies with theirs."""
    rates = {row["iso3"]: row["rate_from_7_august"] for row in deals}
    page = _source(timeline, "2025-07-31", "EO 14326")
    own = [
        (day, "own_order", iso, str(float(rates[iso]) / 100), page_of(timeline, day, iso))
        for iso, day in OWN_ORDERS.items()
    ]
    return [("2025-07-31", "order_of_july", "USA", "2025-08-07", page), *own]


def _page(timeline: list[dict[str, str]], day: str, iso: str) -> str:
    """Find the page of an event of a day in which an economy took part, or nothing."""
    pages = (row["source"] for row in timeline if row["date"] == day and iso in row["actor"].split(","))
    return next(pages, "")


def _rounds(rounds: list[dict[str, str]]) -> list[Row]:
    """Take Japan's rounds by their first day; meetings between rounds have a letter in their number."""
    return [(row["date_us"][:10], "meeting", "JPN", row["round"], row["source"]) for row in rounds]
