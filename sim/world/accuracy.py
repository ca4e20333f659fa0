"""How far the payoff tables are from exact solutions when the others' duties are not all alike, answered or not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.world.answer_tables import FLOWS, solve_flows
from sim.world.answers import HIGHEST_ANSWER, answer_change
from sim.world.draws import Kind, random_duties
from sim.world.lookup import interpolate
from sim.world.partners import Economy, requesting
from sim.world.payoffs import BASELINE, PayoffTables
from sim.world.state import grip, multiple, state_of
from sim.world.trade import TradeWorld

__all__ = ["FlowError", "TableError", "answer_errors", "read_answers", "read_tables", "table_errors"]

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


def answer_errors(
    world: TradeWorld,
    economies: tuple[Economy, ...],
    tables: PayoffTables,
    draws: tuple[int, int, Kind] = (40, 20250422, "even"),
    partners: Collection[str] | None = None,
) -> dict[str, dict[str, FlowError]]:
    """Compare what answers change with exact solutions, at random duties on all and a random answer.

    The others' duties are those of `table_errors`; the partner's own is drawn evenly over the table, its answer evenly
    from 0 to the highest. Nobody else answers.

    Returns
    -------
    dict of str to dict of str to FlowError
        Errors by flow (`sim.world.answer_tables.FLOWS`), by partner.
    """
    duties = random_duties(world, economies, *draws)
    chosen = [x.iso3 for x in requesting(economies) if partners is None or x.iso3 in partners]
    return {iso: _answer_error(world, tables, duties, iso, draws[1]) for iso in chosen}


def read_answers(tables: PayoffTables, iso: str, duties: Array, answers: Array) -> Array:
    """Read the changes of all `FLOWS`, ndarray of shape (4, B), at duties of shape (J, B) and answers of shape (B,)."""
    row, own, steps = tables.row[iso], tables.column[iso], tables.answers.steps
    out = np.empty((len(FLOWS), len(answers)))
    for b, rates in enumerate(np.ascontiguousarray(duties.T)):
        omega = multiple(rates, tables.april, tables.trade, own)
        for f, name in enumerate(FLOWS):
            out[f, b] = answer_change(getattr(tables.answers, name)[row], steps, rates[own], omega, answers[b])
    return out


def _answer_error(world: TradeWorld, tables: PayoffTables, duties: Array, iso: str, seed: int) -> dict[str, FlowError]:
    rng, duties = np.random.default_rng([seed, tables.row[iso]]), duties.copy()
    duties[tables.column[iso]] = rng.uniform(0.0, tables.answers.rates[-1], duties.shape[1])
    answers = rng.uniform(np.zeros(duties.shape[1]), HIGHEST_ANSWER)
    exact = solve_flows(world, iso, duties, answers) - solve_flows(world, iso, duties, np.zeros_like(answers))
    read = read_answers(tables, iso, duties, answers)
    return {name: _compare(read[f], exact[f]) for f, name in enumerate(FLOWS)}


def _compare(read: Array, exact: Array) -> FlowError:
    error = np.abs(read - exact)
    return FlowError(float(np.sqrt(np.mean(error**2))), float(np.quantile(error, 0.95)), float(np.ptp(exact)))
