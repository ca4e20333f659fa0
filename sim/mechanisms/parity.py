"""Parity: nobody takes less than a comparable peer, and clauses level up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled

__all__ = ["levelled", "raised_reservation", "same_terms"]


@compiled
def raised_reservation(strength: float, peer_gain: float) -> float:
    """Gain below which a partner would feel passed over: eta times the gain that a peer's terms would give it.

    Parameters
    ----------
    strength : float
        eta in [0, 1].
    peer_gain : float
        The partner's gain over no deal, USD bn, if it got the best comparable signed terms.

    Returns
    -------
    float
        USD bn, at least 0: a peer's poor terms lower nobody's reservation.
    """
    return strength * max(0.0, peer_gain)


@compiled
def same_terms(shares: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Translate a peer's terms: the level nearest to the same share of one's own range, issue by issue.

    Parameters
    ----------
    shares : ndarray (K,)
        z of every issue in the peer's deal, in [0, 1].
    counts : ndarray (K,)
        Number of levels of one's own issues.
    """
    levels = np.empty(counts.size, dtype=np.int64)
    for k in range(counts.size):
        levels[k] = int(np.floor(shares[k] * (counts[k] - 1) + 0.5))
    return levels


@compiled
def levelled(own: int, offered: int) -> int:
    """Level of a rate after a clause: the lower of one's own and the comparable later one; never higher."""
    return min(own, offered)
