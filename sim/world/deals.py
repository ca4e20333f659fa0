"""The frameworks of 2025 known by 1 August, and the rates of the order of 31 July for those without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sim.world.errors import WorldDataError
from sim.world.facts import read_table

__all__ = ["DEALS", "FrameworkDeal", "load_deals"]

DEALS = Path(__file__).parent / "data" / "deals.csv"
DATES = ("talks_opened", "framework_date")
RATES = ("april2_rate", "july_letter_rate", "rate_from_7_august", "agreed_rate", "agreed_auto_rate")
MONEY = {"investment_pledge_usd_bn": "investment_pledge", "energy_purchase_usd_bn": "energy_purchase"}
TEXT = ("market_access", "note", "source")
COLUMNS = ("iso3", "name", *DATES, *RATES, *MONEY, *TEXT)
"""Columns of the table. Its rates are per cent, its money is USD bn; a blank cell says that nothing is known."""


@dataclass(frozen=True)
class FrameworkDeal:
    """What became of the talks with one economy. Rates are fractions; None where nothing is known.

    Attributes
    ----------
    iso, name : str
        ISO code and name of the economy.
    talks_opened, framework_date : datetime.date, optional
        First day of talks; day on which a framework was announced, None without one.
    april2_rate, july_letter_rate : float, optional
        Rate of the order of 2 April; rate of its letter of July.
    rate_from_7_august : float, optional
        Rate of those without a framework, by the order of 31 July or one of its own; None with a framework.
    agreed_rate, agreed_auto_rate : float, optional
        General rate of the framework; its rate on autos, None where it leaves that of the proclamation.
    investment_pledge, energy_purchase : float, optional
        Headline sums, USD bn; None where none was named.
    market_access, note, source : str
        What the announcement says of market access; a remark; where it is from.
    """

    iso: str
    name: str
    talks_opened: date | None
    framework_date: date | None
    april2_rate: float | None
    july_letter_rate: float | None
    rate_from_7_august: float | None
    agreed_rate: float | None
    agreed_auto_rate: float | None
    investment_pledge: float | None
    energy_purchase: float | None
    market_access: str
    note: str
    source: str

    @property
    def signed(self) -> bool:
        """Whether there is a framework."""
        return self.framework_date is not None


def load_deals(path: str | Path | None = None) -> tuple[FrameworkDeal, ...]:
    """Read and check a table of frameworks.

    Parameters
    ----------
    path : path, optional
        A table with the columns of `COLUMNS`, rates in per cent; the one shipped with the package by default.

    Returns
    -------
    tuple of FrameworkDeal
        In the order of the file: frameworks by date, then the others.

    Raises
    ------
    WorldDataError
        If a column or a source is missing, a code comes twice, a cell cannot be read, or a framework has no rate.
    """
    source = DEALS if path is None else Path(path)
    deals: dict[str, FrameworkDeal] = {}
    for line, row in read_table(source, COLUMNS):
        deal = _deal(row, source.name, line)
        if deal.iso in deals:
            raise WorldDataError(source.name, f"{deal.iso} is in the table twice", line, "iso3", "every economy once")
        deals[deal.iso] = deal
    return tuple(deals.values())


def _deal(row: dict[str, str], file: str, line: int) -> FrameworkDeal:
    """Read one row."""
    iso = row["iso3"]
    if not (len(iso) == 3 and iso.isascii() and iso.isalpha() and iso.isupper()):
        raise WorldDataError(file, f"{iso!r} is not a code", line, "iso3", "three capital letters")
    if not row["source"]:
        raise WorldDataError(file, "a fact without a source", line, "source", "an address, or where it is from")
    for one, other in (("framework_date", "agreed_rate"), ("agreed_rate", "framework_date")):
        if row[one] and not row[other]:
            raise WorldDataError(file, f"a framework with {one} {row[one]} alone", line, other, "both or none")
    cells: dict[str, Any] = {name: row[name] for name in ("name", *TEXT)}
    cells |= {name: _date(row[name], file, line, name) for name in DATES}
    cells |= {name: _number(row[name], file, line, name) for name in RATES}
    cells |= {name: _number(row[column], file, line, column) for column, name in MONEY.items()}
    return FrameworkDeal(iso=iso, **cells)


def _date(text: str, file: str, line: int, column: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WorldDataError(file, f"{text!r} is not a date", line, column, "YYYY-MM-DD, or blank") from None


def _number(text: str, file: str, line: int, column: str) -> float | None:
    """Read a sum, or a rate in per cent as a fraction; None where the cell is blank."""
    if not text:
        return None
    rate = column in RATES
    allowed = "per cent, 0 to 100, or blank" if rate else "USD bn, 0 or more, or blank"
    try:
        value = float(text)
    except ValueError:
        raise WorldDataError(file, f"{text!r} is not a number", line, column, allowed) from None
    if rate and 0.0 < value < 1.0:
        raise WorldDataError(file, f"rate {text} should be {100 * value:g}", line, column, allowed)
    if not 0.0 <= value <= (100.0 if rate else 1e6):
        raise WorldDataError(file, f"{text} is out of range", line, column, allowed)
    return value / 100.0 if rate else value
