"""Fixed points of many maps at once, by Anderson's mixing of the last few steps.

Each column of the state is a problem of its own; the columns share only the matrix products inside the map, which is
what makes a batch cheap. Method: Walker and Ni, SIAM J. Numer. Anal. 49 (2011), type II, by normal equations.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from sim.world.errors import ConvergenceError

__all__ = ["fixed_point", "newton_matrix"]

Array = npt.NDArray[np.float64]
DEPTH = 3
"""How many earlier steps are mixed."""


def fixed_point(
    step: Callable[[Array], Array], start: Array, chord: Array | None = None, tol: float = 1e-12, limit: int = 500
) -> Array:
    """Find z with step(z) = z, column by column.

    Parameters
    ----------
    step : callable
        Maps a state of shape (n, B) to the next; columns must not influence one another.
    start : ndarray of shape (n, B)
        Where to begin.
    chord : ndarray of shape (n, n), optional
        Matrix from `newton_matrix` that turns a residual into a move; without it the residual is the move.
    tol : float
        Largest move allowed in the last step, in the units of z (logs).
    limit : int
        How many steps may be taken.

    Returns
    -------
    ndarray of shape (n, B)

    Raises
    ------
    ConvergenceError
        If the change is still above `tol` after `limit` steps, or is no longer a number.
    """
    z, dz, df = start, list[Array](), list[Array]()
    f = _move(step, z, chord)
    for iteration in range(limit):
        residual = float(np.abs(f).max(initial=0.0))
        if residual < tol:
            return z + f
        if not np.isfinite(residual):
            raise ConvergenceError(residual, iteration)
        shift = f - _correction(f, dz, df)
        z = z + shift
        f_new = _move(step, z, chord)
        dz, df = [*dz, shift][-DEPTH:], [*df, f_new - f][-DEPTH:]
        f = f_new
    raise ConvergenceError(residual, limit)


def newton_matrix(step: Callable[[Array], Array], z: Array, h: float = 1e-6) -> Array:
    """Invert I - J, with J the Jacobian of `step` at the single column `z`, by central differences of width `h`."""
    unit = h * np.eye(len(z))
    jacobian = (step(z + unit) - step(z - unit)) / (2.0 * h)
    return np.asarray(np.linalg.inv(np.eye(len(z)) - jacobian), dtype=np.float64)


def _move(step: Callable[[Array], Array], z: Array, chord: Array | None) -> Array:
    residual = step(z) - z
    return residual if chord is None else chord @ residual


def _correction(f: Array, dz: list[Array], df: list[Array]) -> Array:
    """Combine earlier moves so that, to first order, they cancel the residual `f`."""
    if not dz:
        return np.zeros_like(f)
    changes, moves = np.stack(df), np.stack(dz)
    gram = np.einsum("knb,lnb->bkl", changes, changes)
    # A ridge relative to the diagonal keeps columns solvable that have already converged.
    gram += np.eye(len(df)) * (1e-14 * np.einsum("bkk->b", gram) + 1e-300)[:, None, None]
    gamma = np.linalg.solve(gram, np.einsum("knb,nb->bk", changes, f)[..., None])[..., 0]
    return np.asarray(np.einsum("bk,knb->nb", gamma, changes + moves))
