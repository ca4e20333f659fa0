"""Pressure: pain that builds up week by week."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.mechanisms import hastened, pain, pressure

few = settings(max_examples=30, deadline=None, derandomize=True)
LN2 = math.log(2.0)


def test_no_tariff_no_pressure() -> None:
    assert pressure(0.3, 0.0) == 0.0


def test_ten_weeks_at_ten_per_cent() -> None:
    """One tariff-week; at a growth of 0.3 a pressure of 1 - e^-0.3 = 0.2592."""
    assert pressure(0.3, 10 * 0.10) == pytest.approx(0.2592, abs=5e-5)


def test_pressure_halves_the_distance_to_one() -> None:
    """At a growth of ln 2 every tariff-week takes half of what is left."""
    assert [pressure(LN2, n) for n in (1.0, 2.0, 3.0)] == pytest.approx([0.5, 0.75, 0.875])


@few
@given(growth=st.floats(0.01, 1.0), weeks=st.floats(0.0, 30.0), more=st.floats(0.01, 2.0))
def test_pressure_rises_and_stays_below_one(growth: float, weeks: float, more: float) -> None:
    assert 0.0 <= pressure(growth, weeks) < pressure(growth, weeks + more) < 1.0


def test_pain_by_hand() -> None:
    """Half pressure, duties of 40 bn a year, a cost share of 0.1: 0.1 x 0.5 x 40 = 2 bn a year."""
    assert pain(1.0, 0.1, 0.5, 40.0) == pytest.approx(2.0)
    assert pain(0.5, 0.1, 0.5, 40.0) == pytest.approx(1.0)


def test_pain_rises_with_pressure() -> None:
    assert 0.0 == pain(1.0, 0.1, 0.0, 40.0) < pain(1.0, 0.1, 0.4, 40.0) < pain(1.0, 0.1, 0.9, 40.0)


def test_haste_by_hand() -> None:
    """Haste ln 2: full pressure doubles beta, half pressure multiplies it by the root of 2."""
    assert hastened(1.0, LN2, 1.0, 0.3) == pytest.approx(0.6)
    assert hastened(1.0, LN2, 0.5, 0.3) == pytest.approx(0.3 * math.sqrt(2.0))


def test_no_pressure_no_haste() -> None:
    assert hastened(1.0, 0.2, 0.0, 0.3) == 0.3


@pytest.mark.parametrize("psi", [0.0, 0.4, 0.99])
def test_strength_nought_is_absent(psi: float) -> None:
    assert pain(0.0, 0.1, psi, 40.0) == 0.0
    assert hastened(0.0, 0.2, psi, 0.3) == 0.3
