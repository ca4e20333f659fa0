"""The pages on bargaining work as printed, and every source that is named can be found."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import sim.bargaining
import sim.bargaining.acceptance
import sim.bargaining.domain
import sim.bargaining.knowledge
import sim.bargaining.tactics
import sim.bargaining.theory
import sim.interop

ROOT = Path(__file__).parents[2]
BIBLIOGRAPHY = (ROOT / "docs" / "bibliography.bib").read_text()
KEYS = re.findall(r"^@\w+\{(\w+),", BIBLIOGRAPHY, flags=re.MULTILINE)


@pytest.mark.parametrize("page", ["docs/bargaining.md", "docs/how-to/add-a-tactic.md"])
def test_python_on_the_page_gives_what_it_says(page: str) -> None:
    failed, tried = doctest.testfile(str(ROOT / page), module_relative=False)
    assert tried > 2
    assert failed == 0


def test_the_example_of_a_domain() -> None:
    assert doctest.testmod(sim.bargaining.domain).failed == 0


def test_links_from_the_how_to() -> None:
    page = ROOT / "docs" / "how-to" / "add-a-tactic.md"
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text()):
        assert (page.parent / target).exists()


def test_keys_are_unique_and_every_one_in_use_resolves() -> None:
    assert len(KEYS) == len(set(KEYS))
    parts = [
        *sim.bargaining.tactics.TACTICS,
        *(getattr(sim.bargaining.knowledge, name) for name in sim.bargaining.knowledge.__all__ if name != "Knowledge"),
        *(getattr(sim.bargaining.acceptance, name) for name in sim.bargaining.acceptance.__all__),
    ]
    for part in parts:
        assert part.literature in KEYS, part


def test_every_entry_is_cited() -> None:
    """By key, or by first author and year."""
    paths = [*(ROOT / "sim").rglob("*.py"), *(ROOT / "docs").rglob("*.md")]
    text = " ".join(path.read_text() for path in paths)
    for key, author, year in re.findall(r"@\w+\{(\w+), author = \{([^,]+),.*year = \{(\d+)\}", BIBLIOGRAPHY):
        name = author.replace(r"St{\aa}hl", "Stahl")
        assert key in text or re.search(rf"{name}[^.;()]*\b{year}", text), key


@pytest.mark.parametrize(
    "module",
    [
        sim.bargaining,
        sim.bargaining.tactics,
        sim.bargaining.knowledge,
        sim.bargaining.theory,
        sim.bargaining.acceptance,
        sim.interop,
    ],
)
def test_what_is_offered_is_there_and_documented(module: object) -> None:
    for name in module.__all__:  # type: ignore[attr-defined]
        assert getattr(module, name).__doc__, name


def test_bargaining_knows_nothing_of_the_rest() -> None:
    for path in (ROOT / "sim" / "bargaining").rglob("*.py"):
        for room in re.findall(r"^\s*(?:from|import) sim\.(\w+)", path.read_text(), flags=re.MULTILINE):
            assert room in ("bargaining", "compiled"), path
