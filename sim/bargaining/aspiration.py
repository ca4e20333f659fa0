"""How much a side still asks for as time passes."""

from __future__ import annotations

from sim.compiled import compiled

__all__ = ["aspiration", "reciprocate"]


@compiled
def aspiration(tau: float, beta: float) -> float:
    """Share of the best attainable gain that a side asks for (B3; Faratin, Sierra and Jennings 1998).

    Parameters
    ----------
    tau : float
        Elapsed share of the time to the deadline; clamped to [0, 1].
    beta : float
        Stance, > 0: 0.3 Boulware ("no rush"), 1 linear, 3 conceder.

    Returns
    -------
    float
        1 - tau**(1/beta): 1 at the start, 0 at the deadline.
    """
    if tau <= 0.0:
        return 1.0
    if tau >= 1.0:
        return 0.0
    return float(1.0 - tau ** (1.0 / beta))


@compiled
def reciprocate(timed: float, previous: float, conceded: float, gamma: float) -> float:
    """Mix the clock's aspiration with relative tit for tat, and never ask for more than before.

    Parameters
    ----------
    timed : float
        What the clock alone would ask, from :func:`aspiration`.
    previous : float
        What this side asked last; 1 before its first offer.
    conceded : float
        The other side's last concession as a share of this side's attainable gain; >= 0.
    gamma : float
        Weight of reciprocity in [0, 1]; 0 follows the clock only.

    Returns
    -------
    float
        The new aspiration in [0, previous].
    """
    returned = max(0.0, previous - max(0.0, conceded))
    return min(previous, (1.0 - gamma) * timed + gamma * returned)
