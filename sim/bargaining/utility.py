"""What packages are worth to one side: tables over groups of issues, whose entries add."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.bargaining.issue import Issue

__all__ = ["Table", "Worths", "as_tables"]

Floats = NDArray[np.float64]
Worths = Mapping[Any, ArrayLike | Mapping[Any, float]]  # by name, or by tuple of names


@dataclass(frozen=True, eq=False)
class Table:
    """Utility of every combination of values of a group of issues.

    Attributes
    ----------
    issues : tuple of str
        The group; often a single issue.
    values : ndarray (n_1, ..., n_g)
        Utility by level of each issue of the group, in money; read-only.
    """

    issues: tuple[str, ...]
    values: Floats

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self.issues == other.issues and np.array_equal(self.values, other.values)

    def __hash__(self) -> int:
        return hash((self.issues, self.values.tobytes()))


def as_tables(worths: Worths | Sequence[Table], issues: Sequence[Issue]) -> tuple[Table, ...]:
    """Bring the utility of one side into tables.

    Parameters
    ----------
    worths : mapping or sequence of Table
        By issue, or by tuple of issues that share a table: an array by level, or a mapping by value (by tuple of values
        for a group). An issue that is left out is worth nothing to this side.
    issues : sequence of Issue
        The issues of the domain.

    Raises
    ------
    ValueError
        When a table names an unknown issue, one that another table has, or has the wrong shape or entries.
    """
    known = {issue.name: issue for issue in issues}
    if isinstance(worths, Mapping):
        named = [((key,) if isinstance(key, str) else tuple(key), entries) for key, entries in worths.items()]
    else:
        named = [(table.issues, table.values) for table in worths]
    names = [name for group, _ in named for name in group]
    for name in names:
        if name not in known:
            raise ValueError(f"a utility table is about {name!r}, which is not an issue; issues: {', '.join(known)}")
        if names.count(name) > 1:
            raise ValueError(f"issue {name!r} has two utility tables on the same side")
    return tuple(_as_table(group, [known[name] for name in group], entries) for group, entries in named)


def _as_table(group: tuple[str, ...], issues: list[Issue], entries: object) -> Table:
    """Make one table; its array is a read-only copy."""
    if isinstance(entries, Mapping):
        entries = _by_level(group, issues, entries)
    values: Floats = np.array(entries, dtype=np.float64)
    shape = tuple(len(issue) for issue in issues)
    if values.shape != shape:
        raise ValueError(f"the table of {' and '.join(group)} has shape {values.shape}, the grids have {shape}")
    if not np.isfinite(values).all():
        raise ValueError(f"the table of {' and '.join(group)} has an entry that is not a finite number")
    values.setflags(write=False)
    return Table(group, values)


def _by_level(group: tuple[str, ...], issues: list[Issue], entries: Mapping[object, float]) -> Floats:
    """Arrange a mapping by value as an array by level."""
    shape = tuple(len(issue) for issue in issues)
    cells = list(itertools.product(*(issue.values for issue in issues)))
    wanted: list[object] = [cell[0] for cell in cells] if len(group) == 1 else list(cells)
    missing = [cell for cell in wanted if cell not in entries]
    if missing:
        raise ValueError(f"the table of {' and '.join(group)} lacks {missing[0]!r}")
    if len(entries) > len(wanted):
        extra = next(cell for cell in entries if cell not in set(wanted))
        raise ValueError(f"the table of {' and '.join(group)} has {extra!r}, which is not on the grid")
    return np.array([entries[cell] for cell in wanted], dtype=np.float64).reshape(shape)
