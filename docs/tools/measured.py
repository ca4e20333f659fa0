"""Tables of the documentation that take minutes, or data that are not part of the project: ``make validate``.

Each says below itself by which command, when and with which version it was written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.drivers import agreement
from benchmarks.fuzz import SERIES, attempt, survey
from benchmarks.oracles import domains
from benchmarks.published import authors_duties, authors_world, rows, without_taiwan
from benchmarks.tables import measure_all
from docs.tools.marks import table
from docs.tools.minds import COMMAND, change_table, evidence_table, world_table
from docs.tools.validation import printed_rows, within
from sim import __version__
from sim.world import TradeWorld

__all__ = ["MEASURED", "Asked", "Measure"]

#: Vectors of duties, of duties with answers, scenarios for both drivers, scenarios audited; and their seeds.
DRAWS, ANSWERS, DRIVEN, AUDITED = 500, 200, 500, 2000
VECTOR_SEED, SERIES_SEED = 20250422, 1


@dataclass(frozen=True)
class Asked:
    """What a measurement may need.

    Attributes
    ----------
    trade : Path, optional
        Folder with the tables of the trade model's source.
    domains : Path, optional
        Folder with published domains and their figures.
    jobs : int
        Processes.
    """

    trade: Path | None = None
    domains: Path | None = None
    jobs: int = 2


@dataclass(frozen=True)
class Measure:
    """One table.

    Attributes
    ----------
    command : str
        What shows the same figures on a screen.
    write : callable
        Measures, and returns the table in Markdown.
    needs : str
        Which folder of :class:`Asked` it cannot do without; none when empty.
    """

    command: str
    write: Callable[[Asked], str]
    needs: str = ""

    def can(self, asked: Asked) -> bool:
        """Whether all it needs is at hand."""
        return not self.needs or getattr(asked, self.needs) is not None

    def signed(self, asked: Asked) -> str:
        """Return the table, and below it where it comes from."""
        today = dt.date.today()
        return f"{self.write(asked)}\n\n*`{self.command}`, {today.day} {today:%B %Y}, version {__version__}.*"


def source_table(asked: Asked) -> str:
    """Return the published rows beside those of the source's own table."""
    assert asked.trade is not None
    return printed_rows(rows(authors_world(asked.trade), authors_duties(asked.trade)))


def optimal_table(asked: Asked) -> str:
    """Return the best uniform duty of the United States by formula and by search, on both tables."""
    assert asked.trade is not None
    worlds = {"194 economies": authors_world(asked.trade), "shipped, without Taiwan": without_taiwan()}
    head = ["best uniform duty, per cent", "formula, E - X", "formula, Y - X", "search, tax relief", "search, lump sum"]
    printed = ["published", "21.8", "18.5", "25", "14"]
    return table(head, [printed, *([name, *_optimal(world)] for name, world in worlds.items())])


def _optimal(world: TradeWorld) -> list[str]:
    relief, rebate = (world.optimal_tariff(use, highest=0.5) for use in ("tax_relief", "lump_sum"))  # type: ignore[arg-type]
    found = (relief.formula, relief.formula_income, relief.search, rebate.search)
    return [f"{100 * rate:.1f}" for rate in found]


def domain_table(asked: Asked) -> str:
    """Return how far solutions and sessions are from those published for Genius domains."""
    assert asked.domains is not None
    lines = ([row.what, row.figures, within(row.distance)] for row in domains(asked.domains))
    return table(["published domain", "figures", "largest difference"], lines)


def error_table(asked: Asked, *, answers: bool) -> str:
    """Return how far the payoff tables are from exact solutions."""
    draws = ANSWERS if answers else DRAWS
    found = measure_all((draws, VECTOR_SEED), None, answers)
    head = ["kind, flow, measure", "median, %", "ninth decile", "largest", "largest, USD bn", "worst", "in bounds"]
    return table(head, (_error_row(name, row) for name, row in found.items()))


def _error_row(name: str, row: dict[str, Any]) -> Iterator[str]:
    yield ", ".join(name.split())
    yield from (f"{100 * row[f'{point}_share']:.2f}" for point in ("median", "ninth_decile", "maximum"))
    yield f"{row['maximum_bn']:.3f}"
    yield " ".join(row["worst"])
    yield "yes" if row["within_bounds"] else "no"


def driver_table(asked: Asked) -> str:
    """Return on how many scenarios both drivers agree."""
    found = agreement(DRIVEN, SERIES_SEED)
    head = ["scenarios", "runs", "rows of partners", "scenarios that differ in any bit"]
    return table(head, [[f"{found.scenarios:,}", f"{found.runs:,}", f"{found.rows:,}", len(found.differences)]])


def audit_table(asked: Asked) -> str:
    """Return how many random scenarios were played and audited, and how many broke a rule."""
    seeds = [SERIES_SEED * SERIES + n for n in range(AUDITED)]
    attempt(seeds[0])
    done, stopped = survey(seeds, asked.jobs)
    if stopped:
        raise KeyboardInterrupt
    deals, sessions = (sum(getattr(trial, name) for trial in done) for name in ("deals", "sessions"))
    failed = sum(bool(trial.findings) for trial in done)
    head = ["random scenarios", "sessions", "deals", "scenarios that broke a rule"]
    return table(head, [[f"{len(done):,}", f"{sessions:,}", f"{deals:,}", failed]])


#: By page and place.
MEASURED: dict[tuple[str, str], Measure] = {
    ("validation.md", "source"): Measure("python -m benchmarks.published --source FOLDER", source_table, "trade"),
    ("validation.md", "optimal"): Measure("make validate TRADE=FOLDER", optimal_table, "trade"),
    ("validation.md", "domains"): Measure("python -m benchmarks.oracles --folder FOLDER", domain_table, "domains"),
    ("validation.md", "table-errors"): Measure(
        f"python -m benchmarks.tables --draws {DRAWS}", partial(error_table, answers=False)
    ),
    ("validation.md", "answer-errors"): Measure(
        f"python -m benchmarks.tables --answers --draws {ANSWERS}", partial(error_table, answers=True)
    ),
    ("validation.md", "drivers"): Measure(f"python -m benchmarks.drivers --scenarios {DRIVEN}", driver_table),
    ("ODD.md", "changes"): Measure(COMMAND, lambda _: change_table()),
    ("ODD.md", "worlds"): Measure("python -m benchmarks.other_worlds", lambda _: world_table()),
    ("question.md", "evidence"): Measure(COMMAND, lambda _: evidence_table()),
    ("validation.md", "audit"): Measure(f"python -m benchmarks.fuzz --scenarios {AUDITED}", audit_table),
}
