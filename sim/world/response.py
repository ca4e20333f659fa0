"""How strongly trade answers duties, and how soon (E10)."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["HIGHEST_EPS", "LOWEST_EPS", "WEEKS_A_YEAR", "Response"]

LOWEST_EPS, HIGHEST_EPS = 0.5, 4.0
"""Trade elasticities between which payoffs are known."""
WEEKS_A_YEAR = 52
DIGITS = 12
"""A weight is rounded to so many places: the last bits of an exponential differ from machine to machine."""


@dataclass(frozen=True)
class Response:
    """How strongly trade answers tariffs, and how soon (E10).

    A flow starts at its short-run value and goes on towards that of the long run; after T years it has gone
    1 - 1/e = 63 per cent of the way.

    Attributes
    ----------
    short_run, long_run : float
        Trade elasticities eps_S and eps_L, from 0.5 to 4. Both are calibrated to the same trade.
    years : float
        T, in years, above 0.

    Raises
    ------
    ValueError
        If a value is out of its range.
    """

    short_run: float = 4.0
    long_run: float = 4.0
    years: float = 4.0

    def __post_init__(self) -> None:
        for name in ("short_run", "long_run"):
            value = getattr(self, name)
            if not LOWEST_EPS <= value <= HIGHEST_EPS:
                raise ValueError(f"{name} = {value}: must be a number from {LOWEST_EPS} to {HIGHEST_EPS:g}")
        if not 0.0 < self.years < math.inf:
            raise ValueError(f"years = {self.years}: must be a number above 0")

    def weight(self, weeks: float) -> float:
        """Return the share of the long run in the mean over the first weeks after a duty comes into force.

        The mean over s from 0 to `weeks` of 1 - exp(-s / (52 T)), which is 1 - (1 - exp(-x)) / x with
        x = weeks / (52 T).

        Parameters
        ----------
        weeks : float
            Length of the time looked at, 0 or more.

        Returns
        -------
        float
            A fraction: 0 at once, near 1 after many times T.

        Raises
        ------
        ValueError
            If `weeks` is negative or no number.
        """
        if not 0.0 <= weeks < math.inf:
            raise ValueError(f"weeks = {weeks}: must be a number, 0 or more")
        x = weeks / (WEEKS_A_YEAR * self.years)
        return round(1.0 + math.expm1(-x) / x, DIGITS) if x > 0.0 else 0.0
