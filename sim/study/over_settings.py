"""The advantage over all settings of the assumptions that fit 2025: luck and assumptions together, and each alone.

A setting is one point of the posterior of the calibration. Each plays twins of its own luck; twins share luck and
setting. What a scenario sets otherwise than the defaults stays as it is set.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import chdtri, stdtrit

from sim.scenario import Scenario, parameters, value_at
from sim.scenario.errors import ScenarioError
from sim.study.calibration import Posterior
from sim.study.settings import differences, settings_at
from sim.study.words import interval

__all__ = ["MOST", "TWINS", "OverSettings", "over_settings", "settings_from"]

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]

#: Twins that each setting plays, and the most settings that are played.
TWINS, MOST = 50, 1_000
LEVEL = 0.95


@dataclass(frozen=True, eq=False)
class OverSettings:
    """What being first rather than last is worth, setting by setting.

    Attributes
    ----------
    table : DataFrame
        One row a setting: its parameters, `mean` of its twins (USD bn, present value) and `noise`, the variance of that
        mean.
    twins : int
        Of each setting.
    """

    table: pd.DataFrame
    twins: int

    @property
    def n(self) -> int:
        """Number of settings."""
        return len(self.table)

    @property
    def mean(self) -> float:
        """Mean over the settings, USD bn."""
        return float(self.table["mean"].mean())

    @property
    def luck(self) -> float:
        """Sampling variance of the mean: what more twins would take away."""
        return float(self.table["noise"].sum()) / self.n**2

    @property
    def assumptions(self) -> float:
        """Variance between settings, less what luck makes of it."""
        return max(0.0, float(self.table["mean"].var(ddof=1)) - float(self.table["noise"].mean()))

    @property
    def assumptions_most(self) -> float:
        """Upper end of a one-sided 95 per cent interval of `assumptions`, by the chi-square of the settings' means."""
        most = (self.n - 1) * float(self.table["mean"].var(ddof=1)) / float(chdtri(self.n - 1, LEVEL))
        return max(0.0, most - float(self.table["noise"].mean()))

    @property
    def shrunk(self) -> Floats:
        """Means of the settings, drawn together so far that they vary as `assumptions` says, ndarray (n,)."""
        means = self.table["mean"].to_numpy(dtype=float)
        every = float(means.var(ddof=1))
        share = (self.assumptions / every) ** 0.5 if every > 0.0 else 0.0
        return np.asarray(self.mean + share * (means - self.mean))

    @property
    def ends(self) -> tuple[float, float]:
        """Central 95 per cent of the settings, widened by the error that luck leaves in the mean."""
        low, high = np.quantile(self.shrunk, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2])
        luck = float(stdtrit(max(1, self.n * (self.twins - 1)), 0.5 + LEVEL / 2)) * self.luck**0.5
        return self.mean - float(np.hypot(self.mean - low, luck)), self.mean + float(np.hypot(high - self.mean, luck))

    @property
    def share_positive(self) -> float:
        """Share of the settings in which it pays to be first."""
        return float((self.shrunk > 0.0).mean())

    def summary(self) -> dict[str, Any]:
        """Return the answer as plain data: USD bn of present value, and two variances."""
        low, high = self.ends
        return {
            "n": self.n,
            "twins": self.twins,
            "mean": self.mean,
            "low": low,
            "high": high,
            "luck": self.luck,
            "assumptions": self.assumptions,
            "assumptions_most": self.assumptions_most,
            "share_positive": self.share_positive,
        }

    def sentence(self) -> str:
        """Say it in two sentences, USD bn."""
        low, high = self.ends
        apart, most = self.assumptions**0.5, self.assumptions_most**0.5
        said = f"differ by a standard deviation of {apart:.2f} bn" if apart > 0.0 else "cannot be told apart"
        return (
            f"Over {self.n} settings of the assumptions that fit 2025, {self.twins} twins each: "
            f"{interval(self.mean, low, high)} in present value, luck and assumptions together. The settings {said} "
            f"(a standard deviation of at most {most:.2f} bn, 95 %); first pays in "
            f"{100.0 * self.share_positive:.0f} per cent of them."
        )


def over_settings(
    scenario: Scenario,
    n: int,
    progress: Progress | None = None,
    *,
    twins: int = TWINS,
    root: Path | None = None,
    posterior: Posterior | None = None,
) -> OverSettings:
    """Play the first and the last place compared under many settings.

    Parameters
    ----------
    scenario : Scenario
        Compares places; its seed is that of the draws too.
    n : int
        Settings, from 2 to `MOST`.
    progress : callable, optional
        Called with the twins that are there and their number, over all settings.
    twins : int
        Of each setting, at least 2.
    root : Path, optional
        Folder of results, where finished twins are kept; nowhere when not set.
    posterior : Posterior, optional
        The one of the package when not set.

    Raises
    ------
    ScenarioError
        If there are too few or too many settings.
    """
    if not 2 <= n <= MOST:
        raise ScenarioError(f"{n} settings", file="--settings", allowed=[f"2 to {MOST:,}", "best"])
    points = settings_from(scenario, Posterior.read() if posterior is None else posterior, n)
    seeds = [(scenario.seed + 1 + k) % 2**31 for k in range(n)]
    gaps = differences(settings_at(scenario, points.assign(seed=seeds, replications=twins)), progress, root=root)
    noise = gaps.var(axis=1, ddof=1) / twins
    return OverSettings(points.assign(mean=gaps.mean(axis=1), noise=noise), twins)


def settings_from(scenario: Scenario, posterior: Posterior, n: int) -> pd.DataFrame:
    """Draw settings evenly by their weight; parameters that a scenario sets itself are left out.

    Returns
    -------
    DataFrame
        One row a setting, one column a parameter, by dotted key.
    """
    reached = np.cumsum(posterior.weights) / posterior.weights.sum()
    start = np.random.default_rng((scenario.seed, n)).random()
    rows = np.searchsorted(reached, (np.arange(n) + start) / n)
    defaults = {row["key"]: row["default"] for row in parameters()}
    free = [key for key in posterior.points if value_at(scenario, str(key)) == defaults.get(str(key))]
    return posterior.points.iloc[np.minimum(rows, len(reached) - 1)][free].reset_index(drop=True)
