"""Which assumptions matter for which pattern: rank correlations over a space-filling design of the priors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.scenario import Scenario
from sim.study.calibration.distance import distance, observed_patterns
from sim.study.calibration.predictive import predict
from sim.study.calibration.priors import Prior

__all__ = ["DISTANCE", "design", "influence", "most_influential", "screen"]

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]

#: Column of the distance beside those of the patterns.
DISTANCE = "distance"


def design(priors: Sequence[Prior], n: int, seed: int) -> pd.DataFrame:
    """Spread n points over the priors: a Latin hypercube, one column a parameter."""
    from scipy.stats import qmc  # takes a second to import

    unit = qmc.LatinHypercube(len(priors), rng=np.random.default_rng(seed)).random(n)
    columns = zip(priors, unit.T, strict=True)
    return pd.DataFrame({p.key: [p.value(p.ends[0] + u * (p.ends[1] - p.ends[0])) for u in us] for p, us in columns})


def screen(
    base: Scenario, priors: Sequence[Prior], n: int, progress: Progress | None = None, jobs: int | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Run once at each of n points of a design.

    Returns
    -------
    points, measured : DataFrame
        Parameters of each run, and what it showed; of an interrupted screening, those that were finished.
    """
    points = design(priors, n, base.seed)
    rows = [{str(key): value for key, value in row.items()} for row in points.to_dict("records")]
    measured = predict(base, rows, progress, jobs)
    return points.iloc[: len(measured)], measured


def influence(points: pd.DataFrame, measured: pd.DataFrame) -> pd.DataFrame:
    """Spearman rank correlation of every parameter with every pattern and with the distance from 2025.

    Returns
    -------
    DataFrame
        Parameters in rows, patterns and `DISTANCE` in columns; 0 where a pattern does not vary. What never comes ranks
        last, what cannot be measured in the middle.
    """
    seen = observed_patterns()
    shown = measured.copy()
    shown[DISTANCE] = [
        distance(dict(zip(map(str, measured.columns), row, strict=True)), seen)
        for row in measured.to_numpy(dtype=float)
    ]
    ranks = shown.rank()
    x, y = points.rank().to_numpy(dtype=float), ranks.fillna(ranks.mean()).to_numpy(dtype=float)
    return pd.DataFrame(_correlations(x, y), index=points.columns, columns=shown.columns)


def _correlations(x: Floats, y: Floats) -> Floats:
    """Correlation of every column of x with every column of y, 0 where one is constant."""
    x, y = x - x.mean(axis=0), y - y.mean(axis=0)
    sizes = np.sqrt(np.outer((x**2).sum(axis=0), (y**2).sum(axis=0)))
    return np.divide(x.T @ y, sizes, out=np.zeros_like(sizes), where=sizes > 0)


def most_influential(found: pd.DataFrame, most: int) -> list[str]:
    """Parameters with the largest sum of squared correlations: mean over the patterns plus that of the distance."""
    strength = (found.drop(columns=DISTANCE) ** 2).mean(axis=1) + found[DISTANCE] ** 2
    return [str(key) for key in strength.sort_values(ascending=False, kind="stable").index[:most]]
