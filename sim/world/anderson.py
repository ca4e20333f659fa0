"""Fixed points of many maps at once, by Anderson's mixing of the last few steps.

Each column of the state is a problem of its own; the columns share only the matrix products inside the map, which is
what makes a batch cheap. Method: Walker and Ni, SIAM J. Numer. Anal. 49 (2011), type II, by normal equations.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from sim.world.errors import ConvergenceError

__all__ = ["Chord", "Map", "fixed_point", "newton_matrix"]

Array = npt.NDArray[np.float64]
Chord = npt.NDArray[np.float32]
Map = Callable[[Array], Array]
"""From a state of shape (n, B) to the next; columns must not influence one another."""

DEPTH = 3
"""How many earlier steps are mixed."""
TOLERANCE = 1e-12
"""Largest move allowed in the last step; steps shrink about tenfold, so what is left is smaller still."""


def fixed_point(step: Map, start: Array, chord: Chord | None = None, tol: float = TOLERANCE, limit: int = 500) -> Array:
    """Find z with step(z) = z, column by column.

    Parameters
    ----------
    step : callable
        Maps a state of shape (n, B) to the next; columns must not influence one another.
    start : ndarray of shape (n, B)
        Where to begin.
    chord : ndarray of shape (n, n), single precision, optional
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
    z, residual = start, np.inf
    changes, sums = np.empty((2, DEPTH, *start.shape))
    # A state that leaves the world shows as a residual that is no number; that is the place to say so.
    with np.errstate(all="ignore"):
        move = _move(step, z, chord)
        for iteration in range(limit):
            residual = float(np.abs(move).max(initial=0.0))
            if residual < tol:
                return z + move
            if not np.isfinite(residual):
                raise ConvergenceError(residual, iteration)
            known = min(iteration, DEPTH)
            shift = move - _correction(move, changes[:known], sums[:known]) if known else move
            z = z + shift
            after = _move(step, z, chord)
            np.subtract(after, move, out=changes[iteration % DEPTH])
            np.add(changes[iteration % DEPTH], shift, out=sums[iteration % DEPTH])
            move = after
    raise ConvergenceError(residual, limit)


def newton_matrix(step: Map, z: Array, h: float = 1e-7) -> Chord:
    """Invert I - J, with J the Jacobian of `step` at the single column `z`, by differences of width `h`.

    It only directs the moves, so that single precision loses nothing and halves what a move costs.

    Raises
    ------
    ConvergenceError
        If there is no inverse.
    """
    with np.errstate(all="ignore"):
        jacobian = (step(z + h * np.eye(len(z))) - step(z)) / h
    if not np.isfinite(jacobian).all():
        raise ConvergenceError(np.nan, 0)
    try:
        return np.linalg.inv(np.eye(len(z)) - jacobian).astype(np.float32)
    except np.linalg.LinAlgError:
        raise ConvergenceError(np.inf, 0) from None


def _move(step: Map, z: Array, chord: Chord | None) -> Array:
    residual = step(z)
    residual -= z
    return residual if chord is None else (chord @ residual.astype(chord.dtype)).astype(residual.dtype)


def _correction(move: Array, changes: Array, sums: Array) -> Array:
    """Combine earlier steps so that, to first order, they cancel the residual `move`.

    `changes` holds by how much a step changed the residual, `sums` that and the step itself; shape (k, n, B).
    """
    if move.shape[1] == 1:
        return _single_correction(move, changes[:, :, 0], sums[:, :, 0])
    gram = np.einsum("knb,lnb->bkl", changes, changes)
    # A ridge relative to the diagonal keeps columns solvable that have already converged.
    size = gram.trace(axis1=1, axis2=2)
    gram += np.eye(len(changes)) * (1e-14 * size + 1e-300)[:, None, None]
    gamma = np.linalg.solve(gram, np.einsum("knb,nb->bk", changes, move)[..., None])
    return np.asarray((gamma.transpose(1, 2, 0) * sums).sum(axis=0))


def _single_correction(move: Array, changes: Array, sums: Array) -> Array:
    """Do the same for one column, where what numpy's calls cost counts more than the arithmetic; shape (k, n)."""
    gram = changes @ changes.T
    diagonal = gram.reshape(-1)[:: len(gram) + 1]
    diagonal += 1e-14 * diagonal.sum() + 1e-300
    return np.asarray(np.linalg.solve(gram, changes @ move[:, 0]) @ sums)[:, None]
