"""The world after a change of tariffs, in exact ratios to the world before: equations (E1) to (E9).

A hat is a ratio to the initial equilibrium. Rows are economies, columns are tariff vectors solved together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from sim.world.anderson import fixed_point, newton_matrix
from sim.world.calibration import Calibration

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Chord", "Equilibrium", "Revenue", "chord", "solve"]

Array = npt.NDArray[np.float64]
Revenue = Literal["tax_relief", "lump_sum"]
Chord = tuple[Array, Array]
"""Where every solve of a world begins, and the Newton matrix there."""

TYPICAL_RATE = 0.15
"""Uniform duty at which the Newton matrix is taken: the middle of the rates of the talks."""


class _Exchange:
    """One evaluation of the world's markets at given wages, spending and employment (all in logs of hats)."""

    def __init__(self, cal: Calibration, tariffs: Array, retaliation: Array | None, revenue: Revenue) -> None:
        self.cal, self.relief = cal, revenue == "tax_relief"
        self.tariffs, self.retaliation = tariffs, retaliation
        self.us_weight = cal.share[:, cal.us, None] * (1.0 + tariffs) ** (-cal.eps * cal.phi[cal.us])
        if retaliation is not None:
            self.own_weight = cal.share[cal.us, :, None] * (1.0 + retaliation) ** (-cal.eps * cal.phi[:, None])
            self.own_change = self.own_weight - cal.share[cal.us, :, None]

    def evaluate(self, z: Array) -> None:
        """Set prices (E1-E3, E9), flows and revenue (E4) and incomes (E5) from the state `z`."""
        cal, us = self.cal, self.cal.us
        wage, spend, labour = np.split(z, 3)
        a = np.exp(-cal.eps * (wage - cal.psi * labour))
        total = cal.share.T @ a
        total[us] = (self.us_weight * a).sum(axis=0)
        if self.retaliation is not None:
            total += self.own_change * a[us]
        price = (1.0 - cal.phi)[:, None] * (spend - wage) - np.log(total) / cal.eps
        level = np.log(cal.spending @ np.exp(price) / cal.spending.sum())
        self.wage, self.labour, self.price = wage - level, labour, price - level
        self.spending = cal.spending[:, None] * np.exp(spend - level)
        self.a, self.demand = a, self.spending / total
        self._collect()
        sales = self.sales(1.0 - cal.nu)
        self.income = np.exp(self.wage + labour) * cal.income[:, None]
        self.market = sales + cal.nu[:, None] * (self.spending - self.revenue)

    def _collect(self) -> None:
        """Set the flows into the United States, those out of it that are taxed, and all revenue (E4)."""
        us = self.cal.us
        self.into_us = self.us_weight * self.a * self.demand[us] / (1.0 + self.tariffs)
        if self.retaliation is None:
            self.revenue = np.zeros_like(self.demand)
        else:
            self.out_us = self.own_weight * self.a[us] * self.demand / (1.0 + self.retaliation)
            self.revenue = self.retaliation * self.out_us
        self.revenue[us] = (self.tariffs * self.into_us).sum(axis=0)

    def sales(self, weight: Array) -> Array:
        """Sum each origin's sales before duty over destinations, with a weight per destination."""
        us, share = self.cal.us, self.cal.share
        abroad = weight[:, None] * self.demand
        abroad[us] = 0.0
        total = self.a * (share @ abroad) + weight[us] * self.into_us
        if self.retaliation is not None:
            gap = weight[:, None] * (self.out_us - share[us, :, None] * self.a[us] * self.demand)
            gap[us] = 0.0
            total[us] += gap.sum(axis=0)
        return np.asarray(total)

    def home_sales(self) -> Array:
        """Sales at home, not taxed."""
        return np.asarray(self.cal.share.diagonal()[:, None] * self.a * self.demand)

    def relief_rate(self) -> Array:
        """Share of income that revenue gives back through lower taxes; zero with a lump-sum rebate."""
        return self.revenue / self.income if self.relief else np.zeros_like(self.revenue)

    def step(self, z: Array) -> Array:
        """Return the wages, spending and employment that (E5), (E6) and (E7) ask for."""
        self.evaluate(z)
        cal = self.cal
        growth = self.income.sum(axis=0) / cal.income.sum()
        spending = (self.revenue + self.income + cal.transfer[:, None] * growth) / cal.spending[:, None]
        labour = cal.kappa * (self.wage - self.price - np.log1p(-self.relief_rate()))
        # Demand for an origin falls with its wage about eps-fold: a full step would overshoot.
        wage = self.wage + np.log(self.market / self.income) / (1.0 + cal.eps)
        return np.concatenate([wage, np.log(spending), labour])


@dataclass(frozen=True, eq=False)
class Equilibrium:
    """A solved world. Shares and hats are plain numbers; the public series are changes in per cent.

    Attributes
    ----------
    iso : tuple of str
        The economies, in the order of the rows.
    welfare_hat, price_hat, wage_hat, labour_hat : ndarray of shape (N, B)
        Ratios to the world before (E3, E5, E7, E8).
    spending, income, revenue_bn : ndarray of shape (N, B)
        E', Y' and tariff revenue R, in USD bn a year at the new prices.
    us_imports : ndarray of shape (N, B)
        Sales of each economy in the United States before duty, USD bn a year.
    exports, imports : ndarray of shape (N, B)
        Goods trade before duty, USD bn a year.
    """

    iso: tuple[str, ...]
    welfare_hat: Array
    price_hat: Array
    wage_hat: Array
    labour_hat: Array
    spending: Array
    income: Array
    revenue_bn: Array
    us_imports: Array
    exports: Array
    imports: Array
    single: bool
    _exchange: _Exchange

    @property
    def welfare(self) -> pd.Series:
        """Welfare (E8), change in per cent."""
        return self._series(100.0 * (self.welfare_hat - 1.0))

    @property
    def prices(self) -> pd.Series:
        """Consumer prices (E3), change in per cent."""
        return self._series(100.0 * (self.price_hat - 1.0))

    @property
    def employment(self) -> pd.Series:
        """Employment (E7), change in per cent."""
        return self._series(100.0 * (self.labour_hat - 1.0))

    @property
    def real_wage(self) -> pd.Series:
        """Wage over consumer prices before tax relief, change in per cent."""
        return self._series(100.0 * (self.wage_hat / self.price_hat - 1.0))

    @property
    def revenue(self) -> pd.Series:
        """Tariff revenue as a share of spending E', a fraction."""
        return self._series(self.revenue_bn / self.spending)

    @property
    def exports_gdp(self) -> pd.Series:
        """Exports over GDP, change in per cent."""
        old = self._before
        return self._series(100.0 * ((self.exports / self.income) / (old.exports / old.income) - 1.0))

    @property
    def imports_gdp(self) -> pd.Series:
        """Imports over GDP, change in per cent."""
        old = self._before
        return self._series(100.0 * ((self.imports / self.income) / (old.imports / old.income) - 1.0))

    @property
    def deficit(self) -> pd.Series:
        """Trade deficit (imports less exports), change in per cent of its size; a surplus that shrinks is a rise."""
        old = self._before.imports - self._before.exports
        return self._series(100.0 * (self.imports - self.exports - old) / np.abs(old))

    def flows(self, column: int = 0) -> pd.DataFrame:
        """Return the trade table before duty (E4), USD bn a year, origins in rows, of one tariff vector."""
        import pandas as pd

        ex, us = self._exchange, self._exchange.cal.us
        table = ex.cal.share * ex.a[:, column, None] * ex.demand[:, column]
        if ex.retaliation is not None:
            table[us] = ex.out_us[:, column]
        table[:, us] = ex.into_us[:, column]
        return pd.DataFrame(table, index=list(self.iso), columns=list(self.iso))

    @cached_property
    def _before(self) -> Equilibrium:
        n = len(self.iso)
        ex = _Exchange(self._exchange.cal, np.zeros((n, 1)), None, "tax_relief")
        ex.evaluate(np.zeros((3 * n, 1)))
        return _result(self.iso, ex, single=True)

    def _series(self, values: Array) -> pd.Series:
        import pandas as pd

        if self.single:
            return pd.Series(values[:, 0], index=list(self.iso))
        return pd.DataFrame(values, index=list(self.iso))  # type: ignore[return-value]


def chord(cal: Calibration, revenue: Revenue) -> Chord:
    """Solve for a typical uniform duty, as a common start, and take the Newton matrix there."""
    n = len(cal.income)
    typical = _without_us(np.full((n, 1), TYPICAL_RATE), cal.us)
    z = fixed_point(_Exchange(cal, typical, None, revenue).step, np.zeros((3 * n, 1)))
    return z, newton_matrix(_Exchange(cal, np.repeat(typical, 3 * n, axis=1), None, revenue).step, z)


def solve(
    iso: tuple[str, ...], cal: Calibration, duties: tuple[Array, Array | None], revenue: Revenue, start: Chord
) -> Equilibrium:
    """Solve (E1) to (E9) for the given tariffs.

    Parameters
    ----------
    iso : tuple of str
        Names of the rows.
    cal : Calibration
        The initial equilibrium.
    duties : pair of ndarray of shape (N,) or (N, B)
        Duty of the United States on each origin; duty of each economy on goods from the United States, or None.
    revenue : {"tax_relief", "lump_sum"}
        What revenue is spent on.
    start : Chord
        From `chord`, for the same calibration and use of revenue.

    Returns
    -------
    Equilibrium

    Raises
    ------
    ConvergenceError
        If the fixed point is not reached.
    """
    back: Array | None
    tariffs, back = duties
    t = _without_us(tariffs, cal.us)
    if back is not None:
        t, back = np.broadcast_arrays(t, _without_us(back, cal.us))
    exchange = _Exchange(cal, t, back, revenue)
    z = fixed_point(exchange.step, np.repeat(start[0], t.shape[1], axis=1), start[1])
    exchange.evaluate(z)
    return _result(iso, exchange, single=max(np.ndim(rates) for rates in duties if rates is not None) == 1)


def _without_us(rates: Array, us: int) -> Array:
    columns = np.array(rates, dtype=float).reshape(len(rates), -1)
    columns[us] = 0.0
    return columns


def _result(iso: tuple[str, ...], ex: _Exchange, single: bool) -> Equilibrium:
    cal, home = ex.cal, ex.home_sales()
    kept = (1.0 - ex.relief_rate()) * cal.income[:, None] * cal.kappa / (1.0 + cal.kappa)
    delta = cal.spending[:, None] / (cal.spending[:, None] - kept)
    price = np.exp(ex.price)
    welfare = delta * ex.spending / cal.spending[:, None] + (1.0 - delta) * ex.income / cal.income[:, None]
    return Equilibrium(
        iso, welfare / price, price, np.exp(ex.wage), np.exp(ex.labour), ex.spending, ex.income, ex.revenue,
        ex.into_us, ex.sales(np.ones(len(iso))) - home, ex.spending - ex.revenue - home, single, ex,
    )  # fmt: skip
