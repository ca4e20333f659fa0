"""Small domains of the tests' own, and the published figures where they are at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sim.bargaining import Domain
from tests.bargaining.small import make_pie, make_trade

ORACLES = Path(__file__).parents[3] / "shared" / "reference" / "oracles"


@pytest.fixture(scope="session")
def closed_form() -> dict[str, Any]:
    return dict(_read("closed_form.json"))


@pytest.fixture(scope="session")
def oracles() -> Path:
    if not (ORACLES / "genius_convention.json").exists():
        pytest.skip("the published domains are not at hand")
    return ORACLES


def _read(name: str) -> Any:
    if not (ORACLES / name).exists():
        pytest.skip("the published figures are not at hand")
    return json.loads((ORACLES / name).read_text())


@pytest.fixture
def pie() -> Domain:
    """A pie in a hundred slices."""
    return make_pie(100)


@pytest.fixture
def trade() -> Domain:
    """Tariff and pledge: the first side pays, the second gains; they value both differently, so both can gain."""
    return make_trade()
