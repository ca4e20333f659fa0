"""Every assumption has a plausible range, and nothing else is called one."""

from __future__ import annotations

import re

import pytest

from sim.scenario import ScenarioError, load_scenario, parameters, scenario_at
from sim.study.assumptions import REST, assumptions, label_of, prior_of
from sim.study.calibration import load_priors

#: Assumptions that are not varied: luck, the treatment, how fine grids are, and what is silent or of one partner alone.
LEFT_OUT = re.compile(r"seed|replications|queue\.(position|sign_from)|issues\..*\.(levels|supply)|.*<ISO>.*")


def test_every_assumption_of_the_schema_has_a_range() -> None:
    numbers = [row for row in parameters() if row["range"] is not None and not isinstance(row["default"], bool)]
    wanted = [row["key"] for row in numbers if row["source"] == "assumption" and not LEFT_OUT.fullmatch(row["key"])]
    assert [prior.key for prior in assumptions()] == wanted


def test_no_assumption_has_two_ranges() -> None:
    keys = [prior.key for prior in (*load_priors(), *load_priors(REST))]
    assert sorted(set(keys)) == sorted(keys)


def test_the_default_lies_in_the_range_and_no_two_labels_are_the_same() -> None:
    assert all(prior.low <= prior.default <= prior.high for prior in assumptions())
    assert len({label_of(prior.key) for prior in assumptions()}) == len(assumptions())


@pytest.mark.parametrize("end", [0, 1])
def test_a_scenario_can_be_at_all_ends_at_once(end: int) -> None:
    scenario_at(load_scenario("japan_first"), {prior.key: prior.value(prior.ends[end]) for prior in assumptions()})


def test_other_numbers_have_the_range_of_the_schema() -> None:
    capacity, stance = prior_of("mechanisms.attention.capacity"), prior_of("partners.overrides.JPN.beta")
    assert (capacity.low, capacity.high, capacity.whole, capacity.scale) == (1, 100, True, "log")
    assert (stance.low, stance.high, stance.whole) == (0.05, 10.0, False)


def test_those_named_come_in_their_order() -> None:
    keys = ["threat.credibility", "clock.patience"]
    assert [prior.key for prior in assumptions(keys)] == keys


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("threat.credbility", "did you mean 'threat.credibility'?"),
        ("threat", "is no number that can be varied"),
        ("queue.position", "is no number that can be varied"),
        ("queue.focal", "is not a number with a range (allowed: text)"),
        ("threat..credibility", "is not a dotted key"),
    ],
)
def test_what_is_no_number_is_refused_in_one_line(key: str, said: str) -> None:
    with pytest.raises(ScenarioError) as error:
        prior_of(key)
    assert str(error.value).startswith("--set: ")
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("mechanisms.precedent.strength", "precedent strength"),
        ("united_states.beta", "US beta"),
        ("united_states.delegation.strength", "delegation strength"),
        ("issues.market_access.cost", "market access cost"),
    ],
)
def test_a_label_is_a_few_words(key: str, label: str) -> None:
    assert label_of(key) == label
