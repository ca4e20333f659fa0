"""Rounded figures that leave every economy's exports, imports and trade balance where they were."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["round_flows", "significant"]

Array = npt.NDArray[np.float64]

MOST = 2_000
"""Cells turned at most; a few hundred are enough."""
WORTH = 1e-6
"""Smallest gain for which a cell is turned: a thousandth of one economy's balance, squared."""
TOTALS = 10.0
"""Weight of exports and of imports beside that of the balance, each in units of its own size."""


def significant(values: Array, digits: int) -> Array:
    """Round to significant digits."""
    return np.array([float(f"{value:.{digits}g}") for value in values.ravel()]).reshape(values.shape)


def round_flows(flows: Array, digits: int) -> Array:
    """Round a trade table to significant digits, some cells up and some down so that sums keep.

    Where exports and imports nearly cancel (Cambodia), rounding each cell to the nearest figure moves the balance by a
    tenth, and with it every change that is measured against it. So cells are turned to their other neighbour, best
    first, as long as that brings exports, imports and balances closer to what they were.

    Parameters
    ----------
    flows : ndarray of shape (N, N)
        Origins in rows.
    digits : int
        Significant digits of every cell.

    Returns
    -------
    ndarray of shape (N, N)
        Every cell less than a unit of its last digit from where it was.
    """
    rounded, other = significant(flows, digits), _other_neighbour(flows, digits)
    sold, bought, balance = flows.sum(axis=1), flows.sum(axis=0), flows.sum(axis=1) - flows.sum(axis=0)
    on_sold, on_bought, on_balance = _weight(sold, TOTALS), _weight(bought, TOTALS), _weight(balance, 1.0)
    for _ in range(MOST):
        out, into = rounded.sum(axis=1) - sold, rounded.sum(axis=0) - bought
        gap, turn = out - into, other - rounded
        change = (
            (on_sold * out + on_balance * gap)[:, None]
            + (on_bought * into - on_balance * gap)
            + turn / 2.0 * ((on_sold + on_balance)[:, None] + on_bought + on_balance)
        ) * (2.0 * turn)
        i, j = np.unravel_index(int(change.argmin()), change.shape)
        if change[i, j] > -WORTH:
            break
        rounded[i, j], other[i, j] = other[i, j], rounded[i, j]
    return rounded


def _weight(sums: Array, importance: float) -> Array:
    """Turn squared errors into shares of the sums."""
    return np.asarray(importance / np.maximum(np.abs(sums), 1e-9 * np.abs(sums).max()) ** 2)


def _other_neighbour(flows: Array, digits: int) -> Array:
    """Return the figure on the other side of each flow from the nearest one; itself where it is a figure already."""
    nearest = significant(flows, digits)
    power = np.floor(np.log10(np.where(flows > 0.0, flows, 1.0)))
    unit = np.where(flows > 0.0, 10.0 ** (power - digits + 1), 0.0)
    return significant(nearest + unit * np.sign(flows - nearest), digits)
