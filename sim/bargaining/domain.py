"""A domain: what two sides can agree on, and what it is worth to each."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.bargaining import solutions
from sim.bargaining.deal import Deal
from sim.bargaining.frontier import Frontier
from sim.bargaining.group import Group, group_issues
from sim.bargaining.issue import Issue, Value
from sim.bargaining.pareto import merge_frontiers
from sim.bargaining.utility import Table, Worths, as_tables
from sim.bargaining.view import View

__all__ = ["Domain"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pair = tuple[float, float]


@dataclass(frozen=True)
class Domain:
    """Issues, the additive utilities of two sides, and what each has without a deal.

    Parameters
    ----------
    issues : sequence of Issue, or mapping
        What is negotiated; a mapping gives the values by name.
    utilities : pair
        For each side a mapping from an issue, or from a tuple of issues that share a table, to an array by level or a
        mapping by value; in money. Groups add. See :func:`sim.bargaining.utility.as_tables`.
    reservation : pair of float
        What each side has without a deal. It may lie anywhere: below the worst outcome or above the best one, and it is
        taken as it stands.

    Raises
    ------
    ValueError
        When the parts do not fit together; the message says which.

    Examples
    --------
    >>> pie = Domain([Issue("mine", (0, 1, 2, 3, 4))], ({"mine": [0, 1, 2, 3, 4]}, {"mine": [4, 3, 2, 1, 0]}))
    >>> pie.nash().package
    {'mine': 2}
    """

    issues: tuple[Issue, ...]
    utilities: tuple[tuple[Table, ...], tuple[Table, ...]]
    reservation: Pair = (0.0, 0.0)

    def __init__(
        self,
        issues: Sequence[Issue] | Mapping[str, Sequence[Value]],
        utilities: Sequence[Worths | Sequence[Table]],
        reservation: Sequence[float] = (0.0, 0.0),
    ) -> None:
        if isinstance(issues, Mapping):
            issues = [Issue(name, tuple(values)) for name, values in issues.items()]
        names = [issue.name for issue in issues]
        if not names or len(set(names)) < len(names):
            raise ValueError("a domain needs at least one issue, and no name twice")
        if len(utilities) != 2 or len(reservation) != 2:
            raise ValueError("a domain has two sides: give two utilities and two reservation values")
        if not all(math.isfinite(least) for least in reservation):
            raise ValueError("a reservation value must be a finite number; put it below every outcome to accept any")
        first, second = (as_tables(worths, issues) for worths in utilities)
        object.__setattr__(self, "issues", tuple(issues))
        object.__setattr__(self, "utilities", (first, second))
        object.__setattr__(self, "reservation", (float(reservation[0]), float(reservation[1])))

    # --- packages ---------------------------------------------------------------------------------------------------

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Groups of issues over which both utilities add."""
        return group_issues(self.issues, self.utilities)

    @cached_property
    def size(self) -> int:
        """Number of outcomes."""
        return math.prod(len(issue) for issue in self.issues)

    @cached_property
    def flat(self) -> tuple[Floats, Ints]:
        """Utilities of both sides of all options, one group after the other, (2, P), and where each group begins."""
        worths = np.concatenate([group.utilities.T for group in self.groups], axis=1)
        return worths, np.array([0, *itertools.accumulate(len(group.utilities) for group in self.groups)])

    @cached_property
    def bounds(self) -> tuple[Pair, Pair]:
        """Least and most each side can get from any outcome: ``((min, max), (min, max))``."""
        return (self._extent[0][0], self._extent[0][1]), (self._extent[1][0], self._extent[1][1])

    @cached_property
    def noise(self) -> Pair:
        """Differences of utility that are taken for rounding, by side."""
        first, second = (max(1e-12 * (high - low), 4e-16 * len(self.groups) * size) for low, high, size in self._extent)
        return first, second

    def levels(self, package: Mapping[str, Value]) -> tuple[int, ...]:
        """Level of each issue in a package.

        Raises
        ------
        ValueError
            When an issue is missing, unknown, or has a value that is not on its grid.
        """
        unknown = set(package) - {issue.name for issue in self.issues}
        missing = [issue.name for issue in self.issues if issue.name not in package]
        if unknown or missing:
            raise ValueError(f"a package has a value for every issue; missing {missing}, unknown {sorted(unknown)}")
        return tuple(issue.level(package[issue.name]) for issue in self.issues)

    def package(self, levels: Sequence[int]) -> dict[str, Value]:
        """Value of each issue at these levels."""
        return {issue.name: issue.values[level] for issue, level in zip(self.issues, levels, strict=True)}

    def worth(self, levels: Sequence[int]) -> Pair:
        """Utilities of both sides at these levels."""
        first = second = 0.0
        for group in self.groups:
            row = group.utilities[group.option(levels)]
            first += float(row[0])
            second += float(row[1])
        return first, second

    def utility(self, package: Mapping[str, Value]) -> Pair:
        """Utilities of both sides of a package."""
        return self.worth(self.levels(package))

    def deal(self, package: Mapping[str, Value]) -> Deal:
        """Return a package with its utilities."""
        levels = self.levels(package)
        return Deal(self.package(levels), self.worth(levels))

    def outcomes(self) -> Iterator[Deal]:
        """Go through all outcomes, the last group of issues fastest. Nothing else here ever does."""
        for options in itertools.product(*(range(len(group.utilities)) for group in self.groups)):
            levels = self.levels_of(options)
            yield Deal(self.package(levels), self.worth(levels))

    def levels_of(self, options: Sequence[int]) -> tuple[int, ...]:
        """Level of each issue, given the option of each group."""
        levels = [0] * len(self.issues)
        for group, option in zip(self.groups, options, strict=True):
            for at, level in zip(group.at, group.levels(int(option)), strict=True):
                levels[at] = level
        return tuple(levels)

    # --- solutions --------------------------------------------------------------------------------------------------

    def pareto(self) -> Frontier:
        """Return the exact Pareto frontier, by falling utility of the first side; each pair of utilities once.

        Of several packages with the same utilities it has the first in the order of :meth:`outcomes`.
        """
        return self._frontier

    def nash(self, power: float = 0.5) -> Deal | None:
        """Return the rational outcome with the largest Nash product; see :func:`sim.bargaining.solutions.nash`.

        Parameters
        ----------
        power : float
            Bargaining power of the first side, in (0, 1).
        """
        return self._chosen(solutions.nash(self._gains, power))

    def kalai_smorodinsky(self, definition: Literal["max_min_ratio", "min_spread"] = "max_min_ratio") -> Deal | None:
        """Return the Kalai-Smorodinsky outcome; see :func:`sim.bargaining.solutions.kalai_smorodinsky`.

        Parameters
        ----------
        definition : {"max_min_ratio", "min_spread"}
            On a finite set the ratios of gain to ideal gain cannot in general be equal: either the smaller ratio is
            made as large as possible, or the two as close as possible on the Pareto frontier.
        """
        return self._chosen(solutions.kalai_smorodinsky(self._gains, definition))

    def egalitarian(self) -> Deal | None:
        """Return the rational outcome with the largest smaller gain; it compares the sides' money as it stands."""
        return self._chosen(solutions.egalitarian(self._gains))

    def max_welfare(self) -> Deal:
        """Return the outcome with the largest sum of utilities, whether or not both sides would sign it."""
        front = self._frontier
        return front[solutions.first_largest(front.utilities.sum(axis=1), sum(self.noise), front.order)]

    def distance_to_pareto(self, package: Mapping[str, Value]) -> float:
        """Euclidean distance in utilities from a package to the nearest point of the frontier."""
        gaps = self._frontier.utilities - np.array(self.utility(package))
        return float(np.sqrt((gaps**2).sum(axis=1)).min())

    def distance_to_nash(self, package: Mapping[str, Value]) -> float:
        """Euclidean distance in utilities from a package to the Nash outcome.

        Raises
        ------
        ValueError
            When the domain has no rational outcome.
        """
        nash = self.nash()
        if nash is None:
            raise ValueError("no outcome is acceptable to both sides: there is no Nash solution to be distant from")
        return math.dist(self.utility(package), nash.utilities)

    def opposition(self) -> float:
        """Distance from the ideal point, where each side has its best outcome, to the nearest outcome."""
        ideal = np.array([self.bounds[0][1], self.bounds[1][1]])
        return float(np.sqrt(((ideal - self._frontier.utilities) ** 2).sum(axis=1)).min())

    # --- sides ------------------------------------------------------------------------------------------------------

    def view(self, side: int) -> View:
        """Return the domain as one side sees it, 0 or 1; it is made once.

        Raises
        ------
        ValueError
            For another side.
        """
        if side not in (0, 1):
            raise ValueError(f"a side is 0 or 1, not {side!r}")
        return self._views[side]

    # --- variants ---------------------------------------------------------------------------------------------------

    def swapped(self) -> Domain:
        """Return the same domain with the sides exchanged."""
        return Domain(self.issues, self.utilities[::-1], self.reservation[::-1])

    def rescaled(self, scale: Sequence[float], shift: Sequence[float] = (0.0, 0.0)) -> Domain:
        """Measure each side's utility in another unit and from another zero: scale * u + shift.

        Raises
        ------
        ValueError
            When a scale is not positive.
        """
        if min(scale) <= 0.0:
            raise ValueError("a scale must be positive")
        sides = []
        for side in (0, 1):
            tables = {table.issues: scale[side] * table.values for table in self.utilities[side]}
            name = next(iter(tables), (self.issues[0].name,))
            tables[name] = tables.get(name, np.zeros(len(self.issues[0]))) + shift[side]
            sides.append(tables)
        least = [scale[side] * self.reservation[side] + shift[side] for side in (0, 1)]
        return Domain(self.issues, sides, least)

    def normalized(self) -> Domain:
        """Map each side's utilities to [0, 1], worst to best outcome, and its reservation value with them.

        The reservation value is not clipped: it stays outside [0, 1] where it lies outside the outcomes. A side that is
        indifferent keeps its unit.
        """
        spans = [high - low if high > low else 1.0 for low, high in self.bounds]
        scale = [1.0 / span for span in spans]
        return self.rescaled(scale, [-low * s for (low, _), s in zip(self.bounds, scale, strict=True)])

    def separable(self) -> Domain:
        """Join issues that share a table into one issue, whose values are all combinations of theirs, as words.

        Every issue then has a table of its own, as file formats and platforms with additive utilities want it;
        outcomes, utilities and solutions stay the same.
        """
        if all(len(group.at) == 1 for group in self.groups):
            return self
        issues = [_joined([self.issues[at] for at in group.at]) for group in self.groups]
        sides = [
            {issue.name: group.utilities[:, side] for issue, group in zip(issues, self.groups, strict=True)}
            for side in (0, 1)
        ]
        return Domain(issues, sides, self.reservation)

    # --- parts ------------------------------------------------------------------------------------------------------

    @cached_property
    def _extent(self) -> list[tuple[float, float, float]]:
        """Of each side the sums over groups of the least, the most and the largest absolute utility."""
        worths, starts = self.flat
        low, high = (bound.reduceat(worths, starts[:-1], axis=1) for bound in (np.minimum, np.maximum))
        size = np.maximum(np.abs(low), np.abs(high))
        return list(zip(*(part.sum(axis=1).tolist() for part in (low, high, size)), strict=True))

    @cached_property
    def _views(self) -> tuple[View, View]:
        return View(self, 0), View(self, 1)

    @cached_property
    def _frontier(self) -> Frontier:
        utilities, options = merge_frontiers([group.utilities for group in self.groups], self.noise)
        return Frontier(self, utilities, options)

    @cached_property
    def _gains(self) -> solutions.Gains:
        return solutions.Gains.of(self._frontier.utilities, self.reservation, self.noise, self._frontier.order)

    def _chosen(self, index: int) -> Deal | None:
        return None if index < 0 else self._frontier[index]


def _joined(issues: Sequence[Issue]) -> Issue:
    """Make one issue of several; a single one stays what it is."""
    if len(issues) == 1:
        return issues[0]
    cells = itertools.product(*(issue.values for issue in issues))
    return Issue(" & ".join(issue.name for issue in issues), tuple(" & ".join(map(str, cell)) for cell in cells))
