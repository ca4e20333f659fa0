"""Alternating offers over a pie of size one, with discounting."""

from __future__ import annotations

import math

__all__ = ["rubinstein", "rubinstein_continuous", "rubinstein_limit", "stahl"]


def rubinstein(first: float, second: float) -> tuple[float, float]:
    """Shares in the unique subgame-perfect equilibrium without a last round (Rubinstein 1982).

    Parameters
    ----------
    first, second : float
        Discount factors d1 of the side that offers first and d2 of the other, in [0, 1); one of them may be 1.

    Returns
    -------
    tuple of float
        x1 = (1 - d2) / (1 - d1 d2), and the rest.

    Raises
    ------
    ValueError
        For a discount factor outside [0, 1], or both equal to 1.
    """
    _check(first, second)
    if first == second == 1.0:
        raise ValueError("when nobody discounts the shares are not determined")
    share = (1.0 - second) / (1.0 - first * second)
    return share, 1.0 - share


def stahl(first: float, second: float, rounds: int) -> tuple[float, float]:
    """Shares when there are finitely many offers and nothing after the last (Stahl 1972).

    Who offers last gets all; before it the offer leaves the other side its discounted share of the next round.

    Parameters
    ----------
    first, second : float
        Discount factors; the first side offers in rounds 0, 2, 4 ...
    rounds : int
        Number of offers, at least 1.

    Raises
    ------
    ValueError
        For a discount factor outside [0, 1] or no round.
    """
    _check(first, second)
    if rounds < 1:
        raise ValueError("there must be at least one round")
    share = 1.0
    for offer in range(rounds - 2, -1, -1):
        responder = second if offer % 2 == 0 else first
        share = 1.0 - responder * share
    return share, 1.0 - share


def rubinstein_continuous(first_rate: float, second_rate: float, interval: float) -> tuple[float, float]:
    """Shares when offers are `interval` apart and d = exp(-rate * interval).

    Raises
    ------
    ValueError
        When a rate or the interval is not positive.
    """
    if min(first_rate, second_rate, interval) <= 0.0:
        raise ValueError("rates and the interval must be positive")
    # expm1 keeps the digits that 1 - exp(-x) would lose at short intervals
    share = math.expm1(-second_rate * interval) / math.expm1(-(first_rate + second_rate) * interval)
    return share, 1.0 - share


def rubinstein_limit(first_rate: float, second_rate: float) -> tuple[float, float]:
    """Shares as the time between offers goes to 0: r2 / (r1 + r2) (Binmore, Rubinstein and Wolinsky 1986).

    Who speaks first no longer matters, only who can wait; it is the Nash solution with these powers.

    Raises
    ------
    ValueError
        When a rate is negative or both are 0.
    """
    if min(first_rate, second_rate) < 0.0 or first_rate + second_rate <= 0.0:
        raise ValueError("rates must not be negative, nor both 0")
    share = second_rate / (first_rate + second_rate)
    return share, 1.0 - share


def _check(first: float, second: float) -> None:
    if not (0.0 <= first <= 1.0 and 0.0 <= second <= 1.0):
        raise ValueError("a discount factor lies in [0, 1]")
