"""Runs on a Dask cluster: a scheduler and workers on this machine."""

from __future__ import annotations

import operator
import os
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from sim.ensemble import Store, StoreError, fill
from sim.ensemble.cluster import _delivered, _same_rules, _waited, on_cluster
from sim.ensemble.code import code_version
from sim.ensemble.sealed import Sealed
from sim.scenario import Scenario, load_scenario
from sim.talks import prepare

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


#: Run on a worker: it has other rules from now on, and they give other numbers.
OTHER_RULES = """
import sim.ensemble.code as code, sim.ensemble.runner as runner
code._found, right = "0.0.0-cafe0000", runner.tables_by
def wrong(*given):
    tables = right(*given)
    tables["outcomes"]["value"] += 1.0
    return tables
runner.tables_by = wrong
"""


def test_a_worker_with_other_rules_that_joins_late_changes_nothing(
    alone: dict[str, pd.DataFrame], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its blocks are told of, played again on this side, and never kept; a later run on this side builds on no lie."""
    told: list[str] = []
    quiet = {"dashboard_address": ":0", "host": "127.0.0.1", "silence_logs": 50}
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, **quiet) as cluster:

        def then_one_more(client: Any, address: str) -> None:
            _same_rules(client, address)
            client.run(exec, OTHER_RULES, {}, workers=list(client.scheduler_info()["workers"])[:1])

        monkeypatch.setattr("sim.ensemble.cluster._same_rules", then_one_more)
        store = Store.of(tmp_path, tiny())
        assert fill(tiny(), store, cluster=cluster.scheduler_address, notice=told.append, engine="mesa") == N
    (line,) = told
    assert re.match(
        r".* has other rules or facts \(0\.0\.0-cafe0000.* there, .* here\): what it plays is not used", line
    )
    assert same_bytes(tmp_path, store.tables(range(N)), alone)
    assert fill(tiny(), store) == 0


@pytest.mark.parametrize(("rules", "told"), [("0.0.0-cafe0000", True), (code_version(), False)])
def test_a_block_that_fails_where_there_are_other_rules_is_played_again(rules: object, told: bool) -> None:
    """A worker with an earlier version may not know what it is asked; where all have the same, an error is one."""

    class Told:
        """A client whose workers answer so, and a block that one of them could not play."""

        def run(self, *_: object, **__: object) -> dict[str, object]:
            return {"tcp://node7:1": rules, "tcp://node8:1": code_version(), "tcp://lost:1": OSError("gone")}

        def result(self) -> None:
            raise ValueError("nothing can be played")

    if told:
        assert _delivered(Told(), Told()) == Sealed("0.0.0-cafe0000", "tcp://node7:1")
    else:
        with pytest.raises(ValueError, match="nothing can be played"):
            _delivered(Told(), Told())


def test_a_worker_that_cannot_say_its_rules_has_others() -> None:
    class Told:
        def run(self, *_: object, **__: object) -> dict[str, object]:
            return {"tcp://node7:1": ModuleNotFoundError("sim"), "tcp://node8:1": code_version()}

    with pytest.raises(StoreError, match=r"1 of 2 workers have other rules \(unknown on tcp://node7:1"):
        _same_rules(Told(), "tcp://node1:8786")


def test_a_block_that_fails_among_the_same_rules_is_an_error(cluster: Any) -> None:
    with pytest.raises(TypeError, match="unsupported operand"):
        list(on_cluster(cluster.scheduler_address, operator.add, prepare(tiny()), [range(1)]))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:1", r"nobody listens there \(Connection refused\); is the scheduler running\?"),
        ("nonsense://x:1", "no address of a Dask scheduler, such as tcp://127.0.0.1:8786"),
        ("tcp://127.0.0.1", "no address of a Dask scheduler"),
        ("tcp://127.0.0.1:99999", "no address of a Dask scheduler"),
        ("127.0.0.1", "no address of a Dask scheduler"),
        ("", "no address of a Dask scheduler"),
    ],
)
def test_an_address_where_nobody_answers_is_said(address: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=f"--cluster {address}: {said}"):
        fill(tiny(1), Store.of(tmp_path, tiny(1)), cluster=address)


def test_who_listens_and_is_no_scheduler_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.ensemble.cluster.PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(StoreError, match="no scheduler answers there; expected the address of a Dask scheduler"):
            fill(tiny(1), Store.of(tmp_path, tiny(1)), cluster=address)


@pytest.mark.parametrize(
    ("status", "said"), [("closed", "the scheduler is lost; finished blocks are kept"), ("running", "odd")]
)
def test_a_scheduler_that_is_lost_is_said_in_a_line(status: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails while it is there is told as it is."""

    def lost(*_: object) -> Sealed:
        raise RuntimeError("odd")

    monkeypatch.setattr("sim.ensemble.cluster._delivered", lost)
    with pytest.raises((StoreError, RuntimeError), match=said):
        _waited(SimpleNamespace(status=status), None, "tcp://127.0.0.1:8786")
