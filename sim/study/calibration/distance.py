"""How far an ensemble is from 2025, in errors of observation and of the ensemble together.

A miss is z = (mean - observed) / sqrt(error^2 + sd^2 / n + luck sd^2): the standard error of the number itself, that of
a mean over n runs and, if 2025 shall count as one run among others, a part of what varies from run to run. The
synthetic log-likelihood is Gaussian in the means (Wood 2010; Price et al. 2018), each number with the weight of its
block. Beyond `FAR` errors a miss grows by its logarithm only, so that no number out of reach decides over all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.study.calibration.targets import Target

__all__ = ["FAR", "NOT_SHOWN", "Ruler"]

Floats = NDArray[np.float64]

#: Errors beyond which a miss grows by its logarithm, and the miss of a number that an ensemble does not show.
FAR, NOT_SHOWN = 4.0, 20.0


@dataclass(frozen=True, eq=False)
class Ruler:
    """Measures how far ensembles are from what was observed.

    Attributes
    ----------
    observed, errors, weights : ndarray (T,)
        Of the numbers that are looked at.
    upper : ndarray (T,)
        Which are bounds from above.
    luck : float
        Share of the variance from run to run that counts as error: 0 when ensembles are compared with 2025, 1 when
        2025 counts as one run.
    """

    observed: Floats
    errors: Floats
    weights: Floats
    upper: NDArray[np.bool_]
    luck: float = 0.0

    @classmethod
    def of(cls, looked_at: Sequence[Target], luck: float = 0.0) -> Ruler:
        """Make the ruler of some targets."""
        rows = [(t.observed, t.error, t.weight) for t in looked_at]
        observed, errors, weights = np.array(rows, dtype=float).T
        return cls(observed, errors, weights, np.array([t.upper for t in looked_at]), luck)

    def seen(self, observed: Floats) -> Ruler:
        """Return the same ruler for other talks; what these do not show counts nothing."""
        there = np.isfinite(observed)
        return replace(self, observed=np.where(there, observed, 0.0), weights=np.where(there, self.weights, 0.0))

    def variances(self, parts: NDArray[np.floating]) -> Floats:
        """Variance of every number of ensembles (..., 4, T)."""
        sd, count = (np.nan_to_num(parts[..., k, :].astype(float)) for k in (1, 2))
        found: Floats = self.errors**2 + sd**2 * (1.0 / np.maximum(count, 1.0) + self.luck)
        return found

    def misses(self, parts: NDArray[np.floating]) -> Floats:
        """Miss of every number of ensembles (..., 4, T) in errors, signed and bounded."""
        mean = parts[..., 0, :].astype(float)
        z = (mean - self.observed) / np.sqrt(self.variances(parts))
        z = np.where(self.upper, np.maximum(z, 0.0), z)
        z = np.where(np.isfinite(z), z, NOT_SHOWN)
        far = np.abs(z) > FAR
        bounded: Floats = np.where(far, np.sign(z) * (FAR + np.log1p(np.maximum(np.abs(z) - FAR, 0.0))), z)
        return bounded

    def distance(self, parts: NDArray[np.floating]) -> Floats:
        """Root of the weighted mean square miss of ensembles (..., 4, T); infinite where nothing could be played."""
        square = (self.weights * self.misses(parts) ** 2).sum(axis=-1) / self.weights.sum()
        return np.where(_nothing(parts), np.inf, np.sqrt(square))

    def log_likelihood(self, parts: NDArray[np.floating]) -> Floats:
        """Synthetic log-likelihood of ensembles (..., 4, T) up to a constant."""
        spread = np.log(self.variances(parts) / self.errors**2)
        found = -0.5 * (self.weights * (self.misses(parts) ** 2 + spread)).sum(axis=-1)
        return np.where(_nothing(parts), -np.inf, found)


def _nothing(parts: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Whether the assumptions of an ensemble do not go together."""
    nothing: NDArray[np.bool_] = np.isnan(parts[..., 2, :]).all(axis=-1)
    return nothing
