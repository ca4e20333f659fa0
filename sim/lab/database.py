"""The file in which classes are kept: SQLite, so that what was said to be kept survives the end of the server."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock

from sim.lab.refused import Refused

__all__ = ["Database"]

#: Raise it when the tables change.
SCHEMA = 1
#: Seconds to wait for another process that writes.
PATIENCE = 10.0

TABLES = """
CREATE TABLE rooms (
    code TEXT PRIMARY KEY, key TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, iso TEXT NOT NULL,
    places TEXT NOT NULL, luck TEXT NOT NULL, pace TEXT NOT NULL, replication INTEGER NOT NULL, hints INTEGER NOT NULL,
    created TEXT NOT NULL, version TEXT NOT NULL, week INTEGER NOT NULL, paused INTEGER NOT NULL,
    revealed INTEGER NOT NULL, closed INTEGER NOT NULL, joined INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE seats (
    code TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE, number INTEGER NOT NULL, key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL, place INTEGER NOT NULL, replication INTEGER NOT NULL, prediction TEXT, hints INTEGER NOT NULL,
    joined_at TEXT NOT NULL, PRIMARY KEY (code, number)
) STRICT;
CREATE TABLE moves (
    code TEXT NOT NULL, number INTEGER NOT NULL, n INTEGER NOT NULL, move TEXT NOT NULL, round INTEGER NOT NULL,
    at TEXT NOT NULL, PRIMARY KEY (code, number, n),
    FOREIGN KEY (code, number) REFERENCES seats ON DELETE CASCADE
) STRICT;
CREATE TRIGGER no_undo BEFORE UPDATE ON moves BEGIN SELECT RAISE(ABORT, 'a move is never changed'); END;
"""
#: Whatever is committed is on the disk; whatever is deleted is overwritten.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


class Database:
    """One connection that all threads of the server share, one after the other.

    Parameters
    ----------
    path : Path
        The file; it is made where there is none, and only its owner can read it.

    Raises
    ------
    Refused
        When the file cannot be opened, or is of a later version.
    """

    def __init__(self, path: Path) -> None:
        self._lock = RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._connection = _opened(path)
        except (OSError, sqlite3.Error) as error:
            raise Refused(f"{path} cannot be used to keep classes: {error}.") from error

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """Return all rows of a question."""
        with self._lock, closing(self._connection.execute(sql, tuple(values))) as cursor:
            return cursor.fetchall()

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """Do all of several changes, or, when one of them fails, none."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise

    def tidy(self) -> None:
        """Write everything into the one file, so that nothing deleted is left beside it."""
        with self._lock:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()


def _opened(path: Path) -> sqlite3.Connection:
    """Open the file, and lay its tables where it is new."""
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN IMMEDIATE")
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found == 0:
        for statement in TABLES.strip().split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version={SCHEMA}")
    connection.execute("COMMIT")
    if found > SCHEMA:
        connection.close()
        raise Refused(f"{path} was written by a later version of this program (tables {found}, known {SCHEMA}).")
    return connection
