"""The world's markets at given wages, spending and employment: one evaluation of equations (E1) to (E7).

A hat is a ratio to the initial equilibrium. Rows are economies, columns are tariff vectors evaluated together.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from sim.world.calibration import Calibration

__all__ = ["Markets", "Revenue"]

Array = npt.NDArray[np.float64]
Revenue = Literal["tax_relief", "lump_sum"]
"""What tariff revenue is used for: it lowers the tax on labour, or is paid out."""


class Markets:
    """Markets under duties of the United States and, if there are any, on goods from them.

    The duties touch one column and one row of the trade table only; all else is two matrix products.

    Parameters
    ----------
    cal : Calibration
        The world before.
    tariffs : ndarray of shape (N, B)
        Duties of the United States on each origin; zero on their own goods.
    retaliation : ndarray of shape (N, B), optional
        Duties of each economy on goods from the United States; zero at home.
    revenue : {"tax_relief", "lump_sum"}
        What revenue is used for, everywhere.

    Attributes
    ----------
    a, wage, labour, price : ndarray of shape (N, B)
        Set by `evaluate`: competitiveness (E1), and logs of hats with the numeraire (E9).
    spending, income, demand, into_us, out_us, market : ndarray of shape (N, B)
        USD bn a year: E', Y' as earned, spending over the sum of (E2), sales to and by the United States before duty,
        Y' as demanded (E5).
    us_revenue : ndarray of shape (B,)
        Tariff revenue of the United States, USD bn a year.
    """

    a: Array
    wage: Array
    labour: Array
    price: Array
    spending: Array
    income: Array
    demand: Array
    into_us: Array
    out_us: Array
    market: Array
    us_revenue: Array

    def __init__(self, cal: Calibration, tariffs: Array, retaliation: Array | None, revenue: Revenue) -> None:
        self.cal, self.relief = cal, revenue == "tax_relief"
        self.tariffs, self.retaliation = tariffs, retaliation
        self.us_weight = cal.share[:, cal.us, None] * (1.0 + tariffs) ** (-cal.eps * cal.phi[cal.us])
        self.us_before_duty = self.us_weight / (1.0 + tariffs)
        self.rigid = (1.0 - cal.phi)[:, None]
        self.world_share = cal.spending / cal.spending.sum()
        if retaliation is not None:
            before = cal.share[cal.us, :, None]
            weight = before * (1.0 + retaliation) ** (-cal.eps * cal.phi[:, None])
            self.back_change = weight - before
            self.back_before_duty = weight / (1.0 + retaliation)
            self.back_sales_change = (1.0 - cal.nu)[:, None] * (self.back_before_duty - before)

    def evaluate(self, z: Array) -> None:
        """Set prices (E1-E3, E9), flows and revenue (E4) and incomes (E5) from the state `z` of shape (3 N, B)."""
        cal, us = self.cal, self.cal.us
        wage, spend, labour = z.reshape(3, len(cal.spending), -1)
        a = np.exp(cal.eps * (cal.psi * labour - wage))
        total = cal.buying @ a
        total[us] = np.einsum("jb,jb->b", self.us_weight, a)
        if self.retaliation is not None:
            total += self.back_change * a[us]
        price = self.rigid * (spend - wage) - np.log(total) / cal.eps
        level = np.log(self.world_share @ np.exp(price))
        self.a, self.wage, self.labour, self.price = a, wage - level, labour, price - level
        self.spending = cal.spending[:, None] * np.exp(spend - level)
        self.demand = self.spending / total
        self.income = cal.income[:, None] * np.exp(self.wage + labour)
        self._trade()

    def _trade(self) -> None:
        """Set flows touched by duties, revenue (E4) and what each market pays its origin (E5)."""
        cal, us = self.cal, self.cal.us
        self.into_us = self.us_before_duty * self.a * self.demand[us]
        self.us_revenue = np.einsum("jb,jb->b", self.tariffs, self.into_us)
        self.market = self.a * (cal.earning @ self.demand) + (1.0 - cal.nu[us]) * self.into_us
        net = self.spending.copy()
        if self.retaliation is not None:
            self.out_us = self.back_before_duty * self.a[us] * self.demand
            self.market[us] += np.einsum("ib,ib->b", self.back_sales_change, self.demand) * self.a[us]
            net -= self.retaliation * self.out_us
        net[us] -= self.us_revenue
        self.market += cal.nu[:, None] * net

    @property
    def revenue(self) -> Array:
        """Tariff revenue R of every economy (E4), USD bn a year."""
        revenue = np.zeros_like(self.demand) if self.retaliation is None else self.retaliation * self.out_us
        revenue[self.cal.us] += self.us_revenue
        return np.asarray(revenue)

    def relief_rate(self) -> Array:
        """Share of income that revenue gives back through lower taxes; zero with a lump-sum rebate."""
        return self.revenue / self.income if self.relief else np.zeros_like(self.income)

    def flows(self, column: int = 0) -> Array:
        """Trade before duty (E4), sales at home included, USD bn a year, origins in rows."""
        table = self.cal.share * self.a[:, column, None] * self.demand[:, column]
        if self.retaliation is not None:
            table[self.cal.us] = self.out_us[:, column]
        table[:, self.cal.us] = self.into_us[:, column]
        return np.asarray(table)

    def home_sales(self) -> Array:
        """Sales at home, not taxed."""
        return np.asarray(self.cal.share.diagonal()[:, None] * self.a * self.demand)

    def exports(self) -> Array:
        """Sales abroad before duty, USD bn a year."""
        us = self.cal.us
        abroad = self.demand.copy()
        abroad[us] = 0.0
        total = self.a * (self.cal.share @ abroad)
        if self.retaliation is not None:
            total[us] = self.out_us.sum(axis=0) - self.out_us[us]
        return np.asarray(total + self.into_us - self.home_sales())

    def step(self, z: Array) -> Array:
        """Return the wages, spending and employment that (E5), (E6) and (E7) ask for."""
        self.evaluate(z)
        cal, us = self.cal, self.cal.us
        after = np.empty((3, *self.income.shape))
        wage, spend, labour = after
        # Demand for an origin falls with its wage about eps-fold: a full step would overshoot.
        np.log(self.market / self.income, out=wage)
        wage /= 1.0 + cal.eps
        wage += self.wage
        np.add(cal.transferred(self.income), self.income, out=spend)
        np.subtract(self.wage, self.price, out=labour)
        if self.retaliation is None:
            spend[us] += self.us_revenue
            if self.relief:
                labour[us] -= np.log1p(-self.us_revenue / self.income[us])
        else:
            revenue = self.revenue
            spend += revenue
            if self.relief:
                labour -= np.log1p(-revenue / self.income)
        spend /= cal.spending[:, None]
        np.log(spend, out=spend)
        labour *= cal.kappa
        return after.reshape(z.shape)
