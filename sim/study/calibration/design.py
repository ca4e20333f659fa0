"""Points of the priors: the space they span, and designs that fill it evenly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.calibration.priors import Prior

__all__ = ["Space", "design", "sobol"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Space:
    """The priors as a cube: every side runs from 0 to 1, evenly on the scale of its prior.

    Attributes
    ----------
    priors : tuple of Prior
        The sides.
    """

    priors: tuple[Prior, ...]

    @property
    def keys(self) -> list[str]:
        """Dotted keys of the sides."""
        return [prior.key for prior in self.priors]

    def values(self, cube: Floats) -> Floats:
        """Return values in the schema's units, whole numbers rounded, of points of the cube (n, d)."""
        columns = [
            [prior.value(prior.ends[0] + u * (prior.ends[1] - prior.ends[0])) for u in side]
            for prior, side in zip(self.priors, np.clip(cube, 0.0, 1.0).T, strict=True)
        ]
        return np.array(columns, dtype=float).reshape(len(self.priors), -1).T

    def cube(self, values: Floats) -> Floats:
        """Return points of the cube of values in the schema's units (n, d)."""
        sides = [
            [(prior.point(value) - prior.ends[0]) / (prior.ends[1] - prior.ends[0]) for value in column]
            for prior, column in zip(self.priors, values.T, strict=True)
        ]
        return np.array(sides, dtype=float).reshape(len(self.priors), -1).T

    def overrides(self, values: Floats) -> dict[str, float | int]:
        """Return one point's values (d,) by dotted key."""
        pairs = zip(self.priors, values, strict=True)
        return {prior.key: round(float(value)) if prior.whole else float(value) for prior, value in pairs}

    def defaults(self) -> Floats:
        """Return the schema's defaults as a point of the cube, moved inside where they lie outside, ndarray (d,)."""
        point: Floats = self.cube(np.array([[prior.default for prior in self.priors]]))[0]
        return np.clip(np.nan_to_num(point, nan=0.5), 0.0, 1.0)


def design(priors: Sequence[Prior], n: int, seed: int) -> pd.DataFrame:
    """Spread n points over the priors: a Latin hypercube, one column a parameter."""
    from scipy.stats import qmc  # takes a second to import

    unit = qmc.LatinHypercube(len(priors), rng=np.random.default_rng(seed)).random(n)
    columns = zip(priors, unit.T, strict=True)
    return pd.DataFrame({p.key: [p.value(p.ends[0] + u * (p.ends[1] - p.ends[0])) for u in us] for p, us in columns})


def sobol(dimensions: int, n: int, seed: int) -> Floats:
    """Return the first n points of a scrambled Sobol sequence in the cube (n, d); more points begin with fewer."""
    from scipy.stats import qmc

    engine = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed))
    points: Floats = engine.random_base2(max(0, int(np.ceil(np.log2(max(n, 1))))))
    return points[:n]
