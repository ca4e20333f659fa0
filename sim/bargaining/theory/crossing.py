"""Where two time-dependent sides meet on a pie."""

from __future__ import annotations

from dataclasses import dataclass

from sim.bargaining.aspiration import aspiration
from sim.bargaining.theory.risk import bisect

__all__ = ["Crossing", "pie_crossing"]


@dataclass(frozen=True)
class Crossing:
    """When two sides agree, as a share of the time, and what each gets of the pie."""

    time: float
    shares: tuple[float, float]


def pie_crossing(first: float, second: float) -> Crossing:
    """Agreement of two sides that concede with time over a pie of size one (Faratin, Sierra and Jennings 1998).

    The aspirations 1 - t^(1/beta) add up to one where t^(1/beta_1) + t^(1/beta_2) = 1; steps are taken for continuous.

    Parameters
    ----------
    first, second : float
        Stances beta > 0: below 1 Boulware, 1 linear, above 1 conceder.

    Raises
    ------
    ValueError
        When a stance is not positive.
    """
    if min(first, second) <= 0.0:
        raise ValueError("a stance must be positive")
    time = bisect(lambda t: 1.0 - aspiration(t, first) - aspiration(t, second), 0.0, 1.0)
    return Crossing(time, (aspiration(time, first), aspiration(time, second)))
