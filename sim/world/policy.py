"""Tariffs that are best for somebody: by the formulas of the theory, and by search in the whole model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.world.calibration import Calibration
from sim.world.errors import ConvergenceError
from sim.world.markets import Revenue
from sim.world.rates import Rates

if TYPE_CHECKING:
    from sim.world.trade import TradeWorld

__all__ = [
    "Choice",
    "OptimalTariff",
    "best_response",
    "efficient_rate",
    "optimal_tariff",
    "preferred_rate",
    "retaliation_formula",
    "tariff_formula",
]

Array = npt.NDArray[np.float64]
Value = Callable[[Array], Array]
"""From rates of shape (B,) to what is to be as large as possible, shape (B,)."""

KNOTS = 21
"""Rates tried at once before the search goes on between the neighbours of the best."""
SHARP = 1e-6
"""How exactly a rate is found, a fraction."""


@dataclass(frozen=True)
class OptimalTariff:
    """The uniform duty that is best for the United States. Rates are fractions.

    Attributes
    ----------
    formula : float
        By the formula, foreign sales measured against imports, E - X_UU.
    formula_income : float
        The same against income less sales at home, Y - X_UU: smaller by what the deficit adds to imports.
    search : float
        Found by search in the whole model.
    welfare : float
        Change of US welfare at the duty found, per cent.
    gain : float
        The same, USD bn a year.
    at_edge : bool
        Whether the search ended at the highest rate it was allowed, so that the best may lie beyond.
    """

    formula: float
    formula_income: float
    search: float
    welfare: float
    gain: float
    at_edge: bool


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


def tariff_formula(cal: Calibration, against: str = "spending") -> float:
    """Optimal uniform duty of the United States, by formula: t* = 1 / ((1 + D eps) phi - 1).

    D is the sum over destinations i of (1 - nu_i) X_Ui (1 - lambda_Ui), over (1 - nu_U) Z.

    Parameters
    ----------
    cal : Calibration
        The world before.
    against : {"spending", "income"}
        Z is E_U - X_UU or Y_U - X_UU.

    Returns
    -------
    float
        A fraction.
    """
    us = cal.us
    sold, share = cal.flows[us].copy(), cal.share[us]
    home, sold[us] = float(sold[us]), 0.0
    total = cal.spending[us] if against == "spending" else cal.income[us]
    elastic = float(((1.0 - cal.nu) * sold) @ (1.0 - share)) / ((1.0 - cal.nu[us]) * (total - home))
    return _optimal(elastic, cal.eps, float(cal.phi[us]))


def retaliation_formula(cal: Calibration) -> float:
    """Optimal uniform duty on goods from the United States of all others, taken as one economy, by formula.

    D = (1 - nu_U) x_RU (1 - x_RU / sum_j X_jU) / ((1 - nu_R) (Y_R - x_RR)); R are the others, home sales are in x_RR.

    Returns
    -------
    float
        A fraction.
    """
    rest = np.arange(len(cal.spending)) != cal.us
    flows, margin = cal.flows, float(cal.nu[rest][0])
    sold = float(flows[rest, cal.us].sum())
    abroad = float(cal.income[rest].sum() - flows[np.ix_(rest, rest)].sum())
    elastic = (1.0 - cal.nu[cal.us]) * sold * (1.0 - sold / cal.spending[cal.us]) / ((1.0 - margin) * abroad)
    return _optimal(float(elastic), cal.eps, float(cal.phi[rest][0]))


def optimal_tariff(
    world: TradeWorld, revenue: Revenue = "tax_relief", retaliation: Rates | None = None, highest: float = 1.0
) -> OptimalTariff:
    """Find the uniform duty that is best for the United States.

    Parameters
    ----------
    world : TradeWorld
        Whose economies trade.
    revenue : {"tax_relief", "lump_sum"}
        What revenue is used for; the formulas do not know.
    retaliation : rates, optional
        Duties on goods from the United States that are in force whatever they do.
    highest : float
        Largest rate to try.

    Returns
    -------
    OptimalTariff
    """
    us, cal = world.calibration.us, world.calibration
    everybody = np.ones((len(world.iso), 1))

    def welfare(rates: Array) -> Array:
        result = world.solve(everybody * rates, retaliation, revenue)
        return np.asarray(result.welfare_hat[us])

    best = _search(welfare, highest)
    change = float(welfare(np.array([best]))[0]) - 1.0
    formulas = tariff_formula(cal, "spending"), tariff_formula(cal, "income")
    gain = change * float(cal.spending[us])
    return OptimalTariff(*formulas, best, 100.0 * change, gain, _at_edge(best, highest))


def best_response(
    world: TradeWorld,
    iso: str,
    tariffs: Rates,
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
        The economy that answers.
    tariffs : rates
        Duties of the United States, its own included.
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
    k, duties = _partner(world, iso), world.vector(tariffs)
    back = np.zeros(len(world.iso)) if retaliation is None else world.vector(retaliation)

    def gains(rates: Array) -> tuple[Array, Array]:
        return _gains(world, k, (duties, _with(back, k, rates)), revenue)

    return _choice(iso, gains, highest, lambda gain: gain[1])


def preferred_rate(
    world: TradeWorld,
    iso: str,
    others: Rates,
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
        The partner.
    others : rates
        Duties of the United States on everybody else; the partner's own entry is not read.
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
    others: Rates,
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


def _optimal(elastic: float, eps: float, phi: float) -> float:
    return float(1.0 / ((1.0 + elastic * eps) * phi - 1.0))


def _partner(world: TradeWorld, iso: str) -> int:
    if iso not in world.row or iso == "USA":
        raise ValueError(f"{iso!r} is no partner of the United States in this world")
    return world.row[iso]


def _with(rates: Array, k: int, own: Array) -> Array:
    """Repeat a vector of rates, with one row that varies."""
    wide = np.repeat(rates[:, None], len(own), axis=1)
    wide[k] = own
    return wide


def _between(
    world: TradeWorld, iso: str, others: Rates, revenue: Revenue, retaliation: Rates | None
) -> Callable[[Array], tuple[Array, Array]]:
    """Return the gains of the United States and a partner as functions of the duty on it."""
    k, duties = _partner(world, iso), world.vector(others)
    back = None if retaliation is None else world.vector(retaliation)
    return lambda rates: _gains(world, k, (_with(duties, k, rates), back), revenue)


def _gains(world: TradeWorld, k: int, duties: tuple[Array, Array | None], revenue: Revenue) -> tuple[Array, Array]:
    """Gains of the United States and of economy `k`, USD bn a year."""
    result, cal = world.solve(*duties, revenue), world.calibration
    return tuple(cal.spending[i] * (np.atleast_2d(result.welfare_hat)[i] - 1.0) for i in (cal.us, k))  # type: ignore[return-value]


def _choice(
    iso: str,
    gains: Callable[[Array], tuple[Array, Array]],
    highest: float,
    aim: Callable[[tuple[Array, Array]], Array],
) -> Choice:
    rate = _search(lambda rates: aim(gains(rates)), highest)
    us, partner = (float(gain[0]) for gain in gains(np.array([rate])))
    return Choice(iso, rate, us, partner, _at_edge(rate, highest))


def _search(value: Value, highest: float) -> float:
    """Find the best rate from 0 to `highest`: a grid first, then between the neighbours of its best knot."""
    from scipy.optimize import minimize_scalar

    if not 0.0 < highest < np.inf:
        raise ValueError(f"highest rate {highest}: must be a number above 0")
    grid = np.linspace(0.0, highest, KNOTS)
    k = int(np.argmax(_values(value, grid)))
    low, high = grid[max(k - 1, 0)], grid[min(k + 1, KNOTS - 1)]
    found = minimize_scalar(
        lambda rate: -float(value(np.array([rate]))[0]), bounds=(low, high), method="bounded", options={"xatol": SHARP}
    )
    at_knot = float(value(grid[[k]])[0])
    return float(found.x) if -found.fun > at_knot else float(grid[k])


def _values(value: Value, grid: Array) -> Array:
    """Value a grid of rates; those without an equilibrium are not to be chosen."""
    try:
        return value(grid)
    except ConvergenceError:
        return np.array([_or_nothing(value, rate) for rate in grid])


def _or_nothing(value: Value, rate: float) -> float:
    try:
        return float(value(np.array([rate]))[0])
    except ConvergenceError:
        return -np.inf


def _at_edge(rate: float, highest: float) -> bool:
    return bool(rate > highest - 10.0 * SHARP)
