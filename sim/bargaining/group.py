"""Groups of issues that both sides value together: the parts over which an additive domain adds up."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.bargaining.issue import Issue
from sim.bargaining.utility import Table

__all__ = ["Group", "group_issues"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Group:
    """Issues that share a table on at least one side.

    Attributes
    ----------
    at : tuple of int
        Places of its issues in the domain, rising.
    shape : tuple of int
        Number of levels of each.
    utilities : ndarray (P, 2)
        Utilities of both sides for every option; options count the last issue fastest.
    """

    at: tuple[int, ...]
    shape: tuple[int, ...]
    utilities: Floats

    def levels(self, option: int) -> tuple[int, ...]:
        """Level of each issue of the group."""
        levels = []
        for size in reversed(self.shape):
            option, level = divmod(option, size)
            levels.append(level)
        return tuple(reversed(levels))

    def option(self, levels: Sequence[int]) -> int:
        """Option with these levels, given those of all issues of the domain."""
        option = 0
        for at, size in zip(self.at, self.shape, strict=True):
            option = option * size + levels[at]
        return option


def group_issues(issues: Sequence[Issue], sides: Sequence[Sequence[Table]]) -> tuple[Group, ...]:
    """Join issues that share a table on either side, directly or through others, in the order of their first issues."""
    if all(len(table.issues) == 1 for tables in sides for table in tables):
        return _singles(issues, sides)
    place = {issue.name: at for at, issue in enumerate(issues)}
    label = list(range(len(issues)))
    for table in (table for tables in sides for table in tables if len(table.issues) > 1):
        joined = {label[place[name]] for name in table.issues}
        label = [min(joined) if mark in joined else mark for mark in label]
    parts: dict[int, list[int]] = {}
    for at, mark in enumerate(label):
        parts.setdefault(mark, []).append(at)
    of: dict[int, tuple[list[Table], list[Table]]] = {mark: ([], []) for mark in parts}
    for side, tables in enumerate(sides):
        for table in tables:
            of[label[place[table.issues[0]]]][side].append(table)
    return tuple(_group([issues[at] for at in part], tuple(part), of[mark]) for mark, part in parts.items())


def _singles(issues: Sequence[Issue], sides: Sequence[Sequence[Table]]) -> tuple[Group, ...]:
    """Make one group an issue, with all utilities in one array."""
    sizes = [len(issue) for issue in issues]
    worths = np.zeros((2, sum(sizes)))
    for row, tables in zip(worths, sides, strict=True):
        of = {table.issues[0]: table.values for table in tables}
        np.concatenate([of.get(i.name, np.zeros(n)) for i, n in zip(issues, sizes, strict=True)], out=row)
    worths.setflags(write=False)
    ends = list(itertools.accumulate(sizes))
    return tuple(
        Group((at,), (size,), worths[:, end - size : end].T)
        for at, (size, end) in enumerate(zip(sizes, ends, strict=True))
    )


def _group(issues: list[Issue], part: tuple[int, ...], sides: tuple[list[Table], list[Table]]) -> Group:
    """Add up the tables of each side that lie within a group."""
    shape = tuple(len(issue) for issue in issues)
    names = tuple(issue.name for issue in issues)
    totals = np.zeros((*shape, 2))
    for side, tables in enumerate(sides):
        for table in tables:
            totals[..., side] += table.values if table.issues == names else _spread(table, names)
    utilities = totals.reshape(-1, 2)
    utilities.setflags(write=False)
    return Group(part, shape, utilities)


def _spread(table: Table, names: tuple[str, ...]) -> Floats:
    """Bring a table's axes into the order of the group, with an axis of length one for every other issue."""
    axes = sorted(range(len(table.issues)), key=lambda axis: names.index(table.issues[axis]))
    length = dict(zip(table.issues, table.values.shape, strict=True))
    return np.transpose(table.values, axes).reshape([length.get(name, 1) for name in names])
