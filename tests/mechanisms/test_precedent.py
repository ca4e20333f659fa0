"""Precedent: what one gets the others ask for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.mechanisms import EXPECTED_CUT, precedent_cost, precedent_slope, precedent_weights, similarity

few = settings(max_examples=30, deadline=None, derandomize=True)

# Three partners. The second trades e^2 times as much as the first; the third has ten points more tariff and
# twenty points less in autos. Distances: 2/2 = 1, then 1 + 1 = 2, and between the last two 1 + 1 + 1 = 3.
LOG_TRADE = np.array([5.0, 7.0, 5.0])
RATE = np.array([0.24, 0.24, 0.34])
AUTO = np.array([0.30, 0.30, 0.10])
ALL = np.array([True, True, True])


def test_similarity_by_hand() -> None:
    e = math.exp
    expected = [[1.0, e(-1), e(-2)], [e(-1), 1.0, e(-3)], [e(-2), e(-3), 1.0]]
    np.testing.assert_allclose(similarity(LOG_TRADE, RATE, AUTO, 1.0), expected, rtol=1e-12)


def test_a_longer_reach_makes_the_unlike_comparable() -> None:
    """Twice the reach halves every distance."""
    near, far = similarity(LOG_TRADE, RATE, AUTO, 1.0), similarity(LOG_TRADE, RATE, AUTO, 2.0)
    np.testing.assert_allclose(far, np.sqrt(near), rtol=1e-12)


rows = st.lists(
    st.tuples(st.floats(-2.0, 7.0), st.floats(0.1, 0.5), st.floats(0.0, 0.6)), min_size=1, max_size=5, unique=True
)


@few
@given(partners=rows, reach=st.floats(0.5, 5.0))
def test_similarity_is_mutual_and_at_most_one(partners: list[tuple[float, float, float]], reach: float) -> None:
    alike = similarity(*np.array(partners).T.copy(), reach)
    np.testing.assert_array_equal(alike, alike.T)
    np.testing.assert_array_equal(np.diag(alike), 1.0)
    assert alike.min() > 0.0
    assert alike.max() <= 1.0


def test_the_slope_adds_up_what_the_others_would_cost() -> None:
    """Partner 0 is half a model for 1 and a quarter for 2, which cost 10 and 8: 5 + 2 = 7. Its own 99 is left out."""
    alike, stake = np.array([1.0, 0.5, 0.25]), np.array([99.0, 10.0, 8.0])
    assert precedent_slope(alike, stake, ALL, 0) == 7.0


def test_those_who_signed_no_longer_ask() -> None:
    alike, stake = np.array([1.0, 0.5, 0.25]), np.array([99.0, 10.0, 8.0])
    assert precedent_slope(alike, stake, np.array([True, False, True]), 0) == 2.0
    assert precedent_slope(alike, stake, np.array([True, False, False]), 0) == 0.0


def test_a_cut_that_would_please_the_united_states_is_no_credit() -> None:
    """A stake of -8 counts as none: 5, not 3."""
    assert precedent_slope(np.array([1.0, 0.5, 0.25]), np.array([99.0, 10.0, -8.0]), ALL, 0) == 5.0


def test_the_last_to_sign_sets_no_precedent() -> None:
    assert precedent_slope(np.array([1.0]), np.array([99.0]), np.array([True]), 0) == 0.0


@pytest.mark.parametrize(("cut", "cost"), [(0.5, 0.0), (0.75, 3.5), (1.0, 7.0), (0.25, -3.5), (0.0, -7.0)])
def test_cost_of_a_cut_by_hand(cut: float, cost: float) -> None:
    """Slope 4 over an annuity of 3.5 is 14 per unit; half a cut is expected, so 0.75 costs 14/4 and 0.25 saves it."""
    assert EXPECTED_CUT == 0.5
    assert precedent_cost(1.0, 4.0, cut, 3.5) == cost


@few
@given(cut=st.floats(0.0, 0.9), more=st.floats(0.01, 0.1), slope=st.floats(0.1, 50.0), pi=st.floats(0.01, 1.0))
def test_generosity_costs(cut: float, more: float, slope: float, pi: float) -> None:
    assert precedent_cost(pi, slope, cut + more, 3.5) > precedent_cost(pi, slope, cut, 3.5)


@pytest.mark.parametrize("cut", [0.0, 0.3, 1.0])
def test_strength_nought_is_absent(cut: float) -> None:
    assert precedent_cost(0.0, 4.0, cut, 3.5) == 0.0


# Two issues; the second partner has nothing to give in the second, the third is twice the first in both.
SCALES = np.array([[10.0, 4.0], [5.0, 0.0], [20.0, 8.0]])


def test_what_one_concedes_is_asked_for_by_the_rest() -> None:
    """Partner 0: 0.5 x 5/10 + 0.25 x 20/10 = 0.75 in the first issue, 0.5 x 0/4 + 0.25 x 8/4 = 0.5 in the second."""
    alike = np.array([1.0, 0.5, 0.25])
    assert precedent_weights(alike, SCALES, ALL, 0).tolist() == [0.75, 0.5]
    assert precedent_weights(alike, SCALES, np.array([True, False, True]), 0).tolist() == [0.5, 0.5]
    assert precedent_weights(alike, SCALES, np.array([True, False, False]), 0).tolist() == [0.0, 0.0]


def test_who_has_nothing_to_give_sets_no_precedent() -> None:
    """Partner 1: 0.5 x 10/5 + 0.25 x 20/5 = 2 in the first issue; in the second it has nothing."""
    assert precedent_weights(np.array([0.5, 1.0, 0.25]), SCALES, ALL, 1).tolist() == [2.0, 0.0]
