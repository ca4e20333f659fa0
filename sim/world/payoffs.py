"""Payoff tables: what a partner and the United States gain from a rate, solved once and read many times.

The talks look a rate up thousands of times a second, which no solver can serve: so (E1) to (E9) are solved once on a
grid of own rates by states of the world, and `sim.world.lookup` interpolates between. How others' duties that are not
alike come down to such a state says `sim.world.state`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.world.answer_tables import AnswerTables, solve_answer
from sim.world.partners import Economy, requesting

if TYPE_CHECKING:
    from sim.world.trade import TradeWorld

__all__ = ["AUTO_RATE", "PayoffTables", "april2_vector", "build_tables", "data_hash"]

Array = npt.NDArray[np.float64]

RATES = np.arange(61) / 100.0
"""Fine enough that the US's preferred rate is the model's, not a corner of the interpolation: a step of five points
would halve h between 0.10 and 0.15 and put every maximum at 0.15."""
OMEGAS = np.arange(11) / 8.0
AUTO_RATE = 0.25
"""Duty on cars and parts from everywhere, in force from April and May 2025, a fraction."""
BASELINE = 0.10
"""The duty that everybody pays under the order of 2 April, and the rate from which (h) counts."""
DIGITS = 6
FORM = 6
"""To be raised whenever the same data would give other tables, so that nobody reads old ones from a cache."""


@dataclass(frozen=True, eq=False)
class PayoffTables:
    """What rates are worth, by partner (N), own effective rate (K) and state of the world (M).

    Attributes
    ----------
    iso : tuple of str
        The partners that asked for talks, in the order of the partners' table.
    rates, omegas : ndarray of shape (K,), (M,)
        Uniform grids: the own effective rate; the others' duties as a multiple of `april`.
    gain : ndarray of shape (N, K, M)
        g_i = E_i (W^_i - 1), USD bn a year, relative to the world before 2 April.
    home : ndarray of shape (N, K, M)
        h_i = E_US [W^_US(e) - W^_US(0.10)], USD bn a year.
    imports : ndarray of shape (N, K, M)
        What the United States import from i, before duty, USD bn a year.
    prices : ndarray of shape (N, K, M)
        E_US [p(e) / p(0.10) - 1] with p = P_US / w_US, what US buyers pay more because of i's rate, USD bn a year (B4).
    economies : tuple of str
        The J players of the trade model, blocs as one, in its order; the partners are among them.
    april, trade : ndarray of shape (J,)
        Effective rates of 2 April, autos at 25 per cent, fractions; what the United States bought of each, USD bn a
        year, as weights in omega.
    spill : ndarray of shape (N, J)
        B_ij, what i gains from j's duty beyond omega, USD bn a year per unit of `lost`.
    tilt : ndarray of shape (N, J)
        C_ij, the same for h_i, USD bn a year per unit of `revenue` and of `grip`.
    answers : AnswerTables
        What it changes that a partner taxes goods from the United States.
    data_hash : str
        Fingerprint of the data the tables were solved for.
    """

    iso: tuple[str, ...]
    rates: Array
    omegas: Array
    gain: Array
    home: Array
    imports: Array
    prices: Array
    economies: tuple[str, ...]
    april: Array
    trade: Array
    spill: Array
    tilt: Array
    answers: AnswerTables
    data_hash: str

    @cached_property
    def row(self) -> dict[str, int]:
        """Row of each partner."""
        return {code: k for k, code in enumerate(self.iso)}

    @cached_property
    def column(self) -> dict[str, int]:
        """Place of each economy in `april`, `trade` and the columns of `spill` and `tilt`."""
        return {code: j for j, code in enumerate(self.economies)}

    def market(self, codes: Sequence[str]) -> tuple[Array, Array, Array, Array]:
        """Return `april`, `trade`, `spill` and `tilt` among some partners, in their order.

        Everybody left out is taken to stand at omega times its duty of 2 April, whatever omega is.
        """
        rows, columns = [self.row[code] for code in codes], [self.column[code] for code in codes]
        among = [np.ascontiguousarray(part[np.ix_(rows, columns)]) for part in (self.spill, self.tilt)]
        return self.april[columns], self.trade[columns], among[0], among[1]

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
        Every economy and "ROW" must be among its players.
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
    from sim.world.grid import Grid, solve_grid

    april, slices, answers = world.player_vector(april2_vector(economies)), [], []
    for partner in requesting(economies):
        slices.append(solve_grid(world, partner.iso3, april, Grid(rates, omegas)))
        answers.append(solve_answer(world, partner.iso3, april))
        if progress is not None:
            progress(partner.iso3)
    gain, home, imports, prices = (_round(np.stack(part)) for part in zip(*slices, strict=True))
    iso = tuple(partner.iso3 for partner in requesting(economies))
    trade = world.roster.total(world.trade[:, world.calibration.us])
    trade[world.players.index("USA")] = 0.0
    nought = np.zeros((len(iso), len(april)))
    tables = PayoffTables(
        iso, rates, omegas, gain, home, imports, prices,
        world.players, _round(april), _round(trade), nought, nought,
        AnswerTables.stack(answers, _round), data_hash(world, economies),
    )  # fmt: skip
    return _with_departures(tables, world, economies)


def _with_departures(tables: PayoffTables, world: TradeWorld, economies: tuple[Economy, ...]) -> PayoffTables:
    """Fit what the others' duties do beyond omega."""
    from sim.world.departures import SPILL_DRAWS, TILT_DRAWS, draw_sample, fit_spill, fit_tilt

    many, few = draw_sample(world, economies, SPILL_DRAWS), draw_sample(world, economies, TILT_DRAWS)
    spill = _round(np.array([fit_spill(tables, many, iso) for iso in tables.iso]))
    tilt = _round(np.array([fit_tilt(world, tables, few, iso) for iso in tables.iso]))
    return replace(tables, spill=spill, tilt=tilt)


def data_hash(world: TradeWorld, economies: tuple[Economy, ...]) -> str:
    """Return a fingerprint of the form of the tables and of all numbers that they depend on."""
    cal = world.calibration
    facts = [(x.iso3, x.requested, x.rate_april2, x.auto_exports, x.us_imports) for x in economies]
    elastic = cal.eps, cal.kappa, cal.psi, [f"{x:.9g}" for x in (*cal.nu, *cal.phi)]
    closure = () if cal.transfers == "world" else (cal.transfers,)
    settings = FORM, world.iso, sorted(world.blocs.items()), facts, *elastic, *closure
    digest = hashlib.sha256(repr(settings).encode())
    for values in (world.trade, world.gdp):
        digest.update(np.ascontiguousarray(values, dtype="<f8").tobytes())
    return digest.hexdigest()


def _round(values: Array) -> Array:
    """Round to significant digits that single precision holds, so that built, shipped and rebuilt tables agree."""
    with np.errstate(divide="ignore"):
        power = np.floor(np.log10(np.abs(values)))
    scale = 10.0 ** (DIGITS - 1 - np.where(np.isfinite(power), power, 0.0))
    rounded = np.where(np.abs(values) < 1e-9, 0.0, np.round(values * scale) / scale)
    return rounded.astype(np.float32).astype(np.float64)
