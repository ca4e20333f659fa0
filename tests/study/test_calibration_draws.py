"""A calibration of a toy whose posterior is known: the search, the chains, the bank, and pretended talks."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.scenario import ScenarioError
from sim.study.calibration.bank import Bank
from sim.study.calibration.calibrate import PRIOR_LUCK, seek
from sim.study.calibration.coverage import CASES, Recovered, recover, recovery_table
from sim.study.calibration.design import Space, sobol
from sim.study.calibration.distance import Ruler
from sim.study.calibration.plan import Plan
from sim.study.calibration.priors import Prior
from sim.study.calibration.result import posterior_of
from sim.study.calibration.sampling import Chains, Walk, draw, r_hat
from sim.study.calibration.search import Found, Hunt, best_of, search

NEEDED = all(importlib.util.find_spec(name) for name in ("cma", "emcee"))
needs_the_extra = pytest.mark.skipif(not NEEDED, reason="cma and emcee are an extra, `calibration`")

SIDES = tuple(Prior(f"p{k}", 0.0, 1.0, "linear", "", False, 0.5) for k in range(4))
TRUTH = np.array([0.4, 0.6, 0.5, 0.45])
SHOWN = 9
SLOPES = np.random.default_rng(5).standard_normal((len(SIDES), SHOWN)) * 8.0
NOISE, RUNS = 1.0, 16


class Toy:
    """What is shown is linear in the parameters, with even noise from run to run; may be stopped after some points."""

    def __init__(self, patience: float = np.inf) -> None:
        self.left = patience

    def __call__(self, values: dict[str, float | int], first: int, runs: int) -> np.ndarray:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        noise = NOISE * np.random.default_rng((first, runs)).standard_normal((runs, SHOWN))
        shown = np.array(list(values.values())) @ SLOPES + noise
        return np.array([shown.mean(0), shown.std(0, ddof=1), np.full(SHOWN, runs), shown[0]], dtype=np.float32)


class Quiet:
    """Hears how far it is."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.runs = 0

    def say(self, words: str) -> None:
        self.words.append(words)

    def told(self, runs: int) -> None:
        self.runs += runs


def bank(folder: Path | None = None, patience: float = np.inf, jobs: int = 1) -> Bank:
    return Bank(folder, Space(SIDES), Toy(patience), jobs)


def ruler() -> Ruler:
    ones = np.ones(SHOWN)
    return Ruler(TRUTH @ SLOPES, ones, ones, np.zeros(SHOWN, dtype=bool))


def seeds(of: Bank, n: int = 64) -> Found:
    cube = sobol(len(SIDES), n, 1)
    return Found(cube, ruler().log_likelihood(of.ensembles(cube, PRIOR_LUCK, RUNS)))


# ---------------------------------------------------------------- search and chains


@needs_the_extra
def test_the_search_finds_the_truth() -> None:
    here, said = bank(), Quiet()
    hunt = Hunt(starts=2, generations=40, points=12, runs=RUNS, finalists=5, fresh=256)
    found = search(here, ruler(), hunt, seeds(here), said.say)
    best = best_of(here, ruler(), [found], hunt)
    assert best.cube[0] == pytest.approx(TRUTH, abs=0.05)
    assert best.log_likelihood[0] == max(best.log_likelihood)
    assert len(best.cube) == 5
    assert [words[:11] for words in said.words] == ["search 1 of", "search 2 of"]


@needs_the_extra
def test_the_chains_recover_mean_and_spread() -> None:
    here = bank()
    found = search(here, ruler(), Hunt(starts=1, generations=30, points=12, runs=RUNS), seeds(here))
    chains = draw(here, ruler(), Walk(walkers=24, steps=600, runs=RUNS), found).kept
    drawn = chains.cube.reshape(-1, len(SIDES))
    spread = np.sqrt(np.diag(np.linalg.inv(SLOPES @ SLOPES.T)) * (1.0 + NOISE**2 / RUNS))
    luck = np.random.default_rng((500_000, RUNS)).standard_normal((RUNS, SHOWN)).mean(axis=0)
    middle = TRUTH - np.linalg.lstsq(SLOPES.T, NOISE * luck, rcond=None)[0]  # all points have the same luck
    assert (drawn.mean(axis=0) - middle) / spread == pytest.approx(np.zeros(4), abs=0.2)
    assert drawn.std(axis=0) / spread == pytest.approx(np.ones(4), abs=0.12)
    assert chains.r_hat().max() < 1.05
    assert 200 < chains.effective().min() < 9600
    assert 0.1 < chains.accepted < 0.6


def test_r_hat_is_one_for_parts_that_are_alike() -> None:
    parts = np.random.default_rng(1).standard_normal((4, 500, 2))
    assert r_hat(parts) == pytest.approx([1.0, 1.0], abs=0.01)
    parts[0, :, 1] += 3.0
    assert r_hat(parts)[1] > 1.5


def test_walkers_that_have_not_moved_far_are_found_out() -> None:
    rng = np.random.default_rng(2)
    begun = rng.standard_normal((2, 1, 24, 3))
    slow = begun + 0.1 * rng.standard_normal((2, 40, 24, 3)).cumsum(axis=1)
    mixed = rng.standard_normal((2, 40, 24, 3))
    nothing = np.zeros((2, 40, 24))
    assert Chains(slow, nothing, 0.1).renewed() == pytest.approx(np.ones(3), abs=0.3)
    assert Chains(mixed, nothing, 0.3).renewed().min() > 20
    assert Chains(mixed, nothing, 0.3).r_hat().max() < 1.05
    assert Chains(np.repeat(begun, 40, axis=1), nothing, 0.0).effective().tolist() == [48.0] * 3


# ---------------------------------------------------------------- the bank


def test_a_bank_plays_nothing_twice(tmp_path: Path) -> None:
    cube = sobol(len(SIDES), 8, 2)
    first = bank(tmp_path)
    parts = first.ensembles(cube, 0, RUNS)
    first.write()
    assert (bank(tmp_path, patience=0).ensembles(cube, 0, RUNS) == parts).all()
    with pytest.raises(KeyboardInterrupt):
        bank(tmp_path, patience=0).ensembles(cube, 1, RUNS)  # other luck is another ensemble


def test_every_point_may_have_luck_of_its_own() -> None:
    cube = np.repeat(sobol(len(SIDES), 1, 2), 2, axis=0)
    one, other = bank().ensembles(cube, [0, 16], RUNS)
    assert (one[0] != other[0]).all()
    assert (one == bank().ensembles(cube[:1], 0, RUNS)[0]).all()


def test_ensembles_do_not_depend_on_processes() -> None:
    cube = sobol(len(SIDES), 11, 3)
    assert (bank(jobs=2).ensembles(cube, 0, RUNS) == bank(jobs=1).ensembles(cube, 0, RUNS)).all()


def test_an_interrupt_keeps_what_was_played(tmp_path: Path) -> None:
    cube = sobol(len(SIDES), 8, 2)
    with pytest.raises(KeyboardInterrupt):
        bank(tmp_path, patience=5).ensembles(cube, 0, RUNS)
    again = bank(tmp_path, patience=3)
    assert len(again) == 5
    again.ensembles(cube, 0, RUNS)
    assert len(again) == 8


def test_a_damaged_file_holds_nothing(tmp_path: Path) -> None:
    here = bank(tmp_path)
    here.ensembles(sobol(len(SIDES), 4, 2), 0, RUNS)
    here.write()
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:100])
    assert len(bank(tmp_path)) == 0
    assert len(Bank(tmp_path, Space(SIDES[:2]), Toy())) == 0


def test_a_bank_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    here = bank(tmp_path / "taken")
    here.ensembles(sobol(len(SIDES), 2, 2), 0, RUNS)
    with pytest.raises(ScenarioError, match="cannot be written"):
        here.write()


def whole(folder: Path, here: Bank) -> bytes:
    """Search, draw and write a posterior."""
    plan, said = Plan(0.01, RUNS, len(SIDES), seed=7), Quiet()
    here.told = said.told
    sought = seek(here, ruler(), plan, said)
    chains = draw(here, ruler(), plan.walk, sought.found, said.say).kept
    best = best_of(here, ruler(), [sought.found], plan.hunt)
    assert 0.5 * plan.played < said.runs <= plan.played
    posterior = posterior_of(here.space, chains, best.cube[0], {"seed": "7"})
    return posterior.write(folder / "posterior.csv").read_bytes()


@needs_the_extra
@pytest.mark.parametrize("patience", [10, 60, 250])
def test_killed_and_begun_again_it_ends_in_the_same_bytes(tmp_path: Path, patience: int) -> None:
    kept = tmp_path / "kept"
    with pytest.raises(KeyboardInterrupt):
        whole(tmp_path / "never", bank(kept, patience))
    assert len(bank(kept)) == patience
    assert whole(tmp_path / "again", bank(kept)) == whole(tmp_path / "at once", bank(jobs=2))


# ---------------------------------------------------------------- pretended talks


def prior_bank(n: int = 1024) -> tuple[np.ndarray, np.ndarray]:
    cube = sobol(len(SIDES), n, 3)
    return cube, bank().ensembles(cube, [RUNS * k for k in range(n)], RUNS)


def test_intervals_of_a_toy_hold_the_truth_as_often_as_they_say() -> None:
    cube, parts = prior_bank()
    table = recovery_table([side.key for side in SIDES], cube, parts, np.ones(SHOWN), seed=1)
    honest = table[table["case"] != "runs taken for ensembles"]
    for level in (50, 80, 90):
        assert honest[f"cover_{level}"].mean() == pytest.approx(level / 100, abs=0.06)
    assert (honest["correlation"] > 0.9).all()
    ranks = honest[[f"rank_{k}" for k in range(1, 11)]].to_numpy()
    assert ranks.sum(axis=1) == pytest.approx(np.ones(len(honest)))
    assert ranks.mean(axis=0) == pytest.approx(np.full(10, 0.1), abs=0.05)
    assert list(table["case"].unique()) == list(CASES)


def test_one_run_taken_for_an_ensemble_looks_more_certain_than_it_is() -> None:
    cube, parts = prior_bank()
    parts[:, 3] = parts[:, 0] + 3.0 * np.random.default_rng(2).standard_normal((len(cube), SHOWN))
    table = recovery_table([side.key for side in SIDES], cube, parts, np.ones(SHOWN), seed=1)
    covered = table.groupby("case")["cover_90"].mean()
    assert covered["runs taken for ensembles"] < 0.7
    assert covered["runs"] == pytest.approx(0.9, abs=0.06)


def test_a_parameter_that_shows_nowhere_is_not_recovered() -> None:
    cube = sobol(3, 512, 4)
    rng = np.random.default_rng(3)
    seen = cube[:, :2] @ rng.standard_normal((2, 6)) + 0.05 * rng.standard_normal((512, 6))
    seen[rng.uniform(size=seen.shape) < 0.1] = np.nan  # not every ensemble shows everything
    told = recover(cube, seen, seen).correlation()
    assert told[:2].min() > 0.8
    assert abs(told[2]) < 0.3


def test_coverage_and_ranks_by_hand() -> None:
    ranks = np.array([[0.0], [0.2], [0.3], [0.97]])
    found = Recovered(truth=ranks, mean=ranks, rank=ranks)
    assert found.coverage(0.5).tolist() == [0.25]
    assert found.coverage(0.8).tolist() == [0.5]
    assert found.correlation() == pytest.approx([1.0])
    assert found.histogram()[:, 0].tolist() == pytest.approx([0.25, 0, 0.25, 0.25, 0, 0, 0, 0, 0, 0.25])
    assert Recovered(ranks, ranks * 0 + 0.5, ranks).correlation().tolist() == [0.0]


def test_points_that_cannot_be_played_are_left_out() -> None:
    cube, parts = prior_bank(256)
    parts[:100] = np.nan
    table = recovery_table(["a", "b", "c", "d"], cube, parts, np.ones(SHOWN), seed=1)
    assert not table.isna().any(axis=None)
    assert isinstance(table, pd.DataFrame)


# ---------------------------------------------------------------- the plan


def test_a_plan_fills_its_time_and_no_more() -> None:
    for minutes, runs, sides in ((60.0, 64, 12), (5.0, 64, 15), (120.0, 128, 8)):
        plan = Plan(minutes, runs, sides, seed=1)
        assert 0.7 < plan.played / (72_000 * minutes) < 1.1
        assert plan.walk.walkers % 2 == 0
        assert plan.walk.walkers >= 2 * sides
