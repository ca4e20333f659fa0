"""From a trade table and GDP to the constants of the model: shares, spending, income, the two elasticities.

Source of the procedure: Ignatenko, Lashkaripour, Macedoni and Simonovska, J. Int. Econ. 157 (2025) 104138.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

__all__ = ["Calibration", "ModelName", "Parameters", "Transfers", "calibrate"]

Array = npt.NDArray[np.float64]
ModelName = Literal["generalised", "eaton_kortum"]
Transfers = Literal["world", "own"]

MARGIN_REST, MARGIN_US = 0.12, 0.26
"""Share of sales that pays fixed costs of selling abroad, sales-weighted: the rest of the world, the United States."""


@dataclass(frozen=True)
class Parameters:
    """Elasticities and variant of the model.

    Attributes
    ----------
    eps : float
        Trade elasticity, above 0.
    kappa : float
        Elasticity of labour supply, 0 or more.
    psi_from : float
        Four times the scale elasticity psi, above 0; theta is 1 / psi. Neither moves with `eps`.
    pass_through : float
        Share p of the duty that reaches the buyers' price, above 0.
    model : {"generalised", "eaton_kortum"}
        The latter sets nu = 0 and phi = 1 and keeps everything else.
    transfers : {"world", "own"}
        What the transfers behind deficits and surpluses follow (E6): all keep their share of world income, as in the
        source; or who gives keeps giving the same share of its own income, and who receives the same share of what is
        given.

    Raises
    ------
    ValueError
        If a value is out of its range.
    """

    eps: float = 4.0
    kappa: float = 0.5
    psi_from: float = 0.67
    pass_through: float = 1.0
    model: ModelName = "generalised"
    transfers: Transfers = "world"

    def __post_init__(self) -> None:
        for name, allowed in {"model": get_args(ModelName), "transfers": get_args(Transfers)}.items():
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} {getattr(self, name)!r}: allowed are {' and '.join(map(repr, allowed))}")
        for name, least in {"eps": 1e-9, "kappa": 0.0, "psi_from": 1e-9, "pass_through": 1e-9}.items():
            if not least <= getattr(self, name) < np.inf:
                raise ValueError(f"{name} = {getattr(self, name)}: must be a number {'above' if least else 'from'} 0")

    @property
    def psi(self) -> float:
        """Scale elasticity."""
        return self.psi_from / 4.0


@dataclass(frozen=True, eq=False)
class Calibration:
    """The initial equilibrium and its elasticities.

    Attributes
    ----------
    share : ndarray of shape (N, N)
        lambda_ji, share of origin j (row) in the spending of destination i (column).
    spending, income, transfer : ndarray of shape (N,)
        E, Y and T = E - Y, in USD bn a year.
    nu, phi : ndarray of shape (N,)
        Share of sales in a destination paid there as fixed costs; the tariff's pass-through exponent.
    us : int
        Row of the United States.
    eps, kappa, psi : float
        Trade elasticity, elasticity of labour supply, scale elasticity.
    transfers : {"world", "own"}
        What transfers follow, as in `Parameters`.
    """

    share: Array
    spending: Array
    income: Array
    transfer: Array
    nu: Array
    phi: Array
    us: int
    eps: float
    kappa: float
    psi: float
    transfers: Transfers = "world"

    def transferred(self, income: Array) -> Array:
        """Return the transfers of (E6) at incomes Y', both USD bn a year and of shape (N, B)."""
        if self.transfers == "world":
            return np.asarray(self.transfer[:, None] * (income.sum(axis=0) / self.income.sum()))
        given = np.minimum(self.transfer, 0.0) / self.income
        taken = np.maximum(self.transfer, 0.0)
        return given[:, None] * income - (taken / max(taken.sum(), 1e-300))[:, None] * (given @ income)

    @property
    def flows(self) -> Array:
        """Trade table X_ji with sales at home on the diagonal, USD bn a year."""
        return self.share * self.spending

    @cached_property
    def buying(self) -> Array:
        """Shares with destinations in rows, for the sums over origins of (E2)."""
        return np.ascontiguousarray(self.share.T)

    @cached_property
    def earning(self) -> Array:
        """Shares net of fixed costs outside the United States, for the sums over destinations of (E5)."""
        weight = 1.0 - self.nu
        weight[self.us] = 0.0
        return self.share * weight


def calibrate(trade: Array, gdp: Array, us: int, parameters: Parameters | None = None) -> Calibration:
    """Calibrate the model to a trade table.

    Parameters
    ----------
    trade : ndarray of shape (N, N)
        Flows from origin (row) to destination (column), USD bn a year; the diagonal is ignored.
    gdp : ndarray of shape (N,)
        USD bn a year.
    us : int
        Row of the United States.
    parameters : Parameters, optional
        The baseline by default.

    Returns
    -------
    Calibration
    """
    chosen = parameters or Parameters()
    flows = np.array(trade, dtype=float)
    np.fill_diagonal(flows, 0.0)
    nu = _fixed_cost_shares(flows, gdp, us)
    full = _with_home_sales(flows, gdp, nu)
    phi = _tariff_exponent(nu, 1.0 / chosen.psi, chosen.pass_through)
    if chosen.model == "eaton_kortum":
        nu, phi = np.zeros_like(nu), np.ones_like(phi)
    spending = full.sum(axis=0)
    income = full @ (1.0 - nu) + nu * spending
    chosen_ones = chosen.eps, chosen.kappa, chosen.psi, chosen.transfers
    return Calibration(full / spending, spending, income, spending - income, nu, phi, us, *chosen_ones)


def _fixed_cost_shares(flows: Array, gdp: Array, us: int) -> Array:
    """Solve nu for two regions, the United States and the rest, from the two mean margins."""
    out, into = float(flows[us].sum()), float(flows[:, us].sum())
    gdp_us, gdp_rest = float(gdp[us]), float(gdp.sum() - gdp[us])
    nu_us = nu_rest = 0.0
    for _ in range(200):
        home_rest = gdp_rest + (1 - nu_rest) * (out - into * (1 - nu_us)) - out
        home_us = gdp_us + (1 - nu_us) * (into - out * (1 - nu_rest)) - into
        r_rest, r_us = home_rest / (home_rest + into), home_us / (home_us + out)
        nu_us, nu_rest = np.linalg.solve([[1 - r_rest, r_rest], [r_us, 1 - r_us]], [MARGIN_REST, MARGIN_US])
    nu = np.full(len(gdp), nu_rest)
    nu[us] = nu_us
    return nu


def _with_home_sales(flows: Array, gdp: Array, nu: Array) -> Array:
    """Fill the diagonal with what spending leaves after imports (never below zero)."""
    imports = flows.sum(axis=0)
    transfer = (1.0 - nu) * (imports - flows @ (1.0 - nu))
    return flows + np.diag(np.maximum(gdp + transfer - imports, 0.0))


def _tariff_exponent(nu: Array, theta: float, pass_through: float) -> Array:
    """Exponent phi_i with which spending and tariffs move the number of sellers."""
    return pass_through + (1.0 + theta) / ((1.0 - nu) * theta) - 1.0 / theta - 1.0
