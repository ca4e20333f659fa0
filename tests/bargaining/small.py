"""Small domains of the tests' own."""

from __future__ import annotations

import numpy as np

from sim.bargaining import Domain, Issue


def make_pie(slices: int, reservation: tuple[float, float] = (0.0, 0.0)) -> Domain:
    mine = np.arange(slices + 1) / slices
    return Domain(
        [Issue("mine", tuple(range(slices + 1)), "slices")], ({"mine": mine}, {"mine": 1 - mine}), reservation
    )


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
