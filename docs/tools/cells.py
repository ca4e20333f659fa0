"""Cells of the facts that rest on memory or on an assumption of ours, read from the marks in the table itself."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files

from docs.tools.marks import table

__all__ = ["doubtful_cells", "marked_cells"]

#: From how many economies on a column is told by its number and not by their names.
MANY = 12
KINDS = {"unverified": "from memory, unverified", "assumed": "assumed by this project"}


def marked_cells(kind: str) -> dict[str, list[str]]:
    """Return for every column the names of the economies whose cell has a mark, in the order of the table.

    Parameters
    ----------
    kind : {"unverified", "assumed"}
        Which mark.
    """
    text = files("sim.world").joinpath("data/partners.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for column in filter(None, row[kind].split(";")):
            found[column].append(row["name"])
    return dict(found)


def doubtful_cells() -> str:
    """Return the list in Markdown."""
    return table(["mark", "column", "cells", "economies"], _lines())


def _lines() -> Iterator[list[str]]:
    for kind, words in KINDS.items():
        for column, names in sorted(marked_cells(kind).items()):
            listed = ", ".join(names) if len(names) < MANY else "those not named with a source above"
            yield [words, f"`{column}`", str(len(names)), listed]
