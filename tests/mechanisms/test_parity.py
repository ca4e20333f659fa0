"""Parity: nobody wants less than a comparable peer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.mechanisms import levelled, raised_reservation, same_terms

few = settings(max_examples=30, deadline=None, derandomize=True)


def test_a_quarter_of_what_the_peer_got() -> None:
    """The peer's terms would give me 8 bn; with eta 0.25 I would rather walk than take less than 2."""
    assert raised_reservation(0.25, 8.0) == 2.0
    assert raised_reservation(1.0, 8.0) == 8.0


def test_poor_terms_of_a_peer_lower_nothing() -> None:
    assert raised_reservation(0.25, -8.0) == 0.0


@few
@given(eta=st.floats(0.0, 1.0), gain=st.floats(-100.0, 100.0))
def test_a_reservation_lies_between_no_deal_and_the_peers_terms(eta: float, gain: float) -> None:
    assert 0.0 <= raised_reservation(eta, gain) <= max(0.0, gain)


@pytest.mark.parametrize("gain", [-8.0, 0.0, 8.0])
def test_strength_nought_is_absent(gain: float) -> None:
    assert raised_reservation(0.0, gain) == 0.0


def test_a_peers_terms_in_my_own_levels() -> None:
    """Shares 0, 1/2, 1 and 1/5 of 4, 2, 10 and 5 steps: levels 0, 1, 10 and 1."""
    levels = same_terms(np.array([0.0, 0.5, 1.0, 0.2]), np.array([5, 3, 11, 6]))
    assert levels.tolist() == [0, 1, 10, 1]


def test_half_way_between_two_levels_is_rounded_up() -> None:
    """Half of three steps is 1.5; 0.4 of three is 1.2; an issue of one level has nothing to choose."""
    assert same_terms(np.array([0.5, 0.4, 0.7]), np.array([4, 4, 1])).tolist() == [2, 1, 0]


@few
@given(counts=st.lists(st.integers(2, 40), min_size=1, max_size=5))
def test_my_own_terms_come_back_unchanged(counts: list[int]) -> None:
    sizes = np.array(counts)
    mine = sizes // 3
    assert same_terms(mine / (sizes - 1), sizes).tolist() == mine.tolist()


def test_a_clause_takes_the_better_rate() -> None:
    """I signed at level 6. A later peer gets 4: so do I. Another gets 9: I keep 6."""
    assert levelled(6, 4) == 4
    assert levelled(6, 9) == 6


@few
@given(own=st.integers(0, 50), later=st.lists(st.integers(0, 50), max_size=6))
def test_a_rate_only_falls_and_ends_at_the_lowest(own: int, later: list[int]) -> None:
    rate = own
    for offered in later:
        before, rate = rate, levelled(rate, offered)
        assert rate <= before
    assert rate == min([own, *later])
