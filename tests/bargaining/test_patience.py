"""Waiting pays, and units and sides do not matter: properties of sessions on random domains."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.bargaining import Domain, SessionResult, negotiate
from sim.bargaining.tactics import Hardball, LogRoller, RelativeTitForTat, Tactic, TimeDependent
from tests.bargaining.small import make_pie, make_random

SEEDS = st.integers(0, 10_000)
STANCES = st.floats(0.1, 4.0)
PATIENT = settings(deadline=None, max_examples=60)


def gain(result: SessionResult, side: int) -> float:
    """What a side got over no deal; nothing without one."""
    deal = result.agreement
    return 0.0 if deal is None else deal.utilities[side] - result.domain.reservation[side]


@PATIENT
@given(st.integers(5, 200), STANCES, STANCES, STANCES, st.sampled_from([0, 1]), st.integers(20, 60))
def test_a_more_patient_side_never_gets_less_of_a_pie(
    slices: int, one: float, other: float, theirs: float, side: int, rounds: int
) -> None:
    """Against the same opponent, whenever both reach an agreement."""
    hasty, patient = max(one, other), min(one, other)
    made = []
    for beta in (hasty, patient):
        tactics = [TimeDependent(beta=theirs), TimeDependent(beta=theirs)]
        tactics[side] = TimeDependent(beta=beta)
        made.append(negotiate(make_pie(slices), tactics[0], tactics[1], rounds))
    if all(result.agreement for result in made):
        assert gain(made[1], side) >= gain(made[0], side) - 1e-9


@PATIENT
@given(st.integers(5, 60), STANCES, STANCES, st.floats(0.0, 1.0))
def test_nor_against_one_that_answers_concessions(slices: int, one: float, other: float, gamma: float) -> None:
    hasty, patient = max(one, other), min(one, other)
    made = [
        negotiate(make_pie(slices), TimeDependent(beta=beta), RelativeTitForTat(gamma=gamma), 40)
        for beta in (hasty, patient)
    ]
    if all(result.agreement for result in made):
        assert gain(made[1], 0) >= gain(made[0], 0) - 1.0 / slices - 1e-9


def tactics(beta: float) -> list[Tactic]:
    return [
        TimeDependent(beta=beta),
        RelativeTitForTat(gamma=0.3, beta=beta),
        LogRoller(beta=beta),
        Hardball(share=0.5),
    ]


@PATIENT
@given(SEEDS, STANCES, st.integers(0, 3), st.integers(0, 3), st.floats(0.01, 100.0), st.floats(-50.0, 50.0))
def test_units_and_zeros_of_utility_change_no_session(
    seed: int, beta: float, first: int, second: int, scale: float, shift: float
) -> None:
    domain = make_random(seed, 3, 4)
    moved = domain.rescaled((scale, 1.0 / scale), (shift, -shift))
    one, two = (negotiate(d, tactics(beta)[first], tactics(1.0)[second], 15) for d in (domain, moved))
    assert one.moves == two.moves
    assert (one.agreed_by, one.step) == (two.agreed_by, two.step)


@PATIENT
@given(SEEDS, STANCES, st.integers(0, 3), st.integers(0, 3))
def test_exchanging_the_sides_mirrors_a_session(seed: int, beta: float, first: int, second: int) -> None:
    domain = make_random(seed, 3, 4)
    one = negotiate(domain, tactics(beta)[first], tactics(1.0)[second], 15)
    two = negotiate(domain.swapped(), tactics(1.0)[second], tactics(beta)[first], 15, opener=1)
    assert [(step, 1 - side, offer) for step, side, offer in two.moves] == list(one.moves)


@PATIENT
@given(SEEDS)
def test_joining_issues_changes_no_solution(seed: int) -> None:
    """Issues that share a table, and the same as one issue."""
    luck = np.random.default_rng(seed)
    issues = {"a": (1, 2, 3), "b": ("x", "y"), "c": (0, 1, 2, 3)}
    sides = [{("a", "b"): luck.normal(size=(3, 2)), "c": luck.normal(size=4)} for _ in (0, 1)]
    domain = Domain(issues, sides, (-1.0, -1.0))
    joined = domain.separable()
    assert [issue.name for issue in joined.issues] == ["a & b", "c"]
    assert joined.issues[0].values[:2] == ("1 & x", "1 & y")
    assert np.array_equal(joined.pareto().utilities, domain.pareto().utilities)
    for solve in (Domain.nash, Domain.kalai_smorodinsky, Domain.egalitarian, Domain.max_welfare):
        ours, theirs = solve(domain), solve(joined)
        assert (ours and ours.utilities) == (theirs and theirs.utilities)
    assert joined.separable() is joined
