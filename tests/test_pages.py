"""What README, docs and notebooks show works as printed."""

from __future__ import annotations

import doctest
import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sim
from sim.cli import app

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
HOW_TO = [
    f"docs/how-to/{name}.md"
    for name in (
        "politics",
        "tracks",
        "levers",
        "calendar",
        "announcements",
        "keep-runs",
        "maps",
        "study",
        "report",
        "teach",
        "lab",
        "play",
    )
]
EXAMPLES = README.read_text().split("## Five examples")[1].split("## ")[0]
COMMANDS = [line.split("#")[0].strip() for line in EXAMPLES.splitlines() if line.startswith("firstmover ")]


def test_there_are_five_examples() -> None:
    assert len(COMMANDS) == 5


@pytest.mark.parametrize("command", COMMANDS)
def test_each_example_runs_as_printed(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, shlex.split(command)[1:])
    assert result.exit_code == 0, result.output
    assert result.stdout.strip()
    if command.startswith("firstmover run"):
        assert len(list(tmp_path.rglob("figures/*.png"))) == 5


@pytest.mark.parametrize("page", ["README.md", "docs/economy.md", "docs/scenario.md", *HOW_TO])
def test_python_on_the_page_gives_what_it_says(page: str) -> None:
    failed, tried = doctest.testfile(str(ROOT / page), module_relative=False)
    assert tried > 0
    assert failed == 0


def test_the_notebook_runs() -> None:
    notebook = json.loads((ROOT / "docs/notebooks/mesa.ipynb").read_text())
    scope: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), scope)
    free, stubborn = scope["model"], scope["stubborn"]
    assert free.partner("JPN").deal is not None  # type: ignore[attr-defined]
    assert stubborn.partner("JPN").value != free.partner("JPN").value  # type: ignore[attr-defined]


def test_the_notebook_of_the_study_runs() -> None:
    notebook = json.loads((ROOT / "docs/notebooks/study.ipynb").read_text())
    scope: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), scope)
    assert set(scope["tables"]) >= {"advantage", "split", "shapley", "gains", "orders", "signing"}  # type: ignore[call-overload]
    assert scope["same"]["mean"].abs().max() == 0.0  # type: ignore[index]


def test_the_interface_is_what_it_lists() -> None:
    for name in sim.__all__:
        assert getattr(sim, name) is not None
    assert set(sim.__all__) <= set(dir(sim))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        sim.nothing  # noqa: B018


def test_no_link_is_broken() -> None:
    for page in [README, *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
