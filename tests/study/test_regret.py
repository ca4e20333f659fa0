"""Regret of choices over worlds, on a table by hand and from a scenario."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.scenario import load_scenario, scenario_at
from sim.study.assumptions import assumptions
from sim.study.regret import option_values, regrets, stances, with_stance
from sim.study.settings import values_at_ends


def by_hand() -> pd.DataFrame:
    """Three worlds. Bold is best in two of them and far off in the third; safe is never far off."""
    return pd.DataFrame({"bold": [10.0, 8.0, 0.0], "safe": [7.0, 6.0, 6.0], "poor": [0.0, 0.0, 6.0]})


def test_regret_by_hand() -> None:
    table = regrets(by_hand()).set_index("option")
    assert list(table.index) == ["safe", "bold", "poor"]
    assert table["mean"].tolist() == pytest.approx([5 / 3, 2.0, 6.0])
    assert table["worst"].tolist() == [3.0, 6.0, 10.0]
    assert table["p90"].tolist() == pytest.approx([2.8, 4.8, 9.6])
    assert table["best_share"].tolist() == pytest.approx([1 / 6, 2 / 3, 1 / 6])  # the tie is shared


def test_intervals_hold_the_figures_and_come_again() -> None:
    table = regrets(by_hand(), seed=4)
    for name in ("mean", "p90", "worst", "best_share"):
        assert (table[f"{name}_low"] <= table[name]).all()
        assert (table[name] <= table[f"{name}_high"]).all()
    pd.testing.assert_frame_equal(table, regrets(by_hand(), seed=4))


def test_the_best_everywhere_is_never_regretted() -> None:
    table = regrets(pd.DataFrame({"good": [2.0, 3.0], "bad": [1.0, 1.0]})).set_index("option")
    assert table.loc["good"].tolist() == [0.0] * 9 + [1.0] * 3
    assert table.loc["bad", ["mean", "best_share"]].tolist() == [1.5, 0.0]


def test_a_stance_is_laid_over_what_the_scenario_says_of_the_partner() -> None:
    scenario = scenario_at(load_scenario("classroom"), {"partners.overrides.JPN.sessions_before": 2})
    rush = with_stance(scenario, stances()["in a rush"]).partners.overrides["JPN"]
    calm = with_stance(scenario, stances()["no rush"]).partners.overrides["JPN"]
    assert (rush.sessions_before, rush.beta, rush.limits) == (2, 1.0, {})
    assert (calm.sessions_before, calm.limits_until) == (2, "2025-07-20")
    assert calm.beta is not None
    assert calm.beta < 1.0


def test_options_are_places_by_stances_in_every_world() -> None:
    scenario = load_scenario("classroom", ["clock.rounds=12", "replications=2"])
    priors = assumptions(["threat.credibility"])
    table = option_values(scenario, priors, worlds=2)
    assert list(table.columns) == ["early, in a rush", "early, no rush", "late, in a rush", "late, no rush"]
    only = option_values(scenario, assumptions(["session.power"]), worlds=2)
    played = values_at_ends([with_stance(scenario, stances()["no rush"])])[0].mean(axis=0)
    assert only["early, no rush"].tolist() == [played[0]] * 2
    assert only["late, no rush"].tolist() == [played[1]] * 2
