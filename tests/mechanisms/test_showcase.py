"""Showcase: the first deal makes the headlines."""

from __future__ import annotations

import math

import pytest

from sim.mechanisms import showcase_value


def test_the_first_deal_is_worth_most() -> None:
    """v0 = 10, n0 = 2: the first 10, the third 10/e = 3.679, the fifth 10/e^2 = 1.353."""
    assert showcase_value(1.0, 10.0, 2.0, 0) == 10.0
    assert showcase_value(1.0, 10.0, 2.0, 2) == pytest.approx(3.679, abs=5e-4)
    assert showcase_value(1.0, 10.0, 2.0, 4) == pytest.approx(1.353, abs=5e-4)


def test_every_further_deal_is_worth_less_but_never_nothing() -> None:
    """Each is worth the same fraction of the one before: with n0 = 1 / ln 2, one half."""
    wins = [showcase_value(1.0, 8.0, 1.0 / math.log(2.0), n) for n in range(5)]
    assert wins == pytest.approx([8.0, 4.0, 2.0, 1.0, 0.5])


def test_strength_multiplies() -> None:
    assert showcase_value(0.5, 10.0, 2.0, 3) == pytest.approx(showcase_value(1.0, 10.0, 2.0, 3) / 2)


@pytest.mark.parametrize("deals", [0, 1, 50])
def test_strength_nought_is_absent(deals: int) -> None:
    assert showcase_value(0.0, 10.0, 2.0, deals) == 0.0
