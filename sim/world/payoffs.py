"""Payoff tables: what a partner and the United States gain from a rate, solved once and read many times.

The talks look a rate up thousands of times a second, which no solver can serve: so (E1) to (E9) are solved once on a
grid of own rates by states of the world, and `sim.world.lookup` interpolates between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.world.errors import WorldDataError
from sim.world.partners import Economy, requesting

if TYPE_CHECKING:
    from sim.world.trade import TradeWorld

__all__ = ["AUTO_RATE", "PayoffTables", "april2_vector", "build_tables", "data_hash", "load_tables", "save_tables"]

Array = npt.NDArray[np.float64]

PAYOFFS = Path(__file__).parent / "data" / "payoffs.npz"
RATES = np.arange(61) / 100.0
"""Fine enough that the US's preferred rate is the model's, not a corner of the interpolation: a step of five points
would halve h between 0.10 and 0.15 and put every maximum at 0.15."""
OMEGAS = np.arange(6) / 4.0
AUTO_RATE = 0.25
"""Duty on cars and parts from everywhere, in force from April and May 2025, a fraction."""
BASELINE = 0.10
"""The duty that everybody pays under the order of 2 April, and the rate from which (h) counts."""
DIGITS = 6


@dataclass(frozen=True, eq=False)
class PayoffTables:
    """What rates are worth, by partner (N), own effective rate (K) and state of the world (M).

    Attributes
    ----------
    iso : tuple of str
        The partners that asked for talks, in the order of the partners' table.
    rates, omegas : ndarray of shape (K,), (M,)
        Uniform grids: the own effective rate; the others' duties as a multiple of `others`.
    gain : ndarray of shape (N, K, M)
        g_i = E_i (W^_i - 1), USD bn a year, relative to the world before 2 April.
    home : ndarray of shape (N, K, M)
        h_i = E_US [W^_US(e) - W^_US(0.10)], USD bn a year.
    imports : ndarray of shape (N, K, M)
        What the United States import from i, before duty, USD bn a year.
    others : ndarray of shape (N,)
        Effective rates of 2 April of the partners, autos at 25 per cent; fractions.
    data_hash : str
        Fingerprint of the data the tables were solved for.
    """

    iso: tuple[str, ...]
    rates: Array
    omegas: Array
    gain: Array
    home: Array
    imports: Array
    others: Array
    data_hash: str

    @cached_property
    def row(self) -> dict[str, int]:
        """Row of each partner."""
        return {code: k for k, code in enumerate(self.iso)}

    @property
    def rate_step(self) -> float:
        """Width of a cell in the own rate."""
        return float(self.rates[1] - self.rates[0])

    @property
    def omega_step(self) -> float:
        """Width of a cell in the state of the world."""
        return float(self.omegas[1] - self.omegas[0])


def april2_vector(economies: tuple[Economy, ...], rest: float = BASELINE) -> dict[str, float]:
    """Return the effective duty on each economy under the orders of 2 April, the state omega = 1.

    Parameters
    ----------
    economies : tuple of Economy
        Whose rates count; autos pay 25 per cent.
    rest : float
        Rate for the rest of the world.

    Returns
    -------
    dict of str to float
        Fractions. Economies outside the order (rate 0: Canada, Mexico, Russia) stay at 0: what they pay under other
        laws was levied before, so it belongs to the world that the change is measured against.
    """
    vector = {x.iso3: x.effective_rate(x.rate_april2, AUTO_RATE) if x.rate_april2 else 0.0 for x in economies}
    return vector | {"ROW": rest}


def build_tables(
    world: TradeWorld,
    economies: tuple[Economy, ...],
    rates: Array = RATES,
    omegas: Array = OMEGAS,
    progress: Callable[[str], None] | None = None,
) -> PayoffTables:
    """Solve the payoff tables.

    Parameters
    ----------
    world : TradeWorld
        Must hold every economy and "ROW".
    economies : tuple of Economy
        The table of partners.
    rates, omegas : ndarray
        Uniform grids from 0; `rates` must hold the baseline of 0.10.
    progress : callable, optional
        Told the code of each partner when it is done.

    Returns
    -------
    PayoffTables
    """
    asked, vector = requesting(economies), april2_vector(economies)
    slices = []
    for partner in asked:
        slices.append(_slice(world, partner.iso3, vector, rates, omegas))
        if progress is not None:
            progress(partner.iso3)
    gain, home, imports = (_round(np.stack(part)) for part in zip(*slices, strict=True))
    iso = tuple(partner.iso3 for partner in asked)
    others = np.array([vector[code] for code in iso])
    return PayoffTables(iso, rates, omegas, gain, home, imports, others, data_hash(world, economies))


def data_hash(world: TradeWorld, economies: tuple[Economy, ...]) -> str:
    """Return a fingerprint of all numbers that the tables depend on."""
    cal = world.calibration
    facts = [(x.iso3, x.requested, x.rate_april2, x.auto_exports, x.us_imports) for x in economies]
    settings = (world.iso, facts, cal.eps, cal.kappa, cal.psi, [f"{x:.9g}" for x in (*cal.nu, *cal.phi)])
    digest = hashlib.sha256(repr(settings).encode())
    for values in (world.trade, world.gdp):
        digest.update(np.ascontiguousarray(values, dtype="<f8").tobytes())
    return digest.hexdigest()


def save_tables(tables: PayoffTables, path: str | Path) -> None:
    """Write tables to a compressed NumPy archive, the large ones in single precision (all their digits fit)."""
    arrays = {name: getattr(tables, name) for name in ("rates", "omegas", "others")}
    arrays |= {name: getattr(tables, name).astype("<f4") for name in ("gain", "home", "imports")}
    np.savez_compressed(path, iso=np.array(tables.iso), data_hash=np.array(tables.data_hash), **arrays)


def load_tables(path: str | Path | None = None) -> PayoffTables:
    """Read tables from an archive, by default those of the package.

    Raises
    ------
    WorldDataError
        If arrays are missing or do not fit the partners and the grids.
    """
    source = PAYOFFS if path is None else Path(path)
    with np.load(source, allow_pickle=False) as archive:
        missing = {"iso", "data_hash", "rates", "omegas", "gain", "home", "imports", "others"} - set(archive.files)
        if missing:
            raise WorldDataError(source.name, f"arrays missing: {', '.join(sorted(missing))}")
        iso = tuple(str(code) for code in archive["iso"])
        names = ("rates", "omegas", "gain", "home", "imports", "others")
        arrays = {name: archive[name].astype(np.float64) for name in names}
        tables = PayoffTables(iso=iso, data_hash=str(archive["data_hash"]), **arrays)
    shape = (len(iso), len(tables.rates), len(tables.omegas))
    for name in ("gain", "home", "imports"):
        if getattr(tables, name).shape != shape:
            raise WorldDataError(source.name, f"{name} has shape {getattr(tables, name).shape}", allowed=str(shape))
    return tables


def _slice(
    world: TradeWorld, iso: str, vector: Mapping[str, float], rates: Array, omegas: Array
) -> tuple[Array, Array, Array]:
    """Solve the whole grid of one partner as one batch."""
    rate, omega = (grid.ravel() for grid in np.meshgrid(rates, omegas, indexing="ij"))
    i, us = world.row[iso], world.calibration.us
    duties = world.vector(vector)[:, None] * omega
    duties[i] = rate
    result = world.solve(duties)
    shape, spending = (len(rates), len(omegas)), world.calibration.spending
    gain = spending[i] * (result.welfare_hat[i] - 1.0).reshape(shape)
    home = spending[us] * (result.welfare_hat[us] - 1.0).reshape(shape)
    anchor = int(np.argmin(np.abs(rates - BASELINE)))
    return gain, home - home[anchor], result.us_imports[i].reshape(shape)


def _round(values: Array) -> Array:
    """Round to significant digits that single precision holds, so that built, shipped and rebuilt tables agree."""
    with np.errstate(divide="ignore"):
        power = np.floor(np.log10(np.abs(values)))
    scale = 10.0 ** (DIGITS - 1 - np.where(np.isfinite(power), power, 0.0))
    rounded = np.where(np.abs(values) < 1e-9, 0.0, np.round(values * scale) / scale)
    return rounded.astype(np.float32).astype(np.float64)
