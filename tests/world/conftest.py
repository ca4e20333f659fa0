"""Shared worlds: the shipped one, and the source data where they are at hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sim.world import TradeWorld, World, load_world
from sim.world.bank import trade_model

sys.path.insert(0, str(Path(__file__).parent))  # for the plain model
SOURCE = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="session")
def world() -> World:
    return load_world()


@pytest.fixture(scope="session")
def economy() -> TradeWorld:
    """The source's setting."""
    return TradeWorld.default()


@pytest.fixture(scope="session")
def model() -> TradeWorld:
    """What the payoff tables were solved with, at the source's elasticity."""
    return trade_model(4.0)


@pytest.fixture(scope="session")
def source() -> Path:
    if not (SOURCE / "trade" / "trade_cepii.csv").exists():
        pytest.skip("the source data are not at hand")
    return SOURCE
