"""Where code and secrets may lie: in places that nobody but the user can have put anything into."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from sim.private import holds_only_own, is_own, own_folder, user_cache, why_not_private


def folder(place: Path, mode: int = 0o700) -> Path:
    """Make a folder with exactly these permissions; those above it that were missing are the user's alone."""
    for missing in reversed([one for one in (place, *place.parents) if not one.exists()]):
        missing.mkdir(0o700)
    place.chmod(mode)
    return place


def test_a_folder_that_is_made_is_the_users_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = own_folder(tmp_path / "a" / "b")
    finally:
        os.umask(before)
    assert made == (tmp_path / "a" / "b").resolve()
    assert [stat.S_IMODE(place.stat().st_mode) for place in (made, made.parent)] == [0o700, 0o700]
    assert own_folder(made) == made


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o720, 0o702, 0o1777])
def test_a_folder_that_others_can_write_is_refused(tmp_path: Path, mode: int) -> None:
    place = folder(tmp_path / "open", mode)
    with pytest.raises(PermissionError, match=r"others can write into .*open"):
        own_folder(place)


def test_a_folder_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, somebody = folder(tmp_path / "theirs"), os.geteuid() + 1
    assert own_folder(place) == place.resolve()
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    with pytest.raises(PermissionError, match="theirs belongs to another user"):
        own_folder(place)


def test_nobody_can_put_another_folder_in_its_place(tmp_path: Path) -> None:
    """Who can write the folder above can rename this one; where the sticky bit is set only its owner can."""
    above = folder(tmp_path / "above")
    place = folder(above / "own")
    above.chmod(0o777)
    with pytest.raises(PermissionError, match=r"others can write into .*above"):
        own_folder(place)
    above.chmod(0o1777)
    assert own_folder(place) == place.resolve()


def test_a_folder_below_that_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, real = folder(tmp_path / "above" / "own").resolve(), Path.stat

    def stat_of(path: Path, **how: bool) -> object:
        found = real(path, **how)
        owner = os.geteuid() + 1 if path.name == "above" else found.st_uid
        return SimpleNamespace(st_uid=owner, st_mode=found.st_mode, st_gid=found.st_gid)

    assert why_not_private(place) == ""
    monkeypatch.setattr(Path, "stat", stat_of)
    assert why_not_private(place) == f"{place.parent} belongs to another user"


@pytest.mark.parametrize(
    ("group", "members", "safe"),
    [("ann", [], True), ("ann", ["ann"], True), ("ann", ["bob"], False), ("staff", [], False)],
)
def test_a_group_of_ones_own_is_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: str, members: list[str], safe: bool
) -> None:
    place = folder(tmp_path / "above" / "own")
    (tmp_path / "above").chmod(0o770)
    gid = (tmp_path / "above").stat().st_gid
    monkeypatch.setattr("pwd.getpwuid", lambda _: SimpleNamespace(pw_name="ann", pw_gid=gid))
    monkeypatch.setattr("grp.getgrgid", lambda _: SimpleNamespace(gr_name=group, gr_mem=members))
    assert (why_not_private(place.resolve()) == "") == safe
    (tmp_path / "above").chmod(0o772)
    assert why_not_private(place.resolve()) != ""


def test_a_link_is_followed_once_and_where_it_leads_is_looked_at(tmp_path: Path) -> None:
    place, link = folder(tmp_path / "real"), tmp_path / "link"
    link.symlink_to(place)
    assert own_folder(link) == place.resolve()
    place.chmod(0o777)
    with pytest.raises(PermissionError, match=r"others can write into .*real"):
        own_folder(link)
    place.rmdir()
    with pytest.raises(OSError, match="link"):
        own_folder(link)


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch(0o600)
    with pytest.raises(OSError, match="file"):
        own_folder(tmp_path / "file" / "below")
    with pytest.raises(NotADirectoryError, match="file is not a folder"):
        own_folder(tmp_path / "file")


def spoilt_by_a_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/")


@pytest.mark.parametrize("spoil", [lambda path: path.chmod(0o666), lambda path: path.chmod(0o660), spoilt_by_a_link])
def test_a_folder_in_which_others_can_write_a_file(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    place = folder(tmp_path / "place", 0o755)
    file = folder(place / "deep", 0o755) / "file"
    file.touch()
    file.chmod(0o644)
    assert holds_only_own(place)
    spoil(file)
    assert not holds_only_own(place)


def test_permissions_of_a_file_do_not_matter_where_nobody_can_get_at_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = folder(tmp_path / "closed")
    (place / "file").touch()
    (place / "file").chmod(0o666)
    assert is_own(place / "file", place)
    assert not is_own(place / "none", place)
    somebody = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    assert not is_own(place / "file", place)


def without_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away HOME and the entry in the list of users."""

    def unknown(_: int) -> None:
        raise KeyError

    for name in ("HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", unknown)


def test_the_cache_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert user_cache() == tmp_path / "cache" / "first-mover"
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    assert user_cache() == tmp_path / ".cache" / "first-mover"
    without_home(monkeypatch)
    assert user_cache() is None


def test_a_system_without_owners_of_files_is_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = folder(tmp_path / "open", 0o777)
    monkeypatch.delattr(os, "geteuid")
    assert why_not_private(place) == ""
