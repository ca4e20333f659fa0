"""Make `deals.csv`: the frameworks known by 1 August 2025, and the rates that the order of 31 July gave the others."""

from __future__ import annotations

import csv
from pathlib import Path

from sim.world.deals import COLUMNS

__all__ = ["TIMELINES", "make_deals", "page_of", "read_rows", "source_of"]

Row = dict[str, str]

TIMELINES = ("timeline_to_22_july.csv", "timeline_23_july_to_7_august.csv")
ORDER_DAY, ORDER = "2025-07-31", "EO 14326"
OWN_ORDERS = {"BRA": "2025-07-30", "CAN": "2025-07-31", "MEX": "2025-07-31"}
"""Days of the orders on economies that the order of 31 July leaves to orders of their own."""
NO_PAGE = "; no page at hand, unverified"


def make_deals(folder: Path) -> list[list[str]]:
    """Return the rows of `deals.csv`, a header first.

    Parameters
    ----------
    folder : Path
        Holds the deals and both timelines.
    """
    timeline = [row for name in TIMELINES for row in read_rows(folder / name)]
    early = {row["iso3"]: row["source"] for row in read_rows(folder / "deals_to_22_july.csv")}
    rows = read_rows(folder / "deals_to_1_august.csv")
    named = [row | {"source": source_of(row, early, timeline)} for row in rows]
    return [list(COLUMNS), *([row[name] for name in COLUMNS] for row in named)]


def read_rows(path: Path) -> list[Row]:
    """Read a source table."""
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def source_of(row: Row, early: dict[str, str], timeline: list[Row]) -> str:
    """Find the pages of a framework or of a rate; what the source table says where there is none."""
    iso, day = row["iso3"], row["framework_date"]
    if day:
        return early.get(iso) or page_of(timeline, day, iso) or row["source"] + NO_PAGE
    if iso in OWN_ORDERS:
        return page_of(timeline, OWN_ORDERS[iso], iso)
    order = next(event["source"] for event in timeline if event["date"] == ORDER_DAY and ORDER in event["event"])
    return f"{row['source']}: {order}"


def page_of(timeline: list[Row], day: str, iso: str) -> str:
    """Find the page of a deal or duty of a day, or of the day before, that names an economy; nothing without one.

    Frameworks of one evening are dated by the day on which they were announced or by the next.
    """
    near = (day, f"{day[:-2]}{int(day[-2:]) - 1:02d}")
    events = (row for when in near for row in timeline if row["date"] == when and iso in row["actor"].split(","))
    return next((row["source"] for row in events if row["kind"] in ("deal", "escalation")), "")
