"""The bilateral table of one week: who comes, what can be carried home, and what everything is worth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import inlined, inner
from sim.ensemble.kernel.ladders import seating
from sim.ensemble.kernel.talks import Talks
from sim.mechanisms import escalated_rate, hastened, pain, precedent_slope, precedent_weights, pressure, showcase_worth
from sim.talks.answers import answered
from sim.talks.delegation import PRESIDENT, draw_attendance
from sim.talks.home import admitted, within_supply
from sim.talks.precedents import expected_gifts, extra_weights
from sim.talks.value import (
    effective_rate,
    flow,
    one_off,
    package_rate,
    package_sum,
    partner_gain,
    read_gain,
    read_home,
    us_gain,
    value_without,
    weighted_sum,
)
from sim.world.answers import answer_curve

__all__ = [
    "admits",
    "answered_curves",
    "duty_of",
    "effects",
    "haste",
    "lay_curves",
    "lay_table",
    "pressed",
    "threatened",
    "tops",
    "worth_to_partner",
    "worth_to_us",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@inlined
def lay_table(talks: Talks, i: int, psi: float) -> None:
    """Lay the table of the i-th partner, under so much pressure, for this week."""
    table, now = talks.state.tables[i], talks.state.whole[0].round
    table.president = 1 if talks.facts.calendar.president[now, i] else 0
    present = attending(talks, i, now, table.president)
    top, lasting = tops(talks, i)
    talks.state.top[i] = top
    table.seating = seating(talks.facts, talks.hand, talks.ladders, i, present, (top, lasting))
    if table.stamp != talks.state.whole[0].stamp:
        table.stamp = talks.state.whole[0].stamp
        lay_world(talks, i)
    lay_stakes(talks, i, psi, talks.facts.delegations.mix[i, present])
    lay_benefit(talks, i)


@inner
def attending(talks: Talks, i: int, now: int, president: int) -> int:
    """Bits of the principals at the table."""
    law, due = talks.facts.law[0], PRESIDENT if president else 0
    if law.delegation <= 0.0:
        return due
    key = talks.facts.cards[i].key
    return draw_attendance(law.seed, talks.hand.replication[0], key, talks.facts.delegations.attendance[i], now) | due


@inner
def tops(talks: Talks, i: int) -> tuple[Ints, Ints]:
    """Return what the i-th partner can carry home now and in quiet times, of what there is left."""
    homes = talks.facts.homes
    top, lasting = homes.top[i, homes.season[talks.state.whole[0].round, i]], homes.lasting[i]
    if talks.facts.law[0].limited:
        left = talks.facts.bilaterals.supply - talks.state.taken
        grid = talks.facts.bilaterals.grid[i]
        return within_supply(top, grid, left), within_supply(lasting, grid, left)
    return top, lasting


@inner
def lay_world(talks: Talks, i: int) -> None:
    """Work out what depends on the rates in force and on who has signed: curves, and what a precedent would cost."""
    worlds, state = talks.facts.worlds, talks.state
    lay_curves(talks, i)
    state.tables[i].slope = precedent_slope(worlds.alike[i], state.stake, state.unsigned, i)
    if talks.facts.law[0].precedent > 0.0:
        state.asked[i] = precedent_weights(worlds.alike[i], worlds.scales, state.unsigned, i)


@inner
def lay_curves(talks: Talks, i: int) -> None:
    """Read g_i and h_i by own rate in the world as the partner meets it."""
    worlds, state, states = talks.facts.worlds, talks.state, talks.state.states
    read_gain(worlds.gain[i].T, worlds.steps, states[i], state.gain[i])
    read_home(worlds.home[i].T, worlds.steps, worlds.grips, states[i], state.home[i])


@inner
def answered_curves(talks: Talks, i: int) -> tuple[Floats, Floats]:
    """g_i and h_i by own rate once everybody's answer is in force."""
    if not talks.facts.law[0].answering:
        return talks.state.gain[i], talks.state.home[i]
    gain, home, imports, steps, rates, weights = talks.facts.worlds.answers
    omega, duty = talks.state.states[i, 0], talks.facts.cards[i].duty
    more = talks.state.gain[i] + answer_curve(gain[i], steps, rates, omega, duty)
    change = answer_curve(home[i], steps, rates, omega, duty).reshape(1, -1)
    bought = answer_curve(imports[i], steps, rates, omega, duty).reshape(1, -1)
    return more, answered(talks.state.home[i : i + 1], change, bought, rates, weights[i : i + 1])[0]


@inner
def lay_stakes(talks: Talks, i: int, psi: float, mix: Floats) -> None:
    """What surrounds the package this week."""
    law, whole, worlds, card = talks.facts.law[0], talks.state.whole[0], talks.facts.worlds, talks.facts.cards[i]
    table, partner, state = talks.state.tables[i], talks.state.partners[i], talks.state
    duties = card.us_imports * partner.rate
    gain, home = answered_curves(talks, i)
    hurt = pain(law.pressure, law.pressure_cost, psi, duties) + card.price
    spans = whole.before, whole.after, whole.fallen
    table.partner_no_deal = without(talks, i, (state.gain[i], gain), spans, hurt)
    hurt = pain(law.pressure, law.pressure_cost, whole.psi, duties) + card.bite
    spans = whole.us_before, whole.us_after, whole.us_fallen
    table.us_no_deal = without(talks, i, (state.home[i], home), spans, hurt)
    applause = mix[-1] * showcase_worth(law.showcase, law.showcase_value * worlds.headline[i], whole.left)
    table.applause = applause + talks.facts.next_deal[whole.deals]


@inner
def lay_benefit(talks: Talks, i: int) -> None:
    """What every concession brings the United States, those present and the precedent counted."""
    law, table, levels = talks.facts.law[0], talks.state.tables[i], talks.facts.bilaterals.counts[i]
    rows, benefit = talks.ladders.benefit[table.seating], talks.state.benefit[i]
    table.expected = 0.0
    if law.precedent <= 0.0:
        benefit[:] = rows
        return
    top = talks.ladders.asked[table.seating]
    extra = extra_weights(law.precedent, talks.state.asked[i], top)
    table.expected = talks.state.whole[0].annuity * expected_gifts(extra, rows, top)
    for k in range(levels.size):
        for level in range(levels[k]):
            benefit[k, level] = rows[k, level] * (1.0 + extra[k])


@inner
def pressed(talks: Talks, tariff_weeks: float) -> float:
    """Psi, the pressure of the tariffs so far."""
    return pressure(talks.facts.law[0].pressure_growth, tariff_weeks)


@inner
def haste(talks: Talks, psi: float, beta: float) -> float:
    """Stance this week, pressure included."""
    return hastened(talks.facts.law[0].pressure, talks.facts.law[0].pressure_haste, psi, beta)


@inner
def without(
    talks: Talks, i: int, curves: tuple[Floats, Floats], spans: tuple[float, float, float], hurt: float
) -> float:
    """Value of no deal to a side (V2), its flows by own rate before the partner answers and after."""
    law, partner, duty = talks.facts.law[0], talks.state.partners[i], duty_of(talks, i)
    later, fallen = effective_rate(threatened(talks, i), law.auto_rate, duty), effective_rate(0.0, law.auto_rate, duty)
    ahead = curves[1] if partner.answers else curves[0], curves[1]
    rates = partner.rate, later, fallen
    return value_without(ahead, talks.facts.worlds.steps, rates, spans, law.credibility, hurt)


@inner
def threatened(talks: Talks, i: int) -> float:
    """General rate that a snap would bring."""
    law = talks.facts.law[0]
    if talks.state.whole[0].ruled:
        return 0.0
    return escalated_rate(talks.state.partners[i].threat, law.escalation, talks.facts.cards[i].duty, law.ceiling)


@inner
def duty_of(talks: Talks, i: int) -> tuple[float, float]:
    """Parts of the i-th partner's sales that pay the general rate and the rate on autos."""
    card = talks.facts.cards[i]
    return card.general, card.autos


@inner
def worth_to_partner(talks: Talks, i: int, levels: Ints) -> float:
    """G_i of a package (V3), USD bn."""
    table, lay = talks.state.tables[i], talks.facts.bilaterals
    rate = package_rate(lay.grid[i], levels, duty_of(talks, i))
    cost = weighted_sum(talks.hand.weights[i, 0], lay.cost[i], levels)
    yearly = flow(talks.state.gain[i], talks.facts.worlds.steps, rate)
    return partner_gain(talks.state.whole[0].annuity, yearly, cost, table.partner_no_deal)


@inner
def worth_to_us(talks: Talks, i: int, levels: Ints) -> float:
    """G_US,i of a package (V4), USD bn."""
    table, card, a = talks.state.tables[i], talks.facts.cards[i], talks.state.whole[0].annuity
    rate = package_rate(talks.facts.bilaterals.grid[i], levels, duty_of(talks, i))
    yearly = flow(talks.state.home[i], talks.facts.worlds.steps, rate)
    lasting = us_gain(a, yearly, package_sum(talks.state.benefit[i], levels), table.us_no_deal)
    return lasting + one_off(effects(talks, i), rate, (card.red_line, card.april), a)


@inner
def effects(talks: Talks, i: int) -> tuple[float, float, float]:
    """Showcase less what is expected of the rest, strength and slope of precedent."""
    table = talks.state.tables[i]
    return table.applause - table.expected, talks.facts.law[0].precedent, table.slope


@inner
def admits(talks: Talks, i: int, levels: Ints) -> bool:
    """Whether the partner can carry a package home."""
    homes = talks.facts.homes
    return admitted(levels, talks.state.top[i], talks.facts.bilaterals.grid[i], homes.ties[i, : homes.tied[i]])
