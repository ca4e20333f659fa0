"""How tough the United States are, and how tough they are thought to be."""

from __future__ import annotations

import math

from sim.compiled import compiled
from sim.mechanisms import bounded_mean, bounded_variance, revise_mean, revise_variance

__all__ = ["TOUGHEST", "after_deal", "after_statement", "toughness_of"]

Belief = tuple[float, float]

#: Nobody insists on more than this share of what could be had.
TOUGHEST = 0.95


@compiled
def toughness_of(share: float) -> float:
    """Toughness chi that a number stands for: a share that is neither negative nor beyond the toughest."""
    return min(TOUGHEST, max(0.0, share))


@compiled
def after_deal(strength: float, belief: Belief, share: float, noise: float, z: float) -> Belief:
    """What partners believe once a deal is signed that gave the United States so much of what they could get (M5).

    Parameters
    ----------
    strength : float
        Share of the Bayesian revision that is made.
    belief : pair of float
        Mean and variance before.
    share : float
        What they settled for; they insist on no more.
    noise, z : float
        Variance with which that is seen, infinite when nothing is published, and a standard normal draw.
    """
    if noise == math.inf:
        return belief
    seen, (mean, variance) = share + math.sqrt(noise) * z, belief
    revised = bounded_mean(strength, mean, variance, seen, noise)
    return toughness_of(revised), bounded_variance(strength, mean, variance, seen, noise)


@compiled
def after_statement(
    strength: float, belief: Belief, toughness: float, spin: float, blur: tuple[float, float]
) -> Belief:
    """What partners believe after a public statement: the truth, what is added to sound tougher, and noise.

    Parameters
    ----------
    strength : float
        How far partners take statements into account.
    belief : pair of float
        Mean and variance before.
    toughness, spin : float
        chi, and what is added to it.
    blur : pair of float
        Standard deviation of the noise, and a standard normal draw.
    """
    (mean, variance), (sd, z) = belief, blur
    seen, noise = toughness + spin + sd * z, sd**2
    return toughness_of(revise_mean(strength, mean, variance, seen, noise)), revise_variance(strength, variance, noise)
