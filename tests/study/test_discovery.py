"""Boxes of assumptions: a planted one is found, and what is no box is said."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest

from sim.scenario import load_scenario
from sim.study.advantage import mean_interval
from sim.study.assumptions import assumptions
from sim.study.discovery import Box, DiscoveryError, cases, find_box, quasi_p
from sim.study.settings import differences, settings_at

N = 600


def spread() -> pd.DataFrame:
    rng = np.random.default_rng(5)
    points = pd.DataFrame(rng.random((N, 4)), columns=["threat.credibility", "partners.skill", "a.noise", "b.noise"])
    return points.assign(**{"clock.patience": rng.integers(6, 27, N)})


@pytest.fixture(scope="module")
def planted() -> Box:
    pytest.importorskip("prim")
    points = spread()
    inside = (points["threat.credibility"] < 0.4) & (points["clock.patience"] >= 15)
    return find_box(points, inside.to_numpy())


def test_a_planted_box_is_found(planted: Box) -> None:
    assert planted.coverage > 0.9
    assert planted.density > 0.9
    limits = planted.limits.set_index("parameter")
    assert set(limits.index) == {"threat.credibility", "clock.patience"}
    assert limits.loc["threat.credibility", "high"] == pytest.approx(0.4, abs=0.03)
    assert limits.loc["clock.patience", "low"] == pytest.approx(15, abs=1)
    assert (limits["quasi_p"] < 1e-6).all()
    assert limits.loc["threat.credibility", "label"] == "threat credibility"


def test_how_likely_a_limit_is_chance_by_hand() -> None:
    """Two of four cases are of interest, both in a box of two; half are without its limit: (1/2)^2. One is idle."""
    wanted = np.array([True, True, False, False])
    within = {"sharp": wanted, "idle": np.ones(4, dtype=bool)}
    assert quasi_p(wanted, within) == {"sharp": pytest.approx(0.25), "idle": 1.0}
    assert quasi_p(wanted, {}) == {}


def test_the_way_inwards_trades_coverage_for_density(planted: Box) -> None:
    path = planted.trajectory
    assert path.iloc[0][["coverage", "mass", "restricted"]].tolist() == [1.0, 1.0, 0]
    assert path["coverage"].is_monotonic_decreasing
    assert path["chosen"].sum() == 1


def test_chance_alone_restricts_nothing() -> None:
    """Forty assumptions offer a hundred ways to be right about sixty cases by luck."""
    pytest.importorskip("prim")
    rng = np.random.default_rng(6)
    points = pd.DataFrame(rng.random((200, 40)), columns=[f"a.{n}" for n in range(40)])
    interesting = rng.random(200) < 0.3
    found = find_box(points, interesting)
    assert found.limits.empty
    assert list(found.limits.columns) == ["parameter", "label", "low", "high", "quasi_p"]
    assert (found.coverage, found.mass) == (1.0, 1.0)


@pytest.mark.parametrize(("everywhere", "said"), [(True, "all of 600"), (False, "none of 600")])
def test_where_all_cases_are_alike_there_is_no_box(everywhere: bool, said: str) -> None:
    with pytest.raises(DiscoveryError, match=said):
        find_box(spread(), np.full(N, everywhere))


def test_without_the_library_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prim", None)
    with pytest.raises(DiscoveryError, match=r"first-mover\[discovery\]"):
        find_box(spread(), np.arange(N) < 50)


def test_cases_are_worlds_with_their_answers() -> None:
    scenario = load_scenario("classroom", ["clock.rounds=12", "replications=2"])
    priors = assumptions(["threat.credibility", "session.to_close_small"])
    table = cases(scenario, priors, number=3)
    assert list(table.columns) == ["threat.credibility", "session.to_close_small", "mean", "low", "high"]
    again = differences(settings_at(scenario, table.drop(columns=["mean", "low", "high"])))
    assert table["mean"].tolist() == [mean_interval(sample)[0] for sample in again]
    assert table["threat.credibility"].between(0.3, 1.0).all()
