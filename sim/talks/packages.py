"""All packages of a table, in groups of issues whose values add, and the one that theory would pick."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.bargaining import merge_frontiers, nash_index
from sim.talks.table import Table
from sim.talks.terms import AUTO, TARIFF

__all__ = ["Options", "nash_package", "options_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Options:
    """What can be chosen of issues that have to be looked at together.

    Attributes
    ----------
    issues : tuple of int
        The issues.
    levels : ndarray (P, len(issues))
        The choices.
    gains : ndarray (P, 2)
        What each adds for the partner and for the United States, USD bn. The rates carry the value of no deal.
    """

    issues: tuple[int, ...]
    levels: Ints
    gains: Floats


def options_of(table: Table, inside: bool = False) -> list[Options]:
    """List the choices of a table, group by group; the rates come first.

    Rates act together through the trade model, an earmark together with the amount it is a part of.

    Parameters
    ----------
    table : Table
        The bilateral this week.
    inside : bool
        Whether to leave out what the partner could not carry home.
    """
    count = table.terms.counts.size
    top = np.where(table.agenda, table.terms.counts - 1, 0)
    top = np.minimum(top, table.win_set.top) if inside else top
    ties = table.win_set.ties if inside else table.terms.earmark_ties
    parts = dict(table.terms.earmarks)
    groups = [(TARIFF, AUTO), *_together(parts, count)]
    return [_options(table, group, top, ties) for group in groups]


def _together(parts: dict[int, int], count: int) -> list[tuple[int, ...]]:
    """Group an amount with its earmarks; every other issue stands alone."""
    alone = [k for k in range(count) if k not in (TARIFF, AUTO) and k not in parts]
    return [(k, *(part for part, whole in parts.items() if whole == k)) for k in alone]


def _options(table: Table, issues: tuple[int, ...], top: Ints, ties: Ints) -> Options:
    """List the choices of one group that break no tie."""
    choices = np.indices([int(top[k]) + 1 for k in issues]).reshape(len(issues), -1).T
    for part, whole in ties[np.isin(ties, issues).all(axis=1)]:
        grid, places = table.terms.grid, (issues.index(part), issues.index(whole))
        fits = grid[part, choices[:, places[0]]] <= grid[whole, choices[:, places[1]]] + 1e-9
        choices = choices[fits]
    return Options(issues, choices, _gains(table, issues, choices))


def _gains(table: Table, issues: tuple[int, ...], choices: Ints) -> Floats:
    """What every choice of a group adds for both sides, ndarray (P, 2)."""
    if TARIFF in issues:
        packages = np.zeros((len(choices), table.terms.counts.size), dtype=np.int64)
        packages[:, list(issues)] = choices
        return table.gains_of(packages)
    a, values = table.stakes.annuity, table.preferences
    cost = sum(values.cost[k, choices[:, n]] for n, k in enumerate(issues))
    benefit = sum(values.benefit[k, choices[:, n]] for n, k in enumerate(issues))
    return np.column_stack([-a * cost, a * benefit])


def nash_package(table: Table, power: float, reservation: float = 0.0) -> Ints | None:
    """Find the asymmetric Nash solution at the current disagreement point (Nash 1950; Roth 1979).

    Parameters
    ----------
    table : Table
        The bilateral this week, at its true values.
    power : float
        Bargaining weight of the United States.
    reservation : float
        Gain the partner insists on, USD bn.

    Returns
    -------
    ndarray (K,) or None
        The package by level; None when none inside the win-set is good for both.
    """
    groups = options_of(table, inside=True)
    if not all(len(group.levels) for group in groups):
        return None
    front, choices = merge_frontiers([group.gains for group in groups])
    best = int(nash_index(front[:, 0] - reservation, front[:, 1], 1.0 - power))
    if best < 0:
        return None
    levels = np.zeros(table.terms.counts.size, dtype=np.int64)
    for group, choice in zip(groups, choices[best], strict=True):
        levels[list(group.issues)] = group.levels[choice]
    return levels
