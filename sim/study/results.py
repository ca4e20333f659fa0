"""A run's results: tables, manifest and figures in one folder, whole or not there at all."""

from __future__ import annotations

import json
import platform
import shutil
import tempfile
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

__all__ = ["Results", "ResultsError", "collect", "plain", "read_results", "results_of", "run_folder"]

LIBRARIES = ("mesa", "numpy", "numba", "pandas")


class ResultsError(ValueError):
    """A folder that is not the results of a run."""


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
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            self._fill(draft)
            draft.chmod(0o755)
            if folder.exists():
                shutil.rmtree(folder)
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return folder

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
            "scenario_text": text,
        }
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


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


def read_results(folder: Path) -> Results:
    """Read a folder written by :meth:`Results.write`.

    Raises
    ------
    ResultsError
        If something is missing there.
    """
    if not (folder / "manifest.json").is_file():
        raise ResultsError(
            f"{folder}: not the results of a run (no manifest.json); `firstmover run` prints where they are"
        )
    for name in ("scenario.yaml", *(f"{table}.parquet" for table in TABLES)):
        if not (folder / name).is_file():
            raise ResultsError(f"{folder}: incomplete results ({name} is missing); run the scenario again")
    tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    return Results(parse_scenario(text, str(folder / "scenario.yaml"), origin=OWN), **tables)


def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


def plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain data, blanks as None."""
    records = table.astype(object).where(table.notna(), None).to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in records]
