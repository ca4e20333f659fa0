"""Indices against functions whose indices are known, and the way from a scenario to them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from sim.scenario import Scenario, load_scenario
from sim.study.assumptions import assumptions
from sim.study.calibration import Prior
from sim.study.indices import morris_indices, morris_points, natural, noise_share, sobol_indices, sobol_points
from sim.study.sensitivity import morris, sobol
from sim.study.swings import swings

SEED = 11
ANGLES = [Prior(name, -np.pi, np.pi, "linear", "", False, 0.0) for name in ("x.one", "x.two", "x.three")]


def lesson(*changes: str) -> Scenario:
    return load_scenario("classroom", ["clock.rounds=12", "replications=2", *changes])


def ishigami(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ishigami and Homma (1990) with a = 7 and b = 0.1."""
    return np.asarray(np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def test_shares_of_the_function_of_ishigami() -> None:
    """By its integrals: V1 = (1 + b pi^4 / 5)^2 / 2, V2 = a^2 / 8, V13 = 8 b^2 pi^8 / 225."""
    v1, v2, v13 = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2, 49 / 8, 8 * 0.01 * np.pi**8 / 225
    whole = v1 + v2 + v13
    table = sobol_indices(ANGLES, ishigami(sobol_points(ANGLES, 2048, SEED)), SEED).set_index("parameter")
    assert list(table.index) == ["x.one", "x.two", "x.three"]
    assert table["first"].tolist() == pytest.approx([v1 / whole, v2 / whole, 0.0], abs=0.02)
    assert table["total"].tolist() == pytest.approx([(v1 + v13) / whole, v2 / whole, v13 / whole], abs=0.02)
    assert (table["total_low"] < table["total"]).all()
    assert (table["total"] < table["total_high"]).all()


def test_a_constant_has_no_shares() -> None:
    table = sobol_indices(ANGLES, np.ones(8 * 5), SEED)
    assert table[["first", "total"]].isna().all(axis=None)


def test_a_sequence_has_a_length_of_two_to_a_power() -> None:
    with pytest.raises(ValueError, match="100 is no power of 2"):
        sobol_points(ANGLES, 100, SEED)


def test_effects_of_a_plane_are_its_slopes() -> None:
    """4 x - 2 y over ranges of 2 pi: each effect is the slope times the range, so that nothing spreads."""
    points = morris_points(ANGLES, 6, SEED)
    table = morris_indices(ANGLES, points, 4.0 * points[:, 0] - 2.0 * points[:, 1], SEED)
    assert points.shape == (6 * 4, 3)
    assert table["parameter"].tolist() == ["x.one", "x.two", "x.three"]
    assert table["mu"].tolist() == pytest.approx([8 * np.pi, -4 * np.pi, 0.0])
    assert table["mu_star"].tolist() == pytest.approx([8 * np.pi, 4 * np.pi, 0.0])
    assert table["sigma"].tolist() == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)


def test_a_bend_shows_as_spread_and_opposite_effects_do_not_cancel() -> None:
    points = morris_points(ANGLES, 20, SEED)
    row = morris_indices(ANGLES, points, points[:, 0] ** 2, SEED).set_index("parameter").loc["x.one"]
    assert row["sigma"] > row["mu_star"] > abs(row["mu"])
    assert 0.0 <= row["mu_star_low"] < row["mu_star"] < row["mu_star_high"]


def test_points_become_values_on_their_scales() -> None:
    priors = [Prior("a", 0.1, 10.0, "log", "", False, 1.0), Prior("b", 2, 6, "linear", "", True, 3.0)]
    table = natural(priors, np.array([[0.0, 1.6], [np.log(10.0), 4.4]]))
    assert table["a"].tolist() == pytest.approx([1.0, 10.0])
    assert table["b"].tolist() == [2, 4]
    assert table["b"].dtype.kind == "i"


def test_what_a_hand_does_to_all_settings_is_no_noise() -> None:
    """Means 1 and 3; hands that lift both alike leave nothing to chance, hands that lift one do."""
    assert noise_share(np.array([[0.0, 2.0], [2.0, 4.0]])) == 0.0
    assert noise_share(np.array([[0.0, 2.0], [3.0, 3.0]])) == pytest.approx(0.25)  # rests of 1/2: 1 / 2 hands, over 2


def test_noise_agrees_with_many_drawings() -> None:
    rng = np.random.default_rng(3)
    truth = rng.normal(size=500)
    sample = truth[:, None] + rng.normal(size=30) * 5.0 + rng.normal(size=(500, 30)) * 3.0
    assert noise_share(sample) == pytest.approx(0.3 / (1.0 + 0.3), abs=0.03)


def test_screening_a_scenario_finds_what_cannot_act() -> None:
    """The power of the solution of Nash is read by nobody who makes offers; the discount rate by everybody."""
    priors = assumptions(["session.power", "clock.discount_rate"])
    table = morris(lesson(), priors, trajectories=2).set_index("parameter")
    assert table.loc["session.power", ["mu_star", "mu_star_high", "sigma"]].tolist() == [0.0, 0.0, 0.0]
    assert table.loc["clock.discount_rate", "mu_star"] > 0.0
    assert table.loc["clock.discount_rate", "label"] == "clock discount rate"


def test_shares_of_a_scenario() -> None:
    table = sobol(lesson(), assumptions(["session.power", "clock.discount_rate"]), base=4).set_index("parameter")
    assert table.loc["session.power", ["first", "total"]].tolist() == [0.0, 0.0]
    assert 0.0 <= table["noise"].iloc[0] <= 1.0
    assert (table["noise"] == table["noise"].iloc[0]).all()


def test_swings_go_from_end_to_end_and_the_widest_comes_first() -> None:
    table = swings(lesson(), assumptions(["session.power", "clock.discount_rate", "session.to_close_small"]))
    assert table.iloc[0]["parameter"] == "clock.discount_rate"
    still = table.set_index("parameter").loc["session.power"]
    assert (still["low_value"], still["high_value"]) == (0.2, 0.8)
    assert still["at_low"] == still["at_high"] == still["base"]
    assert still["at_low_low"] < still["at_low"] < still["at_low_high"]
    steps = table.set_index("parameter").loc["session.to_close_small"]
    assert (steps["low_value"], steps["high_value"]) == (2, 6)


def test_the_same_seed_gives_the_same_indices() -> None:
    priors = assumptions(["clock.discount_rate", "threat.credibility"])
    pd.testing.assert_frame_equal(sobol(lesson(), priors, base=2), sobol(lesson(), priors, base=2, jobs=2))
