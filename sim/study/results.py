"""A run's results: tables, manifest and figures in one folder, whole or not there at all."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from sim import __version__
from sim.ensemble import Store
from sim.ensemble.tables import TABLES
from sim.ensemble.twins import Twin, tables_of
from sim.scenario import Scenario, dump, parse_scenario, scenario_hash
from sim.scenario.origin import OWN
from sim.study.advantage import advantage, by_position
from sim.study.whole import ResultsError, check_files, digests, read_told, write_folder

__all__ = [
    "MANIFEST",
    "Results",
    "ResultsError",
    "collect",
    "plain",
    "read_manifest",
    "read_results",
    "results_of",
    "run_folder",
]

MANIFEST = "manifest.json"
LIBRARIES = ("mesa", "numpy", "numba", "pandas")
#: What every manifest says.
NEEDED = ("scenario", "seed", "replications", "version", "hash", "positions", "advantage")
AGAIN = "run the scenario again"
#: Files that are read again, and whose digests the manifest holds.
READ = ("scenario.yaml", *(f"{table}.parquet" for table in TABLES))


@dataclass(frozen=True, eq=False)
class Results:
    """The tables of a run.

    Attributes
    ----------
    scenario : Scenario
        What was run.
    outcomes : DataFrame
        The focal partner's outcome, one row per place and replication.
    partners : DataFrame
        Terms and value of every partner, one row per place, replication and partner.
    weekly : DataFrame
        Rates and number of deals by week.
    """

    scenario: Scenario
    outcomes: pd.DataFrame
    partners: pd.DataFrame
    weekly: pd.DataFrame

    @property
    def replications(self) -> int:
        """Twins per place that were finished."""
        return int(self.outcomes["replication"].nunique())

    @property
    def issues(self) -> tuple[str, ...]:
        """Issues of the packages."""
        return ("tariff", "auto_tariff", *self.scenario.value_issues)

    @property
    def advantage(self) -> pd.DataFrame:
        """First-mover advantage by place."""
        return advantage(self.outcomes, self.scenario)

    @property
    def positions(self) -> pd.DataFrame:
        """Average outcome by place."""
        return by_position(self.outcomes, self.issues)

    def summary(self) -> dict[str, Any]:
        """Return the answer as plain data, for machines."""
        return {
            "scenario": self.scenario.name,
            "title": self.scenario.title,
            "focal": self.scenario.queue.focal,
            "seed": self.scenario.seed,
            "replications": self.replications,
            "version": __version__,
            "hash": scenario_hash(self.scenario),
            "unit": "USD bn, present value of the whole horizon at round 0",
            "positions": plain(self.positions),
            "advantage": plain(self.advantage),
        }

    def write(self, folder: Path) -> Path:
        """Write tables and manifest into a folder, replacing what was there; nothing half-written is left."""
        return write_folder(folder, self._fill)

    def _fill(self, folder: Path) -> None:
        for name in TABLES:
            table: pd.DataFrame = getattr(self, name)
            table.to_parquet(folder / f"{name}.parquet", index=False)
            table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
        self.advantage.to_csv(folder / "advantage.csv", index=False, lineterminator="\n")
        self.positions.to_csv(folder / "positions.csv", index=False, lineterminator="\n")
        text = dump(self.scenario)
        (folder / "scenario.yaml").write_text(text, encoding="utf-8")
        manifest = {
            **self.summary(),
            "asked_for": self.scenario.replications,
            "versions": _versions(),
            "files": digests(folder, READ),
            "scenario_text": text,
        }
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def collect(scenario: Scenario, runs: Iterable[list[Twin]]) -> Results:
    """Gather twins into tables.

    An interrupt keeps the replications finished by then.

    Raises
    ------
    KeyboardInterrupt
        If not even one replication was finished.
    """
    finished: list[Twin] = []
    try:
        for twins in runs:
            finished.extend(twins)
    except KeyboardInterrupt:
        if not finished:
            raise
    return Results(scenario, **tables_of(finished))


def results_of(scenario: Scenario, store: Store) -> Results:
    """Gather the replications of a scenario that are kept, be they all or not.

    Raises
    ------
    ResultsError
        If none is.
    """
    missing = set(store.missing(scenario.replications))
    kept = [replication for replication in range(scenario.replications) if replication not in missing]
    if not kept:
        raise ResultsError(f"{store.folder}: no replication is finished yet")
    return Results(scenario, **store.tables(kept))


def run_folder(root: Path, scenario: Scenario) -> Path:
    """Return the folder of a scenario's run: the same experiment always has the same."""
    return root / scenario.name / f"{scenario_hash(scenario)}-seed{scenario.seed}-n{scenario.replications}"


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read what a folder of results says of itself.

    Raises
    ------
    ResultsError
        If it is no such folder, or its manifest is damaged.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise ResultsError(
            f"{folder}: not the results of a run (no {MANIFEST}); `firstmover run` prints where they are"
        )
    told = read_told(path, NEEDED, AGAIN)
    rows = told["advantage"], told["positions"]
    if not all(isinstance(table, list) and table and all(isinstance(row, dict) for row in table) for table in rows):
        raise ResultsError(f"{path}: damaged (no rows of places); {AGAIN}")
    return told


def read_results(folder: Path) -> Results:
    """Read a folder written by :meth:`Results.write`.

    Raises
    ------
    ResultsError
        If something is missing there, cut short or altered.
    """
    check_files(folder, read_manifest(folder), AGAIN)
    tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    return Results(parse_scenario(text, str(folder / "scenario.yaml"), origin=OWN), **tables)


def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


def plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain data, blanks as None."""
    records = table.astype(object).where(table.notna(), None).to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in records]
