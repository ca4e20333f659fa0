"""The bilateral table of one week: who comes, what can be carried home, and what everything is worth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.ensemble.kernel.ladders import seating
from sim.ensemble.kernel.talks import Talks
from sim.mechanisms import (
    escalated_rate,
    hastened,
    headlines_so_far,
    pain,
    precedent_slope,
    precedent_weights,
    pressure,
    showcase_value,
)
from sim.talks.answers import answered
from sim.talks.delegation import PRESIDENT, draw_attendance
from sim.talks.home import admitted, within_supply
from sim.talks.precedents import expected_gifts, extra_weights
from sim.talks.value import (
    annuity,
    effective_rate,
    flow,
    no_deal,
    one_off,
    package_rate,
    package_sum,
    partner_gain,
    us_gain,
    weighted_sum,
)
from sim.world.answers import answer_curve
from sim.world.lookup import by_rate
from sim.world.state import grip

__all__ = ["admits", "annuities", "haste", "lay_table", "threatened", "worth_to_partner", "worth_to_us"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@compiled
def lay_table(talks: Talks, i: int) -> None:
    """Lay the table of the i-th partner for this week."""
    table, now = talks.state.tables[i], talks.state.whole[0].round
    table.president = 1 if talks.facts.calendar.president[now, i] else 0
    present = attending(talks, i, now, table.president)
    top, lasting = tops(talks, i)
    table.seating = seating(talks.facts, talks.hand, talks.ladders, i, present, (top, lasting))
    lay_curves(talks, i)
    lay_stakes(talks, i, talks.facts.delegations.mix[i, present])
    lay_benefit(talks, i)


@compiled
def attending(talks: Talks, i: int, now: int, president: int) -> int:
    """Bits of the principals at the table."""
    law, due = talks.facts.law[0], PRESIDENT if president else 0
    if law.delegation <= 0.0:
        return due
    key = talks.facts.cards[i].key
    return draw_attendance(law.seed, talks.hand.replication[0], key, talks.facts.delegations.attendance[i], now) | due


@compiled
def tops(talks: Talks, i: int) -> tuple[Ints, Ints]:
    """Return what the i-th partner can carry home now and in quiet times, of what there is left."""
    homes = talks.facts.homes
    top, lasting = homes.top[i, homes.season[talks.state.whole[0].round, i]], homes.lasting[i]
    if talks.facts.law[0].limited:
        left = talks.facts.bilaterals.supply - talks.state.taken
        grid = talks.facts.bilaterals.grid[i]
        return within_supply(top, grid, left), within_supply(lasting, grid, left)
    return top, lasting


@compiled
def lay_curves(talks: Talks, i: int) -> None:
    """Read g_i and h_i by own rate in the world as the partner meets it."""
    worlds, omega, spill, tilt = (
        talks.facts.worlds,
        talks.state.states[i, 0],
        talks.state.states[i, 1],
        talks.state.states[i, 2],
    )
    talks.state.gain[i] = by_rate(worlds.gain[i], omega, worlds.steps[1]) + spill
    home = by_rate(worlds.home[i], omega, worlds.steps[1])
    for k in range(home.size):
        talks.state.home[i, k] = home[k] + grip(k * worlds.steps[0]) * tilt


@compiled
def answered_curves(talks: Talks, i: int) -> tuple[Floats, Floats]:
    """g_i and h_i by own rate once everybody's answer is in force."""
    if not talks.facts.law[0].answering:
        return talks.state.gain[i], talks.state.home[i]
    gain, home, imports, steps, rates, weights = talks.facts.worlds.answers
    omega, duty = talks.state.states[i, 0], talks.facts.cards[i].duty
    more = talks.state.gain[i] + answer_curve(gain[i], steps, rates, omega, duty)
    change = answer_curve(home[i], steps, rates, omega, duty).reshape(1, -1)
    bought = answer_curve(imports[i], steps, rates, omega, duty).reshape(1, -1)
    return more, answered(talks.state.home[i : i + 1], change, bought, rates, weights)[0]


@compiled
def lay_stakes(talks: Talks, i: int, mix: Floats) -> None:
    """What surrounds the package this week."""
    law, whole, worlds, card = talks.facts.law[0], talks.state.whole[0], talks.facts.worlds, talks.facts.cards[i]
    table, partner = talks.state.tables[i], talks.state.partners[i]
    table.annuity = annuity(whole.round, law.horizon, law.delta)
    duties = card.us_imports * partner.rate
    gain, home = answered_curves(talks, i)
    hurt = ache(talks, partner.tariff_weeks, duties) + card.price
    table.partner_no_deal = without(talks, i, (talks.state.gain[i], gain), hurt)
    hurt = ache(talks, whole.tariff_weeks, duties) + card.bite
    table.us_no_deal = without(talks, i, (talks.state.home[i], home), hurt)
    so_far = headlines_so_far(worlds.headline, talks.state.unsigned)
    value = law.showcase_value * worlds.headline[i]
    applause = mix[-1] * showcase_value(law.showcase, value, law.showcase_decay, so_far)
    table.applause = applause + talks.facts.next_deal[whole.deals]
    table.slope = precedent_slope(worlds.alike[i], talks.state.stake, talks.state.unsigned, i)


@compiled
def lay_benefit(talks: Talks, i: int) -> None:
    """What every concession brings the United States, those present and the precedent counted."""
    law, worlds, table = talks.facts.law[0], talks.facts.worlds, talks.state.tables[i]
    at, rows, benefit = table.seating, talks.facts.bilaterals.benefit[i], talks.state.benefit[i]
    mix, weights = talks.facts.delegations.mix[i, talks.ladders.present[at]], talks.hand.weights[i, 1]
    for k in range(rows.shape[0]):
        for level in range(rows.shape[1]):
            benefit[k, level] = mix[k] * (weights[k] * rows[k, level])
    table.expected = 0.0
    if law.precedent <= 0.0:
        return
    asked = precedent_weights(worlds.alike[i], worlds.scales, talks.state.unsigned, i)
    extra = extra_weights(law.precedent, asked, talks.ladders.asked[at])
    table.expected = table.annuity * expected_gifts(extra, benefit, talks.ladders.asked[at])
    for k in range(rows.shape[0]):
        for level in range(rows.shape[1]):
            benefit[k, level] *= 1.0 + extra[k]


@compiled
def ache(talks: Talks, tariff_weeks: float, duties: float) -> float:
    """Yearly pain of going on under duties of so much, USD bn."""
    law = talks.facts.law[0]
    return pain(law.pressure, law.pressure_cost, pressure(law.pressure_growth, tariff_weeks), duties)


@compiled
def haste(talks: Talks, tariff_weeks: float, beta: float) -> float:
    """Stance this week, pressure included."""
    law = talks.facts.law[0]
    return hastened(law.pressure, law.pressure_haste, pressure(law.pressure_growth, tariff_weeks), beta)


@compiled
def without(talks: Talks, i: int, curves: tuple[Floats, Floats], hurt: float) -> float:
    """Value of no deal to a side (V2), its flows by own rate before the partner answers and after."""
    law, partner, steps = talks.facts.law[0], talks.state.partners[i], talks.facts.worlds.steps
    now = flow(curves[1] if partner.answers else curves[0], steps, partner.rate)
    rate = effective_rate(threatened(talks, i), law.auto_rate, talks.facts.cards[i].auto_share)
    then = flow(curves[1], steps, rate)
    return no_deal(annuities(talks), law.credibility, now, then, hurt)


@compiled
def threatened(talks: Talks, i: int) -> float:
    """General rate that a snap would bring."""
    law = talks.facts.law[0]
    return escalated_rate(talks.state.partners[i].threat, law.escalation, talks.facts.cards[i].duty, law.ceiling)


@compiled
def annuities(talks: Talks) -> tuple[float, float]:
    """A(t, D) and A(D, S)."""
    law, whole = talks.facts.law[0], talks.state.whole[0]
    turn = law.horizon if whole.deadline < 0 else min(whole.deadline, law.horizon)
    return annuity(whole.round, turn, law.delta), annuity(turn, law.horizon, law.delta)


@compiled
def worth_to_partner(talks: Talks, i: int, levels: Ints) -> float:
    """G_i of a package (V3), USD bn."""
    table, lay = talks.state.tables[i], talks.facts.bilaterals
    rate = package_rate(lay.grid[i], levels, talks.facts.cards[i].auto_share)
    cost = weighted_sum(talks.hand.weights[i, 0], lay.cost[i], levels)
    return partner_gain(
        table.annuity, flow(talks.state.gain[i], talks.facts.worlds.steps, rate), cost, table.partner_no_deal
    )


@compiled
def worth_to_us(talks: Talks, i: int, levels: Ints) -> float:
    """G_US,i of a package (V4), USD bn."""
    table, card = talks.state.tables[i], talks.facts.cards[i]
    rate = package_rate(talks.facts.bilaterals.grid[i], levels, card.auto_share)
    yearly = flow(talks.state.home[i], talks.facts.worlds.steps, rate)
    lasting = us_gain(table.annuity, yearly, package_sum(talks.state.benefit[i], levels), table.us_no_deal)
    return lasting + one_off(effects(talks, i), rate, (card.red_line, card.april), table.annuity)


@compiled
def effects(talks: Talks, i: int) -> tuple[float, float, float]:
    """Showcase less what is expected of the rest, strength and slope of precedent."""
    table = talks.state.tables[i]
    return table.applause - table.expected, talks.facts.law[0].precedent, table.slope


@compiled
def admits(talks: Talks, i: int, levels: Ints) -> bool:
    """Whether the partner can carry a package home."""
    homes = talks.facts.homes
    top = talks.ladders.top[talks.state.tables[i].seating]
    return admitted(levels, top, talks.facts.bilaterals.grid[i], homes.ties[i, : homes.tied[i]])
