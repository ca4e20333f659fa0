"""Each side's order of concessions for one bilateral, worked out once from its own values and its guesses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.bargaining import climb, merge_steps, step_ratios
from sim.compiled import compiled
from sim.talks.preferences import Preferences
from sim.talks.terms import AUTO, TARIFF, Terms
from sim.talks.value import Numbers, effective_rate, flow, package_rate, relative_cut
from sim.world.lookup import cell
from sim.world.payoffs import RATES

__all__ = [
    "Ladder",
    "add_up",
    "concede_downwards",
    "concede_upwards",
    "find_spots",
    "keep_ties",
    "open_levels",
    "partner_ladder",
    "spots_of",
    "through_rates",
    "totals",
    "us_ladder",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Curves = tuple[Floats, Floats]
Whole = NDArray[np.integer[Any]]
OWN_RATES = RATES.size


@dataclass(frozen=True, eq=False)
class Ladder:
    """Packages in the order in which a side would concede them.

    Attributes
    ----------
    levels : ndarray (R, K)
        The packages, the side's favourite first.
    spots : tuple of ndarray (R,)
        Where on the tables their effective rates are, from :func:`spots_of`.
    cost, benefit : ndarray (R,)
        True yearly cost to the partner and benefit to the United States beyond the rates, USD bn.
    guess : ndarray (R,)
        The other side's cost or benefit as the owner of the ladder believes it.
    """

    levels: Ints
    spots: tuple[Ints, Floats, Floats]
    cost: Floats
    benefit: Floats
    guess: Floats

    @property
    def rungs(self) -> int:
        """R, how many packages there are."""
        return len(self.levels)


def partner_ladder(terms: Terms, values: Preferences, flows: Curves, counts: Ints, ties: Ints) -> Ladder:
    """How the partner concedes: from the red line and nothing given, upwards.

    Parameters
    ----------
    terms, values : Terms, Preferences
        The bilateral and what both sides want.
    flows : pair of ndarray (rates,)
        g_i and h_i by own rate in the state of the world in which rates are compared with other issues.
    counts : ndarray (K,)
        Levels of each issue that may be conceded, from :func:`open_levels`.
    ties : ndarray (T, 2)
        Pairs of issues of which the first must not exceed the second in value.
    """
    cost = values.cost - _by_rate(terms, flows[0])
    worth = values.benefit_guess + _by_rate(terms, flows[1])
    levels = concede_upwards(cost, worth, counts, terms.grid, ties)
    return _ladder(terms, values, levels, values.benefit_guess)


def us_ladder(terms: Terms, values: Preferences, flows: Curves, counts: Ints, ties: Ints) -> Ladder:
    """How the United States concede: from all that the other side could carry home, downwards."""
    benefit = values.benefit + _by_rate(terms, flows[1])
    relief = values.cost_guess - _by_rate(terms, flows[0])
    levels = concede_downwards(benefit, relief, counts, terms.grid, ties)
    return _ladder(terms, values, levels, values.cost_guess)


@compiled
def open_levels(counts: Ints, top: Ints, agenda: NDArray[np.bool_]) -> Ints:
    """How many levels of each issue may be conceded, ndarray (K,): the first alone where it is off the agenda.

    Parameters
    ----------
    counts, top : ndarray (K,)
        Levels there are, and the highest that somebody at home lets pass.
    agenda : ndarray (K,)
        Whether the issue may be conceded at all.
    """
    out = np.ones(counts.size, np.int64)
    for k in range(counts.size):
        if agenda[k]:
            out[k] = min(counts[k], top[k] + 1)
    return out


@compiled
def concede_upwards(cost: Floats, worth: Floats, counts: Ints, grid: Floats, ties: Ints) -> Ints:
    """Packages from nothing given upwards, ndarray (R, K); `cost` and `worth` (K, L) are by level."""
    order = merge_steps(step_ratios(cost, worth, counts), counts, 0.0)
    return keep_ties(climb(order, counts.size), grid, ties)


@compiled
def concede_downwards(benefit: Floats, relief: Floats, counts: Ints, grid: Floats, ties: Ints) -> Ints:
    """Packages from everything asked for downwards, ndarray (R, K); `benefit` and `relief` (K, L) are by level."""
    ratios = step_ratios(_downwards(benefit, counts), _downwards(relief, counts), counts)
    rungs = climb(merge_steps(ratios, counts, 0.0), counts.size)
    for r in range(rungs.shape[0]):
        for k in range(counts.size):
            rungs[r, k] = counts[k] - 1 - rungs[r, k]
    return keep_ties(rungs, grid, ties)


@compiled
def keep_ties(ladder: Ints, grid: Floats, ties: Ints) -> Ints:
    """Lower the part wherever it exceeds the whole: an earmark above its pledge, a rate on autos above the general one.

    Parameters
    ----------
    ladder : ndarray (R, K)
        Packages by level.
    grid : ndarray (K, L)
        Value of every level.
    ties : ndarray (T, 2)
        Part and whole.
    """
    if ties.shape[0] == 0:
        return ladder
    out = ladder.copy()
    for r in range(out.shape[0]):
        for t in range(ties.shape[0]):
            part, whole = ties[t, 0], ties[t, 1]
            while out[r, part] > 0 and grid[part, out[r, part]] > grid[whole, out[r, whole]] + 1e-9:
                out[r, part] -= 1
    return out


@compiled
def totals(rows: Floats, ladder: Ints) -> Floats:
    """:func:`package_sum` at every rung."""
    out = np.empty(ladder.shape[0])
    add_up(rows, ladder, out)
    return out


@compiled
def add_up(rows: Floats, ladder: Whole, out: Floats) -> None:
    """Put :func:`totals` into `out` (R,): issue by issue, which gives every rung its sum in the order of the issues."""
    out[:] = 0.0
    for k in range(ladder.shape[1]):
        row = rows[k]
        for r in range(out.size):
            out[r] += row[ladder[r, k]]


@compiled
def spots_of(ladder: Ints, grid: Floats, duty: Numbers, steps: Floats, bounds: Numbers) -> tuple[Ints, Floats, Floats]:
    """Where the effective rate of every rung is: its cell on the tables, how far into it, and the relative cut.

    Parameters
    ----------
    ladder : ndarray (R, K)
        Packages by level.
    grid : ndarray (K, L)
        Value of every level.
    duty : pair of float
        As in :func:`sim.talks.value.effective_rate`.
    steps : ndarray (2,)
        Spacing of the tables, which have so many own rates that none of a ladder lies beyond.
    bounds : ndarray (2,)
        Effective rates at the red line and at the threat.
    """
    n = ladder.shape[0]
    out = np.empty(n, np.int64), np.empty(n), np.empty(n)
    find_spots(out, ladder, (grid, duty), steps, bounds)
    return out


@compiled
def find_spots(
    out: tuple[Whole, Floats, Floats], ladder: Ints, terms: tuple[Floats, Numbers], steps: Floats, bounds: Numbers
) -> None:
    """Put :func:`spots_of` into `out`; `terms` is grid and parts of duty."""
    (cells, within, cuts), (grid, duty) = out, terms
    for r in range(ladder.shape[0]):
        rate = package_rate(grid, ladder[r], duty)
        cells[r], within[r] = cell(rate, steps[0], OWN_RATES)
        cuts[r] = relative_cut(rate, bounds[0], bounds[1])


@compiled
def through_rates(grid: Floats, counts: Ints, duty: Numbers, curve: Floats, steps: Floats) -> Floats:
    """Flow at the levels of both rates through the trade model, the other rate held at the middle of its range."""
    out = np.zeros(grid.shape)
    middle_tariff = grid[TARIFF, (counts[TARIFF] - 1) // 2]
    middle_auto = grid[AUTO, (counts[AUTO] - 1) // 2]
    for level in range(counts[TARIFF]):
        out[TARIFF, level] = flow(curve, steps, effective_rate(grid[TARIFF, level], middle_auto, duty))
    for level in range(counts[AUTO]):
        out[AUTO, level] = flow(curve, steps, effective_rate(middle_tariff, grid[AUTO, level], duty))
    return out


@compiled
def _downwards(rows: Floats, counts: Ints) -> Floats:
    """What is given up by going down from the top level of each issue."""
    out = np.zeros(rows.shape)
    for k in range(counts.size):
        for level in range(counts[k]):
            out[k, level] = rows[k, counts[k] - 1] - rows[k, counts[k] - 1 - level]
    return out


def _by_rate(terms: Terms, curve: Floats) -> Floats:
    """:func:`through_rates` for a bilateral."""
    return through_rates(terms.grid, terms.counts, terms.duty, curve, terms.steps)


def _ladder(terms: Terms, values: Preferences, levels: Ints, guess: Floats) -> Ladder:
    """Value every rung."""
    return Ladder(
        levels=levels,
        spots=spots_of(levels, terms.grid, terms.duty, terms.steps, terms.bounds),
        cost=totals(values.cost, levels),
        benefit=totals(values.benefit, levels),
        guess=totals(guess, levels),
    )
