"""Tables on screens of any width: nothing is cut, and the words of users are printed as they are."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console
from rich.table import Table

from sim.cli.listing import listings
from sim.scenario import load_scenario
from sim.study import collect, run_twins
from sim.study.words import positions_table

WORTH = ("deals", "signed", "value", "advantage [95 %]")


def printed(table: Table, width: int, first: tuple[str, ...] = ()) -> list[str]:
    page = Console(file=StringIO(), width=width, markup=False, emoji=False)
    for part in listings(table, page, first):
        page.print(part)
    return page.file.getvalue().splitlines()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def outcome() -> Table:
    scenario = load_scenario("classroom", ["replications=2"])
    scenario = scenario.model_copy(update={"title": "Two [/or] three :100: [draft]"})
    return positions_table(collect(scenario, run_twins(scenario)))


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_no_number_is_cut(outcome: Table, width: int) -> None:
    lines = printed(outcome, width, WORTH)
    cells = [str(cell) for column in outcome.columns for cell in column.cells]
    text = "\n".join(lines)
    assert all(len(line) <= width for line in lines)
    assert "…" not in text
    assert all(cell in text for cell in cells)
    assert text.count("Two [/or] three :100: [draft]") == 1
    assert text.count("seed 2025, 2 twins") == 1


def test_a_table_that_fits_is_left_as_it_is(outcome: Table) -> None:
    assert listings(outcome, Console(width=160)) == [outcome]


def test_what_matters_most_comes_first_and_every_part_says_whose_it_is(outcome: Table) -> None:
    parts = listings(outcome, Console(width=60), WORTH)
    assert [str(column.header) for column in parts[0].columns] == ["place", *WORTH]
    assert len(parts) > 1
    assert {str(part.columns[0].header) for part in parts} == {"place"}
    shown = [str(column.header) for part in parts for column in part.columns[1:]]
    assert sorted(shown) == sorted(str(column.header) for column in outcome.columns[1:])


def test_a_first_column_of_long_words_is_folded_and_the_numbers_are_whole() -> None:
    table = Table("who", "one", "two")
    table.add_row("a name that is much longer than any screen is wide " * 2, "1.234", "5.678")
    lines = printed(table, 40)
    assert "1.234" in "\n".join(lines)
    assert "5.678" in "\n".join(lines)
    assert all(len(line) <= 40 for line in lines)
