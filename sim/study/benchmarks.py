"""Naive benchmarks: what somebody would say of the rates of 2025 who knew no model.

All are laid through the rates that were agreed: they have seen what they predict, except where it is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.world import Economy

__all__ = ["BENCHMARKS", "HIGH_INCOME", "Benchmark", "benchmarks", "income", "left_out"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Guess = Callable[[Floats, Floats, Bools], Floats]

#: A line through fewer points than this, less the one that is left out, says nothing.
FEWEST = 4
HIGH_INCOME = 14_005.0
"""Income per head above which the World Bank calls an economy one of high income, USD: its line of July 2024 to June
2025 (of gross national income by its Atlas method; here it is held against GDP per head)."""

BENCHMARKS = {
    "line": "a line through the rates of 2 April",
    "median": "the median rate",
    "two_medians": "two medians, rich and poor",
}


@dataclass(frozen=True, eq=False)
class Benchmark:
    """One benchmark on all partners.

    Attributes
    ----------
    inside : ndarray (N,)
        What it says with all partners known.
    left_out : ndarray (N,)
        What it says of each from the others alone; blank (nan) where they are too few.
    """

    inside: Floats
    left_out: Floats

    def errors(self, seen: Floats) -> tuple[float, float]:
        """Mean absolute errors inside and left out; blank where it has nothing to say."""
        return tuple(_mean(np.abs(said - seen)) for said in (self.inside, self.left_out))  # type: ignore[return-value]


def income(economy: Economy) -> float:
    """GDP per head, USD."""
    return 1e9 * economy.gdp / economy.population


def benchmarks(april2: Floats, seen: Floats, rich: Bools) -> dict[str, Benchmark]:
    """Lay all benchmarks through what was seen.

    Parameters
    ----------
    april2, seen : ndarray (N,)
        Rates of 2 April and rates agreed.
    rich : ndarray (N,) of bool
        Whether the partner is one of high income.

    Returns
    -------
    dict of str to Benchmark
        By the names of `BENCHMARKS`.
    """
    guesses: dict[str, Guess] = {"line": _line, "median": _median, "two_medians": _two_medians}
    found = {}
    for name, guess in guesses.items():
        apart = np.full(seen.size, np.nan)
        for n in range(seen.size):
            others = np.arange(seen.size) != n
            apart[n] = _filled(guess, april2, seen, rich, others)[n]
        found[name] = Benchmark(_filled(guess, april2, seen, rich, np.ones(seen.size, dtype=bool)), apart)
    return found


def left_out(x: Floats, y: Floats) -> Floats:
    """Predict every y from a line through the others, ndarray (N,); blank with too few, or where x does not vary."""
    return benchmarks(x, y, np.zeros(y.size, dtype=bool))["line"].left_out


def _filled(guess: Guess, april2: Floats, seen: Floats, rich: Bools, known: Bools) -> Floats:
    """Guess everybody's rate from those that are known."""
    return guess(april2, np.where(known, seen, np.nan), rich)


def _line(april2: Floats, seen: Floats, rich: Bools) -> Floats:
    known = ~np.isnan(seen)
    if known.sum() < FEWEST - 1 or np.ptp(april2[known]) == 0.0:
        return np.full(seen.size, np.nan)
    slope, start = np.polyfit(april2[known], seen[known], 1)
    return np.asarray(start + slope * april2)


def _median(april2: Floats, seen: Floats, rich: Bools) -> Floats:
    known = ~np.isnan(seen)
    return np.full(seen.size, np.median(seen[known]) if known.any() else np.nan)


def _two_medians(april2: Floats, seen: Floats, rich: Bools) -> Floats:
    out = np.full(seen.size, np.nan)
    for group in (rich, ~rich):
        known = group & ~np.isnan(seen)
        if known.any():
            out[group] = np.median(seen[known])
    return out


def _mean(values: Floats) -> float:
    """Mean of what is known; blank where nothing is."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")
