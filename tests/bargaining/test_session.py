"""Sessions, read as stories; both drivers; and who gains from patience."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.bargaining import Domain, SessionResult, negotiate
from sim.bargaining.session import _readable
from sim.bargaining.tactics import (
    Answer,
    Boulware,
    Conceder,
    Hardball,
    Linear,
    LogRoller,
    NashNegotiator,
    TimeDependent,
)
from sim.bargaining.theory import pie_crossing
from tests.bargaining.small import make_pie, make_random, make_trade
from tests.bargaining.tactics.scripted import Scripted

few = settings(max_examples=25, deadline=None, derandomize=True)
stances = st.sampled_from([0.2, 0.5, 1.0, 2.0, 5.0])


def story(result: SessionResult) -> list[tuple[int, int, object]]:
    return [(step, side, None if offer is None else offer[0]) for step, side, offer in result.moves]


def test_two_linear_sides_meet_in_the_middle() -> None:
    """Ten slices, nine rounds. Asks: 9, 8, 7, 6, 5; the fifth round's first offer is what the other asks then."""
    result = negotiate(make_pie(10), Linear(), Linear(), 9)
    told = [(0, 0, 9), (0, 1, 1), (1, 0, 8), (1, 1, 2), (2, 0, 7), (2, 1, 3), (3, 0, 6), (3, 1, 4), (4, 0, 5)]
    assert story(result) == told
    assert (result.step, result.agreed_by, result.timedout, result.broken) == (5, 1, False, False)
    assert result.agreement is not None
    assert result.agreement.utilities == (0.5, 0.5)
    assert result.trace[-1].package == result.agreement.package == {"mine": 5}


def test_the_other_side_may_open() -> None:
    result = negotiate(make_pie(10), Linear(), Linear(), 9, opener=1)
    assert story(result)[:2] == [(0, 1, 1), (0, 0, 9)]
    assert result.agreed_by == 0


def test_time_runs_out() -> None:
    result = negotiate(make_pie(10), Hardball(), Hardball(), 3)
    assert story(result) == [(0, 0, 10), (0, 1, 0), (1, 0, 10), (1, 1, 0), (2, 0, 10), (2, 1, 0)]
    assert (result.step, result.timedout, result.agreement) == (3, True, None)


def test_somebody_leaves() -> None:
    leaver = Scripted(offers=((0,),), answers=(Answer.REFUSE, Answer.LEAVE))
    result = negotiate(make_pie(10), Hardball(), leaver, 5)
    assert story(result) == [(0, 0, 10), (0, 1, 0), (1, 0, 10)]
    assert (result.broken, result.timedout, result.agreement) == (True, False, None)


def test_a_pass_is_no_offer() -> None:
    result = negotiate(make_pie(10), Scripted(), Scripted(offers=((4,),), answers=()), 1)
    assert story(result) == [(0, 0, None), (0, 1, 4)]
    assert result.trace[0].package is None


def test_complaints() -> None:
    tactic = Linear()
    with pytest.raises(ValueError, match="one side only"):
        negotiate(make_pie(4), tactic, tactic, 5)
    with pytest.raises(ValueError, match="at least one round"):
        negotiate(make_pie(4), Linear(), Linear(), 0)


@few
@given(seed=st.integers(0, 99), first=stances, second=stances, opener=st.sampled_from([0, 1]))
def test_both_drivers_run_the_same_session(seed: int, first: float, second: float, opener: int) -> None:
    domain = make_random(seed, 3, 4)
    tactics = TimeDependent(beta=first), TimeDependent(beta=second)
    compiled, readable = negotiate(domain, *tactics, 15, opener=opener), _readable(domain, tactics, 15, opener)
    assert compiled.moves == readable.moves
    assert (compiled.step, compiled.agreed_by, compiled.agreement) == (
        readable.step,
        readable.agreed_by,
        readable.agreement,
    )


@few
@given(seed=st.integers(0, 99), scale=st.floats(0.01, 100.0), shift=st.floats(-50.0, 50.0))
def test_the_unit_of_money_does_not_matter(seed: int, scale: float, shift: float) -> None:
    domain = make_random(seed, 3, 4)
    changed = domain.rescaled((scale, 1.0), (shift, -shift))
    assert negotiate(changed, Boulware(), Linear(), 15).moves == negotiate(domain, Boulware(), Linear(), 15).moves


@few
@given(seed=st.integers(0, 99), first=stances, second=stances)
def test_swapping_sides_mirrors_the_session(seed: int, first: float, second: float) -> None:
    domain = make_random(seed, 3, 4)
    one = negotiate(domain, TimeDependent(beta=first), TimeDependent(beta=second), 15)
    two = negotiate(domain.swapped(), TimeDependent(beta=second), TimeDependent(beta=first), 15, opener=1)
    assert [(step, 1 - side, offer) for step, side, offer in two.moves] == list(one.moves)


@few
@given(low=stances, more=stances, other=stances, opener=st.sampled_from([0, 1]))
def test_a_more_patient_side_never_gets_a_worse_agreement(low: float, more: float, other: float, opener: int) -> None:
    """On a pie, against the same opponent, whenever both sessions end in agreement."""
    domain = make_pie(60)
    patient, hasty = (
        negotiate(domain, TimeDependent(beta=beta), TimeDependent(beta=other), 30, opener=opener).agreement
        for beta in (min(low, more), max(low, more))
    )
    if patient is not None and hasty is not None:
        assert patient.utilities[0] >= hasty.utilities[0] - 1e-12


@pytest.mark.parametrize(("first", "second"), [(0.25, 0.25), (0.25, 1.0), (1.0, 4.0)])
def test_on_a_fine_pie_sessions_come_to_the_theory(first: float, second: float) -> None:
    """A thousand slices and rounds against the continuous crossing."""
    result = negotiate(make_pie(1000), TimeDependent(beta=first), TimeDependent(beta=second), 1000)
    assert result.agreement is not None
    assert result.agreement.utilities == pytest.approx(pie_crossing(first, second).shares, abs=0.01)


def test_reservation_below_the_worst_outcome_is_no_reason_to_ask_for_less() -> None:
    """The floor of a side is its worst outcome then; the session is that of a reservation just there."""
    low, at = (negotiate(make_pie(10, (least, 0.0)), Boulware(), Linear(), 20) for least in (-5.0, 0.0))
    assert low.moves == at.moves


def test_log_rollers_reach_the_frontier() -> None:
    domain = make_trade()
    result = negotiate(domain, LogRoller(), LogRoller(), 60)
    blind = negotiate(domain, Linear(), Linear(), 60)
    assert result.agreement is not None
    assert blind.agreement is not None
    assert domain.distance_to_pareto(result.agreement.package) <= domain.distance_to_pareto(blind.agreement.package)


def test_a_million_outcomes() -> None:
    domain: Domain = make_random(5, 6, 10)
    result = negotiate(domain, Boulware(), Conceder(), 100)
    assert result.agreement is not None
    assert negotiate(domain, NashNegotiator(), NashNegotiator(), 3).agreement == domain.nash()
