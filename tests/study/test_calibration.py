"""The calibration's own parts, without the library that draws; the last test draws too where it is installed."""

from __future__ import annotations

import importlib.util
import io
import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from sim.scenario import ScenarioError, load_scenario, parameters, parse_scenario, scenario_at
from sim.study.calibration import base_scenario, distance, load_priors, misses, observed_patterns
from sim.study.calibration.__main__ import main
from sim.study.calibration.posterior import Posterior, read_posterior, weighted_quantile
from sim.study.calibration.predictive import predict
from sim.study.calibration.priors import Prior, markdown
from sim.study.calibration.report import before_and_after, influence_table
from sim.study.calibration.screening import DISTANCE, design, influence, most_influential
from sim.study.calibration.smc import Cloud, Plan, calibrate
from sim.study.patterns import PATTERNS

PAGE = Path(__file__).parents[2] / "docs" / "calibration.md"
RATE = Prior("a.rate", 0.1, 10.0, "log", "", False, 1.0)
COUNT = Prior("b.count", 2, 4, "linear", "", True, 3)
SHARE = Prior("c.share", 0.0, 1.0, "linear", "", False, 0.5)

# ---------------------------------------------------------------- priors


def test_only_assumptions_of_the_schema_are_moved_within_its_ranges() -> None:
    known = {row["key"]: row for row in parameters()}
    for prior in load_priors():
        low, high = known[prior.key]["range"]
        assert known[prior.key]["source"] == "assumption"
        assert low <= prior.low < prior.high <= high
        assert prior.low <= prior.default <= prior.high, f"{prior.key}: the default should lie in its own prior"
        assert prior.why


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("partners.betta,0.1,0.5,log,x", "partners.beta"),
        ("threat.pause_rate,0.1,0.5,linear,x", "not an assumption"),
        ("queue.focal,0.1,0.5,linear,x", "not a number"),
        ("partners.beta,0.001,0.5,log,x", "no range"),
        ("partners.beta,0.5,0.1,log,x", "no range"),
        ("mechanisms.pressure.cost,0,0.5,log,x", "no range"),
        ("partners.beta,low,0.5,log,x", "not a number"),
        ("partners.beta,0.1,0.5,cubic,x", "unknown scale"),
    ],
)
def test_a_bad_prior_is_named_with_its_line(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "priors.csv"
    path.write_text(f"# priors\nkey,low,high,scale,why\n{row}\n")
    with pytest.raises(ScenarioError, match=message) as caught:
        load_priors(path)
    assert "priors.csv:3" in str(caught.value)


@given(st.sampled_from([RATE, COUNT, SHARE]), st.floats(0.0, 1.0))
def test_every_point_of_a_prior_is_inside_its_range(prior: Prior, u: float) -> None:
    low, high = prior.ends
    value = prior.value(low + u * (high - low))
    assert prior.low <= value <= prior.high
    assert isinstance(value, int) == prior.whole


def test_a_logarithmic_prior_has_its_middle_at_the_geometric_mean() -> None:
    assert RATE.value(sum(RATE.ends) / 2) == pytest.approx(1.0)
    assert RATE.value(RATE.point(2.5)) == pytest.approx(2.5)


def test_whole_numbers_are_equally_likely() -> None:
    drawn = design([COUNT], 300, seed=1)["b.count"].value_counts()
    assert sorted(drawn.index) == [2, 3, 4]
    assert (drawn - 100).abs().max() <= 2  # a Latin hypercube spreads them evenly


def test_talks_are_cut_to_what_the_patterns_look_at() -> None:
    base = base_scenario(load_scenario("japan_first"))
    assert (base.clock.rounds, base.replications, base.queue.position) == (18, 1, 1)
    assert base.clock.horizon == load_scenario("japan_first").clock.horizon


# ---------------------------------------------------------------- distance


def test_2025_is_at_no_distance_from_itself() -> None:
    seen = observed_patterns()
    assert distance(seen, seen) == 0.0


def test_a_miss_counts_in_tolerances_up_to_three_and_blanks_count_three() -> None:
    seen = observed_patterns()
    run = seen | {
        "frameworks_90_days": 4.0,  # two too many, tolerance one
        "deals_by_22_july": 50.0,
        "japan_days": math.inf,
        "japan_pledge": math.nan,
        "days_to_deal": 89.0,  # two days, within the week
        "first_deal": 29.0 + 3.0 + 21.0,  # one tolerance beyond the week
        "japan_fx": 1.0,  # none was seen
        "viet_nam_tariff": 0.185,
    }
    found = {name: miss for name, miss in misses(run, seen).items() if miss > 0}
    expected = {"frameworks_90_days": 2.0, "deals_by_22_july": 3.0, "japan_days": 3.0, "japan_pledge": 3.0}
    expected |= {"first_deal": 1.0, "japan_fx": 2.0, "viet_nam_tariff": 0.5}
    assert found == pytest.approx(expected)
    assert distance(run, seen) == pytest.approx(sum(expected.values()) / len(PATTERNS))


# ---------------------------------------------------------------- screening


def test_the_design_is_the_same_for_the_same_seed() -> None:
    priors = [RATE, COUNT, SHARE]
    assert design(priors, 9, 4).equals(design(priors, 9, 4))
    assert not design(priors, 9, 4).equals(design(priors, 9, 5))
    ninths = (design([SHARE], 9, 4)["c.share"] * 9).astype(int)
    assert sorted(ninths) == list(range(9))


def test_influence_finds_what_moves_what() -> None:
    seen = observed_patterns()
    points = pd.DataFrame({"strong": [1.0, 2.0, 3.0, 4.0, 5.0], "idle": [1.0, 5.0, 2.0, 5.0, 1.0]})
    runs = [seen | {"japan_pledge": 550.0 + 20.0 * x, "japan_days": math.inf if x > 4 else 97.0} for x in range(1, 6)]
    found = influence(points, pd.DataFrame(runs))
    assert found.loc["strong", "japan_pledge"] == pytest.approx(1.0)
    assert found.loc["strong", DISTANCE] == pytest.approx(1.0)
    assert found.loc["strong", "japan_days"] > 0.5
    assert found.loc["idle", "japan_pledge"] == pytest.approx(0.0, abs=1e-12)
    assert found.loc["strong", "japan_fx"] == 0.0  # never varies
    assert most_influential(found, 1) == ["strong"]


def test_what_cannot_be_measured_ranks_in_the_middle() -> None:
    seen = observed_patterns()
    points = pd.DataFrame({"x": [1.0, 2.0, 3.0]})
    runs = [seen | {"japan_pledge": pledge} for pledge in (100.0, math.nan, 300.0)]
    assert influence(points, pd.DataFrame(runs)).loc["x", "japan_pledge"] == pytest.approx(1.0)


# ---------------------------------------------------------------- posterior


def test_weighted_quantiles_by_hand() -> None:
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.5, 0.2, 0.3])
    assert weighted_quantile(values, weights, (0.05, 0.2, 0.5, 0.51, 0.95)) == [1.0, 1.0, 2.0, 3.0, 3.0]


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30), st.integers(0, 2**31))
def test_the_weighted_median_of_even_weights_splits_them(values: list[float], seed: int) -> None:
    (median,) = weighted_quantile(np.array(values), np.ones(len(values)), (0.5,))
    assert sum(v <= median for v in values) >= len(values) / 2
    assert sum(v >= median for v in values) >= len(values) / 2


def posterior() -> Posterior:
    points = pd.DataFrame({"a.rate": [0.5, 2.0, 4.0], "b.count": [2, 3, 3]})
    return Posterior(points, np.array([0.25, 0.5, 0.25]), {"seed": "7", "command": "python -m x: y"})


def test_the_posterior_survives_its_file(tmp_path: Path) -> None:
    read = read_posterior(posterior().write(tmp_path / "deep" / "posterior.csv"))
    assert read.about == posterior().about
    assert read.points.astype(float).equals(posterior().points.astype(float))
    assert read.weights.tolist() == [0.25, 0.5, 0.25]


def test_what_is_no_posterior_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(ScenarioError, match="not a posterior"):
        read_posterior(path)
    with pytest.raises(ScenarioError, match="cannot be read"):
        read_posterior(tmp_path / "nowhere.csv")


def test_the_effective_number_by_hand() -> None:
    assert posterior().effective == pytest.approx(1 / (0.0625 + 0.25 + 0.0625))
    assert Posterior(posterior().points, np.ones(3) / 3).effective == pytest.approx(3.0)
    assert Posterior(posterior().points, np.array([1.0, 0.0, 0.0])).effective == 1.0


def test_its_medians_and_lines() -> None:
    priors = (RATE, COUNT, SHARE)
    assert posterior().medians(priors) == {"a.rate": 2.0, "b.count": 3}
    assert posterior().lines(priors) == ["a.rate: 1 -> 2 [0.5, 4]", "b.count: 3 -> 3 [2, 3]"]


def test_draws_follow_the_weights_and_the_seed() -> None:
    drawn = posterior().draw(400, seed=1)
    assert drawn == posterior().draw(400, seed=1)
    assert 160 < sum(row["a.rate"] == 2.0 for row in drawn) < 240


# ---------------------------------------------------------------- tables, runs and the command


def text_of(table: object) -> str:
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(table)
    return console.export_text()


def test_before_and_after_side_by_side() -> None:
    seen = observed_patterns()
    said = text_of(
        before_and_after(
            {"defaults": pd.DataFrame([seen | {"japan_pledge": 300.0}]), "posterior": pd.DataFrame([seen])}, "seed 1"
        )
    )
    pledge = next(line for line in said.splitlines() if "japan_pledge" in line)
    assert "300 [300, 300]*" in pledge
    assert "550 [550, 550] " in pledge
    assert "defaults 43 of 44, posterior 44 of 44" in " ".join(said.split())


def test_the_table_of_influence_marks_what_is_set() -> None:
    found = pd.DataFrame({"japan_pledge": [0.8, 0.01], DISTANCE: [-0.4, 0.1]}, index=["a.rate", "c.share"])
    lines = text_of(influence_table(found, ["a.rate"], "seed 1")).splitlines()
    rate, share = (next(line for line in lines if key in line) for key in ("a.rate", "c.share"))
    assert all(word in rate for word in ("yes", "-0.40", "japan_pledge +0.80"))
    assert not any(word in share for word in ("yes", "japan_pledge"))


def test_runs_at_points_do_not_depend_on_processes() -> None:
    base = base_scenario(load_scenario("classroom", ["clock.rounds=15"]))
    points = [{"partners.beta": 0.1}, {"partners.beta": 0.5}]
    one = predict(base, points, jobs=1)
    assert list(one.columns) == [pattern.name for pattern in PATTERNS]
    assert one.equals(predict(base, points, jobs=2))


def test_the_command_screens(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--scenario", "classroom", "--screening", "4", "--populations", "0", "--jobs", "1"]
    assert main([*words, "--set", "clock.rounds=14"]) == 0
    said = capsys.readouterr().out
    assert "united_states.toughness" in said
    assert "japan_pledge" in said  # what the priors could show at all


@pytest.mark.parametrize("words", [["--scenario", "nowhere"], ["--set", "clock.round=3"], ["--priors", "nowhere.csv"]])
def test_the_command_refuses_bad_input(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--populations", "0"]) == 2
    assert capsys.readouterr().err.startswith("calibration: ")


# ---------------------------------------------------------------- documentation, and the draws themselves


def test_the_page_shows_the_priors_as_they_are() -> None:
    assert markdown(load_priors()) in PAGE.read_text(encoding="utf-8")


class Noisy:
    """A toy: what is seen are the parameters, the first as it is, the second as its log, with noise of one tenth."""

    def __call__(self, values: dict[str, float | int], luck: int) -> dict[str, float]:
        noise = 0.1 * np.random.default_rng(luck).standard_normal(2)
        return {"share": values["c.share"] + noise[0], "log_rate": math.log(values["a.rate"]) + noise[1]}


class FromTruth:
    """Distance from a share of 0.7 and a rate of 2."""

    def __call__(self, seen: Mapping[str, float]) -> float:
        return abs(seen["share"] - 0.7) + abs(seen["log_rate"] - math.log(2.0))


def drawn(jobs: int, told: list[tuple[int, int, int]]) -> Cloud:
    return calibrate((SHARE, RATE), Noisy(), FromTruth(), Plan(60, 4, seed=3, jobs=jobs), lambda *t: told.append(t))


def test_the_draws_find_the_truth_of_a_toy_on_any_number_of_processes() -> None:
    told: list[tuple[int, int, int]] = []
    if importlib.util.find_spec("pyabc") is None:  # an extra: without it the command says so, see below
        with pytest.raises(ModuleNotFoundError, match="pyabc"):
            drawn(1, told)
        return
    cloud = drawn(1, told)
    found = Posterior(cloud.points, cloud.weights).summary()
    assert found.loc["c.share", "low"] < 0.7 < found.loc["c.share", "high"]
    assert found.loc["a.rate", "low"] < 2.0 < found.loc["a.rate", "high"]
    assert found.loc["a.rate", "high"] < 6.0  # narrower than the prior
    assert list(cloud.epsilon) == sorted(cloud.epsilon, reverse=True)
    assert told[-1] == (3, 60, 60)
    assert Posterior(cloud.points, cloud.weights).effective > 20
    again = drawn(2, told)
    assert again.points.equals(cloud.points)
    assert again.weights.tolist() == cloud.weights.tolist()


class Impatient:
    """A distance that is interrupted after so many runs."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, seen: Mapping[str, float]) -> float:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        return FromTruth()(seen)


def test_an_interrupt_keeps_the_populations_that_were_finished() -> None:
    if importlib.util.find_spec("pyabc") is None:
        assert main(["--scenario", "classroom"]) == 2
        return
    cloud = calibrate((SHARE, RATE), Noisy(), Impatient(400), Plan(60, 50, seed=3, jobs=1))
    assert 1 <= len(cloud.epsilon) < 50
    assert len(cloud.points) == 60
    with pytest.raises(KeyboardInterrupt):
        calibrate((SHARE, RATE), Noisy(), Impatient(5), Plan(60, 50, seed=3, jobs=1))


def test_laying_the_defaults_over_changes_nothing() -> None:
    scenario = parse_scenario("name: trial\ntitle: A trial\n")
    defaults = {p.key: int(p.default) if p.whole else p.default for p in load_priors()}
    assert scenario_at(scenario, defaults) == scenario
