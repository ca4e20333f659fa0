"""The world after a change of tariffs: what a solve returns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.world.blocs import Roster
from sim.world.errors import ConvergenceError
from sim.world.markets import Markets

if TYPE_CHECKING:
    import pandas as pd

    from sim.world.players import Players

__all__ = ["Equilibrium"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Equilibrium:
    """A solved world. Arrays are hats, fractions or USD bn; the labelled series are changes in per cent.

    A batch has one column per case, and its series are DataFrames with cases as columns.

    Attributes
    ----------
    roster : Roster
        The economies, in the order of the rows, and their blocs.
    markets : Markets
        Evaluated at the equilibrium.
    single : bool
        Whether one case was solved rather than a batch.
    """

    roster: Roster
    markets: Markets
    single: bool

    @property
    def iso(self) -> tuple[str, ...]:
        """The economies, in the order of the rows."""
        return self.roster.iso

    @property
    def players(self) -> Players:
        """The same world by player: a bloc in place of its members."""
        from sim.world.players import Players

        return Players(self)

    def check(self) -> None:
        """Refuse a world in which somebody's welfare is not a positive number, as large subsidies can bring about.

        Raises
        ------
        ConvergenceError
            Naming the economy.
        """
        wrong = ~((self.welfare_hat > 0.0) & np.isfinite(self.welfare_hat) & (self._weight > 0.0))
        if wrong.any():
            case = int(wrong.any(axis=0).argmax())
            code = self.iso[int(wrong[:, case].argmax())]
            raise ConvergenceError(0.0, 0, f": the welfare of {code} would not be positive (case {case})")

    @property
    def welfare(self) -> pd.Series:
        """Welfare (E8), change in per cent."""
        return self._series(100.0 * (self.welfare_hat - 1.0))

    @property
    def gain(self) -> pd.Series:
        """Welfare gain E (W^ - 1), USD bn a year at the prices before."""
        return self._series(self.gain_bn)

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
        """Exports over GDP, change in per cent; not a number where nothing was exported before."""
        return self._ratio_change(self.exports, self.before.exports)

    @property
    def imports_gdp(self) -> pd.Series:
        """Imports over GDP, change in per cent."""
        return self._ratio_change(self.imports, self.before.imports)

    @property
    def deficit(self) -> pd.Series:
        """Trade deficit (imports less exports), change in per cent of its size; a surplus that shrinks is a rise."""
        old = self.before.imports - self.before.exports
        with np.errstate(divide="ignore", invalid="ignore"):
            return self._series(100.0 * (self.imports - self.exports - old) / np.abs(old))

    def mean_of_others(self, name: str) -> float | pd.Series:
        """Average a series over all economies but the United States, weighted by their spending E before.

        Parameters
        ----------
        name : str
            A labelled series, e.g. "welfare".

        Returns
        -------
        float, or Series with a number per case of a batch
        """
        cal, values = self.markets.cal, getattr(self, name)
        weight = cal.spending.copy()
        weight[cal.us] = 0.0
        mean = weight @ values / weight.sum()
        return float(mean) if self.single else mean

    def flows(self, column: int = 0) -> pd.DataFrame:
        """Return the trade table before duty (E4), USD bn a year, origins in rows, of one tariff vector."""
        import pandas as pd

        return pd.DataFrame(self.markets.flows(column), index=list(self.iso), columns=list(self.iso))

    @cached_property
    def welfare_hat(self) -> Array:
        """W^ (E8), shape (N, B)."""
        cal = self.markets.cal
        wages = self.income / cal.income[:, None]
        change = wages + self._weight * (self.spending / cal.spending[:, None] - wages)
        return np.asarray(change / self.price_hat)

    @cached_property
    def gain_bn(self) -> Array:
        """Welfare gain E (W^ - 1), USD bn a year at the prices before, shape (N, B)."""
        return np.asarray(self.markets.cal.spending[:, None] * (self.welfare_hat - 1.0))

    @cached_property
    def _weight(self) -> Array:
        """Weight delta of spending in welfare (E8)."""
        cal, kappa = self.markets.cal, self.markets.cal.kappa
        kept = (1.0 - self.markets.relief_rate()) * (cal.income * kappa / (1.0 + kappa))[:, None]
        return np.asarray(1.0 / (1.0 - kept / cal.spending[:, None]))

    @cached_property
    def price_hat(self) -> Array:
        """P^ (E3), shape (N, B)."""
        return np.asarray(np.exp(self.markets.price))

    @cached_property
    def wage_hat(self) -> Array:
        """w^ (E5), shape (N, B)."""
        return np.asarray(np.exp(self.markets.wage))

    @cached_property
    def labour_hat(self) -> Array:
        """L^ (E7), shape (N, B)."""
        return np.asarray(np.exp(self.markets.labour))

    @property
    def spending(self) -> Array:
        """E' (E6), USD bn a year at the new prices, shape (N, B)."""
        return self.markets.spending

    @property
    def income(self) -> Array:
        """Y' (E5), USD bn a year at the new prices, shape (N, B)."""
        return self.markets.income

    @cached_property
    def revenue_bn(self) -> Array:
        """R (E4), USD bn a year at the new prices, shape (N, B)."""
        return self.markets.revenue

    @property
    def us_imports(self) -> Array:
        """Sales of each economy in the United States before duty, USD bn a year, shape (N, B)."""
        return self.markets.into_us

    @cached_property
    def exports(self) -> Array:
        """Goods sold abroad before duty, USD bn a year, shape (N, B)."""
        return self.markets.exports()

    @cached_property
    def imports(self) -> Array:
        """Goods bought abroad before duty, USD bn a year, shape (N, B)."""
        return np.asarray(self.spending - self.revenue_bn - self.markets.home_sales())

    @cached_property
    def before(self) -> Equilibrium:
        """The world before the duties, one case."""
        cal, n = self.markets.cal, len(self.iso)
        markets = Markets(cal, np.zeros((n, 1)), None, "tax_relief")
        markets.evaluate(np.zeros((3 * n, 1)))
        return Equilibrium(self.roster, markets, single=True)

    def _ratio_change(self, new: Array, old: Array) -> pd.Series:
        with np.errstate(divide="ignore", invalid="ignore"):
            return self._series(100.0 * ((new / self.income) / (old / self.before.income) - 1.0))

    def _series(self, values: Array) -> pd.Series:
        return self.labelled(values, self.iso)

    def labelled(self, values: Array, codes: tuple[str, ...]) -> pd.Series:
        """Label an array with a row per code: a Series, or a DataFrame with a column per case of a batch."""
        import pandas as pd

        if self.single:
            return pd.Series(values[:, 0], index=list(codes))
        return pd.DataFrame(values, index=list(codes))  # type: ignore[return-value]
