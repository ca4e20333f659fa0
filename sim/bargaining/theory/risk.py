"""What risk aversion costs: a pie shared by sides with utilities x^a and (1 - x)^b."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["bisect", "kalai_smorodinsky_power", "nash_power"]


def nash_power(first: float, second: float) -> float:
    """First side's share in Nash's solution: a / (a + b) (Kihlstrom, Roth and Schmeidler 1981).

    Parameters
    ----------
    first, second : float
        Exponents a and b of the utilities, > 0; 1 is risk-neutral and less is averse to risk.

    Raises
    ------
    ValueError
        When an exponent is not positive.
    """
    _check(first, second)
    return first / (first + second)


def kalai_smorodinsky_power(first: float, second: float) -> float:
    """First side's share in the Kalai-Smorodinsky solution: where x^a = (1 - x)^b (Kalai and Smorodinsky 1975).

    Raises
    ------
    ValueError
        When an exponent is not positive.
    """
    _check(first, second)
    return bisect(lambda x: float(x**first - (1.0 - x) ** second), 0.0, 1.0)


def bisect(function: Callable[[float], float], low: float, high: float) -> float:
    """Root of a rising function between two points, to the last digit."""
    while True:
        middle = 0.5 * (low + high)
        if middle in (low, high):
            return middle
        if function(middle) < 0.0:
            low = middle
        else:
            high = middle


def _check(first: float, second: float) -> None:
    if min(first, second) <= 0.0:
        raise ValueError("an exponent must be positive")
