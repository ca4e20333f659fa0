"""The benchmarks of the backtest, which know no model, for the deals that the calibration sees."""

from __future__ import annotations

import numpy as np

from sim.study.benchmarks import BENCHMARKS, HIGH_INCOME, income
from sim.study.benchmarks import benchmarks as lay
from sim.study.calibration.targets import Framework, load_frameworks
from sim.world import load_world

__all__ = ["BASE", "benchmarks", "rated"]

#: The rate that everybody bears, per cent; who got no more has no rate to be explained.
BASE = 10.0


def rated() -> tuple[Framework, ...]:
    """Frameworks of 2025 with a rate above the base."""
    return tuple(deal for deal in load_frameworks() if deal.rate > BASE)


def benchmarks() -> dict[str, tuple[float, float]]:
    """Mean absolute error of each benchmark in points: in sample, and with each partner left out in turn."""
    deals, world = rated(), load_world()
    economies = [world.partner(deal.iso) for deal in deals]
    rates = np.array([deal.rate for deal in deals])
    april = np.array([100.0 * economy.rate_april2 for economy in economies])
    rich = np.array([income(economy) > HIGH_INCOME for economy in economies])
    return {BENCHMARKS[name]: found.errors(rates) for name, found in lay(april, rates, rich).items()}
