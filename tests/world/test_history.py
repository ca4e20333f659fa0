"""The terms of the five frameworks of 2025."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.world import WorldDataError, load_calendar, load_history


def test_five_frameworks_with_five_issues_each() -> None:
    deals = {fact.iso for fact in load_calendar() if fact.kind == "deal" and fact.date <= date(2025, 7, 22)}
    terms = [(term.iso, term.issue) for term in load_history()]
    issues = ("auto_tariff", "investment", "fx", "defence", "market_access")
    assert sorted(terms) == sorted((iso, issue) for iso in deals for issue in issues)


def test_what_japan_signed() -> None:
    terms = {term.issue: term.value for term in load_history() if term.iso == "JPN"}
    assert terms == {"auto_tariff": 0.15, "investment": 550.0, "fx": 0.0, "defence": 0.0, "market_access": 1.0}


def test_every_term_has_its_words_and_its_page() -> None:
    assert all(term.said and term.source.startswith("http") for term in load_history())


@pytest.mark.parametrize(
    ("row", "message"),
    [("JPN,fx,much,words,http://x", "not a number"), ("JPN,fx,0,words,", "without a source")],
)
def test_a_bad_term_is_named(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "history.csv"
    path.write_text(f"# terms\niso,issue,value,said,source\n{row}\n")
    with pytest.raises(WorldDataError, match=message) as caught:
        load_history(path)
    assert caught.value.line == 3
