"""What the calibration found: weighted assumptions in a small file, and what each has become."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.scenario.errors import ScenarioError
from sim.study.calibration.priors import Prior

__all__ = ["POSTERIOR", "Posterior", "read_posterior", "weighted_quantile"]

Floats = NDArray[np.float64]
POSTERIOR = Path(__file__).with_name("posterior.csv")
WEIGHT = "weight"
LEVELS = (0.05, 0.5, 0.95)


@dataclass(frozen=True, eq=False)
class Posterior:
    """Weighted particles.

    Attributes
    ----------
    points : DataFrame
        One row a particle, one column a parameter, in the schema's units.
    weights : ndarray
        They add to 1.
    about : dict
        Seed, version, date, command, scenario and the like.
    """

    points: pd.DataFrame
    weights: Floats
    about: dict[str, str] = field(default_factory=dict)

    @property
    def effective(self) -> float:
        """Effective number of particles: how many of even weight would say as much, 1 / sum of squared weights."""
        return float(self.weights.sum() ** 2 / (self.weights**2).sum())

    def summary(self) -> pd.DataFrame:
        """Weighted median and 90 per cent interval by parameter: columns median, low, high."""
        found = {
            key: weighted_quantile(column.to_numpy(dtype=float), self.weights, LEVELS)
            for key, column in self.points.items()
        }
        return pd.DataFrame.from_dict(found, orient="index", columns=["low", "median", "high"])[
            ["median", "low", "high"]
        ]

    def medians(self, priors: tuple[Prior, ...]) -> dict[str, float | int]:
        """Weighted medians by key, whole numbers where the schema asks for them."""
        whole = {prior.key: prior.whole for prior in priors}
        medians = self.summary()["median"]
        return {str(key): round(value) if whole[str(key)] else float(value) for key, value in medians.items()}

    def draw(self, n: int, seed: int) -> list[dict[str, float | int]]:
        """Draw n points by weight."""
        rng = np.random.default_rng(seed)
        rows = self.points.to_dict("records")
        chosen = rng.choice(len(rows), size=n, p=self.weights / self.weights.sum())
        return [{str(key): value for key, value in rows[k].items()} for k in chosen]

    def lines(self, priors: tuple[Prior, ...]) -> list[str]:
        """Say for every parameter what it was and what it has become."""
        found = self.summary()
        return [
            f"{p.key}: {p.default:g} -> {row['median']:.3g} [{row['low']:.3g}, {row['high']:.3g}]"
            for p in priors
            if p.key in found.index
            for row in [found.loc[p.key]]
        ]

    def write(self, path: Path) -> Path:
        """Write the particles, four significant digits each, under a header that says where they come from."""
        table = self.points.copy()
        table[WEIGHT] = self.weights
        text = io.StringIO()
        text.writelines(f"# {key}: {value}\n" for key, value in self.about.items())
        table.to_csv(text, index=False, float_format="%.4g", lineterminator="\n")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.getvalue(), encoding="utf-8")
        return path


def read_posterior(path: str | Path | None = None) -> Posterior:
    """Read a posterior; the one shipped with the package by default.

    Raises
    ------
    ScenarioError
        If the file is not one.
    """
    source = POSTERIOR if path is None else Path(path)
    try:
        lines = source.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ScenarioError(f"cannot be read: {error.strerror or error}", file=source.as_posix()) from None
    about = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# ") and ": " in line)
    table: Any = pd.read_csv(io.StringIO("\n".join(line for line in lines if not line.startswith("#"))))
    if WEIGHT not in table or len(table) == 0:
        raise ScenarioError("not a posterior (no column weight)", file=source.as_posix())
    return Posterior(table.drop(columns=WEIGHT), table[WEIGHT].to_numpy(dtype=float), about)


def weighted_quantile(values: Floats, weights: Floats, levels: tuple[float, ...]) -> list[float]:
    """Smallest values at which the weights up to them reach a share of all."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    places = np.minimum(np.searchsorted(reached, np.array(levels) - 1e-12), values.size - 1)
    return [float(values[order][k]) for k in places]
