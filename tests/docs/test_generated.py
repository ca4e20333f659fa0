"""What a program writes into the pages is in step with what it is about."""

from __future__ import annotations

import pytest

from docs.tools.__main__ import DOCS, PLACES, written
from docs.tools.cells import KINDS, marked_cells
from docs.tools.choices import CHOICES, STUDY, rows_of
from docs.tools.marks import body_of, filled, names_in, table
from docs.tools.measured import MEASURED
from docs.tools.parameters import SECTIONS, parameter_tables
from sim.scenario import parameters
from sim.study.assumptions import assumptions
from sim.world import load_economies


@pytest.mark.parametrize("page", sorted({page for page, _ in PLACES}))
def test_a_page_is_as_its_program_writes_it(page: str) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == written(page), "run python -m docs.tools"


def test_every_place_has_a_program() -> None:
    texts = {path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")}
    found = {(page, name) for page, text in texts.items() for name in names_in(text)}
    assert found == set(PLACES) | set(MEASURED)
    assert not set(PLACES) & set(MEASURED)


def test_every_parameter_has_a_line() -> None:
    text = parameter_tables()
    for row in parameters():
        first, _, rest = row["key"].partition(".")
        line = f"| `{rest.split('.')[-1]}` |" if first == "issues" else f"| `{row['key']}` |"
        assert line in text, row["key"]
    assert all(f"#### {title}" in text for title in SECTIONS.values())


@pytest.mark.parametrize("kind", KINDS)
def test_every_mark_in_the_facts_is_counted(kind: str) -> None:
    marked = sum(len(getattr(partner, kind)) for partner in load_economies())
    assert sum(map(len, marked_cells(kind).values())) == marked > 0


def test_a_place_is_filled_and_filled_again() -> None:
    page = "Before.\n\n<!-- here begins: written by x -->\n<!-- here ends -->\n\nAfter.\n"
    once = filled(page, "here", table(["a"], [["b"]]))
    assert body_of(once, "here") == "| a |\n|---|\n| b |"
    assert filled(once, "here", "| a |\n|---|\n| b |\n") == once
    assert (once[:8], once[-8:]) == ("Before.\n", "\nAfter.\n")
    with pytest.raises(ValueError, match="no place 'there'"):
        filled(page, "there", "")


def test_every_table_of_choices_is_on_the_data_sheet() -> None:
    shipped = {path.relative_to(STUDY).as_posix() for path in STUDY.rglob("*.csv")}
    assert shipped == set(CHOICES)
    assert rows_of("assumptions.csv") + rows_of("calibration/priors.csv") == len(assumptions())
    posterior = (STUDY / "calibration" / "posterior.csv").read_text(encoding="utf-8").splitlines()
    points = [line for line in posterior if line[0].isdigit()]
    assert f"| `sim/study/calibration/posterior.csv` | {len(points)} |" in (DOCS / "data.md").read_text(
        encoding="utf-8"
    )
