"""Patience pays, and the last word pays when there is one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.bargaining.theory import nash_transfer, rubinstein, rubinstein_continuous, rubinstein_limit, stahl

few = settings(max_examples=40, deadline=None, derandomize=True)
patience = st.floats(0.0, 0.99)


def test_impatient_responder_gets_nothing() -> None:
    assert rubinstein(0.9, 0.0) == (1.0, 0.0)


def test_the_last_word() -> None:
    """One offer takes all; with two the second offer takes all, so the first leaves its present value."""
    assert stahl(0.9, 0.8, 1) == (1.0, 0.0)
    assert stahl(0.9, 0.8, 2)[0] == pytest.approx(0.2)


@few
@given(d1=patience, d2=patience, more=patience)
def test_a_more_patient_side_never_gets_less(d1: float, d2: float, more: float) -> None:
    assert rubinstein(max(d1, more), d2)[0] >= rubinstein(d1, d2)[0] - 1e-12
    assert rubinstein(d1, max(d2, more))[1] >= rubinstein(d1, d2)[1] - 1e-12


@few
@given(d1=patience, d2=patience)
def test_a_far_last_round_does_not_matter(d1: float, d2: float) -> None:
    assert stahl(d1, d2, 4001)[0] == pytest.approx(rubinstein(d1, d2)[0], abs=1e-9)


def test_the_limit_is_nash_with_powers() -> None:
    shares = rubinstein_continuous(0.05, 0.1, 1e-9)
    assert shares == pytest.approx(rubinstein_limit(0.05, 0.1), abs=1e-9)
    assert nash_transfer(1.0, (0.0, 0.0), 2 / 3) == pytest.approx(shares, abs=1e-9)


def test_complaints() -> None:
    with pytest.raises(ValueError, match="not determined"):
        rubinstein(1.0, 1.0)
    with pytest.raises(ValueError, match="discount factor"):
        stahl(1.5, 0.5, 3)
    with pytest.raises(ValueError, match="round"):
        stahl(0.5, 0.5, 0)
