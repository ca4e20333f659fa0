"""A solved world by player: what a bloc gains, pays and trades, in place of its members."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

    from sim.world.equilibrium import Equilibrium

__all__ = ["Players"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Players:
    """The labelled series of an equilibrium with a row for each player. An economy on its own is as it is there.

    A bloc's gain, revenue, welfare and trade come from sums over its members, trade among them left out; its prices,
    employment and real wage are means weighted by spending before the duties.

    Attributes
    ----------
    world : Equilibrium
        By economy.
    """

    world: Equilibrium

    @property
    def iso(self) -> tuple[str, ...]:
        """Codes of the J players."""
        return self.world.roster.players

    @property
    def gain(self) -> pd.Series:
        """Welfare gain, USD bn a year at the prices before."""
        return self._series(self._total(self.world.gain_bn))

    @property
    def welfare(self) -> pd.Series:
        """Welfare gain over spending before, per cent."""
        return self._series(100.0 * self._total(self.world.gain_bn) / self._weight)

    @property
    def prices(self) -> pd.Series:
        """Consumer prices, change in per cent."""
        return self._mean(self.world.price_hat)

    @property
    def employment(self) -> pd.Series:
        """Employment, change in per cent."""
        return self._mean(self.world.labour_hat)

    @property
    def real_wage(self) -> pd.Series:
        """Wage over consumer prices before tax relief, change in per cent."""
        return self._mean(self.world.wage_hat / self.world.price_hat)

    @property
    def revenue(self) -> pd.Series:
        """Tariff revenue as a share of spending, a fraction."""
        return self._series(self.revenue_bn / self._total(self.world.spending))

    @cached_property
    def revenue_bn(self) -> Array:
        """Tariff revenue, USD bn a year at the new prices, shape (J, B)."""
        return self._total(self.world.revenue_bn)

    @property
    def exports_gdp(self) -> pd.Series:
        """Exports across the player's border over GDP, change in per cent."""
        return self._ratio_change(0)

    @property
    def imports_gdp(self) -> pd.Series:
        """Imports across the player's border over GDP, change in per cent."""
        return self._ratio_change(1)

    @property
    def deficit(self) -> pd.Series:
        """Trade deficit, change in per cent of its size; a surplus that shrinks is a rise."""
        old, new = (part[1] - part[0] for part in (self._trade(self.world.before), self._trade(self.world)))
        with np.errstate(divide="ignore", invalid="ignore"):
            return self._series(100.0 * (new - old) / np.abs(old))

    @property
    def _weight(self) -> Array:
        return self._total(self.world.markets.cal.spending)[:, None]

    def _total(self, values: Array) -> Array:
        return self.world.roster.total(values)

    def _mean(self, hat: Array) -> pd.Series:
        spending = self.world.markets.cal.spending[:, None]
        return self._series(100.0 * (self._total(spending * hat) / self._weight - 1.0))

    def _trade(self, world: Equilibrium) -> tuple[Array, Array, Array]:
        """Exports, imports and income, USD bn a year, each of shape (J, B)."""
        roster, markets = world.roster, world.markets
        inside = np.zeros((len(self.iso), markets.a.shape[1]))
        for bloc in roster.blocs:
            rows = roster.rows(bloc)
            sales = markets.a[rows] * (markets.cal.share[np.ix_(rows, rows)] @ markets.demand[rows])
            inside[self.iso.index(bloc)] = (sales - markets.home_sales()[rows]).sum(axis=0)
        return self._total(world.exports) - inside, self._total(world.imports) - inside, self._total(world.income)

    def _ratio_change(self, which: int) -> pd.Series:
        old, new = self._trade(self.world.before), self._trade(self.world)
        with np.errstate(divide="ignore", invalid="ignore"):
            return self._series(100.0 * ((new[which] / new[2]) / (old[which] / old[2]) - 1.0))

    def _series(self, values: Array) -> pd.Series:
        return self.world.labelled(values, self.iso)
