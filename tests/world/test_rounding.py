"""Three-digit figures that keep an economy's sums."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.world.making.rounding import round_flows, significant


def sums(flows: np.ndarray) -> np.ndarray:
    sold, bought = flows.sum(axis=1), flows.sum(axis=0)
    return np.concatenate([sold, bought, sold - bought])


def test_a_cell_is_turned_where_the_balance_needs_it() -> None:
    """The first sells 2.472 and buys 2.46. Nearest figures say 2.48 and 2.46; one cell turned says 2.47 and 2.46."""
    flows = np.array([[0.0, 1.236, 1.236], [1.23, 0.0, 50.0], [1.23, 80.0, 0.0]])
    nearest, rounded = significant(flows, 3), round_flows(flows, 3)
    assert nearest[0].sum() - nearest[:, 0].sum() == pytest.approx(0.02)
    assert sorted(rounded[0]) == [0.0, 1.23, 1.24]
    np.testing.assert_array_equal(rounded[1:], nearest[1:])


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.integers(3, 12))
def test_sums_are_no_worse_than_with_nearest_figures(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    flows = np.exp(rng.normal(0.0, 3.0, (n, n))) * (rng.random((n, n)) < 0.8)
    np.fill_diagonal(flows, 0.0)
    rounded, nearest = round_flows(flows, 3), significant(flows, 3)
    assert ((rounded == 0.0) == (flows == 0.0)).all()
    assert (np.abs(rounded - flows) <= 0.01 * flows).all()
    np.testing.assert_array_equal(rounded, significant(rounded, 3))
    size = np.maximum(np.abs(sums(flows)), 1e-9) / np.repeat([np.sqrt(10.0), np.sqrt(10.0), 1.0], n)
    worse, better = (np.sum(((sums(table) - sums(flows)) / size) ** 2) for table in (nearest, rounded))
    assert better <= worse + 1e-9
