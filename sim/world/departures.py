"""What the payoff tables miss when the others' duties are not alike, fitted to exact solutions at random duties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.world.draws import KINDS, random_duties
from sim.world.lookup import interpolate
from sim.world.partners import Economy
from sim.world.payoffs import BASELINE, PayoffTables
from sim.world.state import grip, lost, multiple, revenue
from sim.world.trade import TradeWorld

__all__ = ["Sample", "draw_sample", "fit_spill", "fit_tilt"]

Array = npt.NDArray[np.float64]
Feature = Callable[[Any], Any]

SPILL_DRAWS, TILT_DRAWS = 1000, 200
"""One solution serves all partners' spills; each partner's tilt needs solutions of its own, so there are fewer."""
SEED = 20250402
SPILL_RIDGE, TILT_RIDGE = 1e-5, 0.1
"""Pull towards nought, and towards one slope for all others, relative to the mean square of a regressor. With fewer
draws than twice the unknowns, a tilt without its pull follows noise."""


@dataclass(frozen=True)
class Sample:
    """Random duties and the exact welfare they lead to.

    Attributes
    ----------
    duties : ndarray of shape (J, B)
        By player, in the order of the world.
    gains : ndarray of shape (J, B)
        Spending times the change of welfare (E8), USD bn a year.
    """

    duties: Array
    gains: Array


def draw_sample(world: TradeWorld, economies: tuple[Economy, ...], draws: int) -> Sample:
    """Solve for random duties, half of them of each kind."""
    kinds = [random_duties(world, economies, draws // 2, SEED + draws, kind) for kind in KINDS]
    duties = np.concatenate(kinds, axis=1)
    return Sample(duties, world.player_gains(duties))


def fit_spill(tables: PayoffTables, sample: Sample, iso: str) -> Array:
    """Fit B_i, ndarray of shape (J,), USD bn a year per unit of `lost`."""
    rates, omega, own = _stand(tables, sample, iso)
    left = sample.gains[own] - _read(tables, "gain", iso, rates[own], omega)
    features = _departure(lost, tables, rates, omega, own)
    size = np.sqrt((features**2).mean(axis=0))
    return _ridge(features, left, np.where(size > 0.0, 1.0 / np.maximum(size, 1e-12), 0.0), SPILL_RIDGE)


def fit_tilt(world: TradeWorld, tables: PayoffTables, sample: Sample, iso: str) -> Array:
    """Fit C_i, ndarray of shape (J,), USD bn a year per unit of `revenue` and `grip`."""
    rates, omega, own = _stand(tables, sample, iso)
    anchored, us = rates.copy(), world.players.index("USA")
    anchored[own] = BASELINE
    home = sample.gains[us] - world.player_gains(anchored)[us]
    left = home - _read(tables, "home", iso, rates[own], omega)
    weight = tables.trade / tables.trade.sum()
    features = _departure(revenue, tables, rates, omega, own)
    features *= np.array([[grip(e)] for e in rates[own]])
    features *= weight
    common = features.sum(axis=1)
    slope = float(common @ left) / max(float(common @ common), 1e-300)
    # Small suppliers may differ more from the common slope than large ones: the pull is on the square root of trade.
    scale = np.where(weight > 0.0, 1.0 / np.sqrt(weight + 1e-4), 0.0)
    return np.asarray(weight * (slope + _ridge(features, left - slope * common, scale, TILT_RIDGE)) * (weight > 0.0))


def _stand(tables: PayoffTables, sample: Sample, iso: str) -> tuple[Array, Array, int]:
    """Duties, the partner's omega by draw, and its row."""
    own = tables.column[iso]
    rates = sample.duties
    omega = [multiple(np.ascontiguousarray(column), tables.april, tables.trade, own) for column in rates.T]
    return rates, np.array(omega), own


def _read(tables: PayoffTables, name: str, iso: str, rates: Array, omegas: Array) -> Array:
    table, steps = getattr(tables, name)[tables.row[iso]], (tables.rate_step, tables.omega_step)
    return np.array([interpolate(table, e, omega, *steps) for e, omega in zip(rates, omegas, strict=True)])


def _departure(feature: Feature, tables: PayoffTables, rates: Array, omega: Array, own: int) -> Array:
    """Feature of the duties less that of 2 April at the same omega, ndarray of shape (B, J); nought for the partner."""
    gap = feature(rates) - feature(np.outer(tables.april, omega))
    gap[own] = 0.0
    return np.asarray(gap.T)


def _ridge(features: Array, target: Array, scale: Array, pull: float) -> Array:
    """Least squares with a pull towards nought on the coefficients over their scale."""
    scaled = features * scale
    size = np.sqrt((scaled**2).mean())
    gram = scaled.T @ scaled + pull * size**2 * len(target) * np.eye(scaled.shape[1])
    return np.asarray(scale * np.linalg.solve(gram, scaled.T @ target))
