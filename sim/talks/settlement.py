"""Outcomes valued by the trade model itself rather than by its tables."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.talks.setup import Setup, response_of
from sim.world import PayoffTables, TradeWorld, load_world
from sim.world.bank import trade_model
from sim.world.state import multiple

__all__ = ["exact_flows"]

Floats = NDArray[np.float64]
NOBODY = -1


def exact_flows(setup: Setup, rates: Floats, answers: Floats) -> Floats:
    """Solve for g_i of all partners at tariffs in force (E1 to E9).

    Economies that are not at the table stand at the multiple of their duty of 2 April at which those at the table
    stand together. (The tables let each partner meet them at its own multiple, which differs in a world of few
    partners.) Where diversion is weaker than 1 a partner meets the others' tariffs only that
    far from where they began, so that every partner needs a solution of its own.

    Parameters
    ----------
    setup : Setup
        Who is at the table.
    rates, answers : ndarray (W, N)
        Effective rates, and duties on goods from the United States; a row for each case, equal rows are solved once.

    Returns
    -------
    ndarray (W, N)
        USD bn a year. The last bits depend on the machine's linear algebra, unlike those of the tables.

    Raises
    ------
    ConvergenceError
        If a case has no equilibrium.
    """
    pairs, where = np.unique(np.hstack([rates, answers]), axis=0, return_inverse=True)
    cases, back = pairs[:, : rates.shape[1]], pairs[:, rates.shape[1] :]
    strength = setup.scenario.mechanisms.diversion.strength
    flows = _together(setup, cases, back) if strength == 1.0 else _one_by_one(setup, cases, back, strength)
    return flows[where.reshape(-1)]


def _together(setup: Setup, cases: Floats, back: Floats) -> Floats:
    """All partners meet the same world: a solution serves them all."""
    rows = _rows(setup)
    columns = [_duties(setup, case) for case in cases]
    gain = _solved(setup, columns, [_answers(setup, answer) for answer in back])
    return np.ascontiguousarray(gain[rows].T)


def _one_by_one(setup: Setup, cases: Floats, back: Floats, strength: float) -> Floats:
    """Each partner meets the others where diversion lets it see them."""
    rows, pause = _rows(setup), setup.pause
    columns, answers = [], []
    for case, answer in zip(cases, back, strict=True):
        seen = pause + strength * (case - pause)
        for i, row in enumerate(rows):
            duties = _duties(setup, seen)
            duties[row] = case[i]
            columns.append(duties)
            answers.append(_answers(setup, answer))
    gain = _solved(setup, columns, answers).reshape(-1, *cases.shape)
    return np.ascontiguousarray(gain[rows, :, np.arange(len(rows))].T)


def _solved(setup: Setup, columns: list[Floats], answers: list[Floats]) -> Floats:
    """Gains of all players, ndarray (J, B), on average over the horizon: f_S + w (f_L - f_S) (E10)."""
    duties, back = np.column_stack(columns), np.column_stack(answers)
    asked, response = back if back.any() else None, response_of(setup.scenario)
    short = _trade(response.short_run).player_gains(duties, asked)
    if response.long_run == response.short_run:
        return short
    long = _trade(response.long_run).player_gains(duties, asked)
    return np.asarray(short + response.weight(setup.scenario.clock.horizon) * (long - short))


def _answers(setup: Setup, answer: Floats) -> Floats:
    """Duties of all players on the United States, ndarray (J,)."""
    duties = np.zeros_like(_tables().april)
    duties[_rows(setup)] = answer
    return np.asarray(duties)


def _duties(setup: Setup, rates: Floats) -> Floats:
    """Duties on all players, ndarray (J,)."""
    tables = _tables()
    april, trade = setup.market[0], setup.market[1]
    duties = multiple(rates, april, trade, NOBODY) * tables.april
    duties[_rows(setup)] = rates
    return np.asarray(duties)


def _rows(setup: Setup) -> list[int]:
    """Places of the partners among the players of the trade model."""
    tables = _tables()
    return [tables.column[terms.iso] for terms in setup.terms]


def _tables() -> PayoffTables:
    return load_world().tables


@lru_cache(maxsize=8)
def _trade(eps: float) -> TradeWorld:
    return trade_model(eps)
