"""What both sides see of a table, and what a partner insists on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.bargaining import best_attainable
from sim.compiled import inner
from sim.ensemble.kernel.state import PARTNER, US
from sim.ensemble.kernel.table import duty_of, effects
from sim.ensemble.kernel.talks import Talks
from sim.mechanisms import raised_reservation, same_terms
from sim.talks.ladders import add_up
from sim.talks.table import partner_sees, peer_gain, us_see

__all__ = ["look_partner", "look_us", "reservation", "shares_of"]

Floats = NDArray[np.float64]


@inner
def look_partner(talks: Talks, i: int, least: float) -> float:
    """See what the partner sees along its ladder; return the most it thinks the United States can get."""
    table, ladders, state = talks.state.tables[i], talks.ladders, talks.state
    at, n, sight = table.seating, ladders.rungs[table.seating, PARTNER], talks.state.sight[PARTNER]
    spots = ladders.cells[at, PARTNER, :n], ladders.within[at, PARTNER, :n], ladders.cuts[at, PARTNER, :n]
    sums = ladders.own[at, PARTNER, :n], ladders.guess[at, PARTNER, :n]
    stakes = state.whole[0].annuity, table.partner_no_deal, table.us_no_deal
    partner_sees(sight, spots, sums, (state.gain[i], state.home[i]), stakes)
    return best_attainable(sight[1, :n], sight[0, :n], 0.0, least)


@inner
def look_us(talks: Talks, i: int) -> float:
    """See what the United States see along theirs; return the most they could get."""
    table, ladders, state = talks.state.tables[i], talks.ladders, talks.state
    at, n, stamp = table.seating, ladders.rungs[table.seating, US], state.whole[0].stamp
    own = ladders.own[at, US, :n]
    if ladders.stamp[at] != stamp:
        ladders.stamp[at] = stamp
        add_up(state.benefit[i], ladders.levels[at, US, :n], own)
    spots = ladders.cells[at, US, :n], ladders.within[at, US, :n], ladders.cuts[at, US, :n]
    stakes = state.whole[0].annuity, table.partner_no_deal, table.us_no_deal
    shown, precedent, slope = effects(talks, i)
    extras = shown, precedent, slope, state.whole[0].prices, table.applause
    curves = state.gain[i], state.home[i]
    return us_see(state.sight[US, :, :n], spots, (own, ladders.guess[at, US, :n]), curves, stakes, extras)


@inner
def reservation(talks: Talks, i: int) -> float:
    """Gain a partner insists on: none, or a share of what comparable peers got."""
    law, lay, state, worlds = talks.facts.law[0], talks.facts.bilaterals, talks.state, talks.facts.worlds
    if law.parity <= 0.0:
        return 0.0
    table, best, rows = state.tables[i], -np.inf, (lay.grid[i], lay.cost[i])
    numbers = state.whole[0].annuity, table.partner_no_deal, worlds.steps[0], worlds.steps[1]
    weights, duty, order, peers = talks.hand.weights[i, 0], duty_of(talks, i), state.order, worlds.peers
    for n in range(state.whole[0].deals):
        if peers[i, order[n]]:
            levels = same_terms(shares_of(talks, order[n]), lay.counts[i])
            best = max(best, peer_gain(levels, rows, weights, duty, state.gain[i], numbers))
    return 0.0 if best == -np.inf else raised_reservation(law.parity, best)


@inner
def shares_of(talks: Talks, j: int) -> Floats:
    """Terms in force of a partner that has signed, as shares z of every range, ndarray (K,)."""
    out = np.empty(talks.state.levels.shape[1])
    for k in range(out.size):
        out[k] = talks.facts.bilaterals.shares[j, k, talks.state.levels[j, k]]
    return out
