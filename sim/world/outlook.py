"""The state of the world for all partners at once, from series instead of a search for each.

:func:`sim.world.state.multiple` looks omega_i up by Newton's method, over all others at every step. Among the same
partners omega_i depends on one number only, the trade kept out, and so do the parts of spill_i and tilt_i that belong
to omega_i a_j. With the variable

    t_i = (1 - sum m_j lost(t_j) / sum m_j)^(-1/8)

which is (1 + omega a)^(3/4) where all duties are alike, these are so smooth that a few Chebyshev terms give them to the
last digits. What is left are sums over the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.world.state import HIGHEST, lost, reach_for, revenue

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

__all__ = ["Outlook", "outlook_of", "states_seen"]

#: Terms that are worked out, and the share of the largest below which the last of them are left off.
TERMS, NEGLIGIBLE = 48, 1e-13


class Outlook(NamedTuple):
    """What states of the world among N partners are read from.

    Attributes
    ----------
    weights, spills, tilts : ndarray of shape (N, N)
        m_j, B_ij and C_ij in row j and column i; nought on the diagonal, since nobody is its own world.
    whole : ndarray of shape (N,)
        Sum of the others' m_j; nought where nobody else is counted.
    reach : ndarray of shape (N,)
        t_i at the highest multiple that is looked for.
    series : ndarray of shape (3, C, N)
        Chebyshev coefficients, over t_i from 1 to its reach, of omega_i, sum B_ij lost(omega_i a_j) and
        sum C_ij revenue(omega_i a_j).
    """

    weights: Array
    spills: Array
    tilts: Array
    whole: Array
    reach: Array
    series: Array


def outlook_of(market: tuple[Array, Array, Array, Array]) -> Outlook:
    """Work the series out.

    Parameters
    ----------
    market : tuple of ndarray
        Duties of 2 April (N,), US imports (N,), B and C (N, N), as `PayoffTables.market` gives them.
    """
    april, trade, spills, tilts = market
    n = april.size
    others = 1.0 - np.eye(n)
    weights = np.where(trade * april > 0.0, trade, 0.0)[:, None] * others
    by_other = [np.ascontiguousarray(part.T * others) for part in (spills, tilts)]
    whole = weights.sum(axis=0)
    angles = np.pi * (np.arange(TERMS) + 0.5) / TERMS
    reach, values = np.ones(n), np.zeros((3, TERMS, n))
    for i in np.flatnonzero(whole > 0.0):
        sums = by_other[0][:, i], by_other[1][:, i]
        reach[i], values[:, :, i] = _at_nodes(weights[:, i], april, sums, np.cos(angles))
    transform = 2.0 / TERMS * np.cos(np.outer(np.arange(TERMS), angles))
    transform[0] /= 2.0
    series = np.einsum("cm,smi->sci", transform, values)
    size = np.abs(series)
    used = np.flatnonzero((size > NEGLIGIBLE * size.max(axis=1, keepdims=True)).any(axis=(0, 2)))
    terms = int(used.max(initial=1)) + 1
    return Outlook(weights, by_other[0], by_other[1], whole, reach, np.ascontiguousarray(series[:, :terms]))


@compiled
def _at_nodes(weights: Array, april: Array, sums: tuple[Array, Array], nodes: Array) -> tuple[float, Array]:
    """Return one partner's reach, and the three functions at the nodes, ndarray of shape (3, nodes)."""
    whole = weights.sum()
    end = 0.0
    for j in range(april.size):
        end += weights[j] * lost(HIGHEST * april[j])
    reach = _stretched(end / whole)
    out = np.zeros((3, nodes.size))
    for n in range(nodes.size):
        t = 1.0 + (reach - 1.0) * (nodes[n] + 1.0) / 2.0
        square = t * t
        omega = reach_for(whole * (1.0 - 1.0 / (square * square * square * square)), april, weights)
        out[0, n] = omega
        for j in range(april.size):
            out[1, n] += sums[0][j] * lost(omega * april[j])
            out[2, n] += sums[1][j] * revenue(omega * april[j])
    return reach, out


@compiled
def _stretched(share: float) -> float:
    """T for a share of trade kept out; square roots are exact on every machine, other powers are not."""
    return float(np.sqrt(np.sqrt(np.sqrt(1.0 / (1.0 - share)))))


@compiled
def states_seen(rates: Array, outlook: Outlook) -> Array:
    """Return omega, spill and tilt of all partners, ndarray of shape (3, N); omega is -1 where nobody else is counted.

    Parameters
    ----------
    rates : ndarray of shape (N,)
        Duties in force.
    outlook : Outlook
        From :func:`outlook_of`.
    """
    n, weights, spills, tilts = rates.size, outlook.weights, outlook.spills, outlook.tilts
    whole, reach = outlook.whole, outlook.reach
    kept_out, out, shed, duty = np.zeros(n), np.zeros((3, n)), np.empty(n), np.empty(n)
    spill, tilt = out[1], out[2]
    for j in range(n):
        shed[j], duty[j] = lost(rates[j]), revenue(rates[j])
    # partners lie side by side in memory, and every sum runs over the others in their order: fast, and always the same
    for j in range(n):
        for i in range(n):
            kept_out[i] += weights[j, i] * shed[j]
            spill[i] += spills[j, i] * shed[j]
            tilt[i] += tilts[j, i] * duty[j]
    x = shed
    for i in range(n):
        share = kept_out[i] / whole[i] if whole[i] > 0.0 else 0.0
        width = max(reach[i] - 1.0, 1e-300)
        x[i] = min(1.0, 2.0 * (_stretched(share) - 1.0) / width - 1.0)
    _subtract(outlook.series, x, out)
    for i in range(n):
        out[0, i] = max(0.0, out[0, i])
        if whole[i] <= 0.0:
            out[0, i], out[1, i], out[2, i] = -1.0, 0.0, 0.0
    return out


@compiled
def _subtract(series: Array, x: Array, out: Array) -> None:
    """Add the first Chebyshev series at `x` to `out` (3, N), and take the other two away."""
    n = x.size
    before, now = np.ones(n), x.copy()
    for c in range(series.shape[1]):
        for i in range(n):
            out[0, i] += series[0, c, i] * before[i]
            out[1, i] -= series[1, c, i] * before[i]
            out[2, i] -= series[2, c, i] * before[i]
            following = 2.0 * x[i] * now[i] - before[i]
            before[i] = now[i]
            now[i] = following
