"""Tables of facts: CSV with a header, and comments where a line begins with #."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.world.errors import WorldDataError

__all__ = ["read_facts", "read_table"]


def read_facts(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table of facts, each with its line in the file."""
    with open(path, encoding="utf-8") as file:
        numbered = [(n, line) for n, line in enumerate(file, 1) if line.strip() and not line.startswith("#")]
    reader = csv.DictReader(line for _, line in numbered)
    for row in reader:
        yield numbered[reader.line_num - 1][0], row


def read_table(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table that must have certain columns, cells without surrounding blanks.

    Raises
    ------
    WorldDataError
        If it is no text, a column is missing, there is no row, or a row has more or fewer cells than the header.
    """
    rows = _rows_of(path)
    first = next(rows, None)
    if first is None:
        raise WorldDataError(path.name, "there is no row in the table", allowed=f"a header {', '.join(columns)}")
    missing = [name for name in columns if name not in first[1]]
    if missing:
        raise WorldDataError(path.name, "no such column", column=missing[0], allowed=", ".join(columns))
    for line, row in (first, *rows):
        if None in row or None in row.values():
            raise WorldDataError(path.name, "not as many cells as columns", line, allowed=f"{len(first[1])} cells")
        yield line, {name: cell.strip() for name, cell in row.items()}


def _rows_of(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield rows as `read_facts` does, and say what is wrong where the file is no table."""
    try:
        yield from read_facts(path)
    except (UnicodeDecodeError, csv.Error):
        raise WorldDataError(
            path.name, "cannot be read as a table", allowed="UTF-8 text, commas between cells"
        ) from None
