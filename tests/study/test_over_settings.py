"""The answer over many settings: luck and assumptions, together and apart."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.scenario import ScenarioError, load_scenario
from sim.study.calibration import Posterior
from sim.study.over_settings import OverSettings, over_settings, settings_from


def found(means: list[float], noise: float, twins: int = 50) -> OverSettings:
    return OverSettings(pd.DataFrame({"mean": means, "noise": noise}), twins)


def posterior(**columns: list[float]) -> Posterior:
    return Posterior(pd.DataFrame(columns), np.array([0.5, 0.25, 0.25]))


THREE = posterior(**{"threat.credibility": [0.3, 0.4, 0.5], "partners.beta": [0.1, 0.2, 0.3]})


def test_without_luck_all_variance_is_due_to_assumptions() -> None:
    """Four settings worth -1, 1, 3 and 5: mean 2, variance 20/3, three of four above zero."""
    over = found([-1.0, 1.0, 3.0, 5.0], 0.0)
    assert (over.n, over.mean, over.luck, over.share_positive) == (4, 2.0, 0.0, 0.75)
    assert over.assumptions == pytest.approx(20.0 / 3.0)
    assert over.shrunk == pytest.approx([-1.0, 1.0, 3.0, 5.0])
    assert over.ends == pytest.approx((-0.85, 4.85))  # 2.5 per cent in from the ends, as quantiles go


def test_settings_that_differ_by_luck_alone_say_one_thing() -> None:
    """Means that vary no more than their noise: nothing is due to assumptions, and the interval is that of the mean."""
    over = found([1.0, 3.0], 2.0)
    assert over.assumptions == 0.0
    assert over.assumptions_most == pytest.approx(2.0 / 0.003932 - 2.0, rel=1e-3)  # the chi-square of one at 5 per cent
    assert over.shrunk == pytest.approx([2.0, 2.0])
    assert over.luck == 1.0
    low, high = over.ends
    assert (low + high) / 2.0 == pytest.approx(2.0)
    assert high - low == pytest.approx(2 * 1.984, abs=0.01)
    assert over.share_positive == 1.0


def test_the_interval_holds_what_settings_are_worth() -> None:
    """Two hundred settings worth 1 +- 2, seen through noise of 1.5: the interval holds 95 of a hundred true worths."""
    rng = np.random.default_rng(5)
    held = []
    for _ in range(40):
        truth = rng.normal(1.0, 2.0, 200)
        low, high = found((truth + rng.normal(0.0, 1.5, 200)).tolist(), 1.5**2).ends
        held.append(((truth > low) & (truth < high)).mean())
    assert 0.93 < np.mean(held) < 0.98


def test_the_most_that_assumptions_may_add_is_rarely_too_little() -> None:
    rng = np.random.default_rng(6)
    most = [found(rng.normal(0.0, 1.0, 60).tolist(), 0.5).assumptions_most for _ in range(400)]
    assert 0.92 < np.mean(np.array(most) > 0.5) < 0.98


def test_settings_are_drawn_evenly_by_their_weight() -> None:
    drawn = settings_from(load_scenario("classroom"), THREE, 8)
    assert drawn["threat.credibility"].value_counts().to_dict() == {0.3: 4, 0.4: 2, 0.5: 2}
    assert list(drawn.columns) == ["threat.credibility", "partners.beta"]


def test_what_a_scenario_sets_itself_stays_as_it_is_set() -> None:
    scenario = load_scenario("classroom", ["threat.credibility=0.8", "replications=2"])
    assert list(settings_from(scenario, THREE, 4).columns) == ["partners.beta"]


def test_each_setting_is_the_scenario_with_its_numbers_and_luck_of_its_own(tmp_path: Path) -> None:
    """And what was played is kept: a second call plays nothing."""
    scenario, seen = load_scenario("classroom", ["queue.position=[1,last]"]), list[tuple[int, int]]()
    over = over_settings(scenario, 4, twins=3, root=tmp_path, posterior=THREE)
    assert over.table["threat.credibility"].tolist() == [0.3, 0.3, 0.4, 0.5]
    assert over.table["mean"].nunique() == 4
    again = over_settings(scenario, 4, lambda *at: seen.append(at), twins=3, root=tmp_path, posterior=THREE)
    assert seen == [(12, 12)]
    pd.testing.assert_frame_equal(over.table, again.table)


@pytest.mark.parametrize("n", [1, 1_001])
def test_too_few_and_too_many_are_refused(n: int) -> None:
    with pytest.raises(ScenarioError, match=r"--settings: .* settings \(allowed: 2 to 1,000, best"):
        over_settings(load_scenario("classroom"), n)


def test_the_command_says_both(tmp_path: Path) -> None:
    words = ["run", "classroom", "--replications", "2", "--no-figures", "--out", str(tmp_path), "--settings"]
    told = json.loads(CliRunner().invoke(app, [*words, "2", "--json"]).stdout)["settings"]
    assert set(told) == {
        "n",
        "twins",
        "mean",
        "low",
        "high",
        "luck",
        "assumptions",
        "assumptions_most",
        "share_positive",
    }
    assert told["low"] <= told["mean"] <= told["high"]
    said = " ".join(CliRunner().invoke(app, [*words, "2"]).stdout.split())
    assert "Over 2 settings of the assumptions that fit 2025, 50 twins each: USD bn" in said
    wrong = CliRunner().invoke(app, [*words, "many"])
    assert wrong.exit_code == 2
    assert "--settings: 'many' is no number of settings (allowed: 2 to 1,000, best)" in wrong.stderr
