"""What to offer, what to aim at, and when to accept."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.bargaining.aspiration import aspiration, reciprocate
from sim.compiled import compiled

__all__ = ["accepts", "best_attainable", "choose_offer", "next_offer", "offer_towards"]

Floats = NDArray[np.float64]


@compiled
def best_attainable(mine: Floats, theirs: Floats, mine_least: float, theirs_least: float) -> float:
    """Largest gain of mine that the other side, as I believe it, could still accept.

    Parameters
    ----------
    mine, theirs : ndarray (R,)
        Gains of both sides at each rung, USD bn; `theirs` as I believe it.
    mine_least, theirs_least : float
        The reservation gains, USD bn.

    Returns
    -------
    float
        The gain, or `mine_least` when no rung suits both.
    """
    best = mine_least
    for r in range(mine.size):
        if theirs[r] >= theirs_least and mine[r] > best:
            best = mine[r]
    return best


@compiled
def choose_offer(mine: Floats, theirs: Floats, target: float) -> int:
    """Of all rungs that give me my target, the one I believe best for you (log-rolling).

    Returns
    -------
    int
        The rung, or -1 when no rung reaches the target.
    """
    chosen = -1
    for r in range(mine.size):
        if mine[r] >= target and (chosen < 0 or theirs[r] > theirs[chosen]):
            chosen = r
    return chosen


@compiled
def next_offer(mine: Floats, theirs: Floats, leasts: Floats, clock: Floats, memory: Floats) -> tuple[int, float, float]:
    """Work out the next offer of a side that concedes with the clock and answers concessions.

    Parameters
    ----------
    mine, theirs : ndarray (R,)
        Gains along the side's ladder, USD bn; `theirs` as believed.
    leasts : ndarray (2,)
        Reservation gains: its own, and the other side's as believed, USD bn.
    clock : ndarray (3,)
        Elapsed share of the time, stance beta, weight gamma of reciprocity.
    memory : ndarray (2,)
        Last aspiration, and the other side's last concession in gain of mine, USD bn.

    Returns
    -------
    rung : int
        The offer, -1 when no rung meets the target.
    ask : float
        Gain of mine from that offer, or the target when there is none, USD bn.
    aspiration : float
        The new aspiration.
    """
    best = best_attainable(mine, theirs, leasts[0], leasts[1])
    return offer_towards(
        mine, theirs, (leasts[0], best), aspiration(clock[0], clock[1]), (memory[0], memory[1], clock[2])
    )


@compiled
def offer_towards(
    mine: Floats, theirs: Floats, span: tuple[float, float], timed: float, memory: tuple[float, float, float]
) -> tuple[int, float, float]:
    """:func:`next_offer` where the best attainable gain is known.

    Parameters
    ----------
    mine, theirs : ndarray (R,)
        As there.
    span : tuple of float
        Its reservation gain and the best it could attain, USD bn.
    timed : float
        What the clock alone would ask, from `aspiration`.
    memory : tuple of float
        Last aspiration, the other side's last concession, weight gamma of reciprocity.
    """
    least, best = span
    spread = best - least
    conceded = memory[1] / spread if spread > 0.0 else 0.0
    asked = reciprocate(timed, memory[0], conceded, memory[2])
    target = min(best, least + asked * spread)  # the sum may round above the best there is
    rung = choose_offer(mine, theirs, target)
    return rung, (target if rung < 0 else mine[rung]), asked


@compiled
def accepts(offered: float, next_ask: float, least: float) -> bool:
    """Accept an offer at least as good as my own next one would be, and no worse than no deal (AC_next)."""
    return offered >= least and offered >= next_ask
