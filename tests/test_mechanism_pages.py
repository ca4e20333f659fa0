"""The page of every mechanism: its examples run, its table is that of the schema, its links and its source resolve."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from sim.scenario import MECHANISMS, parameters

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "how-to" / "mechanisms"
KEYS = re.findall(r"^@\w+\{(\w+),", (ROOT / "docs" / "bibliography.bib").read_text(), flags=re.MULTILINE)


def test_every_mechanism_has_a_page() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} == set(MECHANISMS)


@pytest.mark.parametrize("name", MECHANISMS)
def test_python_on_the_page_gives_what_it_says(name: str) -> None:
    failed, tried = doctest.testfile(str(PAGES / f"{name}.md"), module_relative=False)
    assert tried > 2
    assert failed == 0


@pytest.mark.parametrize("name", MECHANISMS)
def test_the_table_is_that_of_the_schema(name: str) -> None:
    text = (PAGES / f"{name}.md").read_text()
    cells = [re.split(r" \| ", line.strip("| ")) for line in text.splitlines() if line.startswith("| `mechanisms.")]
    rows = {(key.strip("`"), *rest) for key, _, *rest in cells}
    own = [row for row in parameters() if row["key"].startswith(f"mechanisms.{name}.")]
    for row in own:
        low, high = row["range"]
        assert (row["key"], row["unit"], str(row["default"]), f"{low} to {high}", row["source"]) in rows
    assert {key for key, *_ in rows} - {"mechanisms.reach"} == {row["key"] for row in own}


@pytest.mark.parametrize("name", MECHANISMS)
def test_links_and_sources_resolve(name: str) -> None:
    text = (PAGES / f"{name}.md").read_text()
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (PAGES / target).exists(), target
    (key,) = re.findall(r"\(`(\w+)` in \[the bibliography\]", text)
    assert key in KEYS
