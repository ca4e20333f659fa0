"""Learning: the record teaches both sides.

A signature shows what a side will put up with, and nothing about what it would have refused. It is a bound, not a
measurement: from every deal the partners learn that the toughness chi of the United States is at most the share of
the attainable gain they settled for, and the United States learn that resistance is at most what makes the deal
worthless to the partner ("they buy it down"). The belief is normal and is revised as by a probit likelihood (M5):

    P(signed | x) = Phi((bound - x) / sd),  a = (bound - mean) / sqrt(v + sd^2),  l(a) = phi(a) / Phi(a)
    mean' = mean - strength v / sqrt(v + sd^2) l(a)
    v'    = v (1 - strength v / (v + sd^2) l(a) (a + l(a)))
"""

from __future__ import annotations

import math

from sim.compiled import compiled

__all__ = ["bounded_mean", "bounded_variance", "revise_mean", "revise_variance", "signal_variance"]

#: Below this many standard deviations the normal distribution function underflows and l(a) is -a.
FAR_BELOW = -30.0


@compiled
def signal_variance(noise: float, transparency: float) -> float:
    """Variance of what one deal tells: sd = noise / (2 transparency), so `noise` at half of it; infinite at none."""
    if transparency <= 0.0:
        return float("inf")
    sd = noise * 0.5 / transparency
    return sd * sd


@compiled
def _weight(strength: float, variance: float, noise: float) -> float:
    """Share of the surprise that is believed (normal prior, normal signal)."""
    if variance <= 0.0 or noise == float("inf"):
        return 0.0
    return strength * variance / (variance + noise)


@compiled
def revise_mean(strength: float, mean: float, variance: float, signal: float, noise: float) -> float:
    """Mean of a belief after a signal; unchanged at strength 0.

    Parameters
    ----------
    strength : float
        Share of the Bayesian revision that is made, in [0, 1].
    mean, variance : float
        The belief before.
    signal, noise : float
        What was seen, and its variance from :func:`signal_variance`.
    """
    return mean + _weight(strength, variance, noise) * (signal - mean)


@compiled
def revise_variance(strength: float, variance: float, noise: float) -> float:
    """Variance of a belief after a signal; unchanged at strength 0."""
    return variance * (1.0 - _weight(strength, variance, noise))


@compiled
def _hazard(a: float) -> float:
    """l(a) = phi(a) / Phi(a): how surprising it is that a standard normal lies below a."""
    if a < FAR_BELOW:
        return -a
    below = 0.5 * math.erfc(-a / math.sqrt(2.0))
    return math.exp(-0.5 * a * a) / math.sqrt(2.0 * math.pi) / below


@compiled
def bounded_mean(strength: float, mean: float, variance: float, bound: float, noise: float) -> float:
    """Mean of a belief once it is known that the truth lies below a bound (M5); never rises, the same at strength 0.

    Parameters
    ----------
    strength : float
        Share of the Bayesian revision that is made, in [0, 1].
    mean, variance : float
        The belief before.
    bound, noise : float
        Below what the truth lies, and the variance of that: from :func:`signal_variance`. An infinite bound, or
        infinite noise, says nothing.
    """
    total = variance + noise
    if variance <= 0.0 or total == math.inf or bound == math.inf:
        return mean
    return mean - strength * variance / math.sqrt(total) * _hazard((bound - mean) / math.sqrt(total))


@compiled
def bounded_variance(strength: float, mean: float, variance: float, bound: float, noise: float) -> float:
    """Variance of a belief once it is known that the truth lies below a bound (M5); as :func:`bounded_mean`."""
    total = variance + noise
    if variance <= 0.0 or total == math.inf or bound == math.inf:
        return variance
    a = (bound - mean) / math.sqrt(total)
    hazard = _hazard(a)
    return variance * (1.0 - strength * variance / total * min(1.0, hazard * (a + hazard)))
