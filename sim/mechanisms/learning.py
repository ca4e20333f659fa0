"""Learning: the record teaches both sides."""

from __future__ import annotations

from sim.compiled import compiled

__all__ = ["revise_mean", "revise_variance", "signal_variance"]


@compiled
def signal_variance(noise: float, transparency: float) -> float:
    """Variance of what one deal tells: `noise` is the standard deviation at half transparency; infinite at none."""
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
