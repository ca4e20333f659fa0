"""The bilateral table in one round: what any package is worth to both sides, and what each side sees."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.bargaining import best_attainable
from sim.compiled import compiled
from sim.mechanisms import same_terms
from sim.talks.home import WinSet, admitted
from sim.talks.ladders import Ladder
from sim.talks.preferences import Preferences
from sim.talks.situation import Side, Situation
from sim.talks.terms import Terms
from sim.talks.value import (
    Numbers,
    flow,
    one_off,
    one_off_at,
    package_rate,
    package_sum,
    partner_gain,
    us_gain,
    weighted_sum,
)
from sim.world.lookup import between

__all__ = ["Beliefs", "Stakes", "Table", "believed_prices", "partner_sees", "peer_gain", "us_see"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Spots = tuple[NDArray[np.integer[Any]], Floats, Floats]


@dataclass(frozen=True, eq=False)
class Stakes:
    """What surrounds the package in this round.

    Attributes
    ----------
    annuity : float
        A(t, S).
    gain, home : ndarray (rates,)
        g_i, and h_i with political weights, by own rate in the world as the partner meets it, USD bn a year.
    partner_no_deal, us_no_deal : float
        N_i and N_US,i, USD bn.
    showcase : float
        One-off win of the United States, USD bn.
    precedent, slope : float
        Strength pi, and the yearly cost of one more unit of relative cut among the others, USD bn.
    expected : float
        What the United States expect the others to give in other issues, as far as it counts at this table, USD bn.
    """

    annuity: float
    gain: Floats
    home: Floats
    partner_no_deal: float
    us_no_deal: float
    showcase: float
    precedent: float
    slope: float
    expected: float = 0.0


@dataclass(frozen=True)
class Beliefs:
    """What each side holds about the other: the partner about chi, the United States about the log of prices."""

    toughness: float
    price_level: float


@compiled
def _package_values(
    levels: Ints, grid: Floats, duty: Numbers, curves: tuple[Floats, Floats], steps: Floats
) -> tuple[float, float, float]:
    """Effective rate of a package and the yearly flows g and h at it."""
    rate = package_rate(grid, levels, duty)
    return rate, flow(curves[0], steps, rate), flow(curves[1], steps, rate)


@compiled
def partner_sees(
    out: Floats, spots: Spots, sums: tuple[Floats, Floats], curves: tuple[Floats, Floats], stakes: Numbers
) -> None:
    """What a partner sees: gains along its ladder, its own and the other side's as believed, put into `out` (2, R).

    Parameters
    ----------
    spots : tuple of ndarray (R,)
        From `sim.talks.ladders.spots_of`.
    sums : pair of ndarray (R,)
        True cost, and guessed benefit.
    curves : pair of ndarray (rates,)
        g_i and h_i by own rate.
    stakes : ndarray (3,)
        A, N_i, N_US.
    """
    (cells, within, _), (cost, guess), (gain, home) = spots, sums, curves
    for r in range(cells.size):
        out[0, r] = partner_gain(stakes[0], between(gain, cells[r], within[r]), cost[r], stakes[1])
        out[1, r] = us_gain(stakes[0], between(home, cells[r], within[r]), guess[r], stakes[2])


@compiled
def us_see(
    out: Floats,
    spots: Spots,
    sums: tuple[Floats, Floats],
    curves: tuple[Floats, Floats],
    stakes: Numbers,
    extras: Numbers,
) -> float:
    """What the United States see: gains along their ladder, their own and the partner's as believed, put into `out`.

    Parameters
    ----------
    spots, curves, stakes
        As in :func:`partner_sees`.
    sums : pair of ndarray (R,)
        True benefit, and guessed cost.
    extras : ndarray (5,)
        One-off win less what is expected of the rest, pi, slope; believed level of prices; and the one-off win, which
        is no reason to ask a partner for more, only to settle for less.

    Returns
    -------
    float
        The most they could get, USD bn.
    """
    (cells, within, cuts), (benefit, guess), (gain, home) = spots, sums, curves
    for r in range(cells.size):
        own = us_gain(stakes[0], between(home, cells[r], within[r]), benefit[r], stakes[2])
        out[0, r] = own + one_off_at(extras[:3], cuts[r], stakes[0])
        out[1, r] = partner_gain(stakes[0], between(gain, cells[r], within[r]), guess[r] * extras[3], stakes[1])
    most, applause = best_attainable(out[0], out[1], 0.0, 0.0), extras[4]
    if applause > 0.0:
        most = 0.0
        for r in range(cells.size):
            if out[1, r] >= 0.0 and out[0, r] - applause > most:
                most = out[0, r] - applause
        for r in range(cells.size):
            out[0, r] = min(out[0, r], most)
    return most


@compiled
def believed_prices(level: float) -> float:
    """Resistance as the United States believe it, as a multiple of the prior: exp of the believed log."""
    return math.exp(level)


@compiled
def _gains_of(
    packages: Ints,
    grid: Floats,
    duty: Numbers,
    curves: tuple[Floats, Floats],
    rows: tuple[Floats, Floats],
    numbers: tuple[Floats, Floats, Floats, Floats],
) -> Floats:
    """Gains of both sides at many packages, ndarray (P, 2).

    `rows` is true cost and benefit; `numbers` is A, N_i and N_US; the one-off effects; the bounds; and the spacing.
    """
    stakes, effects, bounds, steps = numbers
    out = np.empty((packages.shape[0], 2))
    for p in range(packages.shape[0]):
        rate, mine, theirs = _package_values(packages[p], grid, duty, curves, steps)
        out[p, 0] = partner_gain(stakes[0], mine, package_sum(rows[0], packages[p]), stakes[1])
        lasting = us_gain(stakes[0], theirs, package_sum(rows[1], packages[p]), stakes[2])
        out[p, 1] = lasting + one_off(effects, rate, bounds, stakes[0])
    return out


@compiled
def peer_gain(
    levels: Ints, rows: tuple[Floats, Floats], weights: Floats, duty: Numbers, gain: Floats, numbers: Numbers
) -> float:
    """Gain of the partner from the terms of a peer, USD bn; `levels` (K,) is what they are on its own grid.

    `rows` is grid and cost at unit weights, `gain` g_i by own rate; `numbers` is A, N_i, and the spacing of the tables.
    """
    yearly = flow(gain, numbers[2:], package_rate(rows[0], levels, duty))
    return partner_gain(numbers[0], yearly, weighted_sum(weights, rows[1], levels), numbers[1])


@dataclass(frozen=True, eq=False)
class Table:
    """Two sides, their values and their ladders.

    Attributes
    ----------
    terms, preferences : Terms, Preferences
        The bilateral.
    ladders : (Ladder, Ladder)
        Of the partner and of the United States.
    stakes : Stakes
        What surrounds the package this week.
    win_set : WinSet
        What the partner can carry home.
    agenda : ndarray (K,)
        Whether each issue may be conceded at this table.
    present : int
        Bits of the principals who attend for the United States.
    """

    terms: Terms
    preferences: Preferences
    ladders: tuple[Ladder, Ladder]
    stakes: Stakes
    win_set: WinSet
    agenda: NDArray[np.bool_]
    present: int

    @cached_property
    def _numbers(self) -> Floats:
        s = self.stakes
        return np.array([s.annuity, s.partner_no_deal, s.us_no_deal])

    @cached_property
    def _effects(self) -> Floats:
        s = self.stakes
        return np.array([s.showcase - s.expected, s.precedent, s.slope])

    def _flows(self, levels: Ints) -> tuple[float, float, float]:
        t, s = self.terms, self.stakes
        return _package_values(levels, t.grid, t.duty, (s.gain, s.home), t.steps)

    def admits(self, levels: Ints) -> bool:
        """Whether the partner can carry a package home."""
        return bool(admitted(levels, self.win_set.top, self.terms.grid, self.win_set.ties))

    def partner_gain(self, levels: Ints) -> float:
        """G_i of a package (V3), USD bn."""
        s, (_, yearly, _) = self.stakes, self._flows(levels)
        return float(partner_gain(s.annuity, yearly, package_sum(self.preferences.cost, levels), s.partner_no_deal))

    def yearly_flow(self, levels: Ints) -> float:
        """g_i at the rates of a package, USD bn a year, without what is conceded beside them."""
        return float(self._flows(levels)[1])

    def us_gain(self, levels: Ints) -> float:
        """G_US,i of a package (V4), USD bn."""
        s, (rate, _, yearly) = self.stakes, self._flows(levels)
        lasting = us_gain(s.annuity, yearly, package_sum(self.preferences.benefit, levels), s.us_no_deal)
        return float(lasting + one_off(self._effects, rate, self.terms.bounds, s.annuity))

    def believed_us_gain(self, levels: Ints) -> float:
        """G_US,i of a package as the partner believes it, without what a deal does once, USD bn."""
        s, (_, _, yearly) = self.stakes, self._flows(levels)
        return float(us_gain(s.annuity, yearly, package_sum(self.preferences.benefit_guess, levels), s.us_no_deal))

    def gains_of(self, packages: Ints) -> Floats:
        """G_i and G_US,i of many packages (P, K), USD bn, ndarray (P, 2)."""
        t, s = self.terms, self.stakes
        rows = self.preferences.cost, self.preferences.benefit
        numbers = self._numbers, self._effects, t.bounds, t.steps
        return _gains_of(packages, t.grid, t.duty, (s.gain, s.home), rows, numbers)

    def best_peer_gain(self, shares: Sequence[Floats]) -> float:
        """Largest gain the partner would have from the terms of its peers, of each its z by issue (K,), USD bn."""
        t, numbers = self.terms, np.array([*self._numbers[:2], *self.terms.steps])
        rows, weights, gain = (t.grid, t.cost), self.preferences.weights[0], self.stakes.gain
        terms = [same_terms(z, t.counts) for z in shares]
        return max(float(peer_gain(x, rows, weights, t.duty, gain, numbers)) for x in terms)

    def partner_view(self, beliefs: Beliefs, reservation: float, beta: float, may_close: bool) -> Situation:
        """What the partner sees; it expects the United States to insist on the share it believes they do."""
        ladder, curves = self.ladders[0], (self.stakes.gain, self.stakes.home)
        both = np.empty((2, ladder.rungs))
        partner_sees(both, ladder.spots, (ladder.cost, ladder.guess), curves, self._numbers)
        most = best_attainable(both[1], both[0], 0.0, reservation)
        return Situation(
            side=Side.PARTNER,
            elapsed=0.0,
            beta=beta,
            ladder=ladder.levels,
            mine=both[0],
            theirs=both[1],
            least=reservation,
            theirs_least=beliefs.toughness * most,
            worth=self.partner_gain,
            admits=self.admits,
            may_close=may_close,
        )

    def us_view(self, beliefs: Beliefs, toughness: float, beta: float, may_close: bool) -> Situation:
        """What the United States see; they insist on a share `toughness` of the most they could get."""
        ladder, (mine, theirs), most = self.ladders[1], *self._us_see(beliefs)
        return Situation(
            side=Side.US,
            elapsed=0.0,
            beta=beta,
            ladder=ladder.levels,
            mine=mine,
            theirs=theirs,
            least=toughness * most,
            theirs_least=0.0,
            worth=self.us_gain,
            admits=_anything,
            may_close=may_close,
        )

    def most(self, beliefs: Beliefs) -> float:
        """The most that the United States could get, as they believe, USD bn."""
        return float(self._us_see(beliefs)[1])

    def _us_see(self, beliefs: Beliefs) -> tuple[Floats, float]:
        """:func:`us_see` for this table."""
        ladder, curves = self.ladders[1], (self.stakes.gain, self.stakes.home)
        extras = np.array([*self._effects, believed_prices(beliefs.price_level), self.stakes.showcase])
        both = np.empty((2, ladder.rungs))
        most = us_see(both, ladder.spots, (ladder.benefit, ladder.guess), curves, self._numbers, extras)
        return both, most


def _anything(levels: Ints) -> bool:
    """The delegation signs what the President likes; it has no win-set of its own."""
    return True
