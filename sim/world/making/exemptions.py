"""What share of the announced duty is really paid: much trade is exempt (medicines, chips, energy, aircraft)."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["PAID", "add_duty_shares", "announced"]

Row = dict[str, str]

GENERAL, AUTOS = 10.0, 25.0
"""Rates in force on 17 April 2025, per cent."""
PAID = {"EUU": 8.5, "JPN": 13.6, "GBR": 10.5, "rich": 9.5, "rest": 7.3}
"""Trade-weighted rate of 17 April 2025 as the Tax Policy Center works it out product by product, per cent."""
RICH = ("KOR", "TWN", "CHE", "SGP", "ISR", "AUS", "NOR", "NZL", "ISL")
"""Other advanced economies."""
KNOWN = {"CHE": 0.67}
"""A third of what Switzerland sells to the United States is exempt."""


def add_duty_shares(rows: Iterable[Row]) -> None:
    """Fill the column `duty_share` of partners, and mark those whose share is that of a group, or of nobody.

    The share is the paid rate over the announced one, at most 1; in a group both are weighted by US imports. Who did
    not ask for talks counts in no group and has 1.
    """
    rows = list(rows)
    groups: dict[str, list[Row]] = {name: [] for name in PAID}
    for row in rows:
        if row["requested"] == "1":
            groups[_group(row["iso3"])].append(row)
    shares = {name: min(1.0, PAID[name] / _mean(members)) for name, members in groups.items() if members}
    for row in rows:
        iso, group = row["iso3"], _group(row["iso3"])
        share = KNOWN.get(iso, shares[group]) if row["requested"] == "1" else 1.0
        row["duty_share"] = f"{share:.3g}"
        if row["requested"] != "1" or iso not in {*PAID, *KNOWN}:
            row["assumed"] = ";".join(sorted({*filter(None, row["assumed"].split(";")), "duty_share"}))


def announced(row: Row) -> float:
    """Return the announced average (1 - s) 10 + s 25, per cent, with s the share of autos in US imports."""
    autos = float(row["auto_exports"]) / float(row["us_imports"])
    return (1.0 - autos) * GENERAL + autos * AUTOS


def _group(iso: str) -> str:
    if iso in PAID:
        return iso
    return "rich" if iso in RICH else "rest"


def _mean(rows: list[Row]) -> float:
    imports = [float(row["us_imports"]) for row in rows]
    return sum(bought * announced(row) for bought, row in zip(imports, rows, strict=True)) / sum(imports)
