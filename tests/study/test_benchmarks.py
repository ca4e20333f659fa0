"""What somebody would say of the rates of 2025 who knew no model."""

from __future__ import annotations

import numpy as np
import pytest

from sim.study.benchmarks import benchmarks, income
from sim.world import load_world

#: Rates of 2 April and agreed of four partners, two of them rich.
APRIL = np.array([0.24, 0.20, 0.46, 0.36])
AGREED = np.array([0.15, 0.15, 0.20, 0.18])
RICH = np.array([True, True, False, False])


def test_four_partners_by_hand() -> None:
    found = benchmarks(APRIL, AGREED, RICH)
    assert found["median"].inside.tolist() == pytest.approx([0.165] * 4)
    assert found["median"].left_out.tolist() == [0.18, 0.18, 0.15, 0.15]
    assert found["two_medians"].inside.tolist() == pytest.approx([0.15, 0.15, 0.19, 0.19])
    assert found["two_medians"].left_out.tolist() == [0.15, 0.15, 0.18, 0.20]
    assert found["two_medians"].errors(AGREED) == pytest.approx((0.005, 0.01))


def test_a_line_is_met_by_points_on_it_and_left_out_by_the_others() -> None:
    on_it = 0.1 + 0.2 * APRIL
    line = benchmarks(APRIL, on_it, RICH)["line"]
    assert line.inside == pytest.approx(on_it)
    assert line.left_out == pytest.approx(on_it)
    assert line.errors(on_it) == pytest.approx((0.0, 0.0), abs=1e-12)


def test_too_few_partners_and_a_group_of_one_say_nothing() -> None:
    found = benchmarks(APRIL[:3], AGREED[:3], RICH[:3])
    assert np.isnan(found["line"].left_out).all()
    assert np.isnan(found["two_medians"].left_out[2])  # the only poor one
    nobody = benchmarks(APRIL[:0], AGREED[:0], RICH[:0])
    assert all(np.isnan(one.errors(AGREED[:0])).all() for one in nobody.values())


def test_income_tells_japan_from_malaysia() -> None:
    japan, malaysia = (income(load_world().partner(iso)) for iso in ("JPN", "MYS"))
    assert malaysia < 14_005 < 30_000 < japan
