"""Files of finished runs: never half-written, and known to be whole by their own names."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

__all__ = ["DRAFT", "Shard", "read_shard", "shard_at", "spans_of", "write_shard"]

#: How drafts are named until they are whole.
DRAFT = ".draft-"
NAME = re.compile(r"(?P<table>[a-z]+)-(?P<first>\d{9})-(?P<last>\d{9})-(?P<digest>[0-9a-f]{16})\.parquet")


@dataclass(frozen=True)
class Shard:
    """A file with one table of some replications.

    Attributes
    ----------
    path : Path
        Where it is.
    table : str
        Which table.
    first, last : int
        The replications it holds, both included.
    digest : str
        What content and place come to; the name promises it.
    """

    path: Path
    table: str
    first: int
    last: int
    digest: str


def shard_at(path: Path) -> Shard | None:
    """Read the name of a file; None when it is not that of a shard."""
    found = NAME.fullmatch(path.name)
    if found is None:
        return None
    return Shard(path, found["table"], int(found["first"]), int(found["last"]), found["digest"])


def write_shard(folder: Path, table: str, replications: range, frame: pd.DataFrame) -> Shard:
    """Put a table on disk: whole under its name, or not at all.

    Two writers of the same runs write the same name and the same bytes, so that it does not matter who comes last.

    Raises
    ------
    OSError
        When the disk is full or the folder cannot be written; nothing is left behind.
    """
    content = _bytes_of(frame)
    digest = _digest(content, folder, table, (replications[0], replications[-1]))
    path = folder / f"{table}-{replications[0]:09d}-{replications[-1]:09d}-{digest}.parquet"
    handle, draft = tempfile.mkstemp(prefix=DRAFT, dir=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(draft).unlink()
    return Shard(path, table, replications[0], replications[-1], digest)


def read_shard(shard: Shard) -> pa.Table | None:
    """Return the rows of a shard; None when the file is gone, cut short, altered, or not what its place says it is."""
    try:
        content = shard.path.read_bytes()
    except FileNotFoundError:
        return None
    if _digest(content, shard.path.parent, shard.table, (shard.first, shard.last)) != shard.digest:
        return None
    rows = pq.read_table(io.BytesIO(content))
    held = pc.unique(rows["replication"]).to_pylist() if "replication" in rows.column_names else []
    return rows if sorted(held) == list(range(shard.first, shard.last + 1)) else None


def spans_of(numbers: Iterable[int], longest: int) -> list[range]:
    """Cut numbers into runs of consecutive ones, none longer than `longest`.

    >>> spans_of([0, 1, 2, 5, 6], 2)
    [range(0, 2), range(2, 3), range(5, 7)]
    """
    spans: list[range] = []
    for number in sorted(numbers):
        if spans and spans[-1].stop == number and len(spans[-1]) < longest:
            spans[-1] = range(spans[-1].start, number + 1)
        else:
            spans.append(range(number, number + 1))
    return spans


def _digest(content: bytes, folder: Path, table: str, span: tuple[int, int]) -> str:
    """What a file comes to: its content, and what it is of: scenario, rules, table and replications."""
    identity = "/".join([folder.parent.name, folder.name, table, *map(str, span)])
    return hashlib.sha256(identity.encode() + b"\0" + content).hexdigest()[:16]


def _bytes_of(frame: pd.DataFrame) -> bytes:
    """A table as Parquet; the same rows are always the same bytes."""
    out = io.BytesIO()
    frame.to_parquet(out, index=False)
    return out.getvalue()
