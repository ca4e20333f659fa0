"""Tables of what a partner's answer does: how flows change when it taxes goods from the United States.

An answer is one duty r on all goods from the United States; what it collects is the partner's own, and lowers the tax
on its labour. Changes are smooth enough for a cubic in `sim.world.answers.choked`, with coefficients that are linear
between a few own rates and states of the world.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from sim.world.trade import TradeWorld

__all__ = ["FLOWS", "POWERS", "AnswerTables", "solve_answer", "solve_flows"]

Array = npt.NDArray[np.float64]

RATES = np.arange(7) / 10.0
OMEGAS = np.array([0.0, 0.6, 1.2])
RATE_NODES = 4
"""Own rates solved for: Chebyshev points of the range, and a cubic through them gives the knots."""
POWERS = 3
NODES = 5
"""Answers solved for each own rate and state, besides none at all: Chebyshev points of the range of `choked`."""
FLOWS = ("gain", "home", "imports", "exports")


@dataclass(frozen=True, eq=False)
class AnswerTables:
    """What answers change, by partner (N), power of `choked` (3), own rate (P) and state of the world (Q).

    All changes are against the same duties of the United States without an answer; USD bn a year.

    Attributes
    ----------
    rates, omegas : ndarray of shape (P,), (Q,)
        Uniform grids from 0: the partner's own effective rate; the others' duties as a multiple of those of 2 April.
    gain : ndarray of shape (N, 3, P, Q)
        Coefficients of dg_i = E_i [W^_i(e, r) - W^_i(e, 0)].
    home : ndarray of shape (N, 3, P, Q)
        Of dh_i = E_US [W^_US(e, r) - W^_US(e, 0)], to be added to h_i at the same e.
    imports, exports : ndarray of shape (N, 3, P, Q)
        Of the change of what the United States buy of i, and sell to it, before duty.
    """

    rates: Array
    omegas: Array
    gain: Array
    home: Array
    imports: Array
    exports: Array

    @property
    def steps(self) -> Array:
        """Widths of the cells in own rate and omega, ndarray of shape (2,)."""
        return np.array([self.rates[1] - self.rates[0], self.omegas[1] - self.omegas[0]])

    @classmethod
    def stack(cls, solved: list[tuple[Array, ...]], digits: Callable[[Array], Array]) -> AnswerTables:
        """Put the partners' slices of `solve_answer` together, each flow rounded by `digits`."""
        flows = (digits(np.stack(part)) for part in zip(*solved, strict=True))
        return cls(RATES, OMEGAS, **dict(zip(FLOWS, flows, strict=True)))

    @classmethod
    def names(cls) -> dict[str, str]:
        """Name each array goes by in the archive, with the letters of its shape."""
        return {"answer_rates": "P", "answer_omegas": "Q"} | {f"answer_{flow}": "NCPQ" for flow in FLOWS}

    def arrays(self) -> dict[str, Array]:
        """Return the arrays by the names of the archive, flows in single precision."""
        flows = {f"answer_{flow}": getattr(self, flow).astype("<f4") for flow in FLOWS}
        return {"answer_rates": self.rates, "answer_omegas": self.omegas} | flows

    @classmethod
    def of(cls, arrays: Mapping[str, Array]) -> AnswerTables:
        """Make tables of the arrays of an archive."""
        return cls(**{name.removeprefix("answer_"): arrays[name].astype(np.float64) for name in cls.names()})


def solve_answer(world: TradeWorld, iso: str, april: Array) -> tuple[Array, ...]:
    """Solve for one partner as one batch, with tax relief everywhere, and fit the cubic.

    Parameters
    ----------
    world : TradeWorld
        The economy.
    iso : str
        The partner that answers, alone; the members of a bloc levy the same.
    april : ndarray of shape (J,)
        Duties of 2 April on the players.

    Returns
    -------
    tuple of ndarray of shape (3, P, Q)
        Coefficients for each of `FLOWS`, USD bn a year.
    """
    from sim.world.answers import HIGHEST_ANSWER, choked
    from sim.world.grid import nodes_of, through

    rates = nodes_of(RATES, RATE_NODES)
    measure = choked(HIGHEST_ANSWER) * (1.0 - np.cos(np.pi * np.arange(NODES + 1) / NODES)) / 2.0
    answers = (1.0 - measure) ** (-1.0 / 3.0) - 1.0
    grid = np.meshgrid(rates, OMEGAS, answers, indexing="ij")
    rate, omega, duty = (values.ravel() for values in grid)
    duties = april[:, None] * omega
    duties[world.players.index(iso)] = rate
    flows = solve_flows(world, iso, duties, duty).reshape(len(FLOWS), -1, NODES + 1)
    changes = flows[:, :, 1:] - flows[:, :, :1]
    powers = measure[1:, None] ** np.arange(1, POWERS + 1)
    # The pseudo-inverse of a matrix that never changes: the same least squares for every partner, rate and state.
    fitted = np.linalg.pinv(powers) @ np.moveaxis(changes, 2, 1)
    return tuple(through(rates, RATES, fitted.reshape(len(FLOWS), POWERS, len(rates), len(OMEGAS)), axis=2))


def solve_flows(world: TradeWorld, iso: str, duties: Array, answers: Array) -> Array:
    """Solve exactly for the four flows.

    Parameters
    ----------
    world : TradeWorld
        The economy.
    iso : str
        The partner that answers, alone.
    duties : ndarray of shape (J, B)
        Of the United States on each player.
    answers : ndarray of shape (B,)
        Of the partner on the United States.

    Returns
    -------
    ndarray of shape (4, B)
        The partner's gain, that of the United States, US imports from it and US exports to it, USD bn a year.
    """
    i, us = world.players.index(iso), world.players.index("USA")
    back = np.zeros_like(duties)
    back[i] = answers
    result = world.solve(world.roster.spread(duties), world.roster.spread(back))
    gains, rows = world.roster.total(result.gain_bn), world.roster.rows(iso)
    sold = result.markets.out_us[rows].sum(axis=0)
    return np.stack([gains[i], gains[us], result.us_imports[rows].sum(axis=0), sold])
