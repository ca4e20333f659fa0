"""Where being first pays: the advantage over a grid of any two numbers of a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.scenario import Scenario, scenario_at
from sim.study.advantage import mean_interval
from sim.study.assumptions import prior_of
from sim.study.settings import Progress, differences

__all__ = ["Axis", "axis_of", "phase_map"]

#: Values along an axis when none are given.
STEPS = 7


@dataclass(frozen=True)
class Axis:
    """A number of a scenario, and the values it is given.

    Attributes
    ----------
    key : str
        Dotted key.
    steps : tuple of float or int
        The values, different and rising.
    """

    key: str
    steps: tuple[float | int, ...]


def axis_of(key: str, values: Sequence[float] = (), steps: int = STEPS) -> Axis:
    """Make an axis of values, or of steps through the plausible range of a number.

    Parameters
    ----------
    key : str
        Dotted key of any number of a scenario.
    values : sequence of float
        In any order. When empty, the range of :func:`sim.study.assumptions.prior_of` is stepped through, by factors
        where it is a logarithmic one.
    steps : int
        How many steps; fewer where whole numbers do not offer so many.

    Raises
    ------
    ScenarioError
        If there is no such number.

    Examples
    --------
    >>> axis_of("threat.credibility", steps=3).steps
    (0.3, 0.65, 1.0)
    >>> axis_of("session.to_close_small", steps=9).steps
    (2, 3, 4, 5, 6)
    """
    prior = prior_of(key)
    points = np.linspace(prior.point(prior.low), prior.point(prior.high), steps)
    found = [float(value) for value in values] or [float(prior.value(x)) for x in points]
    tidy = [int(value) if prior.whole and value.is_integer() else float(f"{value:.10g}") for value in found]
    return Axis(key, tuple(sorted(set(tidy))))


def phase_map(
    scenario: Scenario,
    x: Axis,
    y: Axis,
    progress: Progress | None = None,
    *,
    root: Path | None = None,
    jobs: int | None = None,
) -> pd.DataFrame:
    """Advantage of being first at every pair of values.

    Parameters
    ----------
    scenario : Scenario
        Gives the focal partner, the places compared, everything else, and the number of twins at a pair.
    x, y : Axis
        Two different numbers of it.
    progress, root, jobs
        As for :func:`sim.study.settings.values_at_ends`.

    Returns
    -------
    DataFrame
        One row a pair, `x` the slower: `x`, `y`; `mean` of the advantage with a 95 per cent interval `low`, `high`
        (USD bn, present value); `twins`.

    Raises
    ------
    ScenarioError
        If a value will not do.
    """
    grid = [(a, b) for a in x.steps for b in y.steps]
    settings = [scenario_at(scenario, {x.key: a, y.key: b}) for a, b in grid]
    found = differences(settings, progress, root=root, jobs=jobs)
    rows = [(a, b, *mean_interval(sample), sample.size) for (a, b), sample in zip(grid, found, strict=True)]
    return pd.DataFrame(rows, columns=["x", "y", "mean", "low", "high", "twins"])
