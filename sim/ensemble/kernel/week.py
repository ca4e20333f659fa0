"""One round of the talks, in the order of `sim.talks.model.TariffTalks.step`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.ensemble.kernel.closing import bear, believe, close_and_publish
from sim.ensemble.kernel.session import meet
from sim.ensemble.kernel.state import NOONE, SIGNED, TALKING, WAITING, WALKED_OUT, restart
from sim.ensemble.kernel.table import answered_curves, lay_curves, threatened
from sim.ensemble.kernel.talks import Talks
from sim.ensemble.kernel.tracks import meet_apart, snap_tracks, yearly_apart
from sim.luck import Purpose, normal, uniform
from sim.mechanisms import revise_mean, revise_variance, seat_talks, world_states
from sim.talks.value import annuity, average_rate, flow, gain_at, stake_of

__all__ = ["count_weeks", "step"]

Floats = NDArray[np.float64]

_STATEMENT, _STATEMENT_NOISE = int(Purpose.STATEMENT), int(Purpose.STATEMENT_NOISE)


@compiled
def step(talks: Talks) -> None:
    """Hold one round."""
    whole, law = talks.state.whole[0], talks.facts.law[0]
    dated_events(talks)
    for i in range(talks.state.partners.size):
        partner = talks.state.partners[i]
        if partner.status == WAITING and whole.round >= partner.opens:
            partner.status = TALKING
        if partner.status == WALKED_OUT and whole.round >= partner.away_until:
            partner.status = TALKING
    look_around(talks)
    seated = choose_seated(talks)
    for n in range(seated):
        meet(talks, talks.state.seated[n])
    meet_apart(talks)
    close_and_publish(talks, seated)
    for n in range(seated):
        announce(talks, talks.state.seated[n])
    count_weeks(talks, min(whole.round + 1, law.horizon))
    for i in range(talks.state.partners.size):
        talks.state.partners[i].tariff_weeks += talks.state.partners[i].rate
    whole.average = average_rate(talks.state.rates, talks.facts.worlds.imports)
    whole.tariff_weeks += whole.average
    whole.round += 1


@compiled
def dated_events(talks: Talks) -> None:
    """Let the calendar speak."""
    calendar, whole = talks.facts.calendar, talks.state.whole[0]
    now = whole.round
    whole.deadline = calendar.deadline[now]
    for i in range(talks.state.partners.size):
        partner = talks.state.partners[i]
        if not np.isnan(calendar.letters[now, i]):
            partner.threat = calendar.letters[now, i]
        if calendar.recalls[now, i]:
            partner.away_until = min(partner.away_until, now)
    if calendar.snaps[now]:
        whole.snapped = now
        for i in range(talks.state.partners.size):
            snap(talks, i)


@compiled
def snap(talks: Talks, i: int) -> None:
    """Bear the threat that has been carried out."""
    partner = talks.state.partners[i]
    snap_tracks(talks, i)
    if partner.status != SIGNED:
        partner.answers = 1 if talks.facts.cards[i].duty > 0.0 else 0
        bear(talks, i, threatened(talks, i), partner.auto_tariff)
        partner.drafted = NOONE
        restart(talks.state.seats[i])


@compiled
def look_around(talks: Talks) -> None:
    """See the world as the round finds it."""
    state, worlds = talks.state, talks.facts.worlds
    see_rates(talks)
    for i in range(state.partners.size):
        card = talks.facts.cards[i]
        state.unsigned[i] = state.partners[i].status != SIGNED
        bounds = card.red_line, card.april
        state.stake[i] = stake_of(worlds.home[i], worlds.steps, state.states[i], bounds)


@compiled
def see_rates(talks: Talks) -> None:
    """Work out the states of the world anew where rates have moved."""
    state, worlds = talks.state, talks.facts.worlds
    if state.whole[0].moved:
        for i in range(state.partners.size):
            state.rates[i] = state.partners[i].rate
        state.states[:] = world_states(talks.facts.law[0].diversion, worlds.start, state.rates, worlds.outlook)
        state.whole[0].moved = 0


@compiled
def choose_seated(talks: Talks) -> int:
    """Choose whom the United States meet, in their order; return how many."""
    law, state, now = talks.facts.law[0], talks.state, talks.state.whole[0].round
    n = state.partners.size
    is_open, waiting = np.empty(n, np.bool_), np.empty(n)
    for i in range(n):
        is_open[i] = state.partners[i].status == TALKING
        waiting[i] = now - state.partners[i].last_met
    chosen = seat_talks(is_open, waiting, talks.facts.worlds.importance, law.capacity, law.window)
    count = 0
    for i in talks.facts.by_key:
        if chosen[i] or (is_open[i] and talks.facts.calendar.meets[now, i]):
            state.seated[count] = i
            count += 1
    return count


@compiled
def announce(talks: Talks, i: int) -> None:
    """End a session that struck no deal with a statement, perhaps, from which the others learn."""
    law, whole, key = talks.facts.law[0], talks.state.whole[0], talks.facts.cards[i].key
    if talks.state.tables[i].struck or law.said <= 0.0:
        return
    if uniform(law.seed, talks.hand.replication[0], key, _STATEMENT, whole.round) >= law.said_frequency:
        return
    z = normal(law.seed, talks.hand.replication[0], key, _STATEMENT_NOISE, whole.round)
    seen = talks.hand.toughness[0] + law.said_spin + law.said_noise * z
    mean, variance, noise = whole.belief, whole.belief_variance, law.said_noise**2
    believe(talks, revise_mean(law.said, mean, variance, seen, noise), revise_variance(law.said, variance, noise))


@compiled
def count_weeks(talks: Talks, end: int) -> None:
    """Add the weeks from this round to `end` to every partner's value, at the tariffs now in force (V1)."""
    state, whole, law = talks.state, talks.state.whole[0], talks.facts.law[0]
    see_rates(talks)
    weeks = annuity(whole.round, end, law.delta)
    for i in range(state.partners.size):
        partner = state.partners[i]
        paid = partner.deal_cost if partner.status == SIGNED else talks.facts.cards[i].paid
        partner.value += weeks * (flow_now(talks, i) - (yearly_apart(talks, i) + paid))


@compiled
def flow_now(talks: Talks, i: int) -> float:
    """g_i at the tariffs in force, USD bn a year."""
    state, worlds, rate = talks.state, talks.facts.worlds, talks.state.partners[i].rate
    if state.partners[i].answers:
        lay_curves(talks, i)
        return flow(answered_curves(talks, i)[0], worlds.steps, rate)
    return gain_at(worlds.gain[i], worlds.steps, state.states[i], rate)
