"""Make `trade.csv` and `gdp.csv`: 194 economies added up to those of the talks and regions of the rest of the world."""

from __future__ import annotations

import csv
from bisect import bisect
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.world.making.rounding import round_flows, significant

__all__ = ["make_trade", "read_labels"]

Array = npt.NDArray[np.float64]

TAIWAN, MODEL, SPARE = "TWN", "KOR", "JPN"
"""Taiwan is not in the source: it trades like Korea; with Korea itself, as Korea does with Japan."""
BUYERS = {0.4: "XRA", 0.2: "XRB"}
"""Regions of the rest of the world that buy at least this share of their imports in the United States."""
BALANCES, REST = (-0.2, 0.0, 0.4), ("XRC", "XRD", "XRE", "XRF")
"""Exports less imports over GDP at which the other regions part, the largest deficits first."""


def read_labels(folder: Path) -> list[str]:
    """Return the codes of the economies in the source's trade table, in its order."""
    with open(folder / "country_labels.csv", encoding="utf-8-sig") as file:
        return [row["iso3"] for row in csv.DictReader(file)]


def make_trade(folder: Path, partners: list[dict[str, str]]) -> tuple[list[str], Array, Array]:
    """Add the source's tables up.

    Parameters
    ----------
    folder : Path
        Holds `trade_cepii.csv` (thousand USD), `gdp.csv` (USD) and `country_labels.csv`.
    partners : list of dict
        Rows of `partners.csv`.

    Returns
    -------
    iso : list of str
        The United States, the partners (each member of a union in its place), the regions of the rest of the world.
    trade : ndarray of shape (N, N)
        USD bn a year, origins in rows, three significant digits, nothing on the diagonal.
    gdp : ndarray of shape (N,)
        USD bn, five significant digits.
    """
    labels = read_labels(folder)
    flows = np.nan_to_num(np.genfromtxt(folder / "trade_cepii.csv", delimiter=",", skip_header=1)) / 1e6
    output = np.genfromtxt(folder / "gdp.csv", delimiter=",", skip_header=1) / 1e9
    named = ["USA", *(code for row in partners for code in (row["members"] or row["iso3"]).split(";"))]
    home = _homes(labels, named, flows, output)
    iso = [*named, *BUYERS.values(), *REST]
    groups = _groups(labels, iso, home)
    trade, gdp = groups.T @ flows @ groups, output @ groups
    np.fill_diagonal(trade, 0.0)
    rounded, new = round_flows(trade, 3), iso.index(TAIWAN)
    _stand_in(iso, trade, gdp, next(row for row in partners if row["iso3"] == TAIWAN))
    rounded[new], rounded[:, new] = significant(trade[new], 3), significant(trade[:, new], 3)
    return iso, rounded, significant(gdp, 5)


def _homes(labels: list[str], named: list[str], flows: Array, output: Array) -> dict[str, str]:
    """Say which economy of the result each country of the source belongs to.

    Those without a name are put with others that stand alike to the United States and to the world: what their
    economy does under duties depends on how much they buy in the United States, and on their balance of trade.
    """
    exports, imports, us = flows.sum(axis=1), flows.sum(axis=0), labels.index("USA")
    home = {}
    for k, code in enumerate(labels):
        bought = flows[us, k] / imports[k]
        region = next((name for least, name in BUYERS.items() if bought >= least), None)
        balance = (exports[k] - imports[k]) / output[k]
        home[code] = code if code in named else region or REST[bisect(BALANCES, balance)]
    return home


def _groups(labels: list[str], iso: list[str], home: dict[str, str]) -> Array:
    """Return which country (row) belongs to which economy of the result (column), as ones and noughts."""
    member = np.array([[float(home[label] == code) for code in iso] for label in labels])
    empty = sorted(set(iso) - set(home.values()) - {TAIWAN})
    if empty:
        raise ValueError(f"no trade data for {', '.join(empty)}")
    return member


def _stand_in(iso: list[str], trade: Array, gdp: Array, row: dict[str, str]) -> None:
    """Give Taiwan Korea's pattern of trade scaled by GDP, and its own trade with the United States (Census)."""
    new, model, spare, us = (iso.index(code) for code in (TAIWAN, MODEL, SPARE, "USA"))
    gdp[new] = float(row["gdp"])
    scale = gdp[new] / gdp[model]
    trade[new], trade[:, new] = scale * trade[model], scale * trade[:, model]
    trade[new, model], trade[model, new] = scale * trade[model, spare], scale * trade[spare, model]
    trade[new, us], trade[us, new] = float(row["us_imports"]), float(row["us_exports"])
