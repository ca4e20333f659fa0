"""Nash's solution: the pie, and the axioms that can be checked on a finite set."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.bargaining import nash_index

few = settings(max_examples=30, deadline=None, derandomize=True)
PIE = np.array([0.0, 0.25, 0.5, 0.75, 1.0])  # my slice; the rest is yours


def test_the_pie_is_halved() -> None:
    """Products 0, 3/16, 4/16, 3/16, 0."""
    assert nash_index(PIE, 1.0 - PIE, 0.5) == 2


def test_a_poor_alternative_costs_a_quarter() -> None:
    """Without a deal you lose 0.5: you gain 1.5 - x. Products 0, 5/16, 8/16, 9/16, 8/16, so I get 3/4, not half."""
    assert nash_index(PIE, 1.0 - PIE - (-0.5), 0.5) == 3


@pytest.mark.parametrize(("power", "slice_"), [(0.25, 0.25), (0.5, 0.5), (0.75, 0.75)])
def test_power_takes_its_share(power: float, slice_: float) -> None:
    """x^p (1 - x)^(1 - p) is largest at x = p."""
    assert PIE[nash_index(PIE, 1.0 - PIE, power)] == slice_


def test_no_deal_when_nothing_helps_both() -> None:
    """The first helps me only, the second you only, the third nobody, and the fourth leaves me where I am."""
    assert nash_index(np.array([3.0, -1.0, -2.0, 0.0]), np.array([-1.0, 3.0, -2.0, 5.0]), 0.5) == -1


def test_two_losses_make_no_gain() -> None:
    """(-4) x (-4) = 16 is no argument; the modest deal of 1 x 1 is taken."""
    assert nash_index(np.array([-4.0, 1.0]), np.array([-4.0, 1.0]), 0.5) == 1


def test_nothing_on_the_table() -> None:
    assert nash_index(np.zeros(0), np.zeros(0), 0.5) == -1


@st.composite
def deals(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Whole gains whose products all differ, so that the best deal is clear."""
    pairs = draw(st.lists(st.tuples(st.integers(-5, 20), st.integers(-5, 20)), min_size=1, max_size=8))
    clear = list({mine * yours: (mine, yours) for mine, yours in pairs}.values())
    return np.array([float(d[0]) for d in clear]), np.array([float(d[1]) for d in clear])


@few
@given(gains=deals())
def test_the_largest_product_of_gains(gains: tuple[np.ndarray, np.ndarray]) -> None:
    mine, yours = gains
    products = [a * b if a > 0 and b > 0 else 0.0 for a, b in zip(mine, yours, strict=True)]
    assert nash_index(mine, yours, 0.5) == (int(np.argmax(products)) if max(products) > 0 else -1)


@few
@given(gains=deals())
def test_it_does_not_matter_who_is_called_first(gains: tuple[np.ndarray, np.ndarray]) -> None:
    mine, yours = gains
    assert nash_index(mine, yours, 0.5) == nash_index(yours, mine, 0.5)
    assert nash_index(mine, yours, 0.25) == nash_index(yours, mine, 0.75)


@few
@given(gains=deals(), scale=st.floats(0.01, 100.0), shift=st.integers(-50, 50), no_deal=st.integers(-9, 9))
def test_the_unit_of_my_money_does_not_matter(
    gains: tuple[np.ndarray, np.ndarray], scale: float, shift: int, no_deal: int
) -> None:
    """My utility and my alternative are measured in another unit from another zero; yours are left alone."""
    mine, yours = gains
    rescaled = (scale * (no_deal + mine) + shift) - (scale * no_deal + shift)
    assert nash_index(rescaled, yours, 0.5) == nash_index(mine, yours, 0.5)
