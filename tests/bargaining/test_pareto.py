"""The exact frontier of an additive domain against full enumeration."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.bargaining import merge_frontiers, pareto_indices

few = settings(max_examples=30, deadline=None, derandomize=True)
Pair = tuple[int, int]

# (my utility, yours)
TARIFF = np.array([[4.0, 0.0], [3.0, 2.0], [1.0, 1.0], [0.0, 3.0]])  # the third is worse for both than the second
FX = np.array([[0.0, 0.0], [-1.0, 4.0]])


def enumerated(groups: list[list[Pair]]) -> list[Pair]:
    """Undominated sums of the whole product, best for me first."""
    points = {(sum(o[0] for o in p), sum(o[1] for o in p)) for p in itertools.product(*groups)}
    better = [p for p in points if not any(o[0] >= p[0] and o[1] >= p[1] and o != p for o in points)]
    return sorted(better, reverse=True)


def test_the_dominated_option_is_dropped() -> None:
    assert pareto_indices(TARIFF).tolist() == [0, 1, 3]


def test_sorted_by_falling_first_utility() -> None:
    assert pareto_indices(TARIFF[::-1]).tolist() == [3, 2, 0]


def test_weakly_dominated_is_dominated() -> None:
    """(2, 1) is as good for me as (2, 3), and worse for you; (1, 3) the other way round."""
    assert pareto_indices(np.array([[2.0, 1.0], [2.0, 3.0], [1.0, 3.0]])).tolist() == [1]


def test_of_equal_options_the_first_is_kept() -> None:
    assert pareto_indices(np.array([[0.0, 5.0], [3.0, 2.0], [3.0, 2.0], [0.0, 5.0]])).tolist() == [1, 0]


def test_one_group_is_its_own_frontier() -> None:
    utilities, choices = merge_frontiers([TARIFF])
    assert utilities.tolist() == [[4.0, 0.0], [3.0, 2.0], [0.0, 3.0]]
    assert choices.tolist() == [[0], [1], [3]]


def test_no_group_is_no_deal() -> None:
    utilities, choices = merge_frontiers([])
    assert utilities.tolist() == [[0.0, 0.0]]
    assert choices.shape == (1, 0)


def test_two_groups_by_hand() -> None:
    """Sums of (4,0) (3,2) (0,3) with (0,0) (-1,4): (4,0) (3,2) (0,3) (3,4) (2,6) (-1,7).

    (3,4) beats (3,2), and (2,6) beats (0,3): four are left.
    """
    utilities, choices = merge_frontiers([TARIFF, FX])
    assert utilities.tolist() == [[4.0, 0.0], [3.0, 4.0], [2.0, 6.0], [-1.0, 7.0]]
    assert choices.tolist() == [[0, 0], [0, 1], [1, 1], [3, 1]]


options = st.tuples(st.integers(-6, 9), st.integers(-6, 9))
spaces = st.lists(st.lists(options, min_size=1, max_size=5), min_size=1, max_size=4)


@few
@given(groups=spaces)
def test_merging_is_enumerating(groups: list[list[Pair]]) -> None:
    utilities, choices = merge_frontiers([np.array(group, dtype=float) for group in groups])
    assert [tuple(row) for row in utilities] == enumerated(groups)
    for row, choice in zip(utilities, choices, strict=True):
        package = [group[k] for group, k in zip(groups, choice, strict=True)]
        assert tuple(row) == (sum(o[0] for o in package), sum(o[1] for o in package))


@few
@given(groups=spaces)
def test_the_order_of_the_groups_does_not_matter(groups: list[list[Pair]]) -> None:
    arrays = [np.array(group, dtype=float) for group in groups]
    np.testing.assert_array_equal(merge_frontiers(arrays)[0], merge_frontiers(arrays[::-1])[0])
