"""From handshake to signature, and what a signature brings about."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import inner
from sim.ensemble.kernel.seeing import shares_of
from sim.ensemble.kernel.state import NOONE, SIGNED
from sim.ensemble.kernel.table import admits, duty_of, tops, worth_to_partner, worth_to_us
from sim.ensemble.kernel.talks import Talks
from sim.luck import Purpose, normal, uniform
from sim.mechanisms import bounded_mean, bounded_variance, close_texts, levelled, same_terms
from sim.talks.closing import ROUNDING, raised
from sim.talks.home import objection
from sim.talks.lessons import read_lesson
from sim.talks.terms import AUTO, TARIFF
from sim.talks.toughness import after_deal
from sim.talks.value import effective_rate, weighted_sum

__all__ = ["bear", "close_and_publish"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_RATIFICATION, _REPRICING, _SIGNAL = int(Purpose.RATIFICATION), int(Purpose.REPRICING), int(Purpose.SIGNAL)


@inner
def close_and_publish(talks: Talks, seated: int) -> None:
    """Close as many of the agreed texts as a week allows, put the deals in force and let both sides learn from them."""
    state, whole = talks.state, talks.state.whole[0]
    choose(talks, seated)
    first = whole.deals
    for n in range(seated):
        i = state.seated[n]
        if state.tables[i].agreed != NOONE and close(talks, i):
            state.order[whole.deals] = i
            whole.deals += 1
    for n in range(first, whole.deals):
        sign(talks, state.order[n])
    for n in range(first, whole.deals):
        carry_over(talks, state.order[n])
    if talks.facts.law[0].learning > 0.0:
        for n in range(first, whole.deals):
            learn(talks, state.order[n])


@inner
def choose(talks: Talks, seated: int) -> None:
    """Leave the texts that find no place on the President's desk agreed in principle."""
    state, importance = talks.state, talks.facts.worlds.importance
    agreed, law = 0, talks.facts.law[0]
    closings = law.rush_closings if talks.state.whole[0].rushed else law.closings
    for n in range(seated):
        agreed += state.tables[state.seated[n]].agreed != NOONE
    if agreed <= closings:
        return  # there is a place for all of them
    ready = np.zeros(importance.size, np.bool_)
    for n in range(seated):
        ready[state.seated[n]] = state.tables[state.seated[n]].agreed != NOONE
    chosen = close_texts(ready, importance, closings)
    for i in range(importance.size):
        if ready[i] and not chosen[i]:
            state.partners[i].drafted, state.tables[i].agreed = state.tables[i].agreed, NOONE
            state.draft[i] = state.offer[i]


@inner
def close(talks: Talks, i: int) -> bool:
    """Take an agreed package through repricing and ratification; whether it is signed."""
    law, state, now = talks.facts.law[0], talks.state, talks.state.whole[0].round
    levels, repriced = state.offer[i], 0
    gain, us_gain = worth_to_partner(talks, i, levels), worth_to_us(talks, i, levels)
    if not admits(talks, i, levels) or gain < -ROUNDING or us_gain < -ROUNDING:
        return False
    draw = uniform(law.seed, talks.hand.replication[0], talks.facts.cards[i].key, _REPRICING, now)
    if not state.tables[i].president and draw < law.reprice:
        asked = raised(levels, talks.facts.bilaterals.counts[i], law.pledge, law.reprice_step)
        more, less = worth_to_us(talks, i, asked), worth_to_partner(talks, i, asked)
        if more > us_gain:
            if not (less >= 0.0 and more >= 0.0 and admits(talks, i, asked)):
                return False
            levels, gain, us_gain, repriced = asked, less, more, 1
    if not ratified(talks, i, levels):
        return False
    partner = state.partners[i]
    partner.signed, partner.gain, partner.us_gain, partner.repriced = now, gain, us_gain, repriced
    partner.clause = 1 if talks.hand.clause[i] else 0
    state.levels[i] = levels
    state.signed[i] = levels
    take(talks, i)
    return True


@inner
def take(talks: Talks, i: int) -> None:
    """Note what a deal takes of issues of which there is only so much."""
    lay, state = talks.facts.bilaterals, talks.state
    for k in range(lay.supply.size):
        if lay.supply[k] < np.inf:
            state.taken[k] += lay.grid[i, k, state.levels[i, k]]


@inner
def ratified(talks: Talks, i: int, levels: Ints) -> bool:
    """Whether all whose consent is needed say yes, and nothing has run out meanwhile."""
    law, homes, now = talks.facts.law[0], talks.facts.homes, talks.state.whole[0].round
    top, _ = tops(talks, i)
    for k in range(levels.size):
        if levels[k] > top[k]:
            return False
    if law.ratification <= 0.0 or law.ratification_noise <= 0.0:
        return True
    players, key = homes.players[i], talks.facts.cards[i].key
    slips, shares = np.empty(players), np.empty(levels.size)
    for p in range(players):
        z = normal(law.seed, talks.hand.replication[0], key, _RATIFICATION, now * players + p)
        slips[p] = law.ratification_noise * z
    for k in range(levels.size):
        shares[k] = talks.facts.bilaterals.shares[i, k, levels[k]]
    player, _ = objection(shares, homes.passes[i, homes.season[now, i], :players], slips)
    return player < 0


@inner
def sign(talks: Talks, i: int) -> None:
    """Put a deal in force; duties on goods from the United States are withdrawn with it."""
    partner = talks.state.partners[i]
    partner.status, partner.answers = SIGNED, 0
    apply(talks, i)


@inner
def apply(talks: Talks, i: int) -> None:
    """Let the terms of a deal be paid and borne."""
    lay, partner, levels = talks.facts.bilaterals, talks.state.partners[i], talks.state.levels[i]
    partner.deal_cost = weighted_sum(talks.hand.weights[i, 0], lay.cost[i], levels)
    partner.deal_benefit = weighted_sum(talks.hand.weights[i, 1], lay.benefit[i], levels)
    bear(talks, i, lay.grid[i, TARIFF, levels[TARIFF]], lay.grid[i, AUTO, levels[AUTO]])


@inner
def bear(talks: Talks, i: int, tariff: float, auto_tariff: float) -> None:
    """Bear a pair of rates from now on."""
    partner = talks.state.partners[i]
    partner.tariff, partner.auto_tariff = tariff, auto_tariff
    partner.rate = effective_rate(tariff, auto_tariff, duty_of(talks, i))
    talks.state.whole[0].moved = 1


@inner
def carry_over(talks: Talks, newest: int) -> None:
    """Level earlier comparable deals with a clause; off with parity itself."""
    state, now = talks.state, talks.state.whole[0].round
    if talks.facts.law[0].parity <= 0.0:
        return
    for n in range(state.whole[0].deals):
        j = state.order[n]
        earlier = state.partners[j].signed < now
        if earlier and state.partners[j].clause and talks.facts.worlds.peers[j, newest]:
            theirs = same_terms(shares_of(talks, newest), talks.facts.bilaterals.counts[j])
            for k in (TARIFF, AUTO):
                state.levels[j, k] = levelled(state.levels[j, k], theirs[k])
            apply(talks, j)


@inner
def learn(talks: Talks, i: int) -> None:
    """Partners learn how little the United States settle for, if it is published; these learn what they bear."""
    law, whole, lay = talks.facts.law[0], talks.state.whole[0], talks.facts.bilaterals
    table, partner, levels = talks.state.tables[i], talks.state.partners[i], talks.state.levels[i]
    weights = talks.hand.weights[i]
    costs = weighted_sum(weights[2], lay.cost[i], levels), weighted_sum(weights[0], lay.cost[i], levels)
    share, price = read_lesson((partner.gain, partner.us_gain), table.most, whole.annuity, costs)
    z = normal(law.seed, talks.hand.replication[0], talks.facts.cards[i].key, _SIGNAL, 0)
    belief = whole.belief, whole.belief_variance
    whole.belief, whole.belief_variance = after_deal(law.learning, belief, share, law.signal_noise, z)
    mean, variance = whole.price_mean, whole.price_variance
    whole.price_mean = bounded_mean(law.learning, mean, variance, price, law.price_noise)
    whole.price_variance = bounded_variance(law.learning, mean, variance, price, law.price_noise)
