"""The frameworks of 2025 beside runs small enough to read."""

from __future__ import annotations

import io
import json
import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from sim.ensemble import Engine
from sim.scenario import Scenario, load_scenario
from sim.study.backtest import Backtest, backtest_table, kept_of, medians_of, partner_rows, run_backtest
from sim.study.backtest_counts import bounds, errors, errors_left_out, japan_rates, pledge_rank, signatures
from sim.study.backtest_words import backtest_lines, backtest_summary, backtest_tables
from sim.study.predicted import Predicted
from sim.talks.setup import prepare
from sim.talks.terms import TARIFF
from sim.world import FrameworkDeal, load_deals, round_of

NO = math.nan
DEALS = {deal.iso: deal for deal in load_deals()}
#: What the thirteen agreed, in the order of the table.
TRUE = {deal.iso: deal for deal in load_deals() if deal.signed}


def run(replication: int, iso: str, week: float = NO, rate: float = NO, pledge: float = 0.0) -> dict:
    """A partner that signs, if it does, in a week at a rate; day 9 April + 7 is Wednesday of week 0."""
    signed = not math.isnan(week)
    text = {"signed_tariff": rate, "signed_auto_tariff": 0.15, "investment": pledge, "day": 7 * week + 7}
    row = {"replication": replication, "iso": iso, "deal": signed, "round": week}
    return row | (text if signed else dict.fromkeys(text, NO))


def held(*runs: dict, deals: tuple[FrameworkDeal, ...] | None = None, predicted: Predicted | None = None) -> Backtest:
    return Backtest(deals or tuple(DEALS.values()), kept_of(pd.DataFrame(list(runs))), predicted)


def as_it_was() -> Backtest:
    """One run in which everybody does what it did."""
    signed = ((deal, round_of(deal.framework_date)) for deal in TRUE.values())
    return held(*(run(0, deal.iso, week, deal.agreed_rate, deal.investment_pledge or 0.0) for deal, week in signed))


def row_of(rows: pd.DataFrame, iso: str) -> pd.Series:
    return rows.set_index("iso").loc[iso]


def test_a_partner_is_asked_about_the_runs_in_which_it_signs() -> None:
    runs = [run(0, "JPN", 14, 0.14, 300.0), run(1, "JPN", 15, 0.16, 500.0), run(2, "JPN", 16, 0.16), run(3, "JPN")]
    japan = row_of(held(*runs).partners, "JPN")
    assert (japan["rate_observed"], japan["rate_low"], japan["rate"], japan["rate_high"]) == (0.15, 0.14, 0.16, 0.16)
    assert (japan["pledge_observed"], japan["pledge"]) == (550.0, 300.0)
    assert (japan["day_observed"], japan["day"]) == (99.0, 107.0)  # 22 July; Wednesday of the week of 28 July
    assert (japan["signed"], japan["signed_ever"]) == (0.5, 0.75)  # week 15 is that of 1 August


def test_who_never_signs_is_blank_and_who_is_not_at_the_table_has_no_share() -> None:
    rows = held(run(0, "JPN")).partners
    assert row_of(rows, "JPN")[["rate", "pledge", "day"]].isna().all()
    assert row_of(rows, "JPN")["signed"] == 0.0
    assert np.isnan(row_of(rows, "KOR")["signed"])


def test_who_did_not_sign_has_the_rate_of_the_order() -> None:
    found = held(run(0, "CHE", 14, 0.15), run(1, "CHE"), run(0, "IND"), run(1, "IND"))
    others = partner_rows(found.runs, found.others).set_index("iso")
    assert others.loc["CHE", ["rate_order", "signed", "rate"]].tolist() == [0.39, 0.5, 0.15]
    assert others.loc["IND", ["rate_order", "signed"]].tolist() == [0.25, 0.0]
    assert len(others) == 2  # the others have no seat in these runs


def test_talks_as_they_were_have_no_error_and_the_benchmarks_theirs() -> None:
    found = as_it_was()
    assert len(found.judged) == 12  # not Britain, whose rate of 2 April was 10
    assert found.judged.loc[found.judged["rich"], "iso"].tolist() == ["JPN", "EUU", "KOR"]
    told = errors(found)
    assert np.isnan(told.pop("left_out"))
    assert told == pytest.approx({"model": 0.0, "line": 1.318, "median": 1.25, "two_medians": 0.25}, abs=5e-4)
    apart = errors_left_out(found)
    assert apart["line"] == pytest.approx(1.599, abs=5e-4)
    assert (apart["median"], apart["two_medians"]) == pytest.approx((1.25, 0.25))


def test_an_error_is_over_the_partners_that_sign() -> None:
    assert errors(held(run(0, "JPN", 14, 0.17), run(0, "VNM", 11, 0.19), run(0, "KOR")))["model"] == pytest.approx(1.5)


def test_signatures_of_the_talks_as_they_were() -> None:
    rows = {(row["by"], row["of"]): (row["observed"], row["median"]) for row in signatures(as_it_was())}
    assert rows[("2025-07-09", "frameworks")] == (2, 2)
    assert rows[("2025-08-01", "frameworks")] == (13, 13)
    found = held(run(0, "JPN", 14, 0.15), run(0, "IND", 12, 0.15))
    rows = {(row["by"], row["of"]): (row["observed"], row["median"]) for row in signatures(found)}
    assert rows == {
        ("2025-07-09", "frameworks"): (0, 0),
        ("2025-07-09", "all"): (0, 1),
        ("2025-08-01", "frameworks"): (1, 1),
        ("2025-08-01", "all"): (1, 2),
    }


def test_pledges_are_ranked_and_small_ones_are_none() -> None:
    assert pledge_rank(as_it_was()) == 1.0
    other_way = [run(0, iso, 14, 0.15, pledge) for iso, pledge in (("EUU", 0.4), ("JPN", 300.0), ("VNM", 400.0))]
    assert pledge_rank(held(*other_way)) == -1.0  # 600, 550 and none against none, 300 and 400
    assert np.isnan(pledge_rank(held(run(0, "EUU", 14, 0.15, 0.4), run(0, "JPN", 14, 0.15, 0.9))))


def test_the_rate_of_japan_in_whole_points() -> None:
    runs = [run(k, "JPN", 14, rate) for k, rate in enumerate((0.14, 0.15, 0.15, 0.17))] + [run(4, "JPN")]
    assert japan_rates(held(*runs)) == {14: 0.25, 15: 0.5, 17: 0.25}


def test_rates_on_a_bound_are_counted_and_those_without_a_choice_apart() -> None:
    scenario = load_scenario("april_2025")
    grid = {terms.iso: terms.grid[TARIFF, : terms.counts[TARIFF]] for terms in prepare(scenario).terms}
    assert grid["GBR"].tolist() == [0.10]
    runs = [
        run(0, "JPN", 14, grid["JPN"][-1]),
        run(0, "KOR", 14, grid["KOR"][1]),
        run(0, "VNM", 14, grid["VNM"][0]),
        run(0, "THA", 14, grid["THA"][4]),
        run(0, "GBR", 3, 0.10),  # nothing else was to be had
    ]
    assert bounds(held(*runs), scenario) == {
        "deals": 5,
        "single": 0.2,
        "base": 0.0,
        "low": 0.25,
        "high": 0.25,
        "on_bound": 0.5,
    }


# ---------------------------------------------------------------- partners left out, later deals


def points() -> Predicted:
    """Two points: the heavier gives Japan 15 because it has been told to, the lighter 17; both give the Swiss 20."""
    rows = [
        {"point": p, "weight": w, "iso": iso, "rate": r, "auto_rate": NO, "pledge": 0.0, "day": 99.0, "signed": 1.0}
        | {"fit": fit}
        for p, w, iso, r, fit in (
            ("1", 0.8, "JPN", 0.15, math.log(16.0)),
            ("2", 0.2, "JPN", 0.17, 0.0),
            ("1", 0.8, "CHE", 0.20, math.log(16.0)),
            ("2", 0.2, "CHE", 0.25, 0.0),
        )
    ]
    return Predicted(pd.DataFrame(rows))


def test_a_partner_is_left_out_of_the_weights_that_judge_it() -> None:
    found = held(run(0, "JPN", 14, 0.15), predicted=points())
    assert found.left_out["JPN"].rate == 0.17
    assert errors(found)["left_out"] == pytest.approx(2.0)
    assert row_of(found.partners, "JPN")["left_out"] == 0.17


def test_a_later_deal_was_never_in_the_weights() -> None:
    swiss = replace(DEALS["CHE"], framework_date=DEALS["LKA"].framework_date, agreed_rate=0.15)
    found = held(run(0, "CHE", 14, 0.18), deals=(swiss,), predicted=points())
    assert found.left_out["CHE"].rate == 0.20
    assert errors(found) == pytest.approx(
        {"model": 3.0, "left_out": 5.0, "line": NO, "median": 0.0} | {"two_medians": 0.0}, nan_ok=True
    )


def test_an_ensemble_predicts_in_the_columns_of_the_file() -> None:
    table = medians_of(pd.DataFrame([run(0, "JPN", 14, 0.15, 500.0), run(1, "JPN")]))
    assert list(table.columns) == ["iso", "rate", "auto_rate", "pledge", "day", "signed"]
    assert table.set_index("iso").loc["JPN"].tolist() == [0.15, 0.15, 500.0, 100.0, 0.5]
    assert len(table) == 13


# ---------------------------------------------------------------- runs, screen, figure


def small() -> Scenario:
    return load_scenario("classroom", ["queue.per_week=1", "replications=12", "queue.position=[2,last]"])


def test_either_driver_is_held_against_the_same() -> None:
    agents, arrays = (run_backtest(small(), engine=engine) for engine in (Engine.MESA, Engine.COMPILED))
    assert agents.replications == 12
    pd.testing.assert_frame_equal(agents.partners, arrays.partners, check_exact=True)


def test_the_summary_is_plain_data_with_what_it_was_asked_for() -> None:
    data = json.loads(json.dumps(backtest_summary(load_scenario("april_2025"), as_it_was()), allow_nan=False))
    assert set(data["errors"]) == {"model", "left_out", "line", "median", "two_medians"}
    assert data["errors"]["left_out"] is data["left_out"] is None
    japan = next(row for row in data["partners"] if row["iso"] == "JPN")
    wanted = {"rate_observed": 0.15, "rate": 0.15, "rate_low": 0.15, "rate_high": 0.15, "pledge_observed": 550.0}
    wanted |= {"pledge": 550.0, "day_observed": 99.0, "signed": 1.0}
    assert {name: japan[name] for name in wanted} == wanted
    assert next(row for row in data["partners"] if row["iso"] == "VNM")["pledge_observed"] is None
    assert {"seed", "replications", "version", "hash", "scenario", "deals"} <= data.keys()


def test_the_screen_has_80_columns_and_says_where_it_comes_from() -> None:
    scenario, found = load_scenario("april_2025"), as_it_was()
    console = Console(width=80, record=True, file=io.StringIO())
    for table in backtest_tables(scenario, found):
        console.print(table)
    for line in backtest_lines(scenario, found):
        console.print(line, markup=False)
    said = console.export_text()
    assert max(map(len, said.splitlines())) <= 80
    words = " ".join(said.split())
    assert "Japan 15 15 [15, 15] 550 550 99 100 100 %" in words
    assert "two medians, rich and poor 0.25 0.25" in words
    assert "the model's medians 0.00 -" in words
    assert "13 [13, 13] in the runs, 13 observed" in words
    assert "seed 2025, 1 runs, version" in words


def test_the_wide_screen_shows_autos_and_benchmarks() -> None:
    console = Console(width=150, record=True, file=io.StringIO())
    console.print(next(backtest_tables(load_scenario("april_2025"), as_it_was(), wide=True)))
    japan = next(line for line in console.export_text().splitlines() if "Japan" in line)
    assert japan.split()[-3:] == ["17.7", "19.0", "15.0"]


def test_a_figure_has_a_row_for_what_is_known_of_each() -> None:
    table = backtest_table(as_it_was().runs.assign(day=NO))
    assert table.groupby("what").size().to_dict() == {
        "general rate": 13,
        "rate on autos": 4,
        "signed, days after 14 April": 13,
        "pledge": 3,
    }
    japan = table[(table["iso"] == "JPN") & (table["what"] == "general rate")].iloc[0]
    assert japan[["observed", "median", "low", "high", "two_medians"]].tolist() == pytest.approx([15.0] * 5)
