"""The page on scenario files says what is so."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

from sim.scenario import catalogue, parse_scenario

PAGE = Path(__file__).parents[2] / "docs" / "scenario.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_its_examples_run():
    assert doctest.testfile(PAGE.as_posix(), module_relative=False).failed == 0


def test_its_example_file_loads():
    scenario = parse_scenario(re.search(r"```yaml\n(.*?)```", TEXT, re.DOTALL).group(1))
    assert scenario.extra_issues == ("gas",)
    assert scenario.queue.position == (1, 5, "last")


def test_its_table_is_the_catalogue():
    assert set(re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE)) == set(catalogue())
