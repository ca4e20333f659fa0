"""Numbers and values as a report writes them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sim.plots.numbers import plain
from sim.study.words import interval
from sim.world import date_of

__all__ = ["MINUS", "estimate", "grid", "head", "setting", "single"]

MINUS = "−"
NOTHING = "–"
#: Columns that hold fractions, shown in per cent.
FRACTIONS = frozenset({"deal_rate", "tariff", "auto_tariff", "effective_rate", "share", "best_share", "rate", "deals"})
#: Columns that hold weeks since the talks began, shown as dates.
WEEKS = frozenset({"round", "sign_from"})
NAMES = ("name", "label")
HEADS = {
    "position": "place",
    "versus": "against place",
    "iso": "code",
    "sign_from": "signs from",
    "us": "to the United States",
    "all": "to all partners",
    "set": "mechanisms on",
    "size": "how many",
    "deal_rate": "runs with a deal",
    "fact": "key",
    "label": "fact",
}


def estimate(mean: float | None, low: float | None = None, high: float | None = None) -> str:
    """Write a mean with its interval, as in +1.23 [+0.51, +1.96]; a mean alone where there is no interval."""
    three = [math.nan if number is None else float(number) for number in (mean, low, high)]
    if math.isnan(three[0]):
        return NOTHING
    if all(math.isnan(number) or number == 0 for number in three):
        return "0"
    return interval(three[0], three[1], three[2], unit="").replace("-", MINUS)


def single(column: str, value: Any) -> str:
    """Write one value of a column: a date, a percentage, a number with three digits, yes or no, or words."""
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value if " " in value else value.replace("_", " ")
    if column in WEEKS:
        return f"{date_of(round(value)):%-d %b %Y}"
    if column in FRACTIONS and 0 <= value <= 10:
        return f"{plain(100 * value)} %"
    return plain(value)


def grid(table: pd.DataFrame) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Lay out a table as heads and rows of text.

    Columns `mean`, `low`, `high` become one, as do those with a common ending (`mean_per_year`, ...), and `x`, `x_low`,
    `x_high`; names go first.
    """
    columns = sorted((str(column) for column in table.columns), key=lambda column: column not in NAMES)
    triples = {column: found for column in columns if (found := _ends(column, columns))}
    ends = {end for pair in triples.values() for end in pair}
    shown = [column for column in columns if column not in ends]
    heads = tuple(head(column) + (" [95 %]" if column in triples else "") for column in shown)
    records = [{str(key): value for key, value in row.items()} for row in table.astype(object).to_dict("records")]
    return heads, tuple(tuple(_cell(row, column, triples.get(column)) for column in shown) for row in records)


def head(column: str) -> str:
    """Name a column in words."""
    return HEADS.get(column, column.replace("_", " "))


def setting(text: str) -> tuple[str, ...]:
    """Write the value of a parameter, which comes as JSON: one line, or one for each entry of a list of many parts.

    >>> setting("0.25"), setting('["JPN", "KOR"]'), setting("null")
    (('0.25',), ('JPN, KOR',), ('not set',))
    """
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return (text or NOTHING,)
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return tuple(_brief(item) for item in value)
    return (_brief(value),)


def _brief(value: Any) -> str:
    """Write a value in one line, without what is not set."""
    if value is None or isinstance(value, bool):
        return {None: "not set", True: "yes", False: "no"}[value]
    if isinstance(value, dict):
        return (
            ", ".join(f"{key}: {_brief(item)}" for key, item in value.items() if item not in (None, [], {}, "")) or "{}"
        )
    if isinstance(value, list):
        return ", ".join(_brief(item) for item in value) or "none"
    return str(value)


def _ends(column: str, columns: Sequence[str]) -> tuple[str, str] | None:
    """Find the columns that hold the ends of a column's interval."""
    found = [(f"{column}_low", f"{column}_high")]
    if column == "mean" or column.startswith("mean_"):
        found.append((column.replace("mean", "low", 1), column.replace("mean", "high", 1)))
    return next((pair for pair in found if pair[0] in columns and pair[1] in columns), None)


def _cell(row: Mapping[str, Any], column: str, ends: tuple[str, str] | None) -> str:
    return single(column, row[column]) if ends is None else estimate(row[column], row[ends[0]], row[ends[1]])
