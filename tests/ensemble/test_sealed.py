"""What other processes play is used only when they have the rules and facts of this one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from joblib import Parallel, delayed

from sim.ensemble import Store, fill, run_twins, tables_of
from sim.ensemble.code import code_version
from sim.ensemble.sealed import Gate, Sealed, checked, seal_of, sealed
from sim.lab import playing
from sim.scenario import Scenario, load_scenario
from sim.study.asking import How, ask
from sim.study.orders import search_order
from sim.study.scores import run_patterns
from sim.study.settings import values_at_ends
from sim.study.signs import values_of
from sim.talks import prepare

OTHER = "0.0.0-cafe0000"
N = 3


def tiny(*settings: str) -> Scenario:
    return load_scenario("classroom", ["queue.position=[1,last]", f"replications={N}", *settings])


def kept(root: Path, **how: Any) -> dict[str, pd.DataFrame]:
    """Tables of a run as they are kept."""
    store = Store.of(root, tiny())
    fill(tiny(), store, engine="mesa", **how)
    return store.tables(range(N))


def assert_same(one: dict[str, pd.DataFrame], two: dict[str, pd.DataFrame]) -> None:
    assert one.keys() == two.keys()
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, two[name], check_exact=True)


def add(one: int, two: int) -> int:
    return one + two


def test_work_comes_back_with_the_seal_of_its_rules() -> None:
    came = sealed(code_version(), add, 1, 2)
    assert (came.seal, came.result) == (code_version(), 3)
    assert came.where.startswith("process ")
    assert sealed(OTHER, add, 1, 2).result is None


def test_what_has_another_seal_is_played_again_and_told_once() -> None:
    told: list[str] = []
    gate = Gate("1.0-here", told.append)
    assert gate.let_in(Sealed("1.0-here", "process 1", 3), lambda: pytest.fail("it was played")) == 3
    for _ in range(2):
        assert gate.let_in(Sealed("1.0-there", "process 2 on node7", 99), partial(add, 1, 2)) == 3
    (line,) = told
    assert line.startswith("process 2 on node7 has other rules or facts (1.0-there there, 1.0-here here)")
    assert "\n" not in line


@pytest.mark.parametrize("backend", ["loky", "threading", "sequential"])
@pytest.mark.parametrize("return_as", ["list", "generator"])
def test_order_and_numbers_do_not_depend_on_who_works(backend: str, return_as: str) -> None:
    pool = Parallel(n_jobs=1 if backend == "sequential" else 2, backend=backend, return_as=return_as)
    assert list(checked(pool, (delayed(add)(k, two=k) for k in range(20)))) == [2 * k for k in range(20)]


def test_processes_that_found_other_files_are_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Processes of this machine that read the package after it was changed: here it is this side that differs."""
    wanted, told = kept(tmp_path / "one", jobs=1), []
    for file in ("sealed", "store"):
        monkeypatch.setattr(f"sim.ensemble.{file}.code_version", lambda: OTHER)
    assert_same(kept(tmp_path / "two", jobs=2, notice=told.append), wanted)
    (line,) = [line for line in told if not line.startswith("Compiling")]
    assert f"has other rules or facts ({code_version()} there, {OTHER} here)" in line
    assert_same(kept(tmp_path / "three", jobs=2), wanted)
    assert capsys.readouterr().err.count("other rules or facts") == 1


def asked(engine: object, block: range) -> pd.DataFrame:
    """A question of its own."""
    return pd.DataFrame({"replication": list(block), "answer": [10 * replication for replication in block]})


def by_the_lab() -> pd.DataFrame:
    """Twins as somebody who waits sees them."""
    (*_, last) = playing.portions(tiny())
    return last.outcomes


def searched() -> list[str]:
    setup = prepare(tiny())
    own = [terms.iso for terms in setup.terms]
    return search_order(setup, 1, [own, own[::-1]], 4)


#: Every loop that plays many blocks.
LOOPS: dict[str, Callable[[], Any]] = {
    "twins": lambda: tables_of([twin for twins in run_twins(tiny(), jobs=1) for twin in twins])["outcomes"],
    "settings": lambda: values_at_ends([tiny(), tiny("clock.discount_rate=0.07")], jobs=1),
    "questions": lambda: ask(prepare(tiny()), "question", 1, asked, How(jobs=1)),
    "mechanisms": lambda: values_of(tiny(), ["parity"], jobs=1),
    "patterns": lambda: run_patterns(tiny(), jobs=1),
    "orders": searched,
    "lab": by_the_lab,
}


@pytest.mark.xdist_group("compiled")
@pytest.mark.parametrize("loop", list(LOOPS))
def test_no_loop_uses_what_others_rules_gave(
    loop: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(playing, "_shelf", playing.Shelf(0))
    wanted = LOOPS[loop]()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sim.ensemble.sealed.stamped", lambda *_: Sealed(OTHER, "process 1 on node7", "nonsense"))
    monkeypatch.setattr(playing, "_shelf", playing.Shelf(0))
    found = LOOPS[loop]()
    if isinstance(wanted, pd.DataFrame):
        pd.testing.assert_frame_equal(found, wanted, check_exact=True)
    else:
        np.testing.assert_array_equal(found, wanted)
    assert "process 1 on node7 has other rules or facts" in capsys.readouterr().err


def test_the_seal_of_a_scenario_is_of_what_it_says() -> None:
    assert seal_of(tiny()).startswith(f"{code_version()} ")
    assert len({seal_of(), seal_of(tiny()), seal_of(tiny("clock.discount_rate=0.07"))}) == 3
