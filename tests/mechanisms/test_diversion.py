"""Diversion: the tariffs of the others, seen from each partner."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.mechanisms import world_states
from sim.world.outlook import outlook_of

few = settings(max_examples=30, deadline=None, derandomize=True)

TRADE = np.array([100.0, 200.0, 300.0])
APRIL = np.array([0.2, 0.4, 0.1])
PAUSE = np.array([0.1, 0.1, 0.1])
START = np.array([[1.0, 0.0, 0.0]] * 3)
SPILL = np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 3.0], [2.0, 3.0, 0.0]])
OUTLOOK = outlook_of((APRIL, TRADE, SPILL, 10.0 * SPILL))


def lost(rate: float) -> float:
    return 1.0 - (1.0 + rate) ** -6


def test_three_partners_in_the_pause() -> None:
    """Omega times the duties of 2 April keeps out as much of the others' trade as 10 per cent on all of them."""
    for i, (omega, spill, _) in enumerate(world_states(1.0, START, PAUSE, OUTLOOK)):
        others = [j for j in range(3) if j != i]
        kept_out = sum(TRADE[j] * lost(0.1) for j in others)
        assert sum(TRADE[j] * lost(omega * APRIL[j]) for j in others) == pytest.approx(kept_out)
        assert spill == pytest.approx(sum(SPILL[i, j] * (lost(0.1) - lost(omega * APRIL[j])) for j in others))


def test_half_strength_goes_half_way() -> None:
    half, full = (world_states(strength, START, PAUSE, OUTLOOK) for strength in (0.5, 1.0))
    np.testing.assert_allclose(half, (START + full) / 2, rtol=1e-12)


def test_the_vector_of_april_is_the_unit() -> None:
    nowhere = np.array([[0.3, 1.0, 2.0], [0.6, -1.0, 0.0], [0.9, 0.0, 1.0]])
    np.testing.assert_allclose(world_states(1.0, nowhere, APRIL, OUTLOOK), START, atol=1e-12)


def test_ones_own_tariff_is_not_the_world() -> None:
    """The first signs at nothing: the others see it, the first itself does not."""
    signed = np.array([0.0, 0.1, 0.1])
    before, after = world_states(1.0, START, PAUSE, OUTLOOK), world_states(1.0, START, signed, OUTLOOK)
    assert after[0].tolist() == before[0].tolist()
    assert (after[1:, 0] < before[1:, 0]).all()


def test_alone_in_the_world_nothing_moves() -> None:
    one, nothing = np.array([[0.7, 0.1, 0.2]]), np.zeros((1, 1))
    outlook = outlook_of((np.array([0.2]), np.array([50.0]), nothing, nothing))
    assert world_states(1.0, one, np.array([0.1]), outlook).tolist() == one.tolist()


def test_the_start_is_not_written_over() -> None:
    start = START.copy()
    world_states(1.0, start, PAUSE, OUTLOOK)
    assert start.tolist() == START.tolist()


rates = st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3).map(np.array)


@few
@given(omega=rates, now=rates)
def test_strength_nought_keeps_the_start(omega: np.ndarray, now: np.ndarray) -> None:
    start = np.outer(omega, [1.0, 2.0, 3.0])
    assert world_states(0.0, start, now, OUTLOOK).tolist() == start.tolist()


@few
@given(now=st.lists(st.floats(0.0, 0.1), min_size=3, max_size=3).map(np.array), who=st.integers(0, 2))
def test_a_rivals_higher_tariff_is_felt_by_all_but_itself(now: np.ndarray, who: int) -> None:
    higher = now.copy()
    higher[who] += 0.02
    change = world_states(1.0, START, higher, OUTLOOK)[:, 0] - world_states(1.0, START, now, OUTLOOK)[:, 0]
    assert change[who] == 0.0
    assert (np.delete(change, who) > 0.0).all()
