"""One side's view: searches that list nothing find what listing finds."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.bargaining import Domain, Issue, View
from tests.bargaining.small import make_random, make_trade

few = settings(max_examples=30, deadline=None, derandomize=True)


@few
@given(seed=st.integers(0, 50), share=st.floats(-0.1, 1.1), side=st.sampled_from([0, 1]))
def test_the_lowest_that_reaches_a_target(seed: int, share: float, side: int) -> None:
    view = make_random(seed, 4, 3).view(side)
    target = view.worst + share * view.span - view.noise  # sums in another order differ by rounding
    reaching = [d.utilities[side] for d in view.domain.outcomes() if d.utilities[side] >= target]
    found = view.lowest_reaching(target)
    assert (found is None) == (not reaching)
    assert found is None or view.utility(found) == pytest.approx(min(reaching), abs=1e-12)


def test_of_equals_the_first() -> None:
    """Sums 0 ... 4; the worth of 2 is had in three ways, first with a = 0."""
    domain = Domain({"a": (0, 1, 2), "b": (0, 1, 2)}, ({"a": [0, 1, 2], "b": [0, 1, 2]}, {}))
    assert domain.view(0).lowest_reaching(1.5) == (0, 2)


def test_going_down_from_the_best() -> None:
    view = make_trade().view(1)
    utilities = [utility for utility, _ in view.descending()]
    assert utilities == pytest.approx(sorted((d.utilities[1] for d in view.domain.outcomes()), reverse=True))


def test_going_down_a_billion_outcomes_as_far_as_asked() -> None:
    view = make_random(1, 9, 10).view(0)
    top = [utility for utility, _ in itertools.islice(view.descending(), 100)]
    assert top[0] == pytest.approx(view.best)
    assert top == sorted(top, reverse=True)


def test_what_a_view_says() -> None:
    view = make_trade().view(0)
    assert (view.best, view.worst, view.reservation, view.floor) == (0.0, -24.8, -9.0, -9.0)
    assert view.favourite() == (0, 0, 0)
    assert view.rational((1, 2, 0))
    assert not view.rational((3, 0, 0))


def test_a_floor_is_never_below_the_worst_outcome() -> None:
    domain = Domain([Issue("x", (0, 1))], ({"x": [1.0, 2.0]}, {"x": [2.0, 1.0]}), (-5.0, 9.0))
    assert domain.view(0).floor == 1.0
    assert domain.view(1).floor == 9.0


def test_a_believed_frontier() -> None:
    """Under the truth it is the frontier itself."""
    domain = make_trade()
    utilities, outcomes = domain.view(0).frontier(domain.view(1).tables)
    assert np.allclose(utilities, [deal.utilities for deal in domain.pareto()])
    assert domain.package(outcomes[0]) == domain.pareto()[0].package


def test_complaints() -> None:
    with pytest.raises(ValueError, match="side is 0 or 1"):
        make_trade().view(2)
    huge = Domain({f"i{at}": tuple(range(100)) for at in range(8)}, ({}, {}))
    with pytest.raises(ValueError, match="too many outcomes"):
        View(huge, 0)
