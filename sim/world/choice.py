"""The tariff between the United States and one partner that is best for either, or for both together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.world.markets import Revenue
from sim.world.rates import Rates
from sim.world.search import at_edge, best_rate

if TYPE_CHECKING:
    from sim.world.trade import TradeWorld

__all__ = ["Choice", "best_response", "efficient_rate", "preferred_rate"]

Array = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Choice:
    """The duty between the United States and one partner that is best for whoever chooses it.

    Attributes
    ----------
    iso : str
        The partner.
    rate : float
        The duty, a fraction.
    gain_us, gain_partner : float
        Welfare gains at that duty against the world before all duties, USD bn a year.
    at_edge : bool
        Whether the search ended at the highest rate it was allowed, so that the best may lie beyond.
    """

    iso: str
    rate: float
    gain_us: float
    gain_partner: float
    at_edge: bool

    @property
    def joint(self) -> float:
        """Gain of both together, USD bn a year."""
        return self.gain_us + self.gain_partner


def best_response(
    world: TradeWorld,
    iso: str,
    tariffs: Rates = 0.0,
    revenue: Revenue = "tax_relief",
    *,
    retaliation: Rates | None = None,
    highest: float = 1.0,
) -> Choice:
    """Find an economy's own best duty on goods from the United States.

    Parameters
    ----------
    world : TradeWorld
        Whose economies trade.
    iso : str
        The economy or bloc that answers; the members of a bloc levy the same.
    tariffs : rates
        Duties of the United States, its own included; none by default.
    revenue : {"tax_relief", "lump_sum"}
        What revenue is used for.
    retaliation : rates, optional
        Duties of the other economies on goods from the United States; its own entry is not read.
    highest : float
        Largest rate to try.

    Returns
    -------
    Choice
    """
    rows, duties = _partner(world, iso), world.vector(tariffs)
    back = np.zeros(len(world.iso)) if retaliation is None else world.vector(retaliation)

    def gains(rates: Array) -> tuple[Array, Array]:
        return _gains(world, rows, (duties, _with(back, rows, rates)), revenue)

    return _choice(iso, gains, highest, lambda gain: gain[1])


def preferred_rate(
    world: TradeWorld,
    iso: str,
    others: Rates = 0.0,
    revenue: Revenue = "tax_relief",
    *,
    retaliation: Rates | None = None,
    highest: float = 1.0,
) -> Choice:
    """Find the duty on one partner that is best for the United States.

    Parameters
    ----------
    world : TradeWorld
        Whose economies trade.
    iso : str
        The partner, an economy or a bloc.
    others : rates
        Duties of the United States on everybody else; the partner's own entry is not read; none by default.
    revenue : {"tax_relief", "lump_sum"}
        What revenue is used for.
    retaliation : rates, optional
        Duties on goods from the United States that are in force whatever they do.
    highest : float
        Largest rate to try.

    Returns
    -------
    Choice
    """
    return _choice(iso, _between(world, iso, others, revenue, retaliation), highest, lambda gain: gain[0])


def efficient_rate(
    world: TradeWorld,
    iso: str,
    others: Rates = 0.0,
    revenue: Revenue = "tax_relief",
    *,
    retaliation: Rates | None = None,
    highest: float = 1.0,
) -> Choice:
    """Find the duty on one partner with the largest joint gain of the two, in USD bn.

    Third economies pay for some of it, so that it need not be zero. Parameters as in `preferred_rate`.

    Returns
    -------
    Choice
    """
    return _choice(iso, _between(world, iso, others, revenue, retaliation), highest, lambda gain: gain[0] + gain[1])


def _partner(world: TradeWorld, iso: str) -> Rows:
    """Rows of the partner, all members of a bloc."""
    if iso == "USA" or iso not in {*world.iso, *world.blocs}:
        raise ValueError(f"{iso!r} is no partner of the United States in this world")
    return world.roster.rows(iso)


def _with(rates: Array, rows: Rows, own: Array) -> Array:
    """Repeat a vector of rates, with the partner's rows varying alike."""
    wide = np.repeat(rates[:, None], len(own), axis=1)
    wide[rows] = own
    return wide


def _between(
    world: TradeWorld, iso: str, others: Rates, revenue: Revenue, retaliation: Rates | None
) -> Callable[[Array], tuple[Array, Array]]:
    """Return the gains of the United States and a partner as functions of the duty on it."""
    rows, duties = _partner(world, iso), world.vector(others)
    back = None if retaliation is None else world.vector(retaliation)
    return lambda rates: _gains(world, rows, (_with(duties, rows, rates), back), revenue)


def _gains(world: TradeWorld, rows: Rows, duties: tuple[Array, Array | None], revenue: Revenue) -> tuple[Array, Array]:
    """Gains of the United States and of the partner, all members together, USD bn a year."""
    gain = world.solve(*duties, revenue).gain_bn
    return gain[world.calibration.us], gain[rows].sum(axis=0)


def _choice(
    iso: str,
    gains: Callable[[Array], tuple[Array, Array]],
    highest: float,
    aim: Callable[[tuple[Array, Array]], Array],
) -> Choice:
    rate = best_rate(lambda rates: aim(gains(rates)), highest)
    us, partner = (float(gain[0]) for gain in gains(np.array([rate])))
    return Choice(iso, rate, us, partner, at_edge(rate, highest))
