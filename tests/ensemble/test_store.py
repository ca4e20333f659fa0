"""Kept runs: only what is missing is played, and what comes out does not tell how it came about."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.ensemble import Store, StoreError, replicate, tables_of
from sim.ensemble import fill as fill_by
from sim.ensemble.code import code_version
from sim.ensemble.pruning import ABANDONED, kept_runs, prune
from sim.ensemble.runner import BLOCKS, LONGEST, block_length
from sim.scenario import Scenario, load_scenario
from sim.talks import prepare

N = 6
fill = partial(fill_by, engine="mesa")  # what is kept does not depend on who plays
ONE_RUN = "sim.ensemble.engine.replicate"


def tiny(replications: int = N, **changes: object) -> Scenario:
    short = ("queue.position=[1,last]", f"replications={replications}")
    return load_scenario("classroom", [*short, *(f"{key}={value}" for key, value in changes.items())])


@pytest.fixture(scope="module")
def truth() -> dict[str, pd.DataFrame]:
    """The tables of an undisturbed run, made without a store."""
    setup = prepare(tiny())
    return tables_of([twin for replication in range(N) for twin in replicate(setup, replication)])


def played(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note which replications are played from now on."""
    seen: list[int] = []

    def noted(setup: object, replication: int) -> object:
        seen.append(replication)
        return replicate(setup, replication)  # type: ignore[arg-type]

    monkeypatch.setattr(ONE_RUN, noted)
    return seen


def assert_same(store: Store, truth: dict[str, pd.DataFrame], replications: int = N) -> None:
    for name, frame in store.tables(range(replications)).items():
        wanted = truth[name][truth[name]["replication"] < replications]
        pd.testing.assert_frame_equal(frame, wanted, check_exact=True)


def test_a_run_is_kept_and_not_played_again(tmp_path: Path, truth: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    store, seen = Store.of(tmp_path, tiny()), played(monkeypatch)
    assert fill(tiny(), store, jobs=1) == N
    assert_same(store, truth)
    assert fill(tiny(), store, jobs=1) == 0
    assert seen == list(range(N))


def test_more_replications_play_only_the_new_ones(tmp_path: Path, truth: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tiny(2), Store.of(tmp_path, tiny(2)), jobs=1)
    seen = played(monkeypatch)
    store = Store.of(tmp_path, tiny())
    assert fill(tiny(), store, jobs=1) == N - 2
    assert seen == list(range(2, N))
    assert_same(store, truth)
    assert_same(store, truth, 3)


def test_blocks_and_processes_leave_no_trace(tmp_path: Path, truth: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.ensemble.runner.block_length", lambda *_: 4)
    store = Store.of(tmp_path, tiny())
    fill(tiny(), store, jobs=2)
    assert len(store.shards("outcomes")) == 2
    assert_same(store, truth)


def test_damaged_shards_are_played_again(tmp_path: Path, truth: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.of(tmp_path, tiny())
    fill(tiny(), store, jobs=1)
    cut, altered, gone = (
        store.shards(table)[at].path for table, at in (("outcomes", 1), ("partners", 3), ("weekly", 4))
    )
    cut.write_bytes(cut.read_bytes()[:100])
    altered.write_bytes(altered.read_bytes()[::-1])
    gone.unlink()
    assert store.missing(N) == [1, 3, 4]
    seen = played(monkeypatch)
    fill(tiny(), store, jobs=1)
    assert seen == [1, 3, 4]
    assert_same(store, truth)


def test_a_full_disk_is_said_and_costs_no_finished_run(
    tmp_path: Path, truth: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync, written = os.fsync, []

    def fills_up(handle: int) -> None:
        written.append(handle)
        if len(written) > 7:
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(handle)

    store = Store.of(tmp_path, tiny())
    with monkeypatch.context() as patch:
        patch.setattr("sim.ensemble.shards.os.fsync", fills_up)
        with pytest.raises(StoreError, match=r"replications 2 to 2 \(No space left on device\).*make room"):
            fill(tiny(), store, jobs=1)
    assert store.missing(N) == [2, 3, 4, 5]
    fill(tiny(), store, jobs=1)
    assert_same(store, truth)


def test_two_writers_with_other_blocks_do_no_harm(tmp_path: Path, truth: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.of(tmp_path, tiny())
    for block in (range(3), range(2, 6), range(1, 3), range(3)):
        rows = {name: frame[frame["replication"].isin(block)] for name, frame in truth.items()}
        store.add(rows, block)
    assert store.missing(N) == []
    assert_same(store, truth)


@pytest.mark.parametrize("change", [{"seed": 7}, {"clock.discount_rate": 0.07}, {"mechanisms.parity.strength": 0.1}])
def test_another_experiment_is_another_store(tmp_path: Path, change: dict[str, object]) -> None:
    assert Store.of(tmp_path, tiny(**change)) != Store.of(tmp_path, tiny())
    assert Store.of(tmp_path, tiny(2)) == Store.of(tmp_path, tiny())


def test_other_rules_are_another_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Store.of(tmp_path, tiny())
    monkeypatch.setattr("sim.ensemble.store.code_version", lambda: "0.0.0-cafe0000")
    assert Store.of(tmp_path, tiny()) != before
    assert code_version().count("-") == 1


def test_questions_are_put_in_sql(tmp_path: Path, truth: dict) -> None:
    store = Store.of(tmp_path, tiny())
    fill(tiny(), store, jobs=1)
    found = store.query("SELECT position, avg(value) AS value FROM outcomes GROUP BY position ORDER BY position", N)
    wanted = truth["outcomes"].groupby("position")["value"].mean()
    assert list(found["position"]) == list(wanted.index)
    np.testing.assert_allclose(found["value"], wanted, rtol=1e-12)
    with pytest.raises(StoreError, match=r"query: .*nowhere"):
        store.query("SELECT * FROM nowhere", N)
    with pytest.raises(StoreError, match="2 replications of outcomes are not kept"):
        store.query("SELECT * FROM outcomes", N + 2)


def test_the_focal_level_keeps_less_and_a_fuller_one_completes_it(tmp_path: Path, truth: dict) -> None:
    store = Store.of(tmp_path, tiny())
    fill(tiny(), store, level="focal", jobs=1)
    assert set(store.tables(range(N), "focal")) == {"outcomes", "weekly"}
    assert store.missing(N, "focal") == []
    assert store.missing(N) == list(range(N))
    fill(tiny(), store, jobs=1)
    assert_same(store, truth)


def test_progress_counts_what_is_kept_too(tmp_path: Path) -> None:
    store, seen = Store.of(tmp_path, tiny()), []
    fill(tiny(2), store, jobs=1)
    fill(tiny(4), store, lambda done, total: seen.append((done, total)), jobs=1)
    assert seen == [(2, 4), (3, 4), (4, 4)]


def test_blocks_are_neither_too_long_nor_too_many() -> None:
    assert block_length(1, 2) == 1
    assert block_length(24, 2) == 1
    assert block_length(3200, 2) == 3200 // BLOCKS
    assert block_length(10**6, 2) == LONGEST


def test_pruning_takes_stale_rules_and_drafts_of_the_dead_only(tmp_path: Path) -> None:
    store = Store.of(tmp_path, tiny(1))
    fill(tiny(1), store, jobs=1)
    stale = store.folder.with_name("0.0.0-cafe0000")
    stale.mkdir()
    (stale / store.shards("outcomes")[0].path.name).write_bytes(b"old")
    dead, alive = store.folder / ".draft-dead", store.folder / ".draft-alive"
    for draft in (dead, alive):
        draft.write_bytes(b"...")
    long_ago = time.time() - 2 * ABANDONED
    os.utime(dead, (long_ago, long_ago))
    assert [(runs.current, runs.replications) for runs in kept_runs(tmp_path)] == [(False, 1), (True, 1)]
    assert {path for path, _ in prune(tmp_path, dry=True)} == {stale, dead}
    assert stale.is_dir()
    prune(tmp_path)
    assert not stale.exists()
    assert not dead.exists()
    assert alive.exists()
    assert store.missing(1) == []


def test_a_run_killed_at_any_moment_goes_on_to_the_same_table(tmp_path: Path, truth: dict) -> None:
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from tests.ensemble.test_store import tiny; from sim.ensemble import Store, fill\n"
        "store = Store.of(Path(sys.argv[1]), tiny()); print('ready', flush=True); fill(tiny(), store, jobs=1)\n"
    )
    here = str(Path(__file__).parents[2])
    store = Store.of(tmp_path, tiny())
    for moment in np.random.default_rng(11).uniform(0.0, 0.4, 4):
        child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path), here], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(moment)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
    fill(tiny(), store, jobs=1)
    assert_same(store, truth)
