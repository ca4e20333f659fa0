"""What an issue in the package is good for."""

from __future__ import annotations

import pytest

from sim.scenario import Scenario
from sim.talks.linkage import linkage
from tests.talks.conftest import small


def coin(cost: float, benefit: float, table: str = "joint") -> Scenario:
    """A seventh issue of 10 bn a year, all or nothing: what a dollar of it costs Japan and brings the United States."""
    gas = {"scale": 10.0, "unit": "USD bn", "cost": cost, "benefit": benefit, "convexity": 0.0, "concavity": 0.0,
           "levels": 2, "table": table}  # fmt: skip
    return small(
        issues={"gas": gas}, united_states={"weight_sd": 0.0}, partners={"include": ["JPN"], "resistance_sd": 0.0}
    )


def test_a_coin_worth_more_than_it_costs_is_lost_to_both() -> None:
    lost = linkage(coin(0.1, 1.0), "JPN", "gas").loc["lost"]
    assert lost["joint_best"] > 0.0
    assert min(lost["us_best"], lost["nash_partner"] + lost["nash_us"]) > 0.0


def test_what_it_adds_to_the_joint_gain_by_hand() -> None:
    """10 bn a year that cost nothing and bring a dollar each, over four years: A(0, 208) x 10."""
    frame = linkage(coin(0.0, 1.0), "JPN", "gas")
    delta = 1.05 ** (-1 / 52)
    years = sum(delta**week for week in range(208)) / 52
    assert frame.loc["lost", "joint_best"] == pytest.approx(years * 10)


def test_a_coin_nobody_wants_is_not_missed() -> None:
    lost = linkage(coin(5.0, 0.0), "JPN", "gas").loc["lost"]
    assert lost.abs().max() == pytest.approx(0.0, abs=1e-9)


def test_where_the_issue_stands_does_not_matter_to_the_question() -> None:
    assert linkage(coin(0.1, 1.0, "separate"), "JPN", "gas").equals(linkage(coin(0.1, 1.0), "JPN", "gas"))


def test_no_such_issue() -> None:
    with pytest.raises(KeyError):
        linkage(small(), "JPN", "steel")
