"""What stood in the frameworks of 2025 that were announced by 22 July, issue by issue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.world.errors import WorldDataError
from sim.world.facts import read_facts

__all__ = ["SignedTerm", "load_history"]

HISTORY = Path(__file__).parent / "data" / "history.csv"


@dataclass(frozen=True)
class SignedTerm:
    """One element of a framework; its date and general rate are in the calendar.

    Attributes
    ----------
    iso : str
        The partner.
    issue : str
        An issue of the model.
    value : float
        A rate as a fraction, a pledge in USD bn, or for the other issues 0 (not in the text) or 1 (something is).
    said : str
        What the source says of it.
    source : str
        Address of the page.
    """

    iso: str
    issue: str
    value: float
    said: str
    source: str


def load_history(path: str | Path | None = None) -> tuple[SignedTerm, ...]:
    """Read the terms of the frameworks.

    Parameters
    ----------
    path : path, optional
        A table with the columns iso, issue, value, said, source; the one shipped with the package by default.

    Raises
    ------
    WorldDataError
        If a value is no number or a source is missing.
    """
    source = HISTORY if path is None else Path(path)
    return tuple(_term(row, source.name, n) for n, row in read_facts(source))


def _term(row: dict[str, str], file: str, line: int) -> SignedTerm:
    if not row.get("source"):
        raise WorldDataError(file, "a fact without a source", line, "source", "an address")
    try:
        value = float(row["value"])
    except ValueError:
        raise WorldDataError(file, f"{row['value']!r} is not a number", line, "value", "a number") from None
    return SignedTerm(row["iso"], row["issue"], value, row["said"], row["source"])
