"""Patterns that an input decides, and how hard the others are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.scenario import load_scenario
from sim.study import PATTERNS, Pattern, hits_by_kind, observed, scores
from sim.study.decided import decided_by, kind_of, load_strength
from sim.study.strength import drawn_ensembles, hit_shares, main
from sim.talks.setup import Setup, prepare
from sim.talks.terms import TARIFF, Terms
from sim.world import WorldDataError

NAMED = {pattern.name: pattern for pattern in PATTERNS}


def classroom(*settings: str) -> Setup:
    return prepare(load_scenario("classroom", list(settings)))


def drawn(setup: Setup, low: float, high: float) -> Setup:
    """Let all partners agree on general rates between two only, in points."""

    def ruled(terms: Terms) -> Terms:
        rates = np.linspace(low, high, 1 + round(100 * (high - low)))
        grid, counts = terms.grid.copy(), terms.counts.copy()
        grid = np.pad(grid, ((0, 0), (0, max(0, rates.size - grid.shape[1]))), mode="edge")
        grid[TARIFF, : rates.size], grid[TARIFF, rates.size :] = rates, rates[-1]
        counts[TARIFF] = rates.size
        return replace(terms, grid=grid, counts=counts)

    return replace(setup, terms=tuple(ruled(terms) for terms in setup.terms))


def why(name: str, setup: Setup | None = None) -> str:
    return decided_by(NAMED[name], classroom() if setup is None else setup)


def test_a_red_line_at_the_rate_of_2025_decides_it() -> None:
    said = "a red line on tariff is drawn at the value of 2025"
    at_fifteen = drawn(classroom(), 0.15, 0.24)
    assert why("japan_tariff", at_fifteen) == why("rate_of_rich", at_fifteen) == said
    assert why("viet_nam_tariff", at_fifteen) == ""  # it got 20
    for low in (0.10, 0.14):
        below = drawn(classroom(), low, 0.24)
        assert why("japan_tariff", below) == why("rate_of_rich", below) == ""


def test_the_base_is_open_to_all_and_no_red_line() -> None:
    assert why("britain_tariff", drawn(classroom(), 0.10, 0.20)) == ""


def test_one_rate_to_agree_on_decides_it() -> None:
    assert why("britain_tariff", drawn(classroom(), 0.10, 0.10)) == "tariff has one value to agree on"


def test_an_issue_that_is_not_on_the_table_is_decided() -> None:
    separate = classroom("issues.fx.table=separate")
    assert why("japan_fx", classroom("issues.fx.table=joint")) == ""
    assert why("japan_fx", separate) == why("fx_in_deals", separate) == "fx has one value to agree on"


def test_what_is_counted_or_dated_is_not_decided_and_the_calendar_always_is() -> None:
    assert why("japan_days") == why("deals_by_22_july") == why("japan_sessions") == ""
    assert "input" in why("rate_of_calendar")


def test_a_partner_that_is_not_at_the_table_decides_nothing() -> None:
    assert why("philippines_tariff") == ""


@pytest.mark.parametrize(
    ("decided", "share", "kind"),
    [("a red line", 0.1, "decided"), ("", 0.8, "weak"), ("", 0.79, "strong"), ("", None, "not measured")],
)
def test_kinds(decided: str, share: float | None, kind: str) -> None:
    assert kind_of(NAMED["bunching"], decided, {} if share is None else {"bunching": share}) == kind


def test_what_is_decided_is_not_counted() -> None:
    measured = pd.DataFrame([{pattern.name: observed(pattern) for pattern in PATTERNS}] * 3)
    told = hits_by_kind(scores(measured, load_scenario("april_2025")))
    assert told["counted"][1] + told["decided"][1] == 44
    assert told["counted"] == tuple(sum(told[kind][n] for kind in ("strong", "weak", "not measured")) for n in (0, 1))
    assert told["decided"][0] == told["decided"][1] > 0


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_every_pattern_has_been_measured(pattern: Pattern) -> None:
    assert 0.0 <= load_strength()[pattern.name] <= 1.0


def test_a_bad_share_is_named(tmp_path: Path) -> None:
    path = tmp_path / "strength.csv"
    path.write_text("# head\nname,share\nbunching,2\n")
    with pytest.raises(WorldDataError, match="line 3, column 'share': '2' is no share"):
        load_strength(path)


def test_shares_are_counted_over_ensembles() -> None:
    right = pd.DataFrame([{pattern.name: observed(pattern) for pattern in PATTERNS}] * 2)
    wrong = right.assign(japan_pledge=100.0)
    shares = hit_shares([right, wrong, wrong, wrong])
    assert (shares["japan_pledge"], shares["japan_days"]) == (0.25, 1.0)


def test_draws_are_those_of_the_seed() -> None:
    base = load_scenario("classroom", ["clock.rounds=15"])
    one, other = (list(drawn_ensembles(base, draws=2, runs=3)) for _ in range(2))
    assert [len(measured) for measured in one] == [3, 3]
    assert all(a.equals(b) for a, b in zip(one, other, strict=True))


def test_the_command_writes_where_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "strength.csv"
    assert main(["--scenario", "classroom", "--draws", "2", "--runs", "2", "--out", str(path)]) == 0
    assert load_strength(path).keys() == NAMED.keys()
    assert str(tmp_path) not in path.read_text()
    assert main(["--scenario", "nowhere"]) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith("strength: ")
