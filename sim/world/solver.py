"""From duties to the equilibrium: a fixed point from a good start, and a longer way round where that fails."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from sim.world.anderson import Chord, Map, fixed_point, newton_matrix
from sim.world.calibration import Calibration
from sim.world.errors import ConvergenceError
from sim.world.markets import Markets, Revenue

__all__ = ["Start", "common_start", "follow", "solve_markets"]

Array = npt.NDArray[np.float64]
Start = tuple[Array, Chord]
"""Where every solve of a world begins, and the Newton matrix there."""
Duties = tuple[Array, Array | None]
"""Of the United States on each origin, of each economy on goods from the United States; columns are cases."""

TYPICAL_RATE = 0.15
"""Uniform duty at which the Newton matrix is taken: the middle of the rates of the talks."""
CHUNK = 64
"""Cases solved together: as many as keep the working arrays in the cache of one core."""
EASY = (-0.3, 1.5)
"""Duties within which the fast way is safe; beyond, with more than one equilibrium in sight, it might jump."""
PATIENCE = 60
"""Steps after which a case takes the longer way; a typical one needs a dozen."""
LONGEST, SHORTEST = 1.0 / 4, 1.0 / 64
"""Part of the longer way first taken at a time, and the smallest before it is given up."""
ACCURACY = 1e-9
"""Largest violation of an equation, in logs, that is let pass; solutions are far below it."""


def common_start(cal: Calibration, revenue: Revenue) -> Start:
    """Solve for a uniform duty of `TYPICAL_RATE` and take the Newton matrix there, once for all later solves.

    Where that cannot be done the world before the duties serves, which is known.
    """
    n = len(cal.spending)
    flat = np.zeros((3 * n, 1))
    try:
        step = _step(cal, (_without(np.full((n, 1), TYPICAL_RATE), cal.us), None), revenue)
        start = fixed_point(step, flat)
        return start, newton_matrix(step, start)
    except ConvergenceError:
        step = _step(cal, (np.zeros((n, 1)), None), revenue)
        return flat, newton_matrix(step, flat)


def solve_markets(cal: Calibration, duties: Duties, revenue: Revenue, start: Start) -> Markets:
    """Find the equilibrium of every case.

    Parameters
    ----------
    cal : Calibration
        The world before.
    duties : (ndarray, ndarray or None) of shape (N, B)
        Of the United States on each origin, of each economy on goods from the United States.
    revenue : {"tax_relief", "lump_sum"}
        What revenue is used for.
    start : Start
        From `common_start`, for the same calibration and use of revenue.

    Returns
    -------
    Markets
        Evaluated at the equilibrium.

    Raises
    ------
    ConvergenceError
        If a case has no equilibrium that can be found, or its equations do not hold in the end.
    """
    tariffs, back = _without(duties[0], cal.us), None if duties[1] is None else _without(duties[1], cal.us)
    z = np.empty((3 * len(tariffs), tariffs.shape[1]))
    for first in range(0, z.shape[1], CHUNK):
        part = slice(first, first + CHUNK)
        z[:, part] = _states(cal, _columns((tariffs, back), part), revenue, start, first)
    markets = Markets(cal, tariffs, back, revenue)
    residual = float(np.abs(markets.step(z) - z).max(initial=0.0))
    if not residual < ACCURACY:
        raise ConvergenceError(residual, PATIENCE)
    return markets


def follow(step_at: Callable[[float], Map], z: Array) -> Array:
    """Follow a fixed point from share 0 of the way, where it is `z`, to share 1, in steps as long as can be taken.

    Every step has a Newton matrix of its own: slow, and safe.

    Raises
    ------
    ConvergenceError
        If the way ends; the text says where.
    """
    done, length, taken = 0.0, LONGEST, 0
    while done < 1.0:
        step = step_at(min(1.0, done + length))
        try:
            z = fixed_point(step, z, newton_matrix(step, z), limit=PATIENCE)
        except ConvergenceError as error:
            length /= 2.0
            taken += error.iterations
            if length < SHORTEST:
                raise ConvergenceError(error.residual, taken, f", beyond {done:.0%} of the way to the duties") from None
        else:
            done = min(1.0, done + length)
    return z


def _states(cal: Calibration, duties: Duties, revenue: Revenue, start: Start, first: int) -> Array:
    """Solve a chunk; if one of its cases is hard, each half alone, and in the end that case from no duties on."""
    cases = duties[0].shape[1]
    if all(rates is None or _easy(rates) for rates in duties):
        try:
            return fixed_point(_step(cal, duties, revenue), start[0].repeat(cases, axis=1), start[1], limit=PATIENCE)
        except ConvergenceError:
            pass
    if cases > 1:
        half = cases // 2
        parts = (slice(0, half), first), (slice(half, cases), first + half)
        return np.hstack([_states(cal, _columns(duties, part), revenue, start, at) for part, at in parts])
    try:
        return follow(lambda share: _step(cal, _part(duties, share), revenue), np.zeros_like(start[0]))
    except ConvergenceError as error:
        raise ConvergenceError(error.residual, error.iterations, f"{error.place} (case {first})") from None


def _easy(rates: Array) -> bool:
    return bool(EASY[0] <= rates.min(initial=0.0) and rates.max(initial=0.0) <= EASY[1])


def _step(cal: Calibration, duties: Duties, revenue: Revenue) -> Map:
    return Markets(cal, *duties, revenue).step


def _columns(duties: Duties, part: slice) -> Duties:
    tariffs, back = duties
    return tariffs[:, part], None if back is None else back[:, part]


def _part(duties: Duties, share: float) -> Duties:
    """Go a share of the way to the duties, measured in the logs of prices."""
    tariffs, back = duties
    return (1.0 + tariffs) ** share - 1.0, None if back is None else (1.0 + back) ** share - 1.0


def _without(rates: Array, us: int) -> Array:
    """Return the rates without what the United States would levy on themselves."""
    columns = np.array(rates, dtype=float)
    columns[us] = 0.0
    return columns
