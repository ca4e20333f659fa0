"""``python -m benchmarks.published [--source FOLDER] [--json]``: the trade model against the paper's printed figures.

Ignatenko, Lashkaripour, Macedoni and Simonovska, J. Int. Econ. 157 (2025) 104138: duties of 2 April, no retaliation.
FOLDER, if given, has the tables of the source for its 194 economies; the shipped table is always held against the
figures.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.world import TradeWorld, load_economies

__all__ = [
    "COLUMNS",
    "DIGITS",
    "PUBLISHED",
    "Row",
    "authors_duties",
    "authors_rates",
    "authors_world",
    "rows",
    "without_taiwan",
]

COLUMNS = ("welfare", "deficit", "exports_gdp", "imports_gdp", "employment", "prices")
#: By use of the revenue and by whom: the printed figures in the order of the columns, per cent.
PUBLISHED = {
    ("tax_relief", "USA"): (1.13, -18.1, -52.7, -43.6, 0.32, 12.8),
    ("tax_relief", "rest"): (-0.58, 11.6, -3.2, -3.3, -0.14, -4.7),
    ("lump_sum", "USA"): (-0.01, -18.4, -52.5, -43.3, -0.41, 13.1),
    ("lump_sum", "rest"): (-0.57, 11.7, -3.3, -3.4, -0.14, -4.8),
}
#: Digits after the point that a column is printed with.
DIGITS = (2, 1, 1, 1, 2, 1)
AUTHORS = {
    "BIH": 0.36, "BWA": 0.38, "CHN": 0.54, "CMR": 0.12, "HKG": 0.10, "IND": 0.27, "KOR": 0.26, "MAC": 0.10,
    "MEX": 0.17, "MMR": 0.45, "MWI": 0.18, "NIC": 0.19, "NOR": 0.16, "PAK": 0.30, "PHL": 0.18, "SRB": 0.38,
    "THA": 0.37, "VUT": 0.23, "ZAF": 0.31,
}  # fmt: skip
"""Rates that the authors code otherwise than the facts have them."""


@dataclass(frozen=True)
class Row:
    """One published row and what a table comes to.

    Attributes
    ----------
    use, who : str
        Use of the revenue; the United States or the mean of the others.
    published, found : tuple of float
        By column, per cent.
    """

    use: str
    who: str
    published: tuple[float, ...]
    found: tuple[float, ...]

    def distance(self) -> float:
        """Return the largest distance to the printed digits, in points."""
        return max(abs(ours - theirs) for ours, theirs in zip(self.found, self.published, strict=True))

    def digits_met(self) -> int:
        """Return in how many columns the printed digits come out."""
        columns = zip(self.found, self.published, DIGITS, strict=True)
        return sum(round(ours, digits) == theirs for ours, theirs, digits in columns)


def without_taiwan() -> TradeWorld:
    """Return the shipped world as far as the source has it."""
    shipped = TradeWorld.default()
    keep = [k for k, code in enumerate(shipped.iso) if code != "TWN"]
    iso = tuple(shipped.iso[k] for k in keep)
    return TradeWorld.from_arrays(iso, shipped.trade[np.ix_(keep, keep)], shipped.gdp[keep], shipped.blocs)


def authors_rates() -> dict[str, float]:
    """Return rates of 2 April as the authors code them, at least a tenth."""
    facts = {x.iso3: max(0.10, x.rate_april2) for x in load_economies() if x.iso3 != "TWN"}
    return facts | AUTHORS | {"ROW": 0.10}


def authors_world(folder: Path) -> TradeWorld:
    """Return the world of the source's own tables."""
    return TradeWorld.from_tables(*(folder / f"{name}.csv" for name in ("trade_cepii", "gdp", "country_labels")))


def authors_duties(folder: Path) -> NDArray[np.float64]:
    """Return the source's own duties, at least a tenth."""
    duties: NDArray[np.float64] = np.maximum(0.10, np.genfromtxt(folder / "tariffs.csv", skip_header=1))
    return duties


def rows(world: TradeWorld, duties: Mapping[str, float] | NDArray[np.float64]) -> Iterator[Row]:
    """Solve both uses of the revenue and put every published row beside what comes out."""
    results = {use: world.solve(duties, revenue=use) for use in ("tax_relief", "lump_sum")}  # type: ignore[arg-type]
    for (use, who), published in PUBLISHED.items():
        result = results[use]
        found = [getattr(result, name)["USA"] if who == "USA" else result.mean_of_others(name) for name in COLUMNS]
        yield Row(use, who, published, tuple(map(float, found)))


def main() -> None:
    """Print the rows, published and found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--source", type=Path, help="folder with the tables of the source")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    tables = {"shipped": rows(without_taiwan(), authors_rates())}
    if options.source:
        tables["source"] = rows(authors_world(options.source), authors_duties(options.source))
    found: dict[str, Any] = {name: list(lines) for name, lines in tables.items()}
    if options.json:
        print(json.dumps({name: [asdict(row) for row in lines] for name, lines in found.items()}, indent=1))
        return
    print(f"{'per cent':36}" + "".join(f"{name:>13}" for name in COLUMNS))
    for name, lines in found.items():
        for row in lines:
            printed = "".join(f"{x:13.{digits}f}" for x, digits in zip(row.published, DIGITS, strict=True))
            print(f"{row.use:12}{row.who:8}{'published':16}{printed}")
            print(f"{'':20}{name:16}" + "".join(f"{x:13.3f}" for x in row.found))


if __name__ == "__main__":
    main()
