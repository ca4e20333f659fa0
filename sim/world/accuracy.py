"""How far the payoff tables are from exact solves when the others' duties are not all alike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.world.lookup import interpolate
from sim.world.partners import Economy, requesting
from sim.world.payoffs import BASELINE, PayoffTables, april2_vector
from sim.world.trade import TradeWorld

__all__ = ["TableError", "state_of_world", "table_errors"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class TableError:
    """Root mean square errors of one partner's tables, and the sizes they are to be compared with; USD bn a year.

    Attributes
    ----------
    iso3 : str
        The partner.
    gain, home : float
        Error of g_i and of h_i.
    gain_size, home_size : float
        Root mean square of the exact g_i and h_i.
    """

    iso3: str
    gain: float
    home: float
    gain_size: float
    home_size: float


def state_of_world(duties: Array, april2: Array, weight: Array, leave_out: int) -> Array:
    """Return omega, the others' duties as a multiple of those of 2 April, weighted by trade.

    Parameters
    ----------
    duties : ndarray of shape (N, B)
        Effective duties in force.
    april2, weight : ndarray of shape (N,)
        Duties of 2 April; US imports at the start.
    leave_out : int
        Row of the partner whose others are meant.
    """
    trade = weight.copy()
    trade[leave_out] = 0.0
    return np.asarray((trade @ duties) / (trade @ april2))


def table_errors(
    world: TradeWorld,
    economies: tuple[Economy, ...],
    tables: PayoffTables,
    draws: int = 40,
    seed: int = 20250422,
    partners: Collection[str] | None = None,
) -> list[TableError]:
    """Compare tables with exact solves on random duties.

    Every partner's duty is drawn between the baseline of 10 per cent and 1.25 times its rate of 2 April, each on its
    own; the other economies' are those of 2 April times one draw from 0.4 to 1.2.

    Parameters
    ----------
    world, economies, tables
        What the tables were built from, and the tables.
    draws : int
        Random vectors per partner.
    seed : int
        Of the draws.
    partners : collection of str, optional
        Codes of the partners to look at; all by default.

    Returns
    -------
    list of TableError
        In the order of the partners.
    """
    april2 = world.vector(april2_vector(economies))
    duties = _random_duties(world, economies, april2, (draws, seed))
    exact = world.solve(duties)
    chosen = [x.iso3 for x in requesting(economies) if partners is None or x.iso3 in partners]
    return [_error(world, tables, (april2, duties, exact.welfare_hat), iso) for iso in chosen]


def _random_duties(world: TradeWorld, economies: tuple[Economy, ...], april2: Array, draw: tuple[int, int]) -> Array:
    rng = np.random.default_rng(draw[1])
    duties = april2[:, None] * rng.uniform(0.4, 1.2, draw[0])
    for partner in requesting(economies):
        i = world.row[partner.iso3]
        duties[i] = rng.uniform(BASELINE, 1.25 * max(BASELINE, april2[i]), draw[0])
    return np.asarray(duties)


def _error(world: TradeWorld, tables: PayoffTables, exact: tuple[Array, Array, Array], iso: str) -> TableError:
    april2, duties, welfare = exact
    i, k, cal = world.row[iso], tables.row[iso], world.calibration
    omega = state_of_world(duties, april2, world.trade[:, cal.us], i)
    anchored = duties.copy()
    anchored[i] = BASELINE
    gain = cal.spending[i] * (welfare[i] - 1.0)
    home = cal.spending[cal.us] * (welfare[cal.us] - world.solve(anchored).welfare_hat[cal.us])
    steps = tables.rate_step, tables.omega_step
    read_gain = np.array([interpolate(tables.gain[k], e, o, *steps) for e, o in zip(duties[i], omega, strict=True)])
    read_home = np.array([interpolate(tables.home[k], e, o, *steps) for e, o in zip(duties[i], omega, strict=True)])
    return TableError(iso, _rms(read_gain - gain), _rms(read_home - home), _rms(gain), _rms(home))


def _rms(values: Array) -> float:
    return float(np.sqrt(np.mean(values**2)))
