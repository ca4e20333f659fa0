"""Tables of facts: CSV with a header, and comments where a line begins with #."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

__all__ = ["read_facts"]


def read_facts(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table of facts, each with its line in the file."""
    with open(path, encoding="utf-8") as file:
        numbered = [(n, line) for n, line in enumerate(file, 1) if line.strip() and not line.startswith("#")]
    reader = csv.DictReader(line for _, line in numbered)
    for row, (n, _) in zip(reader, numbered[1:], strict=True):
        yield n, row
