"""An earmark is part of a pledge, and of some things there is only so much."""

from __future__ import annotations

import numpy as np
import pytest

from sim.scenario import Scenario, parse_scenario
from sim.talks import Luck, TariffTalks, prepare
from sim.talks.ladders import keep_ties
from sim.talks.packages import options_of
from sim.talks.setup import Hand
from tests.talks.conftest import small

GAS = {"scale": 44, "unit": "USD bn", "levels": 12, "within": "investment", "supply": 44, "cost": 0.002,
       "benefit": 0.5, "concavity": 0.1, "partners": ["JPN", "KOR", "TWN"]}  # fmt: skip


def scenario(**gas: object) -> Scenario:
    return small(
        issues={"gas": {**GAS, **gas}},
        partners={"include": ["JPN", "KOR", "TWN", "VNM"]},
        clock={"rounds": 40},
        queue={"opens": "together"},
    )


def shares(model: TariffTalks) -> dict[str, tuple[float, float]]:
    """Gas and pledge by partner with a deal, USD bn."""
    return {p.iso: (p.package["gas"], p.package["investment"]) for p in model.partners if p.deal is not None}


def runs(what: Scenario, n: int = 6) -> list[TariffTalks]:
    setup = prepare(what)
    return [TariffTalks(Hand(setup, Luck(1, r)), collect=False).run() for r in range(n)]


def test_the_part_is_lowered_to_the_whole_by_hand() -> None:
    grid = np.array([[0.0, 10.0, 20.0], [0.0, 15.0, 30.0]])
    ladder = np.array([[0, 0], [1, 1], [1, 2], [2, 2]])
    assert keep_ties(ladder, grid, np.array([[1, 0]])).tolist() == [[0, 0], [1, 0], [1, 0], [2, 1]]
    assert keep_ties(ladder, grid, np.zeros((0, 2), dtype=np.int64)).tolist() == ladder.tolist()


def test_no_deal_earmarks_more_than_it_pledges() -> None:
    for model in runs(scenario()):
        for gas, pledge in shares(model).values():
            assert gas <= pledge + 1e-9


def test_only_those_concerned_can_buy() -> None:
    for model in runs(scenario()):
        assert shares(model).get("VNM", (0.0, 0.0))[0] == 0.0


def test_all_shares_together_stay_within_the_project() -> None:
    sold = [sum(gas for gas, _ in shares(model).values()) for model in runs(scenario())]
    assert max(sold) <= 44.0 + 1e-9
    assert max(sold) > 0.0
    free = [sum(gas for gas, _ in shares(model).values()) for model in runs(scenario(supply=None))]
    assert max(free) > 44.0  # three buyers would take more than there is


def test_what_is_left_is_all_that_can_be_asked_for() -> None:
    model = TariffTalks(scenario(), collect=False)
    japan = model.partner("JPN")
    k = japan.terms.issues.index("gas")
    assert model.win_set(japan).top[k] == 11
    model.us.taken[k] = 30.0
    assert model.win_set(japan).top[k] == 3  # 14 bn left in steps of 4


def test_options_keep_earmark_and_pledge_together() -> None:
    model = TariffTalks(scenario(), collect=False)
    table = model.table(model.partner("JPN"), model.look_around())
    k, whole = (table.terms.issues.index(name) for name in ("gas", "investment"))
    group = next(group for group in options_of(table) if k in group.issues)
    assert group.issues == (whole, k)
    amounts = table.terms.grid[[whole, k], group.levels]
    assert (amounts[:, 1] <= amounts[:, 0] + 1e-9).all()
    assert len(group.levels) < table.terms.counts[whole] * table.terms.counts[k]


def test_a_part_of_itself_or_of_no_money_is_refused() -> None:
    with pytest.raises(ValueError, match="is no other issue in USD bn"):
        scenario(within="market_access")
    with pytest.raises(ValueError, match="is no other issue in USD bn"):
        scenario(within="gas")


RATES = [("supply", 1.0), ("within", "investment"), ("levels", 5), ("table", "off"), ("partners", "[JPN]")]


@pytest.mark.parametrize(("key", "value"), RATES)
def test_a_rate_is_in_every_package_and_no_amount(key: str, value: object) -> None:
    with pytest.raises(ValueError, match=rf"auto_tariff.{key}: the rate on autos is in every package"):
        parse_scenario(f"name: a\ntitle: A\nissues:\n  auto_tariff: {{{key}: {value}}}\n")
