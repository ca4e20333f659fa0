from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.world import ConvergenceError, TradeWorld, WorldDataError, load_economies
from sim.world.anderson import fixed_point

SERIES = ("welfare", "deficit", "exports_gdp", "imports_gdp", "employment", "prices", "real_wage")


def small(n: int, seed: int) -> TradeWorld:
    """A made-up world of n economies, the United States in the middle."""
    rng = np.random.default_rng(seed)
    gdp = rng.uniform(50.0, 5000.0, n)
    trade = rng.uniform(0.1, 1.0, (n, n)) * np.sqrt(np.outer(gdp, gdp)) / (10.0 * n)
    iso = tuple("USA" if k == n // 2 else f"C{k:02d}" for k in range(n))
    return TradeWorld.from_arrays(iso, trade, gdp)


worlds = st.builds(small, st.integers(3, 7), st.integers(0, 10_000))
rates = st.lists(st.floats(0.0, 0.6), min_size=7, max_size=7)


@settings(max_examples=8, deadline=None)
@given(worlds)
def test_no_tariff_changes_nothing(world: TradeWorld) -> None:
    result = world.solve({})
    for name in SERIES:
        assert np.abs(getattr(result, name)).max() < 1e-7, name
    assert result.revenue.eq(0.0).all()


@settings(max_examples=8, deadline=None)
@given(worlds, rates, st.floats(1e-3, 1e3))
def test_unit_of_money_changes_nothing(world: TradeWorld, duties: list[float], unit: float) -> None:
    t = np.array(duties[: len(world.iso)])
    other = TradeWorld.from_arrays(world.iso, world.trade * unit, world.gdp * unit)
    ours, theirs = world.solve(t), other.solve(t)
    np.testing.assert_allclose(theirs.welfare, ours.welfare, atol=1e-8)
    np.testing.assert_allclose(theirs.us_imports, unit * ours.us_imports, rtol=1e-8)


@settings(max_examples=8, deadline=None)
@given(worlds, rates, st.randoms(use_true_random=False))
def test_relabelling_permutes(world: TradeWorld, duties: list[float], random: object) -> None:
    order = list(range(len(world.iso)))
    random.shuffle(order)  # type: ignore[attr-defined]
    t = np.array(duties[: len(order)])
    iso = tuple(world.iso[k] for k in order)
    other = TradeWorld.from_arrays(iso, world.trade[np.ix_(order, order)], world.gdp[order])
    ours, theirs = world.solve(t), other.solve(t[order])
    np.testing.assert_allclose(theirs.welfare[list(world.iso)], ours.welfare, atol=1e-8)
    np.testing.assert_allclose(theirs.prices[list(world.iso)], ours.prices, atol=1e-8)


@settings(max_examples=8, deadline=None)
@given(worlds, rates, rates, st.sampled_from(["tax_relief", "lump_sum"]))
def test_budgets_and_markets_balance(world: TradeWorld, duties: list[float], back: list[float], use: str) -> None:
    n, cal = len(world.iso), world.calibration
    t, r = np.array(duties[:n]), np.array(back[:n])
    t[cal.us] = r[cal.us] = 0.0
    result = world.solve(t, r, revenue=use)  # type: ignore[arg-type]
    growth = result.income.sum() / cal.income.sum()
    budget = result.revenue_bn + result.income + cal.transfer[:, None] * growth
    np.testing.assert_allclose(result.spending, budget, rtol=1e-9)
    flows = result.flows().to_numpy()
    factor = np.ones((n, n))
    factor[:, cal.us] += t
    factor[cal.us] += r
    np.testing.assert_allclose((flows * factor).sum(axis=0), result.spending[:, 0], rtol=1e-9)
    np.testing.assert_allclose(flows @ (1 - cal.nu) + cal.nu * flows.sum(axis=0), result.income[:, 0], rtol=1e-9)
    np.testing.assert_allclose(((factor - 1.0) * flows).sum(axis=0), result.revenue_bn[:, 0], atol=1e-9)
    assert cal.spending @ result.price_hat[:, 0] == pytest.approx(cal.spending.sum())


def test_batch_is_the_same_as_one_by_one(economy: TradeWorld) -> None:
    duties = np.random.default_rng(1).uniform(0.0, 0.5, (len(economy.iso), 3))
    batch = economy.solve(duties)
    for k in range(3):
        np.testing.assert_allclose(batch.welfare_hat[:, k], economy.solve(duties[:, k]).welfare_hat[:, 0], atol=1e-11)
    assert batch.welfare.shape == duties.shape


def test_mapping_and_array_are_the_same(economy: TradeWorld) -> None:
    t = np.zeros(len(economy.iso))
    t[economy.row["JPN"]] = 0.25
    assert economy.solve({"JPN": 0.25}).welfare.equals(economy.solve(t).welfare)


def test_tariff_on_one_hurts_it_and_helps_rivals(economy: TradeWorld) -> None:
    welfare = economy.solve({"JPN": 0.25}).welfare
    assert welfare["JPN"] < -0.2
    assert welfare["KOR"] > 0.0


def test_retaliation_hurts_the_united_states(economy: TradeWorld) -> None:
    duties = dict.fromkeys(economy.iso, 0.1)
    alone, answered = economy.solve(duties), economy.solve(duties, duties)
    assert answered.welfare["USA"] < alone.welfare["USA"]
    assert answered.revenue["JPN"] > 0.0
    assert answered.exports_gdp["USA"] < alone.exports_gdp["USA"]


def test_variants_of_the_model_differ(economy: TradeWorld) -> None:
    duties = dict.fromkeys(economy.iso, 0.2)
    options: list[dict[str, float | str]] = [{}, {"pass_through": 0.25}, {"eps": 8.0}, {"model": "eaton_kortum"}]
    found = {round(TradeWorld.default(**option).solve(duties).welfare["USA"], 3) for option in options}
    assert len(found) == 4
    assert (TradeWorld.default(model="eaton_kortum").calibration.phi == 1.0).all()


def test_what_cannot_be_solved_is_refused(economy: TradeWorld) -> None:
    with pytest.raises(ValueError, match="unknown economies"):
        economy.solve({"XYZ": 0.1})
    with pytest.raises(ValueError, match="need"):
        economy.solve(np.zeros(3))
    with pytest.raises(ValueError, match="allowed"):
        economy.solve({}, revenue="burn")  # type: ignore[arg-type]
    with pytest.raises(WorldDataError, match="USA"):
        TradeWorld.from_arrays(("AAA", "BBB"), np.ones((2, 2)), np.ones(2))
    with pytest.raises(WorldDataError, match="without output"):
        TradeWorld.from_arrays(("USA", "BBB"), np.ones((2, 2)), np.array([1.0, 0.0]))


def test_a_map_without_fixed_point_says_so() -> None:
    with pytest.raises(ConvergenceError, match="residual") as caught:
        fixed_point(lambda z: z + 1.0, np.zeros((2, 1)), limit=20)
    assert caught.value.iterations == 20
    assert caught.value.residual > 0


def test_taiwan_lies_between_its_neighbours(economy: TradeWorld) -> None:
    exposure = {code: economy.trade[economy.row[code], economy.row["USA"]] for code in ("KOR", "TWN", "VNM")}
    exposure = {code: flow / economy.gdp[economy.row[code]] for code, flow in exposure.items()}
    assert exposure["KOR"] < exposure["TWN"] < exposure["VNM"]


def test_table_holds_all_economies_with_three_digits(economy: TradeWorld) -> None:
    assert economy.iso == ("USA", *(x.iso3 for x in load_economies()), "ROW")
    assert all(float(f"{flow:.3g}") == flow for flow in economy.trade.ravel())
    assert economy.trade.sum() == pytest.approx(18_000, rel=0.2)
    assert economy.gdp.sum() == pytest.approx(105_000, rel=0.05)
