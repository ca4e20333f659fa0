"""Concession ladders worked out once for a hand: for each partner, those present and what it can carry home."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiled import inlined, inner
from sim.ensemble.kernel.facts import Facts
from sim.ensemble.kernel.records import LEVEL, Levels
from sim.ensemble.kernel.state import PARTNER, US, Hand
from sim.talks.delegation import PRESIDENT
from sim.talks.ladders import add_up, concede_downwards, concede_upwards, find_spots, open_levels
from sim.talks.terms import AUTO, TARIFF

__all__ = ["ROOM", "Ladders", "forget", "new_ladders", "seating"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Seatings remembered for a hand; when there are more, all are worked out anew.
ROOM = 512
END = -1


class Ladders(NamedTuple):
    """The ladders of C seatings, sides in the order of `PARTNER` and `US`.

    Attributes
    ----------
    used : ndarray (1,)
        How many there are.
    first, after : ndarray (N,), (C,)
        First seating of each partner, and the next of the same one; `END` when there is none.
    present : ndarray (C,)
        Bits of the principals at the table.
    top, lasting : ndarray (C, K)
        What the partner can carry home.
    stamp : ndarray (C,)
        When the sums of the United States were last worked out, as `WHOLE` counts.
    asked : ndarray (C, K)
        Highest level of each issue on the ladder of the United States.
    rungs : ndarray (C, 2)
        How many packages each side's ladder has.
    levels : ndarray (C, 2, R, K)
        The packages.
    cells, within, cuts : ndarray (C, 2, R)
        Where their effective rates are on the tables, from `sim.talks.ladders.spots_of`.
    own, guess : ndarray (C, 2, R)
        Cost to the partner or benefit to the United States, as the side's own; and the other's as it believes.
    benefit : ndarray (C, K, L)
        Benefit of the United States by issue and level, with those present.
    """

    used: Ints
    first: Ints
    after: Ints
    present: Ints
    top: Ints
    lasting: Ints
    stamp: Ints
    asked: Ints
    rungs: Ints
    levels: Levels
    cells: Levels
    within: Floats
    cuts: Floats
    own: Floats
    guess: Floats
    benefit: Floats


def new_ladders(facts: Facts, room: int = ROOM) -> Ladders:
    """Make room for the ladders of so many seatings of a hand."""
    (n, k, width), rungs = facts.bilaterals.grid.shape, facts.bilaterals.rungs
    return Ladders(
        used=np.zeros(1, np.int64),
        first=np.full(n, END),
        after=np.zeros(room, np.int64),
        present=np.zeros(room, np.int64),
        top=np.zeros((room, k), np.int64),
        lasting=np.zeros((room, k), np.int64),
        stamp=np.zeros(room, np.int64),
        asked=np.zeros((room, k), np.int64),
        rungs=np.zeros((room, 2), np.int64),
        levels=np.zeros((room, 2, rungs, k), LEVEL),
        cells=np.zeros((room, 2, rungs), LEVEL),
        within=np.zeros((room, 2, rungs)),
        cuts=np.zeros((room, 2, rungs)),
        own=np.zeros((room, 2, rungs)),
        guess=np.zeros((room, 2, rungs)),
        benefit=np.zeros((room, k, width)),
    )


@inner
def forget(ladders: Ladders) -> None:
    """Begin with none, for a new hand or for want of room."""
    ladders.used[0] = 0
    ladders.first[:] = END


@inlined
def seating(facts: Facts, hand: Hand, ladders: Ladders, i: int, present: int, tops: tuple[Ints, Ints]) -> int:
    """Return the seating of the i-th partner with these present and these tops, worked out where it is new."""
    at: int = ladders.first[i]
    while at != END:
        if ladders.present[at] == present and same(ladders.top[at], tops[0]) and same(ladders.lasting[at], tops[1]):
            return at
        at = ladders.after[at]
    if ladders.used[0] == ladders.present.size:
        forget(ladders)
    at = ladders.used[0]
    ladders.used[0] += 1
    ladders.after[at], ladders.first[i] = ladders.first[i], at
    ladders.present[at], ladders.top[at], ladders.lasting[at] = present, tops[0], tops[1]
    ladders.stamp[at] = 0
    build(facts, hand, ladders, i, at)
    return at


@inner
def same(one: Ints, other: Ints) -> bool:
    """Whether two packages are alike."""
    for k in range(one.size):  # noqa: SIM110  (compiled code has no generators)
        if one[k] != other[k]:
            return False
    return True


@inner
def build(facts: Facts, hand: Hand, ladders: Ladders, i: int, at: int) -> None:
    """Work the ladders of both sides out."""
    lay, weights, ties = facts.bilaterals, hand.weights[i], facts.homes.ties[i, : facts.homes.tied[i]]
    mix = facts.delegations.mix[i, ladders.present[at]]
    agenda = facts.delegations.agenda[1 if ladders.present[at] & PRESIDENT else 0]
    grid, counts = lay.grid[i], lay.counts[i]
    cost, cost_guess = weighed(weights[0], lay.cost[i], counts), weighed(weights[2], lay.cost[i], counts)
    benefit = weighed(mix, weighed(weights[1], lay.benefit[i], counts), counts)
    benefit_guess = weighed(mix, weighed(weights[3], lay.benefit[i], counts), counts)
    gain, home, top, lasting = lay.by_gain[i], lay.by_home[i], ladders.top[at], ladders.lasting[at]
    dear, sweet = joined(cost, gain, -1.0), joined(benefit_guess, home, 1.0)
    keep(
        facts,
        ladders,
        (i, at, PARTNER),
        concede_upwards(dear, sweet, open_levels(counts, top, agenda), grid, ties),
        (cost, benefit_guess),
    )
    sweet, dear = joined(benefit, home, 1.0), joined(cost_guess, gain, -1.0)
    down = concede_downwards(sweet, dear, open_levels(counts, lasting, agenda), grid, ties)
    keep(facts, ladders, (i, at, US), down, (benefit, cost_guess))
    asked, kept = ladders.asked[at], ladders.benefit[at]
    for k in range(counts.size):
        asked[k] = 0
        for r in range(down.shape[0]):
            asked[k] = max(asked[k], down[r, k])
        for level in range(counts[k]):
            kept[k, level] = benefit[k, level]


@inner
def keep(
    facts: Facts, ladders: Ladders, where: tuple[int, int, int], levels: Ints, rows: tuple[Floats, Floats]
) -> None:
    """Value every rung of a ladder; `where` is partner, seating, side; `rows` its own values and its guesses."""
    i, at, side = where
    card, n, kept = facts.cards[i], levels.shape[0], ladders.levels[at, side]
    ladders.rungs[at, side] = n
    for r in range(n):
        for k in range(levels.shape[1]):
            kept[r, k] = levels[r, k]
    spots = ladders.cells[at, side, :n], ladders.within[at, side, :n], ladders.cuts[at, side, :n]
    terms = facts.bilaterals.grid[i], (card.general, card.autos)
    find_spots(spots, levels, terms, facts.worlds.steps, (card.red_line, card.april))
    add_up(rows[0], levels, ladders.own[at, side, :n])
    add_up(rows[1], levels, ladders.guess[at, side, :n])


@inner
def weighed(weights: Floats, rows: Floats, counts: Ints) -> Floats:
    """Multiply rows (K, L) by weights, of which the first K count; what lies beyond the counts means nothing."""
    out = np.empty(rows.shape)
    for k in range(rows.shape[0]):
        for level in range(counts[k]):
            out[k, level] = weights[k] * rows[k, level]
    return out


@inner
def joined(rows: Floats, flows: Floats, sign: float) -> Floats:
    """Rows (K, L) with the flows at the levels of both rates added, or taken away at a sign of -1."""
    out = rows.copy()
    for k in (TARIFF, AUTO):
        for level in range(rows.shape[1]):
            out[k, level] = rows[k, level] + sign * flows[k, level]
    return out
