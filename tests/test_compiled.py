"""Where compiled rules are kept: only where nobody else can have put code that would run as the user."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from sim.compiled import compiled, kept_in, rules_digest
from sim.ensemble.engine import Engine, first_time, ready
from tests.test_private import folder, without_home

find = kept_in.__wrapped__  # what it found first is remembered
NAME = f"compiled-{rules_digest(Path('no package'))}"


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which neither the package nor the user's cache can be written; return its temporary folder."""
    (tmp_path / "file").touch()
    monkeypatch.setattr("sim.compiled.__file__", str(tmp_path / "file" / "compiled.py"))
    monkeypatch.setenv("HOME", str(tmp_path / "file"))
    for name in ("XDG_CACHE_HOME", "NUMBA_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    shared = folder(tmp_path / "tmp", 0o1777)
    monkeypatch.setattr(tempfile, "tempdir", str(shared))
    return shared


def test_what_lies_in_a_shared_folder_is_never_loaded(nowhere: Path) -> None:
    """Compiled code of another user, under the name that ours would have."""
    folder(nowhere / "first-mover" / NAME)
    assert find() is None


def test_nothing_is_left_behind_where_nothing_can_be_kept(nowhere: Path) -> None:
    assert find() is None
    assert list(nowhere.iterdir()) == []


def test_the_users_cache_serves_where_the_package_cannot_be_written(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = folder(nowhere.parent / "home")
    monkeypatch.setenv("HOME", str(home))
    assert find() == (home / ".cache" / "first-mover" / NAME).resolve()


@pytest.mark.parametrize("place", ["__pycache__", "cache/first-mover"])
def test_a_cache_that_others_can_write_is_passed_over(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    root = folder(nowhere.parent / "root")
    monkeypatch.setattr("sim.compiled.__file__", str(root / "compiled.py"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(root / "cache"))
    for name in ("__pycache__", "cache/first-mover"):
        folder(root / name, 0o777 if name == place else 0o700)
    found = find()
    assert found is not None
    assert found.parent.parent in (root.resolve(), root.resolve() / "cache")
    assert found.parent != (root / place).resolve()
    assert list((root / place).iterdir()) == []


@pytest.mark.parametrize("mode", [0o777, 0o770])
def test_a_folder_that_was_asked_for_and_is_open_to_others_is_refused_in_a_line(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], mode: int
) -> None:
    given = folder(nowhere.parent / "given", mode)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(given))
    assert find() is None
    why = f"others can write into {given}; what is compiled is not kept"
    assert capsys.readouterr().err == f"firstmover: NUMBA_CACHE_DIR={given} is not used: {why}\n"
    assert list(given.iterdir()) == []


def test_a_bad_folder_that_was_asked_for_costs_no_compiling_again(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = folder(nowhere.parent / "home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(nowhere.parent / "file"))
    assert find() == find() == (home / ".cache" / "first-mover" / NAME).resolve()
    assert "file is not a folder; what is compiled is kept in" in capsys.readouterr().err
    assert list(nowhere.iterdir()) == []


def test_only_the_first_process_says_so(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(nowhere))
    monkeypatch.setattr("sim.compiled.current_process", lambda: SimpleNamespace(name="LokyProcess-1"))
    assert find() is None
    assert capsys.readouterr().err == ""


def test_what_another_user_has_prepared_is_refused(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given, somebody = folder(nowhere.parent / "given"), os.geteuid() + 1
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(given))
    assert find() == given.resolve() / NAME
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    assert find() is None
    assert "belongs to another user" in capsys.readouterr().err


def test_files_that_others_can_write_are_refused(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = folder(nowhere.parent / "given")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(given))
    found = find()
    found.chmod(0o755)
    (found / "index.nbi").touch()
    (found / "index.nbi").chmod(0o666)
    assert find() is None
    assert "others can have written into" in capsys.readouterr().err


def test_no_home_and_no_name_is_no_hindrance(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_home(monkeypatch)
    assert find() is None
    given = folder(nowhere.parent / "given")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(given))
    assert find() == given.resolve() / NAME


def test_rules_compile_where_nothing_can_be_kept(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.compiled.kept_in", lambda: None)

    @compiled
    def twice(x: float) -> float:
        return 2.0 * x

    assert twice(1.5) == 3.0
    assert list(nowhere.iterdir()) == []


def test_what_is_not_kept_is_ready_once_it_was_compiled_here(monkeypatch: pytest.MonkeyPatch) -> None:
    play = "sim.ensemble.kernel.play"
    monkeypatch.setattr("sim.ensemble.engine.kept_in", lambda: None)
    monkeypatch.delitem(sys.modules, play, raising=False)
    assert not ready()
    assert first_time(Engine.COMPILED).startswith(
        "Compiling the talks, at every start: name a folder in NUMBA_CACHE_DIR"
    )
    assert first_time(Engine.MESA).startswith("Compiling the rules, at every start")
    monkeypatch.setitem(sys.modules, play, SimpleNamespace(play_block=SimpleNamespace(signatures=["done"])))
    assert ready()
