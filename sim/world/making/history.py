"""Make `history.csv`: what stood in the frameworks announced by 22 July 2025, beside their dates and general rates."""

from __future__ import annotations

import csv
from pathlib import Path

__all__ = ["make_history"]

LAST_DAY = "2025-07-22"
ABSENT = ("none", "separate", "kept OUT", "military cooperation mentioned")
"""How the source begins where an element was left out of the text, put on another track, or spoken of beside it."""

Row = tuple[str, ...]


def make_history(folder: Path) -> list[Row]:
    """Return the rows of `history.csv`, a header first; of the wording only what stands before a semicolon.

    Parameters
    ----------
    folder : Path
        Holds the deals.

    Raises
    ------
    ValueError
        If an element of a deal is worded in a way this reading does not know.
    """
    with open(folder / "deals_to_22_july.csv", encoding="utf-8") as file:
        deals = [row for row in csv.DictReader(file) if "" < row["framework_date"] <= LAST_DAY]
    rows: list[Row] = [("iso", "issue", "value", "said", "source")]
    for deal in sorted(deals, key=lambda deal: (deal["framework_date"], deal["iso3"])):
        for issue, (value, said) in _terms(deal).items():
            rows.append((deal["iso3"], issue, f"{value:g}", said.split(";")[0], deal["source"]))
    return rows


def _terms(deal: dict[str, str]) -> dict[str, tuple[float, str]]:
    """Read value and wording of every issue besides the general rate."""
    autos, pledge = deal["auto_rate"], deal["investment_pledge_usd_bn"]
    access = deal["ntb_market_access"]
    return {
        "auto_tariff": (float(autos.split()[0]) / 100, autos),
        "investment": (float(pledge or 0), f"USD {pledge} bn" if pledge else "none named"),
        "fx": _absent(deal["fx_element"]),
        "defence": _absent(deal["defence_element"]),
        "market_access": (float(bool(access)), access or "none named"),
    }


def _absent(said: str) -> tuple[float, str]:
    """Read an element that is not in the text."""
    if not said.startswith(ABSENT):
        raise ValueError(f"cannot tell whether this is in the text: {said!r}")
    return 0.0, said
