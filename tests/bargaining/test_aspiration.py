"""How much a side still asks for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.bargaining import aspiration, reciprocate

few = settings(max_examples=30, deadline=None, derandomize=True)
shares = st.floats(0.0, 1.0)
stances = st.floats(0.05, 20.0)


@pytest.mark.parametrize(
    ("tau", "beta", "asked"),
    [
        (0.25, 1.0, 0.75),  # linear: a quarter of the time, a quarter conceded
        (0.25, 0.5, 0.9375),  # "no rush": 1 - (1/4)^2 = 15/16
        (0.25, 2.0, 0.5),  # in a hurry: 1 - sqrt(1/4)
        (0.125, 3.0, 0.5),  # 1 - cube root of 1/8
        (0.8, 0.25, 0.5904),  # 1 - 0.8^4 = 1 - 0.4096
    ],
)
def test_worked_by_hand(tau: float, beta: float, asked: float) -> None:
    assert aspiration(tau, beta) == pytest.approx(asked, abs=1e-12)


@pytest.mark.parametrize("beta", [0.3, 1.0, 3.0])
def test_everything_at_the_start_nothing_at_the_deadline(beta: float) -> None:
    assert aspiration(0.0, beta) == aspiration(-0.5, beta) == 1.0
    assert aspiration(1.0, beta) == aspiration(1.7, beta) == 0.0


def test_half_way_the_three_stances() -> None:
    """1 - 0.5^(10/3) = 0.9008, 1 - 0.5 = 0.5, 1 - 0.5^(1/3) = 0.2063."""
    assert aspiration(0.5, 0.3) == pytest.approx(0.9008, abs=5e-5)
    assert aspiration(0.5, 1.0) == 0.5
    assert aspiration(0.5, 3.0) == pytest.approx(0.2063, abs=5e-5)


@few
@given(early=shares, late=shares, beta=stances)
def test_time_only_softens(early: float, late: float, beta: float) -> None:
    early, late = sorted((early, late))
    assert 0.0 <= aspiration(late, beta) <= aspiration(early, beta) <= 1.0


@few
@given(tau=shares, tough=stances, soft=stances)
def test_a_softer_stance_asks_no_more(tau: float, tough: float, soft: float) -> None:
    tough, soft = sorted((tough, soft))
    assert aspiration(tau, soft) <= aspiration(tau, tough)


def test_without_reciprocity_the_clock_rules() -> None:
    assert reciprocate(0.6, 0.8, 0.3, 0.0) == 0.6


def test_with_reciprocity_alone_a_concession_is_returned() -> None:
    """You gave a quarter of what I can gain, so I ask a quarter less, whatever the clock says."""
    assert reciprocate(0.1, 0.75, 0.25, 1.0) == 0.5


def test_half_clock_half_reciprocity() -> None:
    """Half of 0.5 and half of 0.75 - 0.25 = 0.5 is 0.5; with no concession it is 0.25 + 0.375 = 0.625."""
    assert reciprocate(0.5, 0.75, 0.25, 0.5) == 0.5
    assert reciprocate(0.5, 0.75, 0.0, 0.5) == 0.625


def test_a_retreat_of_the_other_side_is_not_punished() -> None:
    """It counts as no concession: half of 0.5 and half of 0.75, as if nothing had moved."""
    assert reciprocate(0.5, 0.75, -0.25, 0.5) == reciprocate(0.5, 0.75, 0.0, 0.5) == 0.625


def test_a_huge_concession_leaves_nothing_to_ask() -> None:
    assert reciprocate(0.5, 0.75, 4.0, 1.0) == 0.0


def test_a_deadline_that_slides_raises_no_hope() -> None:
    """At 60 per cent of the time it asks 0.4; then the deadline moves out, it is 30 per cent, the clock says 0.7."""
    before = reciprocate(aspiration(0.6, 1.0), 1.0, 0.0, 0.0)
    assert before == 0.4
    assert reciprocate(aspiration(0.3, 1.0), before, 0.0, 0.0) == before


@few
@given(timed=shares, previous=shares, conceded=st.floats(-1.0, 2.0), gamma=shares)
def test_never_above_the_last_nor_below_nothing(timed: float, previous: float, conceded: float, gamma: float) -> None:
    asked = reciprocate(timed, previous, conceded, gamma)
    assert 0.0 <= asked <= previous


@few
@given(timed=shares, previous=shares, conceded=st.floats(-1.0, 2.0))
def test_gamma_nought_follows_the_clock(timed: float, previous: float, conceded: float) -> None:
    assert reciprocate(timed, previous, conceded, 0.0) == min(timed, previous)
