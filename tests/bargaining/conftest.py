"""Small domains of the tests' own."""

from __future__ import annotations

import pytest

from sim.bargaining import Domain
from tests.bargaining.small import make_pie, make_trade


@pytest.fixture
def pie() -> Domain:
    """A pie in a hundred slices."""
    return make_pie(100)


@pytest.fixture
def trade() -> Domain:
    """Tariff and pledge: the first side pays, the second gains; they value both differently, so both can gain."""
    return make_trade()
