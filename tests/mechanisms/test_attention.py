"""Attention: who gets a session this week."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.mechanisms import by_importance, seat_talks, weekly_capacity

few = settings(max_examples=30, deadline=None, derandomize=True)


def seated(is_open: list[int], waiting: list[float], importance: list[float], capacity: int, window: int) -> list[int]:
    weights = np.array(importance)
    chosen = seat_talks(
        np.array(is_open, dtype=bool), np.array(waiting), weights, by_importance(weights), capacity, window
    )
    return np.flatnonzero(chosen).tolist()


@pytest.mark.parametrize(
    ("strength", "sessions"),
    [
        (1.0, 7),  # seven a week for eighty partners
        (0.5, 14),
        (0.3, 23),  # 7 / 0.3 = 23.3
        (0.05, 80),  # 140, but there are only eighty
        (0.0, 80),  # off: one for everybody
    ],
)
def test_sessions_a_week(strength: float, sessions: int) -> None:
    assert weekly_capacity(strength, 7, 80) == sessions


def test_never_more_sessions_than_partners() -> None:
    assert weekly_capacity(1.0, 7, 3) == 3


# Four partners. The third has waited longest, but its talks have not opened.
OPEN, WAITING, IMPORTANCE = [1, 1, 0, 1], [1.0, 3.0, 9.0, 9.0], [10.0, 5.0, 20.0, 1.0]


@pytest.mark.parametrize(
    ("capacity", "window", "who"),
    [
        (1, 3, [1]),  # 1 x 10, 3 x 5 and 9 x 1: fifteen wins
        (2, 3, [0, 1]),  # then ten
        (3, 3, [0, 1, 3]),
        (3, 2, [0, 1]),  # the window holds the two most important only
        (1, 1, [0]),  # the most important, however short it has waited
        (0, 3, []),
    ],
)
def test_four_partners(capacity: int, window: int, who: list[int]) -> None:
    assert seated(OPEN, WAITING, IMPORTANCE, capacity, window) == who


def test_waiting_outweighs_importance_in_time() -> None:
    """Two weeks x 3 loses to 1 x 7; three weeks x 3 wins."""
    assert seated([1, 1], [1.0, 2.0], [7.0, 3.0], 1, 2) == [0]
    assert seated([1, 1], [1.0, 3.0], [7.0, 3.0], 1, 2) == [1]


def test_ties_go_to_the_first() -> None:
    """1 x 4 = 2 x 2 = 1 x 4; and a window of two among three equals holds the first two."""
    assert seated([1, 1, 1], [1.0, 2.0, 1.0], [4.0, 2.0, 4.0], 2, 3) == [0, 1]
    assert seated([1, 1, 1], [1.0, 1.0, 5.0], [1.0, 1.0, 1.0], 3, 2) == [0, 1]


def test_equals_take_turns() -> None:
    """Three equals, one chair: whoever is passed over waits a week longer and comes next."""
    waiting, turns = [1.0, 1.0, 1.0], []
    for _ in range(6):
        (who,) = seated([1, 1, 1], waiting, [2.0, 2.0, 2.0], 1, 3)
        turns.append(who)
        waiting = [1.0 if i == who else weeks + 1.0 for i, weeks in enumerate(waiting)]
    assert turns == [0, 1, 2, 0, 1, 2]


def test_nobody_to_meet() -> None:
    assert seated([0, 0], [1.0, 1.0], [1.0, 1.0], 2, 2) == []


weeks = st.lists(st.tuples(st.booleans(), st.integers(1, 30), st.integers(1, 30)), min_size=1, max_size=8)


@few
@given(talks=weeks)
def test_strength_nought_seats_every_open_talk(talks: list[tuple[bool, int, int]]) -> None:
    is_open, waiting, importance = (list(column) for column in zip(*talks, strict=True))
    capacity = weekly_capacity(0.0, 1, len(talks))
    who = seated(is_open, [float(w) for w in waiting], [float(v) for v in importance], capacity, len(talks))
    assert who == [i for i, opened in enumerate(is_open) if opened]


@few
@given(talks=weeks, capacity=st.integers(0, 5), window=st.integers(0, 5))
def test_no_chair_too_many_and_none_left_empty(talks: list[tuple[bool, int, int]], capacity: int, window: int) -> None:
    is_open, waiting, importance = (list(column) for column in zip(*talks, strict=True))
    who = seated(is_open, [float(w) for w in waiting], [float(v) for v in importance], capacity, window)
    assert len(who) == min(capacity, window, sum(is_open))
    assert all(is_open[i] for i in who)
