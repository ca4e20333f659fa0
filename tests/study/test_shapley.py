"""Shapley values of the mechanisms (F3)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.ensemble import Engine
from sim.scenario import load_scenario, random_scenario
from sim.scenario.mechanisms import MECHANISMS
from sim.study import How, set_values, sets_table, shapley, shapley_values
from sim.study.shapley import ALL_SETS, PATHS, paths_of
from tests.ensemble.test_kernel import playable

pytestmark = pytest.mark.xdist_group("compiled")
few = settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
WORTH = {name: float(k + 1) for k, name in enumerate(MECHANISMS)}


def game(sets: list[list[int]], value: object) -> pd.DataFrame:
    """Made-up runs: each twin is played under its sets, and first less last is what `value` says of a set."""
    rows = [(r, s, value(s), 0.0) for r, row in enumerate(sets) for s in row]
    return pd.DataFrame(rows, columns=["replication", "set", "first", "last"])


def worth(bits: int) -> float:
    return 0.5 + sum(WORTH[name] for k, name in enumerate(MECHANISMS) if bits >> k & 1)


def along_paths(twins: int) -> list[list[int]]:
    return [[0, *np.cumsum(2**path).tolist()] for path in paths_of(7, range(twins))]


@pytest.mark.parametrize("sets", [along_paths(4), [list(range(128))] * 2], ids=[PATHS, ALL_SETS])
def test_where_mechanisms_just_add_up_each_gets_its_own(sets: list[list[int]]) -> None:
    table = shapley_values(game(sets, worth)).set_index("part")
    assert table.loc["waiting", "mean"] == 0.5
    for name, value in WORTH.items():
        assert table.loc[name, "mean"] == pytest.approx(value)
        assert table.loc[name, "high"] - table.loc[name, "low"] == pytest.approx(0.0, abs=1e-9)


def test_what_two_only_do_together_is_shared_between_them() -> None:
    both = 0b0000011
    table = shapley_values(game([list(range(128))] * 2, lambda s: 6.0 * (s & both == both))).set_index("part")
    assert table["mean"].to_dict() == pytest.approx(
        {"waiting": 0.0, MECHANISMS[0]: 3.0, MECHANISMS[1]: 3.0, **dict.fromkeys(MECHANISMS[2:], 0.0), "all": 6.0}
    )


def test_paths_go_forth_and_back_and_do_not_hang_on_the_block() -> None:
    whole = paths_of(2025, range(10))
    assert (whole[::2] == whole[1::2, ::-1]).all()
    assert (paths_of(2025, range(4, 10)) == whole[4:]).all()
    assert all(sorted(path) == list(range(7)) for path in whole.tolist())


@few
@given(st.integers(0, 9_999))
def test_waiting_and_the_seven_add_up_in_any_scenario(seed: int) -> None:
    scenario = playable(random_scenario(seed)).model_copy(update={"replications": 2})
    parts = shapley(scenario, how=How(engine=Engine.COMPILED)).set_index("part")["mean"]
    assert parts.drop("all").sum() == pytest.approx(parts["all"], abs=1e-9)


def test_all_sets_and_paths_agree_on_the_ends_and_both_drivers_on_everything() -> None:
    scenario = load_scenario("classroom", ["replications=2"])
    every, paths = (set_values(scenario, sets) for sets in (ALL_SETS, PATHS))
    both = paths.merge(every, on=["replication", "set"], suffixes=("", "_every"))
    assert len(both) == len(paths) == 16
    assert (both["first"] == both["first_every"]).all()
    assert (both["last"] == both["last_every"]).all()
    pd.testing.assert_frame_equal(paths, set_values(scenario, PATHS, How(engine=Engine.MESA)), check_exact=True)
    assert len(sets_table(every)) == 128


def test_a_mechanism_of_no_strength_has_no_share() -> None:
    table = shapley(load_scenario("classroom", ["replications=4", "mechanisms.parity.strength=0"])).set_index("part")
    assert table.loc["parity", ["mean", "low", "high"]].tolist() == [0.0, 0.0, 0.0]


def test_more_twins_are_added_to_those_there_are(tmp_path) -> None:
    asked = []
    for twins in (2, 4, 4):
        done = []
        how = How(root=tmp_path, progress=lambda now, total, done=done: done.append(now))
        set_values(load_scenario("classroom", [f"replications={twins}"]), PATHS, how)
        asked.append(done[0])
    assert asked == [0, 2, 4]
