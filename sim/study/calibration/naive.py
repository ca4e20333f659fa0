"""What somebody would say who knows no model: benchmarks for the general rates, in sample and each partner left out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.study.calibration.targets import Framework, load_frameworks
from sim.world import Economy, load_world

__all__ = ["BASE", "HIGH_INCOME", "benchmarks", "rated"]

Floats = NDArray[np.float64]
Rule = Callable[[Floats, Floats, Floats], Floats]
#: The rate that everybody bears, per cent; who got no more has no rate to be explained.
BASE = 10.0
#: Income per head, USD, from which the World Bank speaks of high income (fiscal year 2025).
HIGH_INCOME = 14_005.0


def rated() -> tuple[Framework, ...]:
    """Frameworks of 2025 with a rate above the base."""
    return tuple(deal for deal in load_frameworks() if deal.rate > BASE)


def benchmarks() -> dict[str, tuple[float, float]]:
    """Mean absolute error of each benchmark in points: in sample, and with each partner left out in turn."""
    deals, world = rated(), load_world()
    economies = [world.partner(deal.iso) for deal in deals]
    rates = np.array([deal.rate for deal in deals])
    april = np.array([100.0 * economy.rate_april2 for economy in economies])
    poor = np.array([float(_poor(economy)) for economy in economies])
    rules: dict[str, tuple[Rule, Floats]] = {
        "a line through the rates of 2 April": (_line, april),
        "the median": (_median, april),
        "two medians by income": (_two, poor),
    }
    return {name: _errors(rule, x, rates) for name, (rule, x) in rules.items()}


def _poor(economy: Economy) -> bool:
    return economy.gdp * 1e9 / economy.population < HIGH_INCOME


def _errors(rule: Rule, x: Floats, rates: Floats) -> tuple[float, float]:
    inside = np.abs(rule(x, rates, x) - rates).mean()
    left = [abs(float(rule(np.delete(x, i), np.delete(rates, i), x[[i]])[0]) - rates[i]) for i in range(rates.size)]
    return float(inside), float(np.mean(left))


def _line(x: Floats, y: Floats, at: Floats) -> Floats:
    slope, level = np.polyfit(x, y, 1)
    found: Floats = level + slope * at
    return found


def _median(x: Floats, y: Floats, at: Floats) -> Floats:
    return np.full(at.shape, np.median(y))


def _two(x: Floats, y: Floats, at: Floats) -> Floats:
    return np.array([np.median(y[x == one]) if (x == one).any() else np.median(y) for one in at])
