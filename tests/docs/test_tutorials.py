"""What the tutorials have one type does what they say: commands, files and all."""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli import app

TUTORIALS = Path(__file__).parents[2] / "docs" / "tutorials"
FENCE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
#: Kinds of files that a reader is told to save.
FILES = ("yaml", "python")


def squeezed(text: str) -> str:
    """Text without what only lays it out."""
    return " ".join(re.sub(r"[│┃─]", " ", text).split())


def steps(page: Path) -> Iterator[tuple[str, str, str]]:
    """What a page has one do: kind of the block, its text, and the words before it."""
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        yield found[1], found[2], text[: found.start()].rstrip().rsplit("\n\n", 1)[-1]


@pytest.mark.parametrize("page", sorted(TUTORIALS.glob("*.md")), ids=lambda page: page.stem)
def test_a_tutorial_can_be_typed_along(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    told = ""
    for kind, text, before in steps(page):
        if kind in FILES and (name := re.search(r"[Ss]ave this as `(\S+)`", before)):
            (tmp_path / name[1]).write_text(text, encoding="utf-8")
        elif kind == "sh":
            told = "".join(_typed(line) for line in text.splitlines())
        elif kind == "text":
            for line in text.splitlines():
                assert squeezed(line) in squeezed(told), f"{page.name} promises: {line}"


def _typed(line: str) -> str:
    """What a command prints."""
    words = shlex.split(line, comments=True)
    assert words[0] == "firstmover"
    result = CliRunner().invoke(app, words[1:])
    assert result.exit_code in (0, 2), f"{line}: {result.exception!r}"
    return result.output if result.exit_code == 0 or result.output else f"firstmover: {result.exception}"


@pytest.mark.parametrize("page", sorted(TUTORIALS.glob("*.md")), ids=lambda page: page.stem)
def test_python_in_a_tutorial_gives_what_it_says(page: Path) -> None:
    assert doctest.testfile(str(page), module_relative=False).failed == 0


def test_there_are_four_tutorials_and_each_shows_something() -> None:
    shown = {page.stem: sum(kind in ("sh", "python") for kind, *_ in steps(page)) for page in TUTORIALS.glob("*.md")}
    assert set(shown) == {"first-answer", "change-a-scenario", "your-own-tactic", "a-class"}
    assert all(shown.values())
