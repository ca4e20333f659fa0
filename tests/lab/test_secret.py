"""The secret of the lab stays one: what others could have read or written is not used."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.lab.secret import secret_in


def test_a_secret_outlives_a_restart(tmp_path: Path) -> None:
    kept = secret_in(tmp_path / "lab")
    assert secret_in(tmp_path / "lab") == kept
    assert stat.S_IMODE((tmp_path / "lab" / "secret").stat().st_mode) == 0o600


def linked(path: Path) -> None:
    path.rename(path.with_name("known"))
    path.symlink_to(path.with_name("known"))


@pytest.mark.parametrize(
    "spoil",
    [lambda path: path.chmod(0o644), lambda path: path.chmod(0o620), lambda path: path.write_text("short"), linked],
)
def test_a_secret_that_is_none_is_replaced(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    before, path = secret_in(tmp_path), tmp_path / "secret"
    spoil(path)
    after = secret_in(tmp_path)
    assert after not in (before, "short")
    assert secret_in(tmp_path) == after
    assert not path.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_secret_that_somebody_else_has_put_there_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, somebody = secret_in(tmp_path), os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    assert secret_in(tmp_path) != before
