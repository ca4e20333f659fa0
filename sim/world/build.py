"""Make every table in `sim/world/data` from a folder of source data: `python -m sim.world.build SOURCE_DATA_DIR`.

`python -m sim.world.build --payoffs` needs no sources: it solves the payoff tables for the facts in place.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.world.making.calendar import make_calendar
from sim.world.making.deals import make_deals
from sim.world.making.history import make_history
from sim.world.making.partners import make_partners, read_countries
from sim.world.making.trade import make_trade, read_labels
from sim.world.partners import COLUMNS

if TYPE_CHECKING:
    from sim.world.bank import PayoffBank

__all__ = ["build", "main"]

DATA = Path(__file__).parent / "data"
LAST_DIGIT = 1.01e-5
"""One unit of the sixth significant digit of a number, at most."""
NOISE = 2e-5
"""What is left of the last bits of a solution where large numbers are taken from each other, USD bn a year."""
ATTRIBUTION = """\
# Figures rounded by this project from: CEPII BACI HS22 V202501, year 2023 (Etalab Open Licence 2.0), and World Bank
# WDI, GDP in current USD (CC BY 4.0), both as published with Ignatenko, Lashkaripour, Macedoni and Simonovska,
# J. Int. Econ. 157 (2025) 104138. Taiwan (TWN) is a stand-in: see docs/data.md.
"""


def build(source: Path, target: Path = DATA) -> None:
    """Write all tables.

    Parameters
    ----------
    source : Path
        Folder with `countries.csv`, `trade/` and `history/`.
    target : Path
        Where to write.
    """
    partners = make_partners(read_countries(source / "countries.csv"), read_labels(source / "trade"))
    rows = [[row[name] for name in COLUMNS] for row in partners]
    _write(target / "partners.csv", "# Facts of the talks; sources in docs/data.md. USD bn.\n", [COLUMNS, *rows])
    iso, trade, gdp = make_trade(source / "trade", partners)
    table = [[code, *(f"{flow:.3g}" if flow else "" for flow in flows)] for code, flows in zip(iso, trade, strict=True)]
    head = "# Goods trade, USD bn a year, origins in rows, destinations in columns; three significant digits.\n"
    _write(target / "trade.csv", head + ATTRIBUTION, [["iso3", *iso], *table])
    head = "# GDP, USD bn, 2023 or latest.\n"
    _write(target / "gdp.csv", head + ATTRIBUTION, [["iso3", "gdp"], *zip(iso, (f"{y:.5g}" for y in gdp), strict=True)])
    build_talks(source / "history", target)
    build_payoffs(target)


def build_talks(history: Path, target: Path = DATA) -> None:
    """Write what happened in the talks of 2025: dated facts, terms of the first frameworks, all frameworks."""
    head = "# Dated facts of 2025 up to 31 July; rates are fractions. Every fact has a source.\n"
    _write(target / "calendar.csv", head, make_calendar(history))
    head = "# Terms of the frameworks announced by 22 July 2025, beside dates and general rates (calendar.csv).\n"
    _write(target / "history.csv", head, make_history(history))
    head = "# Frameworks known by 1 August 2025, and rates of those without; per cent, USD bn; blank: nothing known.\n"
    _write(target / "deals.csv", head, make_deals(history))


def build_payoffs(target: Path = DATA) -> None:
    """Solve the payoff tables for the facts in place.

    Where tables of the same facts are there already, a number that only differs in its last digits is left as it is:
    the last bits of a solution differ from machine to machine, and building again must not change the file.
    """
    from sim.world.bank import NODES, build_bank, save_bank
    from sim.world.partners import load_economies, requesting

    economies, done = load_economies(), 0
    steps = len(NODES) * len(requesting(economies))

    def told(eps: float, iso: str) -> None:
        nonlocal done
        done += 1
        print(f"\rtrade elasticity {eps:g}: {iso}, {done} of {steps} ", end="", file=sys.stderr, flush=True)

    bank = build_bank(economies, progress=told)
    print(file=sys.stderr)
    save_bank(_settled(bank, target / "payoffs.npz"), target / "payoffs.npz")


def _settled(bank: PayoffBank, path: Path) -> PayoffBank:
    """Take numbers from the archive in place where they are the same but for their last digit."""
    from sim.world.bank import load_bank

    try:
        old = load_bank(path)
    except (OSError, ValueError):
        return bank
    if old.hashes != bank.hashes:
        return bank
    settled = {}
    for name, new in bank.arrays.items():
        same = np.abs(old.arrays[name] - new) <= LAST_DIGIT * np.abs(new) + NOISE
        settled[name] = np.where(same, old.arrays[name], new)
    return replace(bank, arrays=settled)


def _write(path: Path, head: str, rows: Sequence[Sequence[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(head + text.getvalue(), encoding="utf-8")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("source", type=Path, nargs="?", help="folder with countries.csv, trade/ and history/")
    parser.add_argument("--payoffs", action="store_true", help="only solve the payoff tables for the facts in place")
    options = parser.parse_args()
    if options.payoffs == (options.source is not None):
        parser.error("give either the folder of source data or --payoffs")
    if options.payoffs:
        build_payoffs()
    else:
        build(options.source)


if __name__ == "__main__":
    main()
