"""The uniform tariff that is best for the United States, and for those who answer: by formula and by search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.world.calibration import Calibration
from sim.world.markets import Revenue
from sim.world.rates import Rates
from sim.world.search import at_edge, best_rate

if TYPE_CHECKING:
    from sim.world.trade import TradeWorld

__all__ = ["OptimalTariff", "optimal_tariff", "retaliation_formula", "tariff_formula"]

Array = npt.NDArray[np.float64]


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

    best = best_rate(welfare, highest)
    change = float(welfare(np.array([best]))[0]) - 1.0
    formulas = tariff_formula(cal, "spending"), tariff_formula(cal, "income")
    gain = change * float(cal.spending[us])
    return OptimalTariff(*formulas, best, 100.0 * change, gain, at_edge(best, highest))


def _optimal(elastic: float, eps: float, phi: float) -> float:
    return float(1.0 / ((1.0 + elastic * eps) * phi - 1.0))
