"""All partners' states of the world at once, from series: the same numbers as the search for each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.world import load_world
from sim.world.outlook import outlook_of, states_seen
from sim.world.state import state_of
from tests.world.test_state import MARKET

few = settings(max_examples=30, deadline=None, derandomize=True)


@few
@given(st.lists(st.floats(0.0, 2.0), min_size=3, max_size=3).map(np.array))
def test_three_partners_as_one_by_one(rates: np.ndarray) -> None:
    found = states_seen(rates, outlook_of(MARKET))
    searched = np.array([state_of(rates, MARKET, i, i) for i in range(3)]).T
    np.testing.assert_allclose(found, searched, rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize("highest", [0.05, 0.3, 1.0, 5.0])
def test_all_partners_as_one_by_one(highest: float) -> None:
    tables = load_world().tables
    market = tables.market(tables.iso)
    rates = highest * np.random.default_rng(1).random(len(tables.iso))
    found = states_seen(rates, outlook_of(market))
    searched = np.array([state_of(rates, market, i, i) for i in range(rates.size)]).T
    size = np.abs(searched).max(axis=1, keepdims=True)
    assert (np.abs(found - searched) / size).max() < 1e-12


def test_who_trades_nothing_is_nobodys_world() -> None:
    april, trade = np.array([0.2, 0.4, 0.1]), np.array([100.0, 0.0, 300.0])
    market = (april, trade, MARKET[2], MARKET[3])
    rates = np.array([0.1, 0.9, 0.2])
    found = states_seen(rates, outlook_of(market))
    for i in range(3):
        assert found[:, i] == pytest.approx(state_of(rates, market, i, i), abs=1e-11)
    lone = (april[:2], np.array([100.0, 0.0]), np.zeros((2, 2)), np.zeros((2, 2)))
    assert states_seen(rates[:2], outlook_of(lone))[0].tolist() == [-1.0, pytest.approx(0.5)]
