"""Retaliation: the partner's duty, and what the United States threaten in return."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.mechanisms import answering_duty, escalated_rate

few = settings(max_examples=30, deadline=None, derandomize=True)
share = st.floats(0.0, 1.0)


def test_a_duty_that_begins_in_week_twelve() -> None:
    """The Union of a story: 20 per cent from week 12; at half strength 10."""
    assert [answering_duty(1.0, 0.20, 12, week) for week in (0, 11, 12, 30)] == [0.0, 0.0, 0.20, 0.20]
    assert answering_duty(0.5, 0.20, 12, 12) == pytest.approx(0.10)


def test_who_never_answers_never_levies() -> None:
    assert answering_duty(1.0, 0.20, math.inf, 200.0) == 0.0


def test_escalation_by_hand() -> None:
    """A threat of 20 answered with 10: matched it is 30, doubled 40, and no more than the highest."""
    assert escalated_rate(0.20, 1.0, 0.10, 0.60) == pytest.approx(0.30)
    assert escalated_rate(0.20, 2.0, 0.10, 0.60) == pytest.approx(0.40)
    assert escalated_rate(0.20, 2.0, 0.10, 0.35) == 0.35


def test_the_cap_lowers_no_threat() -> None:
    assert escalated_rate(0.46, 1.0, 0.10, 0.35) == 0.46


@pytest.mark.parametrize("threat", [0.1, 0.24, 0.46, 0.9])
def test_strength_nought_and_no_escalation_are_absent(threat: float) -> None:
    assert answering_duty(0.0, 0.20, 0, 5) == 0.0
    assert escalated_rate(threat, 3.0, answering_duty(0.0, 0.20, 0, 5), 0.5) == threat
    assert escalated_rate(threat, 0.0, 0.20, 0.5) == threat


@few
@given(threat=share, escalation=st.floats(0.0, 3.0), duty=st.floats(0.0, 0.5), more=st.floats(0.0, 0.5))
def test_a_higher_answer_never_calms(threat: float, escalation: float, duty: float, more: float) -> None:
    now, then = (escalated_rate(threat, escalation, r, 0.6) for r in (duty, duty + more))
    assert threat <= now <= then <= max(threat, 0.6)
