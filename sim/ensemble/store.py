"""Where finished runs are kept, so that nothing is ever computed twice."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sim.ensemble.code import code_version, own_tactics
from sim.ensemble.errors import StoreError
from sim.ensemble.shards import Shard, read_shard, shard_at, write_shard
from sim.ensemble.tables import LEVELS
from sim.scenario import Scenario, scenario_hash

__all__ = ["FOLDER", "LEVELS", "Store"]

#: Folder of all kept runs, beside those of the results; no scenario can have this name.
FOLDER = ".runs"


@dataclass(frozen=True)
class Store:
    """The kept runs of one scenario under one version of the rules and facts.

    The number of replications is no part of what is asked: runs of ten serve one of twenty.

    Attributes
    ----------
    folder : Path
        Where its shards are.
    """

    folder: Path

    @classmethod
    def of(cls, root: Path, scenario: Scenario, mark: str = "") -> Store:
        """Return the store of a scenario below the folder of results; one with a mark is kept apart.

        So are runs with tactics from outside the library: what these do may change while the scenario says the same.
        """
        one, own = scenario.model_copy(update={"replications": 1}), own_tactics(scenario)
        name = f"{scenario.name}-{scenario_hash(one)}-seed{scenario.seed}{mark}{own and f'-tactics{own}'}"
        return cls(root / FOLDER / name / code_version())

    def add(self, tables: dict[str, pd.DataFrame], replications: range) -> None:
        """Keep the tables of finished replications.

        Raises
        ------
        StoreError
            When they cannot be written, as on a full disk; what was kept before stays.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for name, frame in tables.items():
                write_shard(self.folder, name, replications, frame)
        except OSError as error:
            raise StoreError(
                f"{self.folder}: cannot keep replications {replications[0]} to {replications[-1]} "
                f"({error.strerror or error}); what was finished before is kept: {_mended(error)} "
                "and run the same again"
            ) from error

    def clear(self) -> None:
        """Forget all runs of the scenario under these rules."""
        for table in {name for names in LEVELS.values() for name in names}:
            for shard in self.shards(table):
                shard.path.unlink(missing_ok=True)

    def shards(self, table: str) -> list[Shard]:
        """List the files of a table that claim to hold something, in the order of replications."""
        found = [shard_at(path) for path in self.folder.glob(f"{table}-*.parquet")]
        return sorted((s for s in found if s is not None), key=lambda s: (s.first, -s.last, s.digest))

    def missing(self, replications: int, level: str = "partners") -> list[int]:
        """Return which of the first replications are not kept whole; damaged files are found and taken away."""
        have = set(range(replications))
        for table in LEVELS[level]:
            have &= self._whole(table, replications)
        return sorted(set(range(replications)) - have)

    def tables(self, replications: Iterable[int], level: str = "partners") -> dict[str, pd.DataFrame]:
        """Return all tables of a level for some replications, in their order.

        Raises
        ------
        StoreError
            When some of them are not kept.
        """
        wanted = list(replications)
        return {name: self._arrow(name, wanted).to_pandas() for name in LEVELS[level]}

    def query(self, sql: str, replications: int, level: str = "partners") -> pd.DataFrame:
        """Put a question in SQL to the tables, which are known by their names.

        Parameters
        ----------
        sql : str
            As DuckDB reads it: ``SELECT position, avg(value) FROM outcomes GROUP BY position``.
        replications : int
            How many of the first ones it is about.
        level : str
            Of :data:`LEVELS`.

        Raises
        ------
        StoreError
            When DuckDB cannot answer it.
        """
        with duckdb.connect() as connection:
            for name in LEVELS[level]:
                connection.register(name, self._arrow(name, range(replications)))
            try:
                answer: pd.DataFrame = connection.execute(sql).df()
            except duckdb.Error as error:
                raise StoreError(f"query: {str(error).splitlines()[0]}") from error
        return answer

    def _whole(self, table: str, replications: int) -> set[int]:
        """Replications of a table that are kept; takes away files whose content is not what their name promises."""
        have: set[int] = set()
        for shard in self.shards(table):
            if shard.first >= replications:
                break
            if read_shard(shard) is None:
                shard.path.unlink(missing_ok=True)
            else:
                have |= set(range(shard.first, shard.last + 1))
        return have

    def _arrow(self, name: str, wanted: Iterable[int]) -> pa.Table:
        """Rows of the wanted replications, each taken from the first file that holds it."""
        left, parts = set(wanted), []
        for shard in self.shards(name):
            serves = left.intersection(range(shard.first, shard.last + 1))
            rows = read_shard(shard) if serves else None
            if rows is None:
                continue
            left -= serves
            if len(serves) <= shard.last - shard.first:
                rows = rows.filter(pc.is_in(rows["replication"], pa.array(sorted(serves), pa.int64())))
            parts.append(rows)
        if left:
            raise StoreError(f"{self.folder}: {len(left)} replications of {name} are not kept")
        whole = pa.concat_tables(parts)
        in_order = pc.sort_indices(whole["replication"]) if _mixed(whole["replication"]) else None
        return whole if in_order is None else whole.take(in_order)


def _mended(error: OSError) -> str:
    """Say what a user can do about a folder that cannot be written."""
    return "make room" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "let it be written, or name another folder"


def _mixed(replications: pa.ChunkedArray) -> bool:
    """Whether rows of overlapping files are not in the order of their replications."""
    numbers = replications.to_numpy()
    return bool((numbers[1:] < numbers[:-1]).any())
