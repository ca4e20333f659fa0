"""Nash's solution when money can be handed over."""

from __future__ import annotations

__all__ = ["nash_transfer"]


def nash_transfer(surplus: float, reservation: tuple[float, float], power: float = 0.5) -> tuple[float, float]:
    """Split a sum of money: each gets what it has without a deal, and its power's share of what the deal adds.

    Parameters
    ----------
    surplus : float
        What there is to share, in money.
    reservation : tuple of float
        What each side has without a deal; any number, also below zero.
    power : float
        Bargaining power of the first side in [0, 1].

    Returns
    -------
    tuple of float
        x_i = d_i + power_i (surplus - d_1 - d_2), or the reservation values when the deal adds nothing (Nash 1950;
        Roth 1979).

    Raises
    ------
    ValueError
        For a power outside [0, 1].
    """
    if not 0.0 <= power <= 1.0:
        raise ValueError("power lies in [0, 1]")
    first, second = reservation
    added = surplus - first - second
    if added < 0.0:
        return first, second
    return first + power * added, second + (1.0 - power) * added
