"""The world economy that answers tariffs: a one-sector quantitative trade model (generalised gravity)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.world.calibration import Calibration, calibrate
from sim.world.equilibrium import Chord, Equilibrium, Revenue, chord, solve
from sim.world.errors import WorldDataError

__all__ = ["TradeWorld"]

Array = npt.NDArray[np.float64]
Rates = Mapping[str, float] | npt.ArrayLike
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
    """

    iso: tuple[str, ...]
    trade: Array
    gdp: Array
    calibration: Calibration

    @classmethod
    def from_arrays(cls, iso: tuple[str, ...], trade: Array, gdp: Array, **options: float | str) -> TradeWorld:
        """Calibrate to arrays in USD bn; `options` are those of `from_tables`."""
        if "USA" not in iso:
            raise WorldDataError("trade table", "the United States (USA) are missing")
        if not (trade >= 0.0).all() or not (gdp > 0.0).all() or not trade.sum(axis=0).all():
            raise WorldDataError("trade table", "a negative flow, or an economy without output or imports")
        numbers = {"eps": 4.0, "kappa": 0.5} | options
        return cls(iso, trade, gdp, calibrate(trade, gdp, iso.index("USA"), **numbers))  # type: ignore[arg-type]

    @classmethod
    def from_tables(
        cls, trade_csv: str | Path, gdp_csv: str | Path, labels_csv: str | Path, **options: float | str
    ) -> TradeWorld:
        """Read the three tables of the source: flows in thousand USD, GDP in USD, labels.

        Parameters
        ----------
        trade_csv, gdp_csv, labels_csv : path
            Square table with a header and blanks for zero; one column `gdp`; a column `iso3`. All in the same order.
        **options
            `eps` (4), `kappa` (0.5), `psi_from` (0.67), `pass_through` (1), `model` ("generalised" or "eaton_kortum").

        Raises
        ------
        WorldDataError
            If the tables do not fit one another.
        """
        with open(labels_csv, encoding="utf-8-sig") as file:
            iso = tuple(row["iso3"] for row in csv.DictReader(file))
        trade = np.nan_to_num(np.genfromtxt(trade_csv, delimiter=",", skip_header=1)) / 1e6
        gdp = np.genfromtxt(gdp_csv, delimiter=",", skip_header=1) / 1e9
        if trade.shape != (len(iso), len(iso)) or gdp.shape != (len(iso),):
            raise WorldDataError(str(trade_csv), f"{trade.shape} flows, {gdp.shape} GDP for {len(iso)} labels")
        return cls.from_arrays(iso, trade, gdp, **options)

    @classmethod
    def default(cls, **options: float | str) -> TradeWorld:
        """Read the tables shipped with the package (USD bn, three digits); `options` as in `from_tables`."""
        iso, trade = _square(DATA / "trade.csv")
        with open(DATA / "gdp.csv", encoding="utf-8") as file:
            rows = {row["iso3"]: float(row["gdp"]) for row in csv.DictReader(line for line in file if line[0] != "#")}
        if set(rows) != set(iso):
            raise WorldDataError("gdp.csv", f"economies differ from trade.csv: {sorted(set(rows) ^ set(iso))}")
        return cls.from_arrays(iso, trade, np.array([rows[code] for code in iso]), **options)

    def solve(self, tariffs: Rates, retaliation: Rates | None = None, revenue: Revenue = "tax_relief") -> Equilibrium:
        """Solve for the world under tariffs.

        Parameters
        ----------
        tariffs : mapping of ISO code to rate, or array of shape (N,) or (N, B)
            Duty of the United States on each origin, as a fraction on top of what was levied before; codes left out
            are not taxed. The entry of the United States is ignored.
        retaliation : the same, optional
            Duty of each economy on goods from the United States.
        revenue : {"tax_relief", "lump_sum"}
            Revenue lowers the tax on labour, or is paid out.

        Returns
        -------
        Equilibrium

        Raises
        ------
        ConvergenceError
            If no equilibrium is found.
        ValueError
            If a code is unknown or a rate is not above -1.
        """
        back = None if retaliation is None else self.vector(retaliation)
        if revenue not in ("tax_relief", "lump_sum"):
            raise ValueError(f"revenue {revenue!r}: allowed are 'tax_relief' and 'lump_sum'")
        if revenue not in self._chords:
            self._chords[revenue] = chord(self.calibration, revenue)
        return solve(self.iso, self.calibration, (self.vector(tariffs), back), revenue, self._chords[revenue])

    def vector(self, rates: Rates) -> Array:
        """Arrange rates by economy in the order of the rows; an array passes through."""
        if isinstance(rates, Mapping):
            unknown = sorted(set(rates) - set(self.iso))
            if unknown:
                raise ValueError(f"unknown economies {unknown}")
            rates = [rates.get(code, 0.0) for code in self.iso]
        values = np.asarray(rates, dtype=float)
        if values.shape[:1] != (len(self.iso),) or values.ndim > 2 or not (values > -1.0).all():
            raise ValueError(f"tariffs of shape {values.shape}: need ({len(self.iso)},) or (N, B), all above -1")
        return values

    @cached_property
    def _chords(self) -> dict[Revenue, Chord]:
        return {}

    @cached_property
    def row(self) -> dict[str, int]:
        """Row of each economy."""
        return {code: k for k, code in enumerate(self.iso)}


def _square(path: Path) -> tuple[tuple[str, ...], Array]:
    """Read a table whose header and first column name the same economies."""
    with open(path, encoding="utf-8") as file:
        rows = list(csv.reader(line for line in file if line[0] != "#"))
    iso = tuple(rows[0][1:])
    if tuple(row[0] for row in rows[1:]) != iso:
        raise WorldDataError(path.name, "rows and columns name different economies, or in another order")
    return iso, np.array([[float(cell or 0.0) for cell in row[1:]] for row in rows[1:]])
