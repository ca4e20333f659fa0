"""The exact part of the payoff tables: one partner's own rate by multiples of the duties of 2 April."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.world.payoffs import BASELINE
from sim.world.trade import TradeWorld

__all__ = ["Grid", "nodes_of", "solve_grid", "through"]

Array = npt.NDArray[np.float64]
RATE_NODES, OMEGA_NODES = 11, 6
"""The flows are smooth, so polynomials through this many Chebyshev points of the two ranges give every knot to about
six digits; solving all knots would take ten times as many solutions."""


@dataclass(frozen=True)
class Grid:
    """The two grids of a table: own effective rates (K,) and multiples of the duties of 2 April (M,)."""

    rates: Array
    omegas: Array


def solve_grid(world: TradeWorld, iso: str, april: Array, grid: Grid) -> tuple[Array, Array, Array, Array]:
    """Solve for one partner as one batch.

    Parameters
    ----------
    world : TradeWorld
        The economy.
    iso : str
        The partner.
    april : ndarray of shape (J,)
        Duties of 2 April on the players.
    grid : Grid
        Where the flows are wanted.

    Returns
    -------
    gain, home, imports, prices : ndarray of shape (K, M)
        g_i, h_i, US imports, and what US buyers pay more than at the own rate 0.10, USD bn a year: prices count in
        hours of work, since in the numeraire (E9) they rise with the US wage, which costs nobody at home anything.
    """
    rates, omegas = nodes_of(grid.rates, RATE_NODES), nodes_of(grid.omegas, OMEGA_NODES)
    rate, omega = (values.ravel() for values in np.meshgrid(rates, omegas, indexing="ij"))
    i, us = world.players.index(iso), world.players.index("USA")
    duties = april[:, None] * omega
    duties[i] = rate
    result = world.solve(world.roster.spread(duties))
    gains, bought = world.roster.total(result.gain_bn), world.roster.total(result.us_imports)
    shape = (len(rates), len(omegas))
    flows = np.stack([gains[i], gains[us], bought[i]])
    fine = through(omegas, grid.omegas, flows.reshape(3, *shape), axis=2)
    gain, home, imports = through(rates, grid.rates, fine, axis=1)
    anchor = int(np.argmin(np.abs(grid.rates - BASELINE)))
    here = [world.calibration.us]
    dear = (result.price_hat[here] / result.wage_hat[here]).reshape(1, *shape)
    level = through(omegas, grid.omegas, dear, axis=2)
    level = through(rates, grid.rates, level, axis=1)[0]
    spent = float(world.calibration.spending[world.calibration.us])
    return gain, home - home[anchor], imports, spent * (level / level[anchor] - 1.0)


def nodes_of(knots: Array, most: int) -> Array:
    """Chebyshev points of the range of the knots, ends included; the knots themselves where they are few."""
    if len(knots) <= most:
        return knots
    middle, half = (knots[0] + knots[-1]) / 2.0, (knots[-1] - knots[0]) / 2.0
    return np.asarray(middle - half * np.cos(np.pi * np.arange(most) / (most - 1)))


def through(nodes: Array, knots: Array, values: Array, axis: int) -> Array:
    """Lay a polynomial through the nodes and read it at the knots."""
    from scipy.interpolate import BarycentricInterpolator

    if nodes is knots:
        return values
    return np.asarray(BarycentricInterpolator(nodes, values, axis=axis)(knots))
