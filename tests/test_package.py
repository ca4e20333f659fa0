"""The archives that are handed on: built as an installer builds them, and looked into."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import sim
from sim.scenario import catalogue

ROOT = Path(__file__).parents[1]
INFO = f"first_mover-{sim.__version__}.dist-info"
#: What is part of the project and nobody needs to copy.
LEFT = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist", "results", "_build")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive, and the wheel that is built from that."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(ROOT, folder / "project", ignore=LEFT, symlinks=True)
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(folder / "project")]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> list[str]:
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def source(built: Path) -> list[str]:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        return [name.split("/", 1)[1] for name in archive.getnames() if "/" in name]


def test_the_wheel_has_every_file_of_the_package(wheel: list[str]) -> None:
    package = ROOT / "sim"
    plain = {path.relative_to(ROOT).as_posix() for path in package.rglob("*") if path.is_file()}
    linked = {f"sim/scenario/shipped/{path.name}" for path in catalogue().values()}
    linked |= {f"sim/lab/teaching/{path.name}" for path in (ROOT / "docs" / "teaching").glob("*.md")}
    expected = {name for name in plain | linked if "__pycache__" not in name and not name.endswith(".pyc")}
    assert {name for name in wheel if name.startswith("sim/")} == expected


def test_the_wheel_has_nothing_else(wheel: list[str]) -> None:
    assert {name.split("/")[0] for name in wheel} == {"sim", INFO}
    assert f"{INFO}/licenses/LICENSE" in wheel


def test_the_source_archive_can_be_tested_and_read(source: list[str]) -> None:
    for name in (
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "CITATION.cff",
        "CONTRIBUTING.md",
        "Makefile",
        "constraints.txt",
        "docs/model.md",
        "docs/ODD.md",
        "docs/bibliography.bib",
        "scenarios/japan_first.yaml",
        "tests/test_package.py",
        "benchmarks/RESULTS.md",
    ):
        assert name in source, name
    assert not [name for name in source if "__pycache__" in name or name.endswith((".pyc", ".sqlite"))]


def test_the_scenarios_are_found_where_the_package_is(built: Path, tmp_path: Path) -> None:
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "there")
    script = "from sim.scenario import catalogue; print(*catalogue(), *{p.parent.name for p in catalogue().values()})"
    there = {"PYTHONPATH": str(tmp_path / "there"), "PATH": ""}
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=there, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == [*catalogue(), "shipped"]
