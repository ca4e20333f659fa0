"""Attention: the United States can hold only so many sessions a week."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled

__all__ = ["close_texts", "seat_talks", "weekly_capacity"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NOT_A_CANDIDATE = -1.0


@compiled
def weekly_capacity(strength: float, capacity: int, partners: int) -> int:
    """Sessions a week: one per partner at strength 0 (the window must then be as wide), capacity / strength above."""
    if strength <= 0.0:
        return partners
    return int(min(float(partners), np.floor(capacity / strength)))


@compiled
def seat_talks(is_open: Bools, waiting: Floats, importance: Floats, capacity: int, window: int) -> Bools:
    """Choose whom the United States meets this week.

    Of the open talks the `window` most important are scheduled; of those, the `capacity` with the largest waiting time
    times importance get a session.

    Parameters
    ----------
    is_open : ndarray (N,)
        Talks that have opened and not ended.
    waiting : ndarray (N,)
        Weeks since the last session, or since the opening; >= 1 for open talks.
    importance : ndarray (N,)
        Two-way trade to the power of the importance exponent; > 0.
    capacity, window : int
        C and W.

    Returns
    -------
    ndarray (N,)
        True for those who get a session. Ties go to the one listed first.
    """
    n = importance.size
    score = np.empty(n)
    for i in range(n):
        score[i] = importance[i] if is_open[i] else NOT_A_CANDIDATE
    scheduled = _largest(score, window)
    for i in range(n):
        score[i] = waiting[i] * importance[i] if scheduled[i] else NOT_A_CANDIDATE
    return _largest(score, capacity)


@compiled
def close_texts(agreed: Bools, importance: Floats, closings: int) -> Bools:
    """Choose whose texts cross the President's desk this week: of those agreed, the `closings` most important.

    Parameters
    ----------
    agreed : ndarray (N,)
        Partners whose text is ready to be signed.
    importance : ndarray (N,)
        As in :func:`seat_talks`.
    closings : int
        Texts that can be closed in a week.
    """
    score = np.where(agreed, importance, NOT_A_CANDIDATE)
    return _largest(score, closings)


@compiled
def _largest(score: Floats, count: int) -> Bools:
    """Mark the `count` largest non-negative scores."""
    chosen = np.zeros(score.size, dtype=np.bool_)
    for _ in range(count):
        best = -1
        for i in range(score.size):
            if score[i] >= 0.0 and not chosen[i] and (best < 0 or score[i] > score[best]):
                best = i
        if best < 0:
            break
        chosen[best] = True
    return chosen
