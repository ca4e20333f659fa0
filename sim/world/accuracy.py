"""How far the payoff tables are from exact solutions when the others' duties are not all alike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.world.draws import Kind, random_duties
from sim.world.lookup import interpolate
from sim.world.partners import Economy, requesting
from sim.world.payoffs import BASELINE, PayoffTables
from sim.world.state import grip, state_of
from sim.world.trade import TradeWorld

__all__ = ["FlowError", "TableError", "read_tables", "table_errors"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class FlowError:
    """Error of a table against exact solutions at random duties, USD bn a year.

    Attributes
    ----------
    rms : float
        Root mean square.
    p95 : float
        95th percentile of the absolute error.
    span : float
        Largest less smallest exact flow at the same duties, the range that errors are shares of.
    """

    rms: float
    p95: float
    span: float

    def share(self, name: str = "rms") -> float:
        """Return an error as a share of the range, a fraction."""
        return float(getattr(self, name)) / self.span


@dataclass(frozen=True)
class TableError:
    """Errors of g_i and of h_i of one partner."""

    iso3: str
    gain: FlowError
    home: FlowError


def read_tables(tables: PayoffTables, iso: str, duties: Array) -> tuple[Array, Array]:
    """Read a partner's g and h, ndarrays of shape (B,), at duties of shape (J, B) on all players of the tables."""
    row, own, steps = tables.row[iso], tables.column[iso], (tables.rate_step, tables.omega_step)
    market = tables.april, tables.trade, tables.spill, tables.tilt
    gain, home = np.empty(duties.shape[1]), np.empty(duties.shape[1])
    for b, rates in enumerate(np.ascontiguousarray(duties.T)):
        omega, spill, tilt = state_of(rates, market, own, row)
        gain[b] = interpolate(tables.gain[row], rates[own], omega, *steps) + spill
        home[b] = interpolate(tables.home[row], rates[own], omega, *steps) + grip(rates[own]) * tilt
    return gain, home


def table_errors(
    world: TradeWorld,
    economies: tuple[Economy, ...],
    tables: PayoffTables,
    draws: tuple[int, int, Kind] = (40, 20250422, "even"),
    partners: Collection[str] | None = None,
) -> list[TableError]:
    """Compare tables with exact solutions at random duties.

    Parameters
    ----------
    world, economies, tables
        What the tables were built from, and the tables.
    draws : tuple of int, int and str
        Number of random vectors per partner, seed and kind, as in `sim.world.draws.random_duties`. No vector here is
        among those the tables were fitted to unless the seed is `sim.world.departures.SEED` plus its draws.
    partners : collection of str, optional
        Codes of the partners to look at; all by default.

    Returns
    -------
    list of TableError
        In the order of the partners.
    """
    duties = random_duties(world, economies, *draws)
    exact = world.player_gains(duties)
    chosen = [x.iso3 for x in requesting(economies) if partners is None or x.iso3 in partners]
    return [_error(world, tables, duties, exact, iso) for iso in chosen]


def _error(world: TradeWorld, tables: PayoffTables, duties: Array, exact: Array, iso: str) -> TableError:
    us, own, anchored = world.players.index("USA"), world.players.index(iso), duties.copy()
    anchored[own] = BASELINE
    gain, home = read_tables(tables, iso, duties)
    exact_home = exact[us] - world.player_gains(anchored)[us]
    return TableError(iso, _compare(gain, exact[own]), _compare(home, exact_home))


def _compare(read: Array, exact: Array) -> FlowError:
    error = np.abs(read - exact)
    return FlowError(float(np.sqrt(np.mean(error**2))), float(np.quantile(error, 0.95)), float(np.ptp(exact)))
