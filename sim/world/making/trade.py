"""Make `trade.csv` and `gdp.csv`: 194 economies added up to those of the talks and the rest of the world."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt

__all__ = ["make_trade", "read_labels"]

Array = npt.NDArray[np.float64]

TAIWAN, MODEL, SPARE = "TWN", "KOR", "JPN"
"""Taiwan is not in the source: it trades like Korea; with Korea itself, as Korea does with Japan."""


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
        The United States, the partners, the rest of the world ("ROW").
    trade : ndarray of shape (N, N)
        USD bn a year, origins in rows, three significant digits, nothing on the diagonal.
    gdp : ndarray of shape (N,)
        USD bn, five significant digits.
    """
    labels = read_labels(folder)
    flows = np.nan_to_num(np.genfromtxt(folder / "trade_cepii.csv", delimiter=",", skip_header=1)) / 1e6
    output = np.genfromtxt(folder / "gdp.csv", delimiter=",", skip_header=1) / 1e9
    iso = ["USA", *(row["iso3"] for row in partners), "ROW"]
    groups = _groups(labels, iso, partners)
    trade, gdp = groups.T @ flows @ groups, output @ groups
    _stand_in(iso, trade, gdp, next(row for row in partners if row["iso3"] == TAIWAN))
    np.fill_diagonal(trade, 0.0)
    return iso, _round(trade, 3), _round(gdp, 5)


def _groups(labels: list[str], iso: list[str], partners: list[dict[str, str]]) -> Array:
    """Say which economy of the result each country of the source belongs to."""
    home = {code: code for code in iso}
    for row in partners:
        home |= dict.fromkeys(filter(None, row["members"].split(";")), row["iso3"])
    column = {code: k for k, code in enumerate(iso)}
    member = np.zeros((len(labels), len(iso)))
    for k, code in enumerate(labels):
        member[k, column[home.get(code, "ROW")]] = 1.0
    empty = [code for code in iso if not member[:, column[code]].any() and code != TAIWAN]
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


def _round(values: Array, digits: int) -> Array:
    """Round to significant digits."""
    return np.array([float(f"{value:.{digits}g}") for value in values.ravel()]).reshape(values.shape)
