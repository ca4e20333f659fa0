"""One round of the talks, in the order of `sim.talks.model.TariffTalks.step`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import inlined, inner
from sim.ensemble.kernel.calendar import NEVER
from sim.ensemble.kernel.closing import bear, close_and_publish
from sim.ensemble.kernel.session import meet
from sim.ensemble.kernel.state import NOONE, SIGNED, TALKING, WAITING, WALKED_OUT, restart
from sim.ensemble.kernel.table import answered_curves, haste, lay_curves, pressed, threatened
from sim.ensemble.kernel.talks import Talks
from sim.ensemble.kernel.tracks import meet_apart, snap_tracks, yearly_apart, yearly_from_apart
from sim.luck import Purpose, normal, uniform
from sim.mechanisms import fading, headlines_so_far, rush_priority, rushes, seat_talks, waited, world_states
from sim.talks.table import believed_prices
from sim.talks.toughness import after_statement
from sim.talks.value import annuity, average_rate, flow, gain_at, home_at, outlook_without, stake_of

__all__ = ["count_weeks", "paid", "step", "strike_down"]

Floats = NDArray[np.float64]

_ABSENCE = int(Purpose.ABSENCE)
_STATEMENT, _STATEMENT_NOISE = int(Purpose.STATEMENT), int(Purpose.STATEMENT_NOISE)


@inlined
def step(talks: Talks) -> None:
    """Hold one round."""
    whole, law = talks.state.whole[0], talks.facts.law[0]
    dated_events(talks)
    partners = talks.state.partners
    for i in range(partners.size):
        partner = partners[i]
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
    for i in range(partners.size):
        partners[i].tariff_weeks += partners[i].rate
    whole.tariff_weeks += whole.average
    whole.round += 1


@inner
def dated_events(talks: Talks) -> None:
    """Let the calendar speak."""
    calendar, whole, partners = talks.facts.calendar, talks.state.whole[0], talks.state.partners
    now, letters, recalls = whole.round, calendar.letters, calendar.recalls
    if now == talks.hand.ruling[0]:
        strike_down(talks)
    whole.deadline = NEVER if whole.ruled else calendar.deadline[now]
    whole.rushed = 1 if rushes(whole.deadline, now, talks.facts.law[0].rush_weeks) else 0
    if calendar.busy[now]:
        for i in range(partners.size):
            if not np.isnan(letters[now, i]):
                partners[i].threat = letters[now, i]
            if recalls[now, i]:
                partners[i].away_until = min(partners[i].away_until, now)
    if calendar.snaps[now] and not whole.ruled:
        whole.snapped = now
        for i in range(talks.state.partners.size):
            snap(talks, i)


@inner
def strike_down(talks: Talks) -> None:
    """Let the courts strike the general rates down; what was signed stays as signed."""
    partners = talks.state.partners
    talks.state.whole[0].ruled = 1
    for i in range(partners.size):
        if partners[i].status != SIGNED:
            partners[i].answers = 0
            bear(talks, i, 0.0, partners[i].auto_tariff)


@inner
def snap(talks: Talks, i: int) -> None:
    """Bear the threat that has been carried out."""
    partner = talks.state.partners[i]
    snap_tracks(talks, i)
    if partner.status != SIGNED:
        partner.answers = 1 if talks.facts.cards[i].duty > 0.0 else 0
        bear(talks, i, threatened(talks, i), partner.auto_tariff)
        partner.drafted = NOONE
        restart(talks.state.seats[i])


@inner
def look_around(talks: Talks) -> None:
    """See the world as the round finds it."""
    state, whole, law, partners = talks.state, talks.state.whole[0], talks.facts.law[0], talks.state.partners
    unsigned = state.unsigned
    see_rates(talks)
    for i in range(partners.size):
        unsigned[i] = partners[i].status != SIGNED
    turn = law.horizon if whole.deadline < 0 else min(whole.deadline, law.horizon)
    whole.annuity = annuity(whole.round, law.horizon, law.delta)
    now, end, fears = whole.round, law.horizon, 0.0 if whole.ruled else 1.0
    whole.before, whole.after, whole.fallen = outlook_without(now, turn, end, law.delta, fears * law.partner_hazard)
    spans = outlook_without(now, turn, end, law.delta, fears * law.us_hazard)
    whole.us_before, whole.us_after, whole.us_fallen = spans
    whole.psi = pressed(talks, whole.tariff_weeks)
    whole.haste = haste(talks, whole.psi, law.us_beta)
    whole.left = fading(law.showcase_decay, headlines_so_far(talks.facts.worlds.headline, unsigned))
    whole.prices = believed_prices(whole.price_mean)


@inner
def see_rates(talks: Talks) -> None:
    """Work out anew, where rates have moved, the states of the world, what flows in them and what is at stake."""
    state, worlds, partners = talks.state, talks.facts.worlds, talks.state.partners
    rates, states, stake, cards = state.rates, state.states, state.stake, talks.facts.cards
    steps, grips, homes = worlds.steps, worlds.grips, worlds.home
    if not state.whole[0].moved:
        return
    state.whole[0].moved = 0
    state.whole[0].stamp += 1
    for i in range(partners.size):
        rates[i] = partners[i].rate
    states[:] = world_states(talks.facts.law[0].diversion, worlds.start, rates, worlds.outlook)
    for i in range(partners.size):
        flows_now(talks, i)
        if partners[i].status != SIGNED:
            stake[i] = stake_of(homes[i].T, steps, grips, states[i], (cards[i].red_line, cards[i].april))
    state.whole[0].average = average_rate(rates, worlds.imports)


@inner
def choose_seated(talks: Talks) -> int:
    """Choose whom the United States meet, in their order; return how many."""
    law, state, now, partners = talks.facts.law[0], talks.state, talks.state.whole[0].round, talks.state.partners
    n, meets, seated, by_key = partners.size, talks.facts.calendar.meets, state.seated, talks.facts.by_key
    is_open, waiting = np.empty(n, np.bool_), np.empty(n)
    for i in range(n):
        is_open[i] = partners[i].status == TALKING
        waiting[i] = urgency(talks, i)
    importance, order = talks.facts.worlds.importance, talks.facts.by_importance
    capacity, window = law.capacity, law.window
    if state.whole[0].rushed:
        capacity, window = law.rush_capacity, law.rush_window
    chosen = seat_talks(is_open, waiting, importance, order, capacity, window)
    count = 0
    for i in by_key:
        if chosen[i] or (is_open[i] and meets[now, i]):
            seated[count] = i
            count += 1
    return count


@inner
def urgency(talks: Talks, i: int) -> float:
    """What counts beside importance in the choice of whom to meet: the waiting time; in a rush stakes and drafts."""
    law, whole, partner = talks.facts.law[0], talks.state.whole[0], talks.state.partners[i]
    if whole.rushed:
        drafts = 1.0 if partner.drafted == NOONE else law.rush_drafts
        return rush_priority(threatened(talks, i), law.pause_rate, law.rush_stakes, drafts)
    weeks = float(whole.round - partner.last_met)
    if law.absence <= 0.0:
        return weeks
    z = normal(law.seed, talks.hand.replication[0], talks.facts.cards[i].key, _ABSENCE, whole.round)
    return waited(weeks, law.absence, z)


@inner
def announce(talks: Talks, i: int) -> None:
    """End a session that struck no deal with a statement, perhaps, from which the others learn."""
    law, whole, key = talks.facts.law[0], talks.state.whole[0], talks.facts.cards[i].key
    if talks.state.tables[i].struck or law.said <= 0.0:
        return
    if uniform(law.seed, talks.hand.replication[0], key, _STATEMENT, whole.round) >= law.said_frequency:
        return
    z = normal(law.seed, talks.hand.replication[0], key, _STATEMENT_NOISE, whole.round)
    belief, blur = (whole.belief, whole.belief_variance), (law.said_noise, z)
    belief = after_statement(law.said, belief, talks.hand.toughness[0], law.said_spin, blur)
    whole.belief, whole.belief_variance = belief


@inner
def count_weeks(talks: Talks, end: int) -> None:
    """Add the weeks from this round to `end` to every partner's value, at the tariffs now in force (V1)."""
    partners, whole, law = talks.state.partners, talks.state.whole[0], talks.facts.law[0]
    see_rates(talks)
    weeks, apart = annuity(whole.round, end, law.delta), talks.state.tracks.size > 0
    for i in range(partners.size):
        benefit = partners[i].deal_benefit if partners[i].status == SIGNED else 0.0
        if apart:
            benefit = yearly_from_apart(talks, i) + benefit
        partners[i].value += weeks * (partners[i].flow - paid(talks, i))
        partners[i].us_value += weeks * (partners[i].home_flow + benefit)


@inner
def paid(talks: Talks, i: int) -> float:
    """What a partner pays a year beyond its tariffs: its concessions, or a lever in use, and its tracks, USD bn."""
    partner = talks.state.partners[i]
    cost: float = partner.deal_cost if partner.status == SIGNED else talks.facts.cards[i].paid
    return yearly_apart(talks, i) + cost if talks.state.tracks.size > 0 else cost


@inner
def flows_now(talks: Talks, i: int) -> None:
    """Read g_i and h_i at the tariffs in force, USD bn a year."""
    state, worlds, partner = talks.state, talks.facts.worlds, talks.state.partners[i]
    if partner.answers:
        lay_curves(talks, i)
        gain, home = answered_curves(talks, i)
        partner.flow, partner.home_flow = flow(gain, worlds.steps, partner.rate), flow(home, worlds.steps, partner.rate)
    else:
        seen, rate = state.states[i], partner.rate
        partner.flow = gain_at(worlds.gain[i].T, worlds.steps, seen, rate)
        partner.home_flow = home_at(worlds.home[i].T, worlds.steps, worlds.grips, seen, rate)
