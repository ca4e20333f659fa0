"""What moves while the compiled talks are played, and what luck has dealt to them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiled import inner
from sim.ensemble.kernel.calendar import NEVER
from sim.ensemble.kernel.facts import Facts
from sim.ensemble.kernel.records import LEVEL, Levels, dtype_of
from sim.luck import Purpose, normal, uniform
from sim.talks.court import ruling_round
from sim.talks.preferences import NOBODY, draw_weights, lognormal, price_level, weigh
from sim.talks.toughness import toughness_of
from sim.talks.value import effective_rate

__all__ = ["PARTNER", "US", "WEEK", "Hand", "State", "begin", "deal_hand", "new_hand", "new_state"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

WAITING, TALKING, SIGNED, WALKED_OUT = 0, 1, 2, 3
#: Places of the two sides in arrays; nobody has made an offer yet.
PARTNER, US, NOONE = 0, 1, -1

_RESISTANCE, _US_WEIGHT, _STANCE = int(Purpose.RESISTANCE), int(Purpose.US_WEIGHT), int(Purpose.STANCE)
_TOUGHNESS, _OPENER, _CLAUSE = int(Purpose.TOUGHNESS), int(Purpose.OPENER), int(Purpose.CLAUSE)

#: One partner. `flow` and `home_flow` are g_i and h_i at the tariffs in force, `drafted` who made the offer that is
#: agreed in principle, `signed` the round of signing.
MOVES = dtype_of(
    whole="status opens sessions last_met affronts away_until drafted signed clause repriced",
    flags="answers",
    real=(
        "tariff auto_tariff rate threat tariff_weeks value us_value deal_cost deal_benefit gain us_gain flow home_flow"
    ),
)
#: One week's table: `applause` is the showcase with what the next deal is worth, `agreed` who made the offer that was
#: taken and is still to be closed, `struck` whether one was taken at all, `most` what the United States could get.
TABLE = dtype_of(
    whole="seating agreed struck president may_close stamp",
    real="partner_no_deal us_no_deal applause expected slope most",
)
#: A built-in negotiator: `heard` says whether it remembers an offer, `rung` which of the other side's ladder it was if
#: that was in this session, `worth` what it is worth to it.
SEAT = dtype_of(whole="rung", flags="heard", real="asked conceded worth")
#: The talks as a whole; `moved` says whether rates have moved since the states of the world were worked out, `stamp`
#: counts how often they were, so that what depends on them alone is worked out once for a partner. From `annuity` on
#: what holds for every table of a week: A(t, S); A(t, D), A(D, S) and what follows a ruling, as partners believe and
#: as the United States believe; pressure on these and their stance under it, what is left of the showcase, and prices
#: as they believe them. `ruled` says whether the courts have struck the duties down, `rushed` whether a deadline is
#: near.
WHOLE = dtype_of(
    whole="round deadline snapped deals moved stamp ruled rushed",
    real=(
        "tariff_weeks price_mean price_variance belief belief_variance average "
        "annuity before after fallen us_before us_after us_fallen psi haste left prices"
    ),
)
#: One week's figures: rate of the focal partner, and on average; the world as the focal partner meets it, what it pays
#: a year beyond its tariffs; deals so far, and whether it answers.
WEEK = dtype_of(whole="deals", flags="answers", real="rate average omega spill paid")
#: One track; a level of -1 is no agreement.
TRACK = dtype_of(whole="level sessions", flags="sanctioned")


class Hand(NamedTuple):
    """What luck has dealt in a replication.

    Attributes
    ----------
    replication : ndarray (1,)
        Which.
    weights : ndarray (N, 4, K)
        As in `Preferences`.
    beta, toss : ndarray (N,)
        Stance of each partner; and 1 when it is the second to open, else 0.
    clause : ndarray (N,)
        Whether its deal would carry a clause.
    toughness : ndarray (1,)
        chi.
    ruling : ndarray (1,)
        Round in which the courts strike the duties down; -1 when they stand.
    """

    replication: Ints
    weights: Floats
    beta: Floats
    toss: Ints
    clause: Bools
    toughness: Floats
    ruling: Ints


class State(NamedTuple):
    """A run under way.

    Attributes
    ----------
    whole : record array (1,)
        `WHOLE`.
    partners, tables : record array (N,)
        `MOVES` and `TABLE`.
    seats, track_seats : record array (N, 2), (T, 2)
        `SEAT` by side.
    tracks : record array (T,)
        `TRACK`.
    levels, signed : ndarray (N, K)
        Deals in force, and as they were signed.
    draft, offer : ndarray (N, K)
        What is agreed in principle, and what was agreed this week.
    heard : ndarray (N, 2, K)
        Last offer each side heard.
    track_heard : ndarray (T, 2)
        The same on tracks.
    top : ndarray (N, K)
        What the partner can carry home this week. (The ladders of a table may be gone when its text is closed.)
    benefit : ndarray (N, K, L)
        This week's benefit of the United States by issue and level, precedent counted.
    gain, home : ndarray (N, R)
        This week's g_i and h_i by own rate.
    asked : ndarray (N, K)
        How many times over what a partner concedes is asked for by the rest.
    states : ndarray (N, 3)
        The world as each partner meets it.
    rates, stake : ndarray (N,)
        Effective rates in force, and what is at stake for precedent.
    unsigned : ndarray (N,)
        Who had no deal as the round began.
    order : ndarray (N,)
        Partners in the order of signing.
    taken : ndarray (K,)
        What was signed away of issues of which there is only so much.
    seated : ndarray (N,)
        Partners met this week, in their order.
    sight : ndarray (2, 2, R)
        Gains along the ladders of the table at work: by side, its own and the other's as believed.
    """

    whole: Any
    partners: Any
    tables: Any
    seats: Any
    tracks: Any
    track_seats: Any
    levels: Levels
    signed: Levels
    draft: Levels
    offer: Levels
    heard: Levels
    track_heard: Ints
    top: Ints
    benefit: Floats
    gain: Floats
    home: Floats
    asked: Floats
    states: Floats
    rates: Floats
    stake: Floats
    unsigned: Bools
    order: Ints
    taken: Floats
    seated: Ints
    sight: Floats


def new_hand(facts: Facts) -> Hand:
    """Make room for a hand."""
    n, k = facts.bilaterals.counts.shape
    return Hand(
        replication=np.zeros(1, np.int64),
        weights=np.zeros((n, 4, k)),
        beta=np.zeros(n),
        toss=np.zeros(n, np.int64),
        clause=np.zeros(n, np.bool_),
        toughness=np.zeros(1),
        ruling=np.zeros(1, np.int64),
    )


def new_state(facts: Facts) -> State:
    """Make room for a run."""
    n, k, width = facts.bilaterals.grid.shape
    tracks, rates = facts.tracks.partner.size, facts.worlds.gain.shape[2]
    packages = [np.zeros((n, k), LEVEL) for _ in range(4)]
    return State(
        whole=np.zeros(1, WHOLE),
        partners=np.zeros(n, MOVES),
        tables=np.zeros(n, TABLE),
        seats=np.zeros((n, 2), SEAT),
        tracks=np.zeros(tracks, TRACK),
        track_seats=np.zeros((tracks, 2), SEAT),
        levels=packages[0],
        signed=packages[1],
        draft=packages[2],
        offer=packages[3],
        heard=np.zeros((n, 2, k), LEVEL),
        track_heard=np.zeros((tracks, 2), np.int64),
        top=np.zeros((n, k), np.int64),
        benefit=np.zeros((n, k, width)),
        gain=np.zeros((n, rates)),
        home=np.zeros((n, rates)),
        asked=np.zeros((n, k)),
        states=np.zeros((n, 3)),
        rates=np.zeros(n),
        stake=np.zeros(n),
        unsigned=np.zeros(n, np.bool_),
        order=np.zeros(n, np.int64),
        taken=np.zeros(k),
        seated=np.zeros(n, np.int64),
        sight=np.zeros((2, 2, facts.bilaterals.rungs)),
    )


@inner
def deal_hand(facts: Facts, hand: Hand, replication: int) -> None:
    """Deal the luck of a replication: private weights, stances, the toughness of the United States."""
    law, lay = facts.law[0], facts.bilaterals
    hand.replication[0] = replication
    hand.ruling[0] = ruling_round(law.seed, replication, law.hazard, law.ruling, law.horizon)
    z = normal(law.seed, replication, NOBODY, _TOUGHNESS, 0)
    hand.toughness[0] = toughness_of(law.toughness + law.toughness_sd * z)
    level = price_level(law.seed, replication, law.price_level_sd)
    delegation = draw_weights(law.seed, replication, NOBODY, _US_WEIGHT, law.weight_sd, lay.keys)
    for i in range(hand.beta.size):
        key = facts.cards[i].key
        own = draw_weights(law.seed, replication, key, _RESISTANCE, law.resistance_sd, lay.keys)
        hand.weights[i] = weigh(own, delegation, lay.known[i], level, law.skill)
        hand.beta[i] = facts.cards[i].beta * lognormal(law.beta_sd, normal(law.seed, replication, key, _STANCE, 0))
        hand.toss[i] = 1 if uniform(law.seed, replication, key, _OPENER, 0) < 0.5 else 0
        hand.clause[i] = uniform(law.seed, replication, key, _CLAUSE, 0) < law.clause


@inner
def begin(facts: Facts, state: State, opens: Ints) -> None:
    """Put everything where it stands on 14 April 2025."""
    law, whole = facts.law[0], state.whole[0]
    whole.round, whole.snapped, whole.deals, whole.tariff_weeks = 0, NEVER, 0, 0.0
    whole.belief, whole.belief_variance = law.toughness, law.toughness_sd**2
    whole.price_mean, whole.price_variance = 0.0, law.price_level_sd**2
    whole.moved, whole.ruled = 1, 0
    state.taken[:] = 0.0
    for i in range(opens.size):
        partner, card = state.partners[i], facts.cards[i]
        partner.status, partner.opens, partner.sessions = WAITING, opens[i], card.sessions_before
        partner.last_met, partner.affronts, partner.away_until, partner.answers = opens[i] - 1, 0, 0, 0
        partner.drafted, partner.signed, partner.clause, partner.repriced = NOONE, NEVER, 0, 0
        partner.threat, partner.tariff_weeks, partner.value, partner.us_value = card.threat, 0.0, 0.0, 0.0
        partner.deal_cost, partner.deal_benefit = 0.0, 0.0
        partner.tariff, partner.auto_tariff = law.pause_rate, law.auto_rate
        partner.gain, partner.us_gain = np.nan, np.nan
        state.tables[i].stamp = 0
        partner.rate = effective_rate(law.pause_rate, law.auto_rate, (card.general, card.autos))
        restart(state.seats[i])
    for a in range(state.tracks.size):
        track = state.tracks[a]
        track.level, track.sessions, track.sanctioned = -1, 0, 0
        restart(state.track_seats[a])


@inner
def restart(seats: Any) -> None:
    """Let both sides of a table ask for all again (2,)."""
    for side in (PARTNER, US):
        seats[side].asked, seats[side].conceded, seats[side].heard = 1.0, 0.0, 0
