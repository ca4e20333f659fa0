"""Solved tables are kept where nobody but the user can put others in their place, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.world import TradeWorld, load_bank, load_tables
from sim.world import shelf as shelf_of_tables
from sim.world.bank import save_bank
from sim.world.payoffs import PayoffTables
from sim.world.shelf import cache_folder, tables_of
from tests.test_private import folder, without_home

HASH = "f00d" * 16


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Another world, whose tables are solved at once; return how often."""
    times: list[str] = []

    def solve(*_: object, **__: object) -> PayoffTables:
        times.append("solved")
        tables = load_tables()
        object.__setattr__(tables, "data_hash", HASH)
        return tables

    monkeypatch.setattr(shelf_of_tables, "build_tables", solve)
    monkeypatch.setattr(shelf_of_tables, "data_hash", lambda *_: HASH)
    return times


def play(times: int = 2) -> None:
    for _ in range(times):
        assert tables_of(TradeWorld.default(), ()).data_hash == HASH


def test_tables_are_solved_once_in_a_folder_of_the_users(
    tmp_path: Path, solved: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    play()
    assert solved == ["solved"]


def test_tables_in_a_folder_that_others_can_write_are_not_read(
    tmp_path: Path, solved: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    shared = folder(tmp_path / "first-mover", 0o777)
    save_bank(load_bank(), shared / f"payoffs-{HASH[:16]}.npz")
    assert cache_folder() is None
    play()
    assert solved == ["solved", "solved"]


def test_a_link_to_the_tables_of_somebody_else_is_not_followed(
    tmp_path: Path, solved: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    play(1)
    (kept,) = (tmp_path / "first-mover").iterdir()
    kept.rename(tmp_path / "elsewhere.npz")
    kept.symlink_to(tmp_path / "elsewhere.npz")
    play()
    assert solved == ["solved", "solved"]
    assert not kept.is_symlink()


def test_without_a_home_tables_are_solved_and_not_kept(solved: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    without_home(monkeypatch)
    assert cache_folder() is None
    play()
    assert solved == ["solved", "solved"]


def test_a_full_disk_does_not_lose_what_was_solved(
    tmp_path: Path, solved: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(shelf_of_tables, "save_bank", full)
    play(1)
    assert solved == ["solved"]
