"""What to offer, what to aim at, and when to accept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.bargaining import accepts, best_attainable, choose_offer, next_offer

few = settings(max_examples=30, deadline=None, derandomize=True)

# A ladder of five rungs: what I gain falls, what you gain (as I believe) rises.
MINE = np.array([10.0, 8.0, 5.0, 1.0, -2.0])
YOURS = np.array([-4.0, 1.0, 4.0, 6.0, 7.0])
FREE = np.array([0.0, 0.0])  # both sides need no more than no deal
FIRST = np.array([1.0, 0.0])  # asked everything so far, nothing conceded yet


def offer(
    tau: float, beta: float = 1.0, gamma: float = 0.0, leasts: tuple[float, float] = (0.0, 0.0)
) -> tuple[int, float, float]:
    return next_offer(MINE, YOURS, np.array(leasts), np.array([tau, beta, gamma]), FIRST)


def test_the_best_that_you_could_still_sign() -> None:
    """Rung 0 would give me 10, but you would lose 4 by it: 8 is the most."""
    assert best_attainable(MINE, YOURS, 0.0, 0.0) == 8.0
    assert best_attainable(MINE, YOURS, 0.0, 1.0) == 8.0, "just enough is enough"
    assert best_attainable(MINE, YOURS, 0.0, 1.5) == 5.0
    assert best_attainable(MINE, YOURS, 0.0, -4.0) == 10.0


def test_nothing_suits_both() -> None:
    """You need 6.5, which only rung 4 gives you, and there I lose 2: my reservation is all I can hope for."""
    assert best_attainable(MINE, YOURS, 0.0, 6.5) == 0.0
    assert best_attainable(MINE, YOURS, 3.0, 6.5) == 3.0


@pytest.mark.parametrize(("target", "rung"), [(9.0, 0), (8.0, 1), (4.0, 2), (0.5, 3), (-2.0, 4), (10.5, -1)])
def test_of_all_that_suit_me_the_one_that_suits_you(target: float, rung: int) -> None:
    assert choose_offer(MINE, YOURS, target) == rung


def test_log_rolling_off_the_ladder() -> None:
    """Three packages give me 5; the second gives you most, and so does the third: the first of equals is taken."""
    assert choose_offer(np.array([5.0, 5.0, 5.0, 4.0]), np.array([1.0, 3.0, 3.0, 9.0]), 5.0) == 1


def test_half_time_half_the_gain() -> None:
    """Aspiration 0.5 of 8 is a target of 4; rung 2 gives me 5 and you 4."""
    assert offer(0.5) == (2, 5.0, 0.5)


def test_the_first_offer_and_the_last() -> None:
    """At the start I ask for the 8 that you could sign; at the deadline for anything that is no loss."""
    assert offer(0.0) == (1, 8.0, 1.0)
    assert offer(1.0) == (3, 1.0, 0.0)


def test_a_reservation_lifts_the_target() -> None:
    """Reservation 4: target 4 + 0.5 (8 - 4) = 6, so half time still means rung 1."""
    assert offer(0.5, leasts=(4.0, 0.0)) == (1, 8.0, 0.5)


def test_a_concession_is_answered() -> None:
    """You gave me 2 of 8, a quarter; I asked 0.9 last. 0.5 x 0.5 + 0.5 x (0.9 - 0.25) = 0.575: target 4.6, rung 2.

    Without your concession it would have been 0.25 + 0.45 = 0.7: target 5.6, rung 1.
    """
    clock = np.array([0.5, 1.0, 0.5])
    rung, ask, asked = next_offer(MINE, YOURS, FREE, clock, np.array([0.9, 2.0]))
    assert (rung, ask, asked) == (2, 5.0, pytest.approx(0.575))
    rung, ask, asked = next_offer(MINE, YOURS, FREE, clock, np.array([0.9, 0.0]))
    assert (rung, ask, asked) == (1, 8.0, pytest.approx(0.7))


def test_no_rung_is_good_enough() -> None:
    """I need 12 and the best rung gives 10: no offer, and I ask for what I need."""
    assert offer(0.5, leasts=(12.0, 0.0)) == (-1, 12.0, 0.5)


@pytest.mark.parametrize(
    ("offered", "next_ask", "least", "yes"),
    [
        (5.0, 5.0, 0.0, True),  # as good as what I would ask next
        (4.9, 5.0, 0.0, False),  # I shall ask for more
        (5.0, 4.0, 6.0, False),  # better than my next offer, worse than no deal
        (6.0, 4.0, 6.0, True),
    ],
)
def test_acceptance(offered: float, next_ask: float, least: float, yes: bool) -> None:
    assert accepts(offered, next_ask, least) is yes


@few
@given(
    mine=st.lists(st.integers(-20, 20), min_size=1, max_size=8, unique=True),
    yours=st.lists(st.integers(-20, 20), min_size=8, max_size=8, unique=True),
    leasts=st.tuples(st.integers(0, 8), st.integers(0, 8)),
    gamma=st.sampled_from([0.0, 0.3, 1.0]),
    conceded=st.lists(st.integers(0, 6), min_size=5, max_size=5),
)
def test_a_side_only_comes_down_and_never_below_no_deal(
    mine: list[int], yours: list[int], leasts: tuple[int, int], gamma: float, conceded: list[int]
) -> None:
    falling = np.array(sorted(mine, reverse=True), dtype=float)
    rising = np.array(sorted(yours)[: len(mine)], dtype=float)
    needs = np.array(leasts, dtype=float)
    last_ask, aspired = np.inf, 1.0
    for week, given_up in enumerate(conceded):
        clock, memory = np.array([week / 4, 0.7, gamma]), np.array([aspired, float(given_up)])
        rung, ask, aspired = next_offer(falling, rising, needs, clock, memory)
        assert needs[0] <= ask <= last_ask
        assert rung == -1 or falling[rung] == ask
        last_ask = ask


def test_the_first_offer_survives_rounding() -> None:
    """I can get 0.9 and need 0.3; at the start I ask for all of it, and that rung exists."""
    rung, ask, _ = next_offer(np.array([0.9]), np.array([1.0]), np.array([0.3, 0.0]), np.array([0.0, 1.0, 0.0]), FIRST)
    assert (rung, ask) == (0, 0.9)
