"""A bilateral of the talks as a domain of the bargaining library: the same packages, worth the same to both sides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.bargaining import Domain, Issue
from sim.talks.packages import Options, options_of
from sim.talks.table import Table
from sim.talks.terms import AUTO, TARIFF

if TYPE_CHECKING:
    from sim.talks.model import TariffTalks

__all__ = ["Bilateral", "bilateral_domain", "table_domain"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: By how much, as a share of all gains at stake, a package that cannot be carried home falls short of no deal.
BARRED = 0.01
DIGITS = 10


@dataclass(frozen=True, eq=False)
class Bilateral:
    """A table seen by one side; its domain is made when it is first asked for.

    Attributes
    ----------
    table : Table
        The bilateral this week.
    leasts : tuple of float
        What the partner and the United States insist on, gains in USD bn.
    side : int
        Whose: 0 the partner, for whom only what it can carry home exists; 1 the United States.
    """

    table: Table
    leasts: tuple[float, float]
    side: int

    @cached_property
    def domain(self) -> Domain:
        """Gains over no deal of both sides, the partner first, USD bn."""
        return table_domain(self.table, self.leasts, inside=self.side == 0)

    @cached_property
    def top(self) -> Ints:
        """Highest level of each issue in the domain, ndarray (K,)."""
        return np.array([len(issue) - 1 for issue in self.domain.issues])

    def inside(self, levels: Ints) -> tuple[int, ...]:
        """Levels of a package as the domain has them: what is worth nothing at any level stands at 0."""
        return tuple(int(level) for level in np.minimum(levels, self.top))


def bilateral_domain(model: TariffTalks, iso: str) -> Domain:
    """Return what a partner and the United States could sign this week, for study or for other platforms.

    Parameters
    ----------
    model : TariffTalks
        A run at the beginning of a round: after ``step()`` any number of times.
    iso : str
        The partner.

    Returns
    -------
    Domain
        The partner is the first side. Utilities are gains over no deal in USD bn of present value, reservation values
        what either side insists on. The two rates share a table; packages outside the win-set are left out, or worth
        less to the partner than no deal. Issues that are not on the table are left out too.

    Raises
    ------
    KeyError
        When the partner is not in the run.
    """
    partner, world = model.partner(iso), model.look_around()
    table = model.table(partner, world)
    seen = model.views(partner, table)
    first, second = (view.least for view in seen.values())
    return _only_open(table_domain(table, (first, second), inside=True))


def table_domain(table: Table, leasts: tuple[float, float], inside: bool) -> Domain:
    """Lay a table out as a domain, issue by issue in the order of its terms.

    Parameters
    ----------
    table : Table
        The bilateral this week.
    leasts : tuple of float
        What the partner and the United States insist on, USD bn.
    inside : bool
        Whether only what the partner can carry home exists. Choices that break a tie, such as an earmark above its
        pledge, are worth less to both sides than no deal.
    """
    terms, groups = table.terms, options_of(table, inside)
    top = _tops(table, groups)
    tables = [_gain_table(group, top, leasts) for group in groups]
    names = [tuple(terms.issues[k] for k in group.issues) for group in groups]
    sides = [{name: gains[..., side] for name, gains in zip(names, tables, strict=True)} for side in (0, 1)]
    issues = [
        Issue(name, tuple(np.round(terms.grid[k, : top[k] + 1], DIGITS)), terms.units[k])
        for k, name in enumerate(terms.issues)
    ]
    return Domain(issues, sides, leasts)


def _tops(table: Table, groups: list[Options]) -> Ints:
    """Highest level of each issue that is an option; 0 where all levels are worth the same."""
    top = np.zeros(table.terms.counts.size, dtype=np.int64)
    for group in groups:
        top[list(group.issues)] = group.levels.max(axis=0, initial=0)
    return np.where(np.ptp(table.terms.grid, axis=1) > 0.0, top, 0)


def _gain_table(group: Options, top: Ints, leasts: tuple[float, float]) -> Floats:
    """Gains of both sides by the levels of a group's issues, ndarray (L, ..., 2); barred where there is no option."""
    seen = np.vstack([group.gains, leasts])
    worst = seen.min(axis=0) - BARRED * np.maximum(np.ptp(seen, axis=0), 1.0)
    gains = np.broadcast_to(worst, (*(top[list(group.issues)] + 1), 2)).copy()
    kept = (group.levels <= top[list(group.issues)]).all(axis=1)
    gains[tuple(group.levels[kept].T)] = group.gains[kept]
    return gains


def _only_open(domain: Domain) -> Domain:
    """Leave out the issues with a single value, but for the rates."""
    kept = [issue for at, issue in enumerate(domain.issues) if len(issue) > 1 or at in (TARIFF, AUTO)]
    names = {issue.name for issue in kept}
    tables = [[table for table in side if set(table.issues) <= names] for side in domain.utilities]
    return Domain(kept, tables, domain.reservation)
