"""Diversion: the tariffs of the others, seen from each partner."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.mechanisms import world_states

few = settings(max_examples=30, deadline=None, derandomize=True)

TRADE = np.array([100.0, 200.0, 300.0])
APRIL = np.array([0.2, 0.4, 0.1])
PAUSE = np.array([0.1, 0.1, 0.1])
START = np.array([1.0, 1.0, 1.0])


def test_three_partners_in_the_pause() -> None:
    """First: others pay 20 + 30 = 50 instead of 80 + 30 = 110. Second: 40 instead of 50. Third: 30 instead of 100."""
    np.testing.assert_allclose(world_states(1.0, START, PAUSE, APRIL, TRADE), [5 / 11, 0.8, 0.3], rtol=1e-12)


def test_half_strength_goes_half_way() -> None:
    np.testing.assert_allclose(world_states(0.5, START, PAUSE, APRIL, TRADE), [8 / 11, 0.9, 0.65], rtol=1e-12)


def test_the_vector_of_april_is_the_unit() -> None:
    nowhere = np.array([0.3, 0.6, 0.9])
    np.testing.assert_allclose(world_states(1.0, nowhere, APRIL, APRIL, TRADE), 1.0, rtol=1e-12)


def test_ones_own_tariff_is_not_the_world() -> None:
    """The first signs at nothing: the others see it, the first itself does not."""
    signed = np.array([0.0, 0.1, 0.1])
    before, after = world_states(1.0, START, PAUSE, APRIL, TRADE), world_states(1.0, START, signed, APRIL, TRADE)
    assert after[0] == before[0]
    assert after[1] == pytest.approx(30 / 50)  # 300 x 0.1 of 50
    assert after[2] == pytest.approx(20 / 100)  # 200 x 0.1 of 100


def test_alone_in_the_world_nothing_moves() -> None:
    one = np.array([0.7])
    assert world_states(1.0, one, np.array([0.1]), np.array([0.2]), np.array([50.0])).tolist() == [0.7]


def test_the_start_is_not_written_over() -> None:
    start = START.copy()
    world_states(1.0, start, PAUSE, APRIL, TRADE)
    assert start.tolist() == [1.0, 1.0, 1.0]


rates = st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3).map(np.array)


@few
@given(start=rates, now=rates)
def test_strength_nought_keeps_the_start(start: np.ndarray, now: np.ndarray) -> None:
    assert world_states(0.0, start, now, APRIL, TRADE).tolist() == start.tolist()


@few
@given(now=rates, who=st.integers(0, 2), rise=st.floats(0.01, 0.5))
def test_a_rivals_higher_tariff_is_felt_by_all_but_itself(now: np.ndarray, who: int, rise: float) -> None:
    higher = now.copy()
    higher[who] += rise
    change = world_states(1.0, START, higher, APRIL, TRADE) - world_states(1.0, START, now, APRIL, TRADE)
    assert change[who] == 0.0
    assert (np.delete(change, who) > 0.0).all()
