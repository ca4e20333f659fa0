"""A bilateral of the talks as a domain of the bargaining library: the same packages, worth the same to both sides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.bargaining import Domain, Issue
from sim.talks.packages import issue_groups, rate_pairs
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
        Whether only what the partner can carry home exists. Pairs of rates that it cannot, though either of them alone
        is inside its win-set, are worth less to it than no deal.
    """
    terms, others = table.terms, issue_groups(table, inside)
    names = [k for k in range(len(terms.issues)) if k not in (TARIFF, AUTO)]
    top = (terms.counts - 1).copy()
    if inside:
        top = np.minimum(top, table.win_set.top)
    for k, group in zip(names, others, strict=True):
        top[k] = len(group) - 1 if np.ptp(terms.grid[k, : len(group)]) > 0.0 else 0
    rates = _rate_table(table, top, leasts[0], inside)
    pair = (terms.issues[TARIFF], terms.issues[AUTO])
    sides = [
        {pair: rates[..., side], **{terms.issues[k]: g[: top[k] + 1, side] for k, g in zip(names, others, strict=True)}}
        for side in (0, 1)
    ]
    issues = [
        Issue(name, tuple(np.round(terms.grid[k, : top[k] + 1], DIGITS)), terms.units[k])
        for k, name in enumerate(terms.issues)
    ]
    return Domain(issues, sides, leasts)


def _rate_table(table: Table, top: Ints, least: float, inside: bool) -> Floats:
    """Gains of both sides at each pair of rates with all else at the partner's best, ndarray (T, A, 2)."""
    pairs, gains = rate_pairs(table)
    rates = np.empty((*(pairs.max(axis=0) + 1), 2))
    rates[pairs[:, 0], pairs[:, 1]] = gains
    rates = rates[: top[TARIFF] + 1, : top[AUTO] + 1].copy()
    if inside and table.win_set.autos_with_the_rest:
        levels = np.zeros(table.terms.counts.size, dtype=np.int64)
        low = min(least, float(rates[..., 0].min())) - BARRED * max(float(np.abs(rates[..., 0]).max()), 1.0)
        for at in np.ndindex(*rates.shape[:2]):
            levels[[TARIFF, AUTO]] = at
            if not table.admits(levels):
                rates[(*at, 0)] = low
    return rates


def _only_open(domain: Domain) -> Domain:
    """Leave out the issues with a single value, but for the rates."""
    kept = [issue for at, issue in enumerate(domain.issues) if len(issue) > 1 or at in (TARIFF, AUTO)]
    names = {issue.name for issue in kept}
    tables = [[table for table in side if set(table.issues) <= names] for side in domain.utilities]
    return Domain(kept, tables, domain.reservation)
