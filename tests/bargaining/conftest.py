"""Small domains of the tests' own, and the published figures where they are at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.bargaining import Domain, Issue

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


def make_pie(slices: int, reservation: tuple[float, float] = (0.0, 0.0)) -> Domain:
    mine = np.arange(slices + 1) / slices
    return Domain(
        [Issue("mine", tuple(range(slices + 1)), "slices")], ({"mine": mine}, {"mine": 1 - mine}), reservation
    )


@pytest.fixture
def trade() -> Domain:
    """Tariff and pledge: the first side pays, the second gains; they value both differently, so both can gain."""
    return make_trade()


def make_trade() -> Domain:
    issues = [
        Issue("tariff", (0.10, 0.15, 0.20, 0.25), "rate"),
        Issue("pledge", (0, 100, 200, 400), "USD bn"),
        Issue("access", ("none", "half", "full")),
    ]
    partner = {"tariff": [0.0, -5.0, -11.0, -18.0], "pledge": [0.0, -1.2, -2.4, -4.8], "access": [0.0, -0.5, -2.0]}
    other = {"tariff": [0.0, 2.0, 3.0, 3.5], "pledge": [0.0, 2.5, 4.5, 7.5], "access": [0.0, 1.5, 2.5]}
    return Domain(issues, (partner, other), (-9.0, 1.0))


def make_random(seed: int, groups: int, options: int) -> Domain:
    rng = np.random.default_rng(seed)
    names = [f"issue {at}" for at in range(groups)]
    sides = [{name: rng.random(options) for name in names} for _ in (0, 1)]
    return Domain([Issue(name, tuple(range(options))) for name in names], sides)
