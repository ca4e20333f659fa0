from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
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
        bound = 1e-6 if name == "deficit" else 1e-7  # a change over a deficit that may itself be near zero
        assert np.abs(getattr(result, name)).max() < bound, name
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


@settings(max_examples=8, deadline=None)
@given(worlds, st.floats(0.002, 0.02), st.sampled_from(["tax_relief", "lump_sum"]))
def test_a_small_tariff_helps_its_author_and_hurts_its_target(world: TradeWorld, rate: float, use: str) -> None:
    """Theory: the terms of trade turn in favour of who levies, to first order; what is distorted is of second.

    The others lose together; one of them may gain where duties are the same for all, from what its rivals lose.
    """
    uniform = world.solve(rate, revenue=use)  # type: ignore[arg-type]
    assert uniform.welfare["USA"] > 0.0
    assert uniform.mean_of_others("welfare") < 0.0
    target = next(code for code in world.iso if code != "USA")
    assert world.solve({target: rate}, revenue=use).welfare[target] < 0.0  # type: ignore[arg-type]
    assert world.solve({}, {target: rate}, revenue=use).welfare["USA"] < 0.0  # type: ignore[arg-type]


def test_batch_is_the_same_as_one_by_one(economy: TradeWorld) -> None:
    duties = np.random.default_rng(1).uniform(0.0, 0.5, (len(economy.iso), 3))
    batch = economy.solve(duties)
    for k in range(3):
        np.testing.assert_allclose(batch.welfare_hat[:, k], economy.solve(duties[:, k]).welfare_hat[:, 0], atol=1e-11)
    assert batch.welfare.shape == duties.shape


def test_a_batch_is_a_table_and_one_case_a_series(economy: TradeWorld) -> None:
    one, batch = economy.solve({"JPN": 0.25}), economy.solve({"JPN": [0.10, 0.25]}, {"CHN": 0.1})
    assert list(one.welfare.index) == list(economy.iso)
    assert batch.welfare.shape == (len(economy.iso), 2)
    assert list(batch.mean_of_others("welfare").index) == [0, 1]
    assert economy.solve(np.zeros((len(economy.iso), 0))).welfare.shape == (len(economy.iso), 0)
    weight = economy.calibration.spending[1:]
    assert one.mean_of_others("prices") == pytest.approx(weight @ one.prices[1:] / weight.sum())
    assert one.gain["JPN"] == pytest.approx(one.welfare["JPN"] / 100 * economy.calibration.spending[economy.row["JPN"]])


def test_rates_can_be_given_in_many_ways(economy: TradeWorld) -> None:
    t = np.zeros(len(economy.iso))
    t[economy.row["JPN"]] = 0.25
    shuffled = pd.Series({"KOR": 0.0, "JPN": 0.25})
    for rates in (t, {"JPN": 0.25}, shuffled, shuffled.to_frame()):
        np.testing.assert_array_equal(np.ravel(economy.vector(rates)), t)
    assert (economy.vector(0.1) == 0.1).all()


def test_long_batches_are_solved_in_parts_and_hard_cases_alone(economy: TradeWorld) -> None:
    """A case for which the common start is too far does not spoil its neighbours."""
    duties = np.full((len(economy.iso), 66), 0.10)
    duties[:, 65] = 1.0
    batch = economy.solve(duties, duties)
    alone = economy.solve(0.10, 0.10)
    np.testing.assert_allclose(batch.welfare_hat[:, [0, 64]], np.repeat(alone.welfare_hat, 2, axis=1), atol=1e-10)
    assert batch.welfare[65]["USA"] < batch.welfare[0]["USA"]


def test_extreme_duties_are_solved_or_refused(economy: TradeWorld) -> None:
    assert economy.solve(1.2, revenue="lump_sum").imports_gdp["USA"] < -60.0
    assert economy.solve({"CHN": 5.0}).us_imports[economy.row["CHN"], 0] < 1.0
    with pytest.raises(ConvergenceError, match=r"residual .* beyond \d+% of the way to the duties \(case 0\)"):
        economy.solve(5.0)
    with pytest.raises(ConvergenceError, match="welfare of USA would not be positive"):
        economy.solve(-0.9)
    assert -100.0 < economy.solve(-0.5, revenue="lump_sum").welfare["USA"] < -40.0


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
    with pytest.raises(ValueError, match=r"unknown economies \['JPM'\]; did you mean JPN"):
        economy.solve({"JPM": 0.1})
    with pytest.raises(ValueError, match="need"):
        economy.solve(np.zeros(3))
    for rate in (np.nan, np.inf, -1.0, -2.0):
        with pytest.raises(ValueError, match="tariff of JPN is"):
            economy.solve({"JPN": rate})
    with pytest.raises(ValueError, match="batches of 2 and 3 cases"):
        economy.solve({"JPN": [0.1, 0.2]}, {"JPN": [0.1, 0.2, 0.3]})
    with pytest.raises(ValueError, match="allowed"):
        economy.solve({}, revenue="burn")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("iso", "trade", "gdp", "problem"),
    [
        (("AAA", "BBB"), np.ones((2, 2)), np.ones(2), "USA"),
        (("USA", "BBB"), np.ones((2, 2)), np.array([1.0, 0.0]), "without output: BBB"),
        (("USA", "BBB"), np.array([[1.0, 0.0], [1.0, 1.0]]), np.ones(2), "without imports: BBB"),
        (("USA", "BBB"), np.array([[0.0, np.nan], [1.0, 0.0]]), np.ones(2), "no number: BBB"),
        (("USA", "BBB"), np.ones((3, 3)), np.ones(2), r"\(3, 3\) flows"),
    ],
)
def test_worlds_that_cannot_be_are_refused(
    iso: tuple[str, ...], trade: np.ndarray, gdp: np.ndarray, problem: str
) -> None:
    with pytest.raises(WorldDataError, match=problem):
        TradeWorld.from_arrays(iso, trade, gdp)


@pytest.mark.parametrize(
    "option", [{"kapa": 1}, {"eps": 0.0}, {"kappa": -1.0}, {"pass_through": np.nan}, {"model": "ek"}]
)
def test_options_that_cannot_be_are_refused(option: dict) -> None:
    with pytest.raises((TypeError, ValueError), match=next(iter(option))):
        TradeWorld.default(**option)


def test_tables_are_read_with_and_without_headings_and_labels(tmp_path: Path) -> None:
    flows = [[None, 5e6, 7e6], [4e6, None, 2e6], [3e6, 1e6, None]]
    plain, quirky = tmp_path / "plain", tmp_path / "quirky"
    for folder in (plain, quirky):
        folder.mkdir()
    lines = [",".join("" if x is None else f"{x:g}" for x in row) for row in flows]
    (plain / "trade.csv").write_text("\n".join(lines))
    (plain / "gdp.csv").write_text("9e10\n8e10\n7e10\n")
    (plain / "labels.csv").write_text("USA,1,America\nJPN,2,Japan\nCHE,3,Switzerland\n")
    head = "\ufeff,export_ij1,export_ij2,export_ij3\r\n"
    (quirky / "trade.csv").write_text(head + "".join(f"{k},{line}\r\n" for k, line in enumerate(lines, 1)))
    (quirky / "gdp.csv").write_text('"iso3","gdp"\r\nUSA,9e10\r\nJPN,8e10\r\nCHE,7e10\r\n')
    (quirky / "labels.csv").write_text('\ufeffid, ISO3 ,name\n1,USA,"America, United"\n2,JPN,Japan\n3,CHE,\n')
    worlds = [TradeWorld.from_tables(*(f / f"{n}.csv" for n in ("trade", "gdp", "labels"))) for f in (plain, quirky)]
    assert worlds[0].iso == worlds[1].iso == ("USA", "JPN", "CHE")
    for world in worlds:
        np.testing.assert_array_equal(world.trade, [[0, 5, 7], [4, 0, 2], [3, 1, 0]])
        np.testing.assert_array_equal(world.gdp, [90, 80, 70])


FLOWS = "0,7e7,6e7\n1.4e8,0,3e7\n1.1e8,2e7,0\n"
OUTPUT = "2e13\n4e12\n1.7e12\n"
CODES = "iso3,name\nUSA,United States\nJPN,Japan\nKOR,Korea\n"


def read_as_typed(folder: Path, trade: str = FLOWS, gdp: str = OUTPUT, labels: str = CODES) -> TradeWorld:
    for name, text in (("trade", trade), ("gdp", gdp), ("labels", labels)):
        (folder / f"{name}.csv").write_text(text)
    return TradeWorld.from_tables(*(folder / f"{name}.csv" for name in ("trade", "gdp", "labels")))


@pytest.mark.parametrize(
    "tables",
    [
        {},
        {"gdp": "iso3,gdp\nKOR,1.7e12\nJPN,4e12\nUSA,2e13\n"},
        {"gdp": "Korea,1.7e12\nJapan,4e12\nUnited States,2e13\n"},
        {"gdp": "gdp,year\n2e13,2023\n4e12,2023\n1.7e12,2023\n"},
        {"gdp": "year,GDP,iso3\n2023,4e12,JPN\n2023,1.7e12,KOR\n2023,2e13,USA\n"},
        {"trade": ",KOR,JPN,USA\nKOR,0,2e7,1.1e8\nJPN,3e7,0,1.4e8\nUSA,6e7,7e7,0\n"},
        {"trade": "KOR,JPN,USA\n6e7,7e7,0\n3e7,0,1.4e8\n0,2e7,1.1e8\n"},
        {"trade": "x1,x2,x3\n" + FLOWS},
    ],
)
def test_labels_in_a_table_are_matched_in_whatever_order(tmp_path: Path, tables: dict[str, str]) -> None:
    world = read_as_typed(tmp_path, **tables)
    assert world.iso == ("USA", "JPN", "KOR")
    np.testing.assert_allclose(world.gdp, [20_000, 4_000, 1_700])
    np.testing.assert_allclose(world.trade, [[0, 70, 60], [140, 0, 30], [110, 20, 0]])


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"trade": FLOWS + "2.5e8,9e7,9e7\n"}, "4 lines without labels for 3 economies"),
        ({"trade": FLOWS + ",,\n"}, "4 lines without labels for 3 economies"),
        ({"trade": FLOWS.replace("7e7", "..", 1)}, r"line 1: '\.\.' is not a number"),
        ({"trade": "0,7e7\n1.4e8,0\n"}, r"2 rows of 2 cells \(allowed: 3 rows of 3, or of 4 with labels"),
        ({"trade": ",USA,JPN,KOR\nUSA,0,1,2\nJPN,3,0,4\nJPN,5,6,0\n"}, "line 4: JPN is in the table twice"),
        ({"trade": ",USA,JPN,DEU\nUSA,0,1,2\nJPN,3,0,4\nKOR,5,6,0\n"}, "line 1: 'DEU' names no economy"),
        ({"gdp": "USA,2e13\nJPN,4e12\nKOR,1.7e12\nTotal,2.57e13\n"}, "line 4: 'Total' names no economy"),
        ({"gdp": "USA,2e13\nJPN,4e12\n"}, r"gdp\.csv: lacks KOR"),
        ({"gdp": "2e13\n4e12\n"}, "2 lines without labels for 3 economies"),
        ({"gdp": "2e13,2023\n4e12,2023\n1.7e12,2023\n"}, "2 columns may be meant"),
        ({"gdp": "no,gdp\nA,2e13\nB,4e12\nC,1.7e12\n"}, "no column names the economies"),
        ({"labels": ""}, r"labels\.csv, column 'iso3': no column of codes"),
        ({"labels": "name,iso3\nUnited States,USA\nJapan\nKorea,KOR\n"}, "line 3, column 'iso3': no code"),
        ({"labels": "name,iso3\nUnited States,USA\nJapan,\nKorea,KOR\n"}, "line 3, column 'iso3': no code"),
        ({"labels": "USA\nJPN\nUSA\n"}, "line 3, column 'iso3': USA is in the table twice"),
    ],
)
def test_tables_that_contradict_each_other_are_refused(tmp_path: Path, tables: dict[str, str], said: str) -> None:
    with pytest.raises(WorldDataError, match=said):
        read_as_typed(tmp_path, **tables)


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
    members = (code for x in load_economies() for code in (x.members or (x.iso3,)))
    assert economy.iso == ("USA", *members, "XRA", "XRB", "XRC", "XRD", "XRE", "XRF")
    assert all(float(f"{flow:.3g}") == flow for flow in economy.trade.ravel())
    assert economy.trade.sum() == pytest.approx(22_000, rel=0.1)
    assert economy.gdp.sum() == pytest.approx(105_000, rel=0.05)
