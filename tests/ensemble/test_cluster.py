"""Runs on a Dask cluster: a scheduler and workers on this machine."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sim.ensemble import Store, StoreError, fill
from sim.scenario import Scenario, load_scenario

distributed = pytest.importorskip("distributed")

N = 16


def tiny(replications: int = N) -> Scenario:
    return load_scenario("classroom", ["queue.position=[1,last]", f"replications={replications}"])


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A scheduler and three worker processes on loopback."""
    quiet = {"dashboard_address": None, "host": "127.0.0.1", "silence_logs": 50}
    with distributed.LocalCluster(n_workers=3, threads_per_worker=1, processes=True, **quiet) as made:
        yield made


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """The tables of one process."""
    store = Store.of(tmp_path_factory.mktemp("alone"), tiny())
    fill(tiny(), store, jobs=1)
    return store.tables(range(N))


def same_bytes(folder: Path, one: dict[str, pd.DataFrame], two: dict[str, pd.DataFrame]) -> bool:
    for name in one:
        for frame, path in ((one[name], folder / "one"), (two[name], folder / "two")):
            frame.to_parquet(path, index=False)
        if (folder / "one").read_bytes() != (folder / "two").read_bytes():
            return False
    return True


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(
    cluster: Any, alone: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    store, killed = Store.of(tmp_path, tiny()), []
    with distributed.Client(cluster, set_as_default=False) as client:
        workers = list(client.run(os.getpid).values())
    assert len(workers) == 3

    def lose_one(done: int, total: int) -> None:
        if done > 0 and not killed:
            killed.append(workers[0])
            os.kill(workers[0], signal.SIGKILL)

    assert fill(tiny(), store, lose_one, cluster=cluster.scheduler_address) == N
    assert killed
    assert same_bytes(tmp_path, store.tables(range(N)), alone)
    assert fill(tiny(), store, cluster=cluster.scheduler_address) == 0


@pytest.mark.xdist_group("compiled")
def test_a_cluster_plays_compiled_what_threads_and_processes_play(
    cluster: Any, alone: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    """Workers of Dask, threads, and processes with agents in them: one table, to the last byte."""
    ways = {
        "workers": {"engine": "compiled", "cluster": cluster.scheduler_address},
        "threads": {"engine": "compiled", "jobs": 2},
        "processes": {"engine": "mesa", "jobs": 2},
    }
    for name, way in ways.items():
        store = Store.of(tmp_path / name, tiny())
        assert fill(tiny(), store, **way) == N
        assert same_bytes(tmp_path, store.tables(range(N)), alone), name


def test_workers_with_other_rules_are_refused(cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.ensemble.cluster.code_version", lambda: "0.0.0-cafe0000")
    with pytest.raises(StoreError, match="workers have other rules"):
        fill(tiny(2), Store.of(tmp_path, tiny(2)), cluster=cluster.scheduler_address)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://x"])
def test_an_address_where_nobody_answers_is_said(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.ensemble.cluster.PATIENCE", 0.5)
    with pytest.raises(StoreError, match=f"--cluster {address}: .*expected the address of a Dask scheduler"):
        fill(tiny(1), Store.of(tmp_path, tiny(1)), cluster=address)
