"""The advantage of being first (F1), by hand and from a run."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from sim.scenario import Scenario
from sim.study import advantage, by_position, mean_interval, per_year

SCENARIO = Scenario(name="by_hand", title="By hand", clock={"horizon": 52, "rounds": 10, "discount_rate": 0.0})


def outcomes(values: dict[int, list[float]]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"position": place, "replication": r, "value": v, "deal": v > 0, "repriced": False, "tariff": 0.15,
             "round": 10.0, "day": 70.0, "sessions": 7, "gain": 1.0, "us_gain": 2.0}
            for place, column in values.items()
            for r, v in enumerate(column)
        ]
    )  # fmt: skip


def test_twins_are_compared_one_by_one() -> None:
    # differences 1, 2, 3: mean 2, standard deviation 1, t(2) = 4.302653: half width 4.302653 / sqrt(3)
    table = advantage(outcomes({1: [11.0, 22.0, 33.0], 40: [10.0, 20.0, 30.0]}), SCENARIO).set_index("position")
    assert table.loc[1, "versus"] == 40
    assert table.loc[1, "mean"] == pytest.approx(2.0)
    assert table.loc[1, "low"] == pytest.approx(2.0 - 4.302653 / math.sqrt(3), abs=1e-6)
    assert table.loc[1, "high"] == pytest.approx(2.0 + 4.302653 / math.sqrt(3), abs=1e-6)
    assert table.loc[40, "mean"] == table.loc[40, "low"] == table.loc[40, "high"] == 0.0


def test_pairing_makes_the_interval_narrow() -> None:
    luck = np.random.default_rng(1).normal(0, 50, 200)
    table = advantage(outcomes({1: list(luck + 1.0), 2: list(luck)}), SCENARIO).set_index("position")
    assert table.loc[1, "high"] - table.loc[1, "low"] < 1e-9


def test_a_single_twin_has_no_interval() -> None:
    mean, low, high = mean_interval(np.array([3.0]))
    assert mean == 3.0
    assert math.isnan(low)
    assert math.isnan(high)


def test_a_year_is_the_level_amount_worth_the_same() -> None:
    assert per_year(SCENARIO) == pytest.approx(1.0)
    four_years = SCENARIO.model_copy(update={"clock": SCENARIO.clock.model_copy(update={"horizon": 208})})
    assert per_year(four_years) == pytest.approx(0.25)


def test_terms_are_averages_over_deals_and_value_over_all_runs() -> None:
    row = by_position(outcomes({1: [2.0, -4.0]}), ("tariff",)).iloc[0]
    assert row["deal_rate"] == 0.5
    assert row["value"] == -1.0
    assert row["tariff"] == 0.15
