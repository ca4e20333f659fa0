"""The concession ladder against pencil, paper and full enumeration."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.bargaining import climb, merge_steps, step_ratios

few = settings(max_examples=30, deadline=None, derandomize=True)
Floats = NDArray[np.float64]

# Two issues of three levels.   A: costs 1 then 2, is worth 6 then 3: ratios 6 and 3/2.
#                               B: costs 2 then 3, is worth 8 then 1: ratios 4 and 1/3.
COST = np.array([[0.0, 1.0, 3.0], [0.0, 2.0, 5.0]])
WORTH = np.array([[0.0, 6.0, 9.0], [0.0, 8.0, 9.0]])
THREE = np.array([3, 3])


def ladder(cost: list[list[float]], worth: list[list[float]], least: float = 0.0) -> list[int]:
    counts = np.array([len(levels) for levels in cost])
    return merge_steps(step_ratios(np.array(cost), np.array(worth), counts), counts, least).tolist()


def test_ratios() -> None:
    none = -np.inf
    np.testing.assert_allclose(step_ratios(COST, WORTH, THREE), [[none, 6.0, 1.5], [none, 4.0, 1 / 3]])


def test_steps_by_falling_ratio() -> None:
    """6 of A, 4 of B, 3/2 of A, 1/3 of B."""
    order = merge_steps(step_ratios(COST, WORTH, THREE), THREE, 0.0)
    assert order.tolist() == [0, 1, 0, 1]
    assert climb(order, 2).tolist() == [[0, 0], [1, 0], [1, 1], [2, 1], [2, 2]]


def test_the_way_up_is_concave() -> None:
    """Cost 0, 1, 3, 5, 8 buys worth 0, 6, 14, 17, 18."""
    rungs = climb(np.array([0, 1, 0, 1]), 2)
    assert [COST[0, a] + COST[1, b] for a, b in rungs] == [0, 1, 3, 5, 8]
    assert [WORTH[0, a] + WORTH[1, b] for a, b in rungs] == [0, 6, 14, 17, 18]


@pytest.mark.parametrize(("least", "order"), [(0.0, [0, 1, 0, 1]), (1.0, [0, 1, 0]), (4.0, [0]), (6.0, [])])
def test_steps_worth_too_little_are_left_off(least: float, order: list[int]) -> None:
    """A step at exactly the least ratio is left off as well."""
    assert ladder(COST.tolist(), WORTH.tolist(), least) == order


def test_a_step_worth_nothing_is_left_off() -> None:
    """B's second step costs 3 and pleases nobody."""
    assert ladder([[0, 1, 3], [0, 2, 5]], [[0, 6, 9], [0, 8, 8]]) == [0, 1, 0]


def test_ties_go_to_the_first() -> None:
    """A: ratios 2 and 2; B: ratios 2 and 1."""
    assert ladder([[0, 1, 2], [0, 1, 2]], [[0, 2, 4], [0, 2, 3]]) == [0, 0, 1, 1]
    assert ladder([[0, 1, 2], [0, 1, 2]], [[0, 2, 3], [0, 2, 4]]) == [0, 1, 1, 0]


def test_a_late_bargain_waits_for_its_first_step() -> None:
    """A: ratio 1 then 4, lowered to 1, since the second step cannot come first; B: ratio 2."""
    cost, worth = np.array([[0.0, 2.0, 3.0], [0.0, 1.0, 1.0]]), np.array([[0.0, 2.0, 6.0], [0.0, 2.0, 2.0]])
    assert step_ratios(cost, worth, np.array([3, 2]))[0].tolist() == [-np.inf, 1.0, 1.0]
    assert ladder([[0, 2, 3], [0, 1, 1]], [[0, 2, 6], [0, 2, 1]]) == [1, 0, 0]


def test_a_free_favour_comes_first_and_a_free_injury_never() -> None:
    """A is free and worth 3, B is free and hurts, C has ratio 100."""
    assert ladder([[0, 0], [0, 0], [0, 1]], [[0, 3], [0, -1], [0, 100]]) == [0, 2]


def test_columns_beyond_the_levels_are_not_read() -> None:
    blank = np.nan
    cost, worth = np.array([[0.0, 1.0, blank], [0.0, 2.0, 5.0]]), np.array([[0.0, 6.0, blank], [0.0, 8.0, 9.0]])
    counts = np.array([2, 3])
    assert merge_steps(step_ratios(cost, worth, counts), counts, 0.0).tolist() == [0, 1, 1]


def test_nothing_to_concede() -> None:
    order = merge_steps(step_ratios(np.zeros((2, 1)), np.zeros((2, 1)), np.array([1, 1])), np.array([1, 1]), 0.0)
    assert order.tolist() == []
    assert climb(order, 2).tolist() == [[0, 0]]


@st.composite
def domains(draw: st.DrawFn) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """One to three issues of two to four levels; steps get dearer and are worth less and less. Whole numbers: exact."""
    counts = draw(st.lists(st.integers(2, 4), min_size=1, max_size=3))
    cost, worth = np.full((len(counts), 4), np.nan), np.full((len(counts), 4), np.nan)
    for k, n in enumerate(counts):
        dearer = sorted(draw(st.lists(st.integers(1, 12), min_size=n - 1, max_size=n - 1)))
        gains = sorted(draw(st.lists(st.integers(0, 12), min_size=n - 1, max_size=n - 1)), reverse=True)
        cost[k, :n], worth[k, :n] = np.cumsum([0, *dearer]), np.cumsum([0, *gains])
    return cost, worth, np.array(counts)


@few
@given(domain=domains())
def test_every_rung_is_efficient(domain: tuple[Floats, Floats, NDArray[np.int64]]) -> None:
    """No package of the whole product costs no more, is worth no less, and is better in one of the two."""
    cost, worth, counts = domain
    issues = range(counts.size)

    def point(package: tuple[int, ...]) -> tuple[float, float]:
        return sum(cost[k, package[k]] for k in issues), sum(worth[k, package[k]] for k in issues)

    everything = [point(package) for package in itertools.product(*(range(n) for n in counts))]
    rungs = climb(merge_steps(step_ratios(cost, worth, counts), counts, 0.0), counts.size)
    for rung in rungs:
        c, w = point(tuple(rung))
        assert not [other for other in everything if other[0] <= c and other[1] >= w and other != (c, w)]
    assert point(tuple(rungs[-1]))[1] == max(w for _, w in everything), "the last rung pleases the other side most"
    assert (np.diff(rungs, axis=0).sum(axis=1) == 1).all(), "one step at a time"
