"""The world economy that answers tariffs: a one-sector quantitative trade model (generalised gravity)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from sim.world import choice, optimal
from sim.world.blocs import Blocs, Roster, blocs_of
from sim.world.calibration import Calibration, Parameters, calibrate
from sim.world.choice import Choice
from sim.world.equilibrium import Equilibrium
from sim.world.errors import WorldDataError
from sim.world.markets import Revenue
from sim.world.optimal import OptimalTariff
from sim.world.partners import load_economies
from sim.world.rates import Rates, arrange
from sim.world.solver import Start, common_start, solve_markets
from sim.world.tables import read_column, read_flows, read_labels

__all__ = ["TradeWorld"]

Array = npt.NDArray[np.float64]
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, eq=False)
class TradeWorld:
    """Economies that trade, calibrated once and solved for any tariffs.

    Attributes
    ----------
    iso : tuple of str
        ISO codes; "USA" must be among them.
    trade : ndarray of shape (N, N)
        Goods from origin (row) to destination (column), USD bn a year.
    gdp : ndarray of shape (N,)
        USD bn a year.
    calibration : Calibration
        The constants of (E1) to (E9).
    blocs : mapping of str to tuple of str
        Economies that act as one, by the code of the bloc.
    """

    iso: tuple[str, ...]
    trade: Array
    gdp: Array
    calibration: Calibration
    blocs: Blocs = field(default_factory=dict)

    @classmethod
    def from_arrays(
        cls, iso: tuple[str, ...], trade: Array, gdp: Array, blocs: Blocs | None = None, **options: Any
    ) -> TradeWorld:
        """Calibrate to arrays in USD bn; `blocs` and `options` are those of `from_tables`.

        Raises
        ------
        WorldDataError
            If the United States are missing, shapes do not fit, an economy has no output or buys nothing abroad, or a
            bloc cannot be.
        """
        if "USA" not in iso:
            raise WorldDataError("trade table", "the United States (USA) are missing")
        if trade.shape != (len(iso), len(iso)) or gdp.shape != (len(iso),):
            raise WorldDataError("trade table", f"{trade.shape} flows, {gdp.shape} GDP for {len(iso)} economies")
        abroad = trade - np.diag(trade.diagonal())
        found = (
            ("a flow that is negative or no number", ~(np.isfinite(trade) & (trade >= 0.0)).all(axis=0)),
            ("an economy without output", ~(np.isfinite(gdp) & (gdp > 0.0))),
            ("an economy without imports", ~(abroad.sum(axis=0) > 0.0)),
        )
        for problem, where in found:
            if where.any():
                raise WorldDataError("trade table", f"{problem}: {iso[int(where.argmax())]}")
        Roster(iso, blocs or {}).check()
        return cls(iso, trade, gdp, calibrate(trade, gdp, iso.index("USA"), Parameters(**options)), blocs or {})

    @classmethod
    def from_tables(
        cls, trade_csv: str | Path, gdp_csv: str | Path, labels_csv: str | Path, **options: Any
    ) -> TradeWorld:
        """Read the three tables of the source: flows in thousand USD, GDP in USD, labels.

        Parameters
        ----------
        trade_csv, gdp_csv, labels_csv : path
            Square table with blanks for zero; a column of GDP; a column of ISO codes. The first two may name the
            economies, by code or by what else the third says of them, and are then read by these names in whatever
            order; a table that names nobody is in the order of the third.
        **options
            `blocs`: members of each bloc by its code, none by default (`blocs_of` gives those of the talks). `eps`
            (4), `kappa` (0.5), `psi_from` (0.67), `pass_through` (1), `model` ("generalised" or "eaton_kortum"),
            `transfers` ("world" or "own"): see `Parameters`.

        Raises
        ------
        WorldDataError
            If the tables do not fit one another.
        ValueError
            If an option is out of its range.
        """
        labels = read_labels(labels_csv)
        trade = read_flows(trade_csv, labels) / 1e6
        gdp = read_column(gdp_csv, labels, "gdp") / 1e9
        return cls.from_arrays(labels.iso, trade, gdp, **options)

    @classmethod
    def default(cls, **options: Any) -> TradeWorld:
        """Read the tables shipped with the package (USD bn, three digits), with the blocs of the talks.

        `options` as in `from_tables`.
        """
        labels = read_labels(DATA / "trade.csv")
        trade, gdp = read_flows(DATA / "trade.csv", labels), read_column(DATA / "gdp.csv", labels, "gdp")
        options = {"blocs": blocs_of(load_economies(), labels.iso)} | options
        return cls.from_arrays(labels.iso, trade, gdp, **options)

    def solve(self, tariffs: Rates, retaliation: Rates | None = None, revenue: Revenue = "tax_relief") -> Equilibrium:
        """Solve for the world under tariffs.

        Parameters
        ----------
        tariffs : mapping or Series of ISO code to rate, array of shape (N,) or (N, B), or one rate for all
            Duty of the United States on each origin, as a fraction on top of what was levied before; codes left out
            are not taxed. A bloc's code stands for all its members but those named besides. The entry of the United
            States is ignored.
        retaliation : the same, optional
            Duty of each economy on goods from the United States.
        revenue : {"tax_relief", "lump_sum"}
            Revenue lowers the tax on labour, or is paid out; everywhere, in the economies that answer too.

        Returns
        -------
        Equilibrium
            Its series are DataFrames, a column per case, if either kind of duty has two dimensions.

        Raises
        ------
        ConvergenceError
            If no equilibrium is found.
        ValueError
            If a code is unknown, a rate is not a number above -1, or the batches differ in size.
        """
        if revenue not in get_args(Revenue):
            raise ValueError(f"revenue {revenue!r}: allowed are 'tax_relief' and 'lump_sum'")
        given = [self.vector(tariffs)] + ([] if retaliation is None else [self.vector(retaliation)])
        single = all(rates.ndim == 1 for rates in given)
        columns = [rates.reshape(len(self.iso), -1) for rates in given]
        sizes = {rates.shape[1] for rates in columns} - {1}
        if len(sizes) > 1:
            raise ValueError(f"batches of {' and '.join(map(str, sorted(sizes)))} cases")
        wide = np.broadcast_arrays(*columns)
        duties = wide[0], wide[1] if retaliation is not None else None
        markets = solve_markets(self.calibration, duties, revenue, self._start(revenue))
        found = Equilibrium(self.roster, markets, single)
        found.check()
        return found

    def vector(self, rates: Rates) -> Array:
        """Arrange rates by economy in the order of the rows; an array passes through, once checked."""
        return arrange(rates, self.roster)

    def player_vector(self, rates: Rates) -> Array:
        """Arrange rates by player, of shape (J,) or (J, B); members are not named apart."""
        return arrange(rates, Roster(self.players))

    def player_gains(self, duties: Array, answers: Array | None = None) -> Array:
        """Return the gains of all players under duties of the United States on each, both of shape (J, B).

        USD bn a year, with tax relief. `answers`, of the same shape, are the players' duties on goods from the United
        States; none when left out.
        """
        back = None if answers is None else self.roster.spread(answers)
        return self.roster.total(self.solve(self.roster.spread(duties), back).gain_bn)

    def optimal_tariff(
        self, revenue: Revenue = "tax_relief", retaliation: Rates | None = None, highest: float = 1.0
    ) -> OptimalTariff:
        """Return the uniform duty that is best for the United States, by formula and by search.

        See `sim.world.optimal.optimal_tariff`.
        """
        return optimal.optimal_tariff(self, revenue, retaliation, highest)

    def best_response(self, iso: str, tariffs: Rates = 0.0, revenue: Revenue = "tax_relief", **options: Any) -> Choice:
        """Return an economy's own best duty on goods from the United States, given theirs.

        See `sim.world.choice.best_response`.
        """
        return choice.best_response(self, iso, tariffs, revenue, **options)

    def preferred_rate(self, iso: str, others: Rates = 0.0, revenue: Revenue = "tax_relief", **options: Any) -> Choice:
        """Return the duty on one partner that is best for the United States, given those on all others.

        See `sim.world.choice.preferred_rate`.
        """
        return choice.preferred_rate(self, iso, others, revenue, **options)

    def efficient_rate(self, iso: str, others: Rates = 0.0, revenue: Revenue = "tax_relief", **options: Any) -> Choice:
        """Return the duty on one partner that is best for both together, given those on all others.

        See `sim.world.choice.efficient_rate`.
        """
        return choice.efficient_rate(self, iso, others, revenue, **options)

    def _start(self, revenue: Revenue) -> Start:
        if revenue not in self._starts:
            self._starts[revenue] = common_start(self.calibration, revenue)
        return self._starts[revenue]

    @cached_property
    def _starts(self) -> dict[Revenue, Start]:
        return {}

    @cached_property
    def roster(self) -> Roster:
        """The economies and the players they make up."""
        return Roster(self.iso, self.blocs)

    @property
    def players(self) -> tuple[str, ...]:
        """The J economies and blocs that act, a bloc in the place of its first member."""
        return self.roster.players

    @cached_property
    def row(self) -> dict[str, int]:
        """Row of each economy."""
        return {code: k for k, code in enumerate(self.iso)}
