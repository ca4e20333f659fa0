"""The state of the world: everybody else's duty in three numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.world.state import grip, lost, multiple, revenue, state_of

TRADE = np.array([100.0, 200.0, 300.0])
APRIL = np.array([0.2, 0.4, 0.1])
SPILL = np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 3.0], [2.0, 3.0, 0.0]])
MARKET = (APRIL, TRADE, SPILL, 10.0 * SPILL)

few = settings(max_examples=30, deadline=None, derandomize=True)


def test_features_by_hand() -> None:
    assert lost(0.0) == revenue(0.0) == 0.0
    assert lost(0.25) == pytest.approx(1 - 0.8**6)
    assert revenue(0.25) == pytest.approx(0.25 * 0.8**7)
    assert grip(0.10) == 0.0
    assert grip(0.25) == pytest.approx(0.15 * 0.8**6)


@few
@given(st.floats(0.0, 1.5), st.integers(0, 2))
def test_on_the_ray_of_april_only_omega_counts(omega: float, i: int) -> None:
    found = state_of(omega * APRIL, MARKET, i, i)
    assert found[0] == pytest.approx(omega, abs=1e-10)
    assert found[1:] == pytest.approx((0.0, 0.0), abs=1e-8)


def test_three_partners_by_hand() -> None:
    """Seen by the first, the second alone pays: 200 lost(0.4) of what both together would lose at omega."""
    omega, spill, tilt = state_of(np.array([0.9, 0.4, 0.0]), MARKET, 0, 0)
    assert 200 * lost(0.4 * omega) + 300 * lost(0.1 * omega) == pytest.approx(200 * lost(0.4))
    assert 0.0 < omega < 1.0
    assert spill == pytest.approx(1.0 * (lost(0.4) - lost(0.4 * omega)) - 2.0 * lost(0.1 * omega))
    assert tilt == pytest.approx(10.0 * (revenue(0.4) - revenue(0.4 * omega)) - 20.0 * revenue(0.1 * omega))


def test_nobody_else_and_no_end() -> None:
    one = np.array([0.1])
    assert multiple(one, np.array([0.2]), np.array([50.0]), 0) == -1.0
    assert multiple(np.array([0.1, 1e9]), np.array([0.1, 0.1]), np.array([1.0, 1.0]), 0) == 4.0
