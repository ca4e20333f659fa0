"""Attention: the United States can hold only so many sessions a week."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled

__all__ = [
    "by_importance",
    "close_texts",
    "rush_priority",
    "rushes",
    "seat_talks",
    "sessions_needed",
    "waited",
    "weekly_capacity",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NOT_A_CANDIDATE = -1.0


@compiled
def weekly_capacity(strength: float, capacity: int, partners: int) -> int:
    """Sessions a week: one per partner at strength 0 (the window must then be as wide), capacity / strength above."""
    if strength <= 0.0:
        return partners
    return int(min(float(partners), np.floor(capacity / strength)))


@compiled
def rushes(deadline: int, now: int, weeks: int) -> bool:
    """Whether a deadline is so near that the delegation works through: the last `weeks` weeks; -1 is no deadline."""
    return deadline >= 0 and deadline - now <= weeks


@compiled
def waited(weeks: float, spread: float, z: float) -> float:
    """Waiting time as far as it counts: weeks times exp(spread z), z a standard normal draw: delegations are away."""
    return float(weeks * np.exp(spread * z)) if spread > 0.0 else weeks


@compiled
def rush_priority(threat: float, pause: float, stakes: float, drafts: float) -> float:
    """What stands in a rush where the waiting time stands otherwise.

    Parameters
    ----------
    threat, pause : float
        Rates that the deadline brings and that hold until then, fractions.
    stakes : float
        Exponent of their ratio, which counts as 1 at least.
    drafts : float
        What a draft that lies ready multiplies it by; 1 without one.
    """
    return float(drafts * max(1.0, threat / max(pause, 0.01)) ** stakes)


@compiled
def sessions_needed(to_close: int, rushed: bool, text: float) -> int:
    """Sessions that a text takes: in a rush a share `text` of the usual ones, and at least one."""
    if not rushed:
        return to_close
    return int(max(1.0, np.ceil(to_close * text - 1e-9)))


@compiled
def seat_talks(is_open: Bools, waiting: Floats, importance: Floats, order: Ints, capacity: int, window: int) -> Bools:
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
    order : ndarray (N,)
        Partners by falling importance, from :func:`by_importance`.
    capacity, window : int
        C and W.

    Returns
    -------
    ndarray (N,)
        True for those who get a session. Ties go to the one listed first.
    """
    chosen = np.zeros(importance.size, np.bool_)
    scheduled, score, count = np.empty(order.size, np.int64), np.empty(order.size), 0
    for i in order:
        if is_open[i] and count < window:
            scheduled[count], score[count] = i, waiting[i] * importance[i]
            count += 1
    for _ in range(min(capacity, count)):
        best = 0
        for n in range(1, count):
            earlier = score[n] == score[best] and scheduled[n] < scheduled[best]
            if score[n] > score[best] or earlier:
                best = n
        chosen[scheduled[best]] = True
        score[best] = NOT_A_CANDIDATE
    return chosen


def by_importance(importance: Floats) -> Ints:
    """Partners by falling importance, ndarray (N,); of equals the one listed first."""
    return np.argsort(-importance, kind="stable").astype(np.int64)


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
