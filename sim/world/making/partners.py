"""Make `partners.csv`: facts about each economy of the talks, in one unit, with every assumption named."""

from __future__ import annotations

import csv
from pathlib import Path

from sim.world.making.exemptions import add_duty_shares

__all__ = ["WATCHING", "make_partners", "read_countries"]

Row = dict[str, str]

WATCHING = ("CHN", "HKG", "MAC", "CAN", "MEX", "RUS")
"""Economies of the world that did not ask, or have rules of their own."""
STAND_IN = {"EUU", "TWN"}
"""Not in the trade data under their own name, but made from it."""
LARGEST = 27
"""How many of the economies at ten per cent are taken, by size of trade: with the others they make 80."""

AUTO_WORLD = 248.8
"""US imports of finished vehicles in 2024, USD bn."""
SUPPORT_PER_SOLDIER = 20_000 / 1e9
SECURITY_SHARE = 1e-4
"""Scale of a purchase of security where there are no troops: 0.01 per cent of GDP."""
DEFENCE_DEFAULT, MFN_DEFAULT = 1.5, 0.10

RENAMED = {
    "us_imports_2024_usd_bn": "us_imports",
    "us_exports_2024_usd_bn": "us_exports",
    "gdp_2024_usd_bn": "gdp",
    "auto_broad_to_us_2024_usd_bn": "auto_exports",
    "defence_spending_pct_gdp": "defence_pct_gdp",
    "applied_mfn_tariff_avg": "mfn_tariff",
    "treaty_ally": "treaty_ally",
}


def read_countries(path: Path) -> dict[str, Row]:
    """Read the source table by ISO code."""
    with open(path, encoding="utf-8") as file:
        return {row["iso3"]: row for row in csv.DictReader(file)}


def make_partners(countries: dict[str, Row], traded: list[str]) -> list[Row]:
    """Return the rows of `partners.csv`: those who asked by size of trade with the US, then the others.

    Parameters
    ----------
    countries : dict of str to dict
        The source table by ISO code.
    traded : list of str
        Codes with trade data; the others cannot be in the world.
    """
    members = [row["iso3"] for row in countries.values() if row["bloc"] == "EU" and row["iso3"] != "EUU"]
    fallback = _auto_fallback(countries)
    rows = [_row(countries, iso, members, fallback) for iso in (*_asked(countries, traded), *WATCHING)]
    add_duty_shares(rows)
    return rows


def _asked(countries: dict[str, Row], traded: list[str]) -> list[str]:
    """Take all with a rate of their own on 2 April, and the largest at ten per cent, largest trade first."""
    known = {*traded, *STAND_IN} - set(WATCHING)
    here = sorted((row for row in countries.values() if row["iso3"] in known), key=lambda row: -_imports(row))
    listed = [row for row in here if row["eo14257_status"] == "annex_i"]
    others = [row for row in here if row["eo14257_status"] == "baseline_10"][:LARGEST]
    return [row["iso3"] for row in here if row in listed or row in others]


def _imports(row: Row) -> float:
    return float(row["us_imports_2024_usd_bn"] or row["us_imports_baci_2023_usd_bn"] or 0.0)


def _auto_fallback(countries: dict[str, Row]) -> float:
    """Share of autos in imports from countries without a figure: what is left of the world total, over their trade."""
    agents = [row for row in countries.values() if row["is_negotiating_agent"] == "1"]
    left, rest = AUTO_WORLD, 0.0
    for row in agents:
        autos = row["auto_exports_to_us_2024_usd_bn"] or row["auto_broad_to_us_2024_usd_bn"]
        if autos:
            left -= float(autos)
        elif row["us_imports_2024_usd_bn"]:
            rest += float(row["us_imports_2024_usd_bn"])
    return left / rest


def _row(countries: dict[str, Row], iso: str, members: list[str], auto_share: float) -> Row:
    source, assumed, notes = countries[iso], list[str](), _notes(countries[iso])
    imports = _imports(source)
    if not source["us_imports_2024_usd_bn"]:
        notes.append("us_imports and us_exports: BACI 2023")
    row = {
        "iso3": iso,
        "name": source["name"],
        "requested": str(int(iso not in WATCHING)),
        "members": ";".join(members) if iso == "EUU" else "",
        "rate_april2": source["reciprocal_rate_apr2"],
        "us_imports": f"{imports:.6g}",
        "us_exports": source["us_exports_2024_usd_bn"] or source["us_exports_baci_2023_usd_bn"],
        "gdp": source["gdp_2024_usd_bn"],
        "population": source["population"],
        "auto_exports": _autos(source, imports * auto_share, assumed),
        "treaty_ally": "NATO" if iso == "EUU" else source["treaty_ally"],
        "mfn_tariff": _mfn(source, assumed),
    }
    row |= _security(source, float(row["gdp"]), assumed)
    row["treasury_holdings"] = _holdings(countries, iso, members, assumed)
    row["unverified"] = ";".join(_unverified(source, row))
    row["assumed"] = ";".join(sorted(assumed))
    row["notes"] = " | ".join(notes)
    return row


def _autos(source: Row, fallback: float, assumed: list[str]) -> str:
    """Prefer vehicles with parts, then finished vehicles, then a share of imports."""
    figure = source["auto_broad_to_us_2024_usd_bn"] or source["auto_exports_to_us_2024_usd_bn"]
    if not figure:
        assumed.append("auto_exports")
    return figure or f"{fallback:.3g}"


def _security(source: Row, gdp: float, assumed: list[str]) -> Row:
    """Troops, support for them, defence spending."""
    troops, defence = source["us_troops"], source["defence_spending_pct_gdp"]
    support = source["host_nation_support_usd_bn"]
    scale = max(SUPPORT_PER_SOLDIER * float(troops or 0), SECURITY_SHARE * gdp)
    missing = {"troops": troops, "host_nation_support": support, "defence_pct_gdp": defence}
    assumed += [name for name, cell in missing.items() if not cell]
    return {
        "troops": troops or "0",
        "host_nation_support": support or f"{scale:.3g}",
        "defence_pct_gdp": f"{float(defence or DEFENCE_DEFAULT):.3g}",
    }


def _mfn(source: Row, assumed: list[str]) -> str:
    """Prefer the sourced average (World Bank), then the one from memory (WTO), then a round number."""
    per_cent = source["mfn_simple_mean_wdi_pct"] or source["applied_mfn_tariff_avg"]
    if not per_cent:
        assumed.append("mfn_tariff")
    return f"{float(per_cent) / 100:.4g}" if per_cent else str(MFN_DEFAULT)


def _holdings(countries: dict[str, Row], iso: str, members: list[str], assumed: list[str]) -> str:
    """Take the figure; the union holds what its members are known to hold; nothing known counts as nothing."""
    figure = countries[iso]["treasury_holdings_usd_bn"]
    if figure:
        return figure
    assumed.append("treasury_holdings")
    known = [float(countries[code]["treasury_holdings_usd_bn"] or 0) for code in members]
    return f"{sum(known):.6g}" if iso == "EUU" else "0"


def _unverified(source: Row, row: Row) -> list[str]:
    """Translate the source's list, leaving out figures that were not taken."""
    names = {RENAMED[name] for name in source["unverified"].split(";") if name in RENAMED}
    if source["mfn_simple_mean_wdi_pct"] or not source["applied_mfn_tariff_avg"]:
        names.discard("mfn_tariff")
    return sorted(names)


def _notes(source: Row) -> list[str]:
    """Keep the remarks on cells that are shipped."""
    taken = {
        *RENAMED, "us_troops", "treasury_holdings_usd_bn", "host_nation_support_usd_bn", "reciprocal_rate_apr2",
        "population",
    }  # fmt: skip
    kept = (note.strip() for note in source["cell_notes"].split(" | "))
    return [note for note in kept if note.split(":")[0] in taken]
