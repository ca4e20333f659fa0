"""Solutions: small cases by hand, ties, rounding, and what changes of unit and side must not change."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.bargaining import Deal, Domain
from tests.bargaining.small import make_pie, make_random, make_trade

few = settings(max_examples=30, deadline=None, derandomize=True)
SOLUTIONS = {
    "nash": lambda d: d.nash(),
    "skewed nash": lambda d: d.nash(0.3),
    "smaller ratio": lambda d: d.kalai_smorodinsky(),
    "spread": lambda d: d.kalai_smorodinsky("min_spread"),
    "egalitarian": lambda d: d.egalitarian(),
    "welfare": lambda d: d.max_welfare(),
}


def menu(*points: tuple[float, float], reservation: tuple[float, float] = (0.0, 0.0)) -> Domain:
    """One issue with these utilities."""
    first, second = zip(*points, strict=True)
    return Domain({"at": tuple(range(len(points)))}, ({"at": first}, {"at": second}), reservation)


def at(deal: Deal | None) -> Any:
    return None if deal is None else deal.package["at"]


def test_the_pie_is_halved(pie: Domain) -> None:
    for name in ("nash", "smaller ratio", "spread", "egalitarian"):
        assert SOLUTIONS[name](pie).package == {"mine": 50}


def test_reservation_below_the_worst_outcome_counts() -> None:
    """Without a deal the second side loses half a pie: the first gets three quarters, not half."""
    assert make_pie(100, (0.0, -0.5)).nash().utilities == (0.75, 0.25)  # type: ignore[union-attr]


def test_five_points_by_hand() -> None:
    """(0,10) (4,9) (6,6) (8,3) (9,0) and a dominated (3,3). Products 0, 36, 36, 24, 0.

    Ideal gains 9 and 10. Ratios (.44,.9) (.67,.6) (.89,.3): the smaller is largest, and they are closest, at (6,6).
    """
    domain = menu((0, 10), (4, 9), (3, 3), (6, 6), (8, 3), (9, 0))
    assert len(domain.pareto()) == 5
    assert at(domain.nash()) == 1  # of two with product 36 the first
    assert at(domain.nash(0.7)) == 3  # 4^.7 9^.3 = 5.1 against 6 and 8^.7 3^.3 = 5.96
    assert at(domain.kalai_smorodinsky()) == at(domain.kalai_smorodinsky("min_spread")) == 3
    assert at(domain.egalitarian()) == 3
    assert domain.max_welfare().utilities == (4.0, 9.0)


def test_the_two_definitions_of_kalai_smorodinsky_differ() -> None:
    """Ideal 10 and 10. Ratios (.5,.8) and (.4,.45): the first has the larger smaller ratio, the second is more even."""
    domain = menu((10, 0), (5, 8), (4, 4.5), (0, 10))
    assert at(domain.kalai_smorodinsky()) == 1
    assert at(domain.kalai_smorodinsky("min_spread")) == 1  # the second is dominated
    even = menu((10, 0), (5, 8), (8.5, 4.7), (0, 10))
    assert at(even.kalai_smorodinsky()) == 1
    assert at(even.kalai_smorodinsky("min_spread")) == 1
    close = menu((10, 0), (7, 4.5), (4.4, 6), (0, 10))
    assert at(close.kalai_smorodinsky()) == 1
    assert at(close.kalai_smorodinsky("min_spread")) == 2


def test_a_single_rational_outcome_is_the_solution() -> None:
    """It leaves both with no gain; it is still all there is."""
    domain = make_pie(10, (0.5, 0.5))
    for name in ("nash", "smaller ratio", "spread", "egalitarian"):
        assert SOLUTIONS[name](domain).utilities == (0.5, 0.5)


def test_no_rational_outcome_no_solution() -> None:
    domain = make_pie(10, (0.7, 0.7))
    assert [SOLUTIONS[name](domain) for name in ("nash", "smaller ratio", "spread", "egalitarian")] == [None] * 4
    assert sum(domain.max_welfare().utilities) == pytest.approx(1.0)
    with pytest.raises(ValueError, match="no Nash solution"):
        domain.distance_to_nash({"mine": 5})


def test_ties_go_to_the_first_outcome_whoever_is_called_first() -> None:
    domain = menu((1.0, 0.16), (0.16, 1.0), (0.29, 0.29))
    assert at(domain.nash()) == at(domain.swapped().nash()) == 0


def test_the_frontier_has_each_point_once() -> None:
    """Two packages are worth (1, 1); the first of them stands for both."""
    domain = Domain({"a": (0, 1), "b": (0, 1)}, ({"a": [0, 1], "b": [0, 1]}, {"a": [1, 0], "b": [1, 0]}))
    front = domain.pareto()
    assert [deal.utilities for deal in front] == [(2.0, 0.0), (1.0, 1.0), (0.0, 2.0)]
    assert front[1].package == {"a": 0, "b": 1}
    assert [deal.utilities for deal in front[1:]] == [(1.0, 1.0), (0.0, 2.0)]


def test_rounding_makes_no_new_points() -> None:
    """0.1 + 0.2 and 0.3 differ in the last digit: the frontier must not keep both."""
    tables = {"a": [0.1, 0.3], "b": [0.2, 0.0]}
    other = {"a": [0.3, 0.1], "b": [0.0, 0.2]}
    assert len(Domain({"a": (0, 1), "b": (0, 1)}, (tables, other)).pareto()) == 3
    assert len(menu((0.3, 0.2), (0.1 + 0.2, 0.1)).pareto()) == 1


def test_tiny_evaluations_are_nothing() -> None:
    assert len(menu((1.0, 1.0), (1.0 - 1e-18, 1.0 + 1e-18)).pareto()) == 1


def test_distances() -> None:
    domain = menu((0, 4), (3, 3), (4, 0), (0, 0))
    assert domain.distance_to_pareto({"at": 1}) == 0.0
    assert domain.distance_to_pareto({"at": 3}) == 4.0
    assert domain.distance_to_nash({"at": 3}) == pytest.approx(18**0.5)
    assert domain.opposition() == pytest.approx(2**0.5)


@pytest.mark.parametrize("seed", range(4))
def test_the_frontier_of_the_whole_domain(seed: int) -> None:
    """Against a comparison of every outcome with every other."""
    domain = make_random(seed, 3, 4)
    points = np.array([deal.utilities for deal in domain.outcomes()])
    beaten = [(np.all(points >= p, axis=1) & np.any(points > p, axis=1)).any() for p in points]
    found = np.array([deal.utilities for deal in domain.pareto()])
    assert np.allclose(found[np.argsort(found[:, 0])], sorted(points[~np.array(beaten)].tolist()), atol=1e-12)


def test_a_million_outcomes_are_not_listed() -> None:
    domain = make_random(0, 6, 10)
    start = time.perf_counter()
    front = domain.pareto()
    assert domain.size == 10**6
    assert len(front) > 10
    assert time.perf_counter() - start < 1.0  # some 20 ms on a slow machine; listing takes seconds


@pytest.mark.parametrize("name", SOLUTIONS)
@few
@given(seed=st.integers(0, 99), scale=st.floats(0.01, 100.0), shift=st.floats(-50.0, 50.0))
def test_the_unit_of_money_does_not_matter(name: str, seed: int, scale: float, shift: float) -> None:
    """Both sides' money in another unit; for solutions that do not compare the sides, one side's alone."""
    domain = make_random(seed, 3, 3)
    other = scale if name in ("egalitarian", "welfare") else 1.0
    assert SOLUTIONS[name](domain.rescaled((scale, other), (shift, shift))).package == SOLUTIONS[name](domain).package


@pytest.mark.parametrize("name", [name for name in SOLUTIONS if name != "skewed nash"])
@few
@given(seed=st.integers(0, 99))
def test_swapping_sides_mirrors_the_result(name: str, seed: int) -> None:
    deal, mirrored = (
        SOLUTIONS[name](domain) for domain in (make_random(seed, 3, 3), make_random(seed, 3, 3).swapped())
    )
    assert mirrored.package == deal.package
    assert mirrored.utilities == pytest.approx(deal.utilities[::-1])


@few
@given(seed=st.integers(0, 99))
def test_solutions_lie_on_the_frontier_and_are_rational(seed: int) -> None:
    domain = make_random(seed, 3, 3)
    for solve in SOLUTIONS.values():
        deal = solve(domain)
        assert domain.distance_to_pareto(deal.package) < 1e-12
        assert min(deal.utilities) >= 0.0


def test_complaints() -> None:
    with pytest.raises(ValueError, match="max_min_ratio"):
        make_trade().kalai_smorodinsky("other")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="power"):
        make_trade().nash(1.0)
    with pytest.raises(ValueError, match="positive"):
        make_trade().rescaled((0.0, 1.0))
