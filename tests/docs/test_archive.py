"""The archive for a model library: what it holds, where, and that it is whole and the same whenever it is made."""

from __future__ import annotations

import json
import os
import posixpath
import re
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from docs.tools import archive
from docs.tools.archive import NAME, ROOT, contents, pack, packed_results, project_files
from sim.scenario import catalogue


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stand in for the built documentation, which has tests of its own."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "_static").mkdir()
    for name in ("index.html", "ODD.html", "data.html", "_static/wide.css", ".buildinfo"):
        (folder / name).write_text(name, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packed_results(tmp_path_factory.mktemp("results"), 2)


@pytest.fixture(scope="module")
def held(site: Path, results: Path) -> dict[str, Path | str]:
    return contents(site, results, 2)


def text_of(held: Mapping[str, Path | str], name: str) -> str:
    one = held[name]
    return one.read_text(encoding="utf-8") if isinstance(one, Path) else one


def test_each_kind_of_thing_has_a_folder_and_a_page_that_says_what_it_is(held: dict[str, Path | str]) -> None:
    assert {name.split("/")[0] for name in held if "/" in name} == {"code", "data", "docs", "results"}
    top = {name for name in held if "/" not in name}
    assert top == {"README.md", "LICENSE", "CITATION.cff", "codemeta.json", "CHANGELOG.md"}
    for name in ("code/README.md", "data/README.md", "docs/index.html", "docs/ODD.html", "results/README.md"):
        assert name in held, name


def test_every_file_the_pages_name_is_there(held: dict[str, Path | str]) -> None:
    for page in ("data/README.md", "results/README.md"):
        folder = page.split("/")[0]
        rows = [line.split("|")[1] for line in text_of(held, page).splitlines() if line.startswith("| `")]
        named = [name.strip().strip("`") for row in rows for name in row.split(",")]
        assert named
        for name in named:
            stem = f"{folder}/{name}".rstrip("*")
            assert any(one.startswith(stem) for one in held), name


@pytest.mark.parametrize("page", ["README.md", "data/README.md", "results/README.md"])
def test_the_links_of_the_pages_lead_somewhere(held: dict[str, Path | str], page: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", text_of(held, page)):
        assert posixpath.normpath(posixpath.join(posixpath.dirname(page), target)) in held, target


def test_a_run_says_how_it_was_made(held: dict[str, Path | str]) -> None:
    assert "`firstmover run japan_first --seed 2025 --replications 2`" in text_of(held, "results/README.md")
    manifest = json.loads(text_of(held, "results/manifest.json"))
    assert manifest["seed"] == 2025
    assert "results/outcomes.csv" in held
    assert "results/partners.csv" not in held, "it is there as Parquet"


def test_all_that_git_keeps_is_in_it() -> None:
    git = ["git", "-C", str(ROOT), "ls-files"]
    if not (ROOT / ".git").exists():
        assert "sim/__init__.py" in project_files()
        return
    kept = subprocess.run(git, capture_output=True, check=True, text=True).stdout.splitlines()
    files = project_files()
    assert [name for name in kept if name not in files and not (ROOT / name).is_dir()] == []


def test_what_is_behind_a_link_is_there_as_a_copy() -> None:
    shipped = {name for name in project_files() if name.startswith("sim/scenario/shipped/")}
    assert shipped == {f"sim/scenario/shipped/{path.name}" for path in catalogue().values()}


def test_without_git_nothing_that_was_made_there_is_taken(tmp_path: Path) -> None:
    for name in ("sim/a.py", "sim/__pycache__/a.pyc", ".venv/b.py", "build/c.py", "README.md", "x.egg-info/PKG-INFO"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    assert set(project_files(tmp_path)) == {"sim/a.py", "README.md"}


def test_equal_contents_make_equal_bytes(tmp_path: Path) -> None:
    script, page = tmp_path / "run", tmp_path / "page.md"
    for path in (script, page):
        path.write_text(path.name, encoding="utf-8")
    script.chmod(0o755)
    first, second = tmp_path / "one" / "a.zip", tmp_path / "two" / "a.zip"
    for path, held in ((first, {"b": script, "a": page, "c": "said"}), (second, {"c": "said", "a": page, "b": script})):
        path.parent.mkdir()
        pack(held, path)
        os.utime(page, (0, 0))
        page.chmod(0o600)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as file:
        assert {one.filename: oct(one.external_attr >> 16) for one in file.infolist()} == {
            "a/a": "0o644",
            "a/b": "0o755",
            "a/c": "0o644",
        }
        assert file.read("a/c") == b"said"


def test_an_archive_that_cannot_be_finished_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    pack({"a": "before"}, path)
    before = path.read_bytes()
    with pytest.raises(FileNotFoundError):
        pack({"a": "after", "b": tmp_path / "gone"}, path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]


def test_the_command_says_what_it_made(
    tmp_path: Path, site: Path, results: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(archive, "packed_site", lambda folder: site)
    monkeypatch.setattr(archive, "packed_results", lambda folder, replications: results)
    archive.main(["--out", str(tmp_path / "new"), "--replications", "2", "--json"])
    said = json.loads(capsys.readouterr().out)
    path = tmp_path / "new" / f"{NAME}.zip"
    assert (said["archive"], said["bytes"], said["replications"]) == (str(path), path.stat().st_size, 2)
    with zipfile.ZipFile(path) as file:
        names = file.namelist()
    assert len(names) == said["files"]
    assert {name.split("/")[0] for name in names} == {NAME}


@pytest.mark.parametrize("wrong", ["0", "-3", "many", "1.5"])
def test_a_wrong_number_of_twins_is_refused(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        archive.main(["--replications", wrong])
    assert stopped.value.code == 2
    assert "whole number, 1 or more" in capsys.readouterr().err


def test_a_folder_that_cannot_be_is_said_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        archive.main(["--out", str(tmp_path / "file" / "in")])
    assert stopped.value.code == 2
    assert str(tmp_path / "file") in capsys.readouterr().err.splitlines()[-1]
