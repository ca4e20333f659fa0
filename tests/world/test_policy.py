"""Best tariffs: formulas, searches, and what theory says about them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.world import TradeWorld, retaliation_formula
from sim.world.optimal import tariff_formula


def two_economies(**options: float | str) -> TradeWorld:
    """The United States with a twin, balanced trade of a fifth of output; no fixed costs when Eaton-Kortum."""
    return TradeWorld.from_arrays(
        ("USA", "AAA"), np.array([[0, 200], [200, 0.0]]), np.array([1000.0, 1000.0]), **options
    )


def test_formula_by_hand() -> None:
    """With nu = 0 and phi = 1, D is the twin's home share and t* = 1 / (D eps)."""
    cal = two_economies(model="eaton_kortum").calibration
    home = 1.0 - cal.share[0, 1]
    assert tariff_formula(cal) == pytest.approx(1.0 / (4.0 * home))
    assert tariff_formula(cal) == pytest.approx(tariff_formula(cal, "income"), rel=0.01)
    assert retaliation_formula(cal) == pytest.approx(tariff_formula(cal), rel=0.02)


def test_search_meets_the_textbook_in_a_small_open_world() -> None:
    """An economy that is small and sells everything at one elasticity has t* = 1 / eps, whatever else there is."""
    trade = np.array([[0.0, 1.0, 1.0], [1.0, 0.0, 500.0], [1.0, 500.0, 0.0]])
    world = TradeWorld.from_arrays(
        ("USA", "AAA", "BBB"), trade, np.array([10.0, 5000.0, 5000.0]), model="eaton_kortum", kappa=0.0, psi_from=1e-6
    )
    found = world.optimal_tariff("lump_sum", highest=0.6)
    assert found.search == pytest.approx(0.25, abs=0.002)
    assert found.formula == pytest.approx(0.25, abs=0.002)
    assert found.gain > 0
    assert not found.at_edge


def test_best_is_best(economy: TradeWorld) -> None:
    found = economy.optimal_tariff("lump_sum", highest=0.4)
    for rate in (found.search - 0.01, found.search + 0.01):
        assert economy.solve(rate, revenue="lump_sum").welfare["USA"] < found.welfare
    assert found.formula == pytest.approx(0.22, abs=0.005)
    assert found.search == pytest.approx(0.142, abs=0.002)


def test_a_search_that_ends_at_the_edge_says_so(economy: TradeWorld) -> None:
    assert economy.optimal_tariff(highest=0.05).at_edge
    with pytest.raises(ValueError, match="highest"):
        economy.optimal_tariff(highest=0.0)


def test_japan_between_ten_and_twenty_per_cent(economy: TradeWorld) -> None:
    others = dict.fromkeys(economy.iso, 0.15)
    mine, ours = (find("JPN", others, highest=0.4) for find in (economy.preferred_rate, economy.efficient_rate))
    assert 0.10 < ours.rate < mine.rate < 0.20
    assert mine.gain_us > ours.gain_us
    assert ours.joint > mine.joint
    at_ten = economy.solve(others | {"JPN": 0.10}).gain
    assert ours.joint > at_ten["USA"] + at_ten["JPN"]


def test_an_answer_helps_who_gives_it_and_hurts_the_united_states(economy: TradeWorld) -> None:
    duties = dict.fromkeys(economy.iso, 0.15)
    silent, found = economy.solve(duties).players.gain, economy.best_response("EUU", duties, highest=0.6)
    assert 0.05 < found.rate < 0.6
    assert found.gain_partner > silent["EUU"]
    assert found.gain_us < silent["USA"]
    own = economy.solve(duties, {"EUU": found.rate}).players.gain
    assert own["EUU"] == pytest.approx(found.gain_partner)


@pytest.mark.parametrize("code", ["USA", "XYZ"])
def test_only_partners_can_be_asked_about(economy: TradeWorld, code: str) -> None:
    with pytest.raises(ValueError, match="no partner"):
        economy.preferred_rate(code, {})


def test_without_a_word_on_duties_there_are_none(economy) -> None:
    answer = economy.best_response("JPN", highest=0.5)
    assert answer == economy.best_response("JPN", {}, highest=0.5)
    assert answer.gain_partner > 0.0
