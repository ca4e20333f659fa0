"""The talks under the protocol of theory: Nash's solution at every table, and one hub that looks ahead."""

from __future__ import annotations

import numpy as np
import pytest

from sim.bargaining.theory import sequential_hub
from sim.scenario import parse_scenario
from sim.talks import TariffTalks
from sim.talks.hub import worth_of_next
from sim.talks.packages import nash_package

PARTNERS = ("JPN", "VNM", "KOR", "TWN", "IND")
WEIGHT = 0.9
#: Notes and coins move money at par, only rates are on the table beside them, and only the hub links the talks.
THEORY = """
name: theory
title: One hub, money that can be shared
clock: {{rounds: 5, discount_rate: 0.0}}
queue: {{per_week: 1, order: [JPN, VNM, KOR, TWN, IND]}}
session: {{protocol: nash, power: {weight}, to_close_small: 1, to_close_middle: 1, to_close_large: 1}}
threat: {{credibility: 1.0}}
response: {{short_run: 4.0, long_run: 4.0, exemptions: false}}
partners: {{include: [{partners}], resistance_sd: 0, price_level_sd: 0}}
united_states: {{weight_sd: 0, revenue_weight: 0, deficit_weight: 0, price_weight: 0, deal_values: {values},
                tariff_floor: 0.15, auto_floor: 0.15}}
politics: {{reprice: 0}}
issues:
  auto_tariff: {{cost: 0.15, benefit: 0.08}}
  defence: {{table: off}}
  fx: {{table: off}}
  investment: {{table: off}}
  market_access: {{table: off}}
  notes: {{scale: 14, cost: 1, benefit: 1, convexity: 0, concavity: 0, levels: 101, unit: USD bn/yr}}
  coins: {{scale: 0.14, cost: 1, benefit: 1, convexity: 0, concavity: 0, levels: 101, unit: USD bn/yr}}
mechanisms:
  attention: {{strength: 0}}
  showcase: {{strength: 0}}
  precedent: {{strength: 0}}
  parity: {{strength: 0}}
  learning: {{strength: 0}}
  diversion: {{strength: 0}}
  pressure: {{strength: 0}}
calendar:
  - {{date: 2025-07-09, action: snap}}
"""
COIN = 0.0014 * 4  # USD bn a year over the four years that are valued
VALUES = {
    "concave": (60.0, 110.0, 150.0, 180.0, 200.0),
    "linear": (40.0, 80.0, 120.0, 160.0, 200.0),
    "convex": (20.0, 50.0, 90.0, 140.0, 200.0),
}


def gains(count: int, values: tuple[float, ...] = ()) -> np.ndarray:
    text = THEORY.format(weight=WEIGHT, partners=", ".join(PARTNERS[:count]), values=list(values))
    model = TariffTalks(parse_scenario(text)).run()
    deals = [model.partner(iso).deal for iso in PARTNERS[:count]]
    assert [deal.round for deal in deals] == list(range(count))
    return np.array([deal.gain for deal in deals])


@pytest.fixture(scope="module")
def alone() -> dict[int, np.ndarray]:
    """What each gets when the number of deals is worth nothing."""
    return {count: gains(count) for count in (2, 3, 4, 5)}


@pytest.mark.parametrize("shape", VALUES)
@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_the_talks_are_the_sequential_hub(alone, count: int, shape: str) -> None:
    theory = sequential_hub((0.0, *VALUES[shape]), count, WEIGHT)
    more = gains(count, VALUES[shape]) - alone[count]
    assert more == pytest.approx(np.array(theory.shares), abs=COIN)
    first = theory.first_mover_advantage
    assert {"concave": first > 0.05, "linear": abs(first) < 1e-9, "convex": first < -0.05}[shape]


def test_two_partners_by_hand() -> None:
    # V(1) = 6, V(2) = 10, equal weights: the first is given V(2)/4 = 2.5, the second (V(2) - V(1))/2 = 2
    scenario = parse_scenario(THEORY.format(weight=0.5, partners="JPN, VNM", values=[6.0, 10.0]))
    assert worth_of_next(scenario, 0, 2) / 2 == pytest.approx(2.5)
    assert worth_of_next(scenario, 1, 2) / 2 == pytest.approx(2.0)


def test_under_offers_nobody_looks_ahead() -> None:
    scenario = parse_scenario("name: a\ntitle: b\nunited_states: {deal_values: [6.0, 10.0]}\n")
    assert [worth_of_next(scenario, n, 80) for n in range(4)] == [6.0, 4.0, 0.0, 0.0]
    assert worth_of_next(parse_scenario("name: a\ntitle: b\n"), 0, 80) == 0.0


def test_no_package_inside_the_win_set_has_a_larger_product() -> None:
    text = "name: a\ntitle: b\npartners: {include: [JPN, KOR], overrides: {JPN: {limits: {investment: 0.3}}}}\n"
    model = TariffTalks(parse_scenario(text))
    japan = model.partner("JPN")
    table = model.table(japan, model.look_around())
    levels = nash_package(table, 0.5)
    assert levels is not None
    assert table.admits(levels)
    best = table.partner_gain(levels) * table.us_gain(levels)
    rng = np.random.default_rng(1)
    for _ in range(500):
        other = rng.integers(0, table.terms.counts)
        pair = table.partner_gain(other), table.us_gain(other)
        assert not (table.admits(other) and min(pair) > 0) or pair[0] * pair[1] <= best + 1e-9


def test_a_text_that_is_not_ready_waits() -> None:
    slow = THEORY.format(weight=WEIGHT, partners="JPN", values=[]).replace("to_close_large: 1", "to_close_large: 3")
    model = TariffTalks(parse_scenario(slow)).run()
    assert model.partner("JPN").deal.round == 2
