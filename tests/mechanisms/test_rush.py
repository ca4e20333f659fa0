"""The last weeks before a deadline: more hours, short texts, and other people first."""

from __future__ import annotations

import numpy as np
import pytest

from sim.mechanisms import rush_priority, rushes, sessions_needed, waited


def test_the_delegation_works_through_in_the_last_weeks_only() -> None:
    assert [rushes(16, week, 1) for week in (13, 14, 15)] == [False, False, True]
    assert [rushes(16, week, 2) for week in (13, 14, 15)] == [False, True, True]
    assert not rushes(16, 15, 0)  # never, at no weeks
    assert not rushes(-1, 15, 4)  # and without a deadline


def test_a_text_takes_a_share_of_its_sessions_and_at_least_one() -> None:
    assert sessions_needed(7, False, 0.1) == 7
    assert [sessions_needed(7, True, text) for text in (0.0, 0.1, 0.5, 1.0)] == [1, 1, 4, 7]


def test_stakes_and_drafts_go_first() -> None:
    assert rush_priority(0.25, 0.10, 1.0, 1.0) == pytest.approx(2.5)
    assert rush_priority(0.25, 0.10, 1.0, 4.0) == pytest.approx(10.0)
    assert rush_priority(0.10, 0.10, 3.0, 1.0) == 1.0
    assert rush_priority(0.0, 0.10, 3.0, 1.0) == 1.0  # a threat below the pause is no reason to wait


def test_absence_spreads_waiting_times_and_is_off_at_nought() -> None:
    assert waited(3.0, 0.0, 1.7) == 3.0
    draws = np.array([waited(2.0, 0.4, z) for z in np.random.default_rng(1).standard_normal(4000)])
    assert np.median(draws) == pytest.approx(2.0, rel=0.03)
    assert np.log(draws).std() == pytest.approx(0.4, rel=0.05)
