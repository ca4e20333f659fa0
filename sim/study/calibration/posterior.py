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

__all__ = ["POSTERIOR", "PREDICTIONS", "Posterior", "read_table", "weighted_quantile", "write_table"]

Floats = NDArray[np.float64]
Values = dict[str, float | int]
POSTERIOR = Path(__file__).with_name("posterior.csv")
PREDICTIONS = "predictions.csv"
#: Columns of the file that are no parameters.
WEIGHT, BEST, FIT = "weight", "best", "log_likelihood"
#: Significant digits in files.
DIGITS = 6
LEVELS = (0.05, 0.5, 0.95)


@dataclass(frozen=True, eq=False)
class Posterior:
    """Weighted points.

    Attributes
    ----------
    points : DataFrame
        One row a point, one column a parameter, in the schema's units.
    weights : ndarray
        They add to 1. The best point may stand there without weight.
    about : dict
        Seed, version, date, command, scenario and the like.
    marked : int or None
        Row of the best point: nearest to 2025 with luck that nothing was fitted to.
    fit : ndarray
        Log-likelihood of each, blank where it is not known.
    """

    points: pd.DataFrame
    weights: Floats
    about: dict[str, str] = field(default_factory=dict)
    marked: int | None = None
    fit: Floats | None = None

    @classmethod
    def read(cls, path: str | Path | None = None) -> Posterior:
        """Read a posterior; the one shipped with the package by default.

        Raises
        ------
        ScenarioError
            If the file is not one.
        """
        source = POSTERIOR if path is None else Path(path)
        about, table = read_table(source)
        if WEIGHT not in table or len(table) == 0 or not table[WEIGHT].sum() > 0:
            raise ScenarioError("not a posterior (no column weight)", file=source.as_posix())
        weights = table[WEIGHT].to_numpy(dtype=float)
        best = np.flatnonzero(table[BEST]) if BEST in table else np.array([], dtype=int)
        fit = table[FIT].to_numpy(dtype=float) if FIT in table else None
        points = table.drop(columns=[name for name in (WEIGHT, BEST, FIT) if name in table])
        return cls(points, weights / weights.sum(), about, int(best[0]) if best.size else None, fit)

    @property
    def effective(self) -> float:
        """Effective number of points: how many of even weight would say as much, 1 / sum of squared weights."""
        return float(self.weights.sum() ** 2 / (self.weights**2).sum())

    def best(self) -> Values:
        """Return the point nearest to 2025; the one of most weight where none is marked."""
        return self._values([int(np.argmax(self.weights)) if self.marked is None else self.marked])[0]

    def draw(self, n: int, seed: int) -> list[Values]:
        """Draw n points by weight."""
        rng = np.random.default_rng(seed)
        return self._values(rng.choice(len(self.points), size=n, p=self.weights / self.weights.sum()))

    def every(self) -> list[Values]:
        """Return all points in their order."""
        return self._values(range(len(self.points)))

    def summary(self) -> pd.DataFrame:
        """Weighted median and 90 per cent interval by parameter: columns median, low, high."""
        found = {
            key: weighted_quantile(column.to_numpy(dtype=float), self.weights, LEVELS)
            for key, column in self.points.items()
        }
        return pd.DataFrame.from_dict(found, orient="index", columns=["low", "median", "high"])[
            ["median", "low", "high"]
        ]

    def at_the_ends(self, priors: tuple[Prior, ...], within: float = 0.02) -> pd.Series:
        """Share of the weight that lies within so much of an end of a parameter's range, on its scale, by key.

        Of a whole number an end is one of its values, so that a share says little.
        """
        shares = {}
        for prior in priors:
            low, high = prior.ends
            place = np.array([(prior.point(value) - low) / (high - low) for value in self.points[prior.key]])
            shares[prior.key] = float(self.weights[np.minimum(place, 1.0 - place) < within].sum())
        return pd.Series(shares, dtype=float)

    def write(self, path: Path) -> Path:
        """Write the points, six significant digits each, under a header that says where they come from."""
        table = self.points.copy()
        if self.fit is not None:
            table[FIT] = self.fit
        table[WEIGHT] = self.weights
        table[BEST] = [int(row == self.marked) for row in range(len(table))]
        return write_table(table, self.about, path)

    def _values(self, rows: Any) -> list[Values]:
        records = self.points.iloc[list(rows)].to_dict("records")
        return [{str(key): value for key, value in record.items()} for record in records]


def write_table(table: pd.DataFrame, about: dict[str, str], path: Path) -> Path:
    """Write a table under a header, so that the file is there as a whole or not at all."""
    text = io.StringIO()
    text.writelines(f"# {key}: {value}\n" for key, value in about.items())
    table.to_csv(text, index=False, float_format=f"%.{DIGITS}g", lineterminator="\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    beside.write_text(text.getvalue(), encoding="utf-8")
    beside.replace(path)
    return path


def read_table(source: Path) -> tuple[dict[str, str], pd.DataFrame]:
    """Read a table and its header.

    Raises
    ------
    ScenarioError
        If there is none.
    """
    try:
        lines = source.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ScenarioError(f"cannot be read: {error.strerror or error}", file=source.as_posix()) from None
    about = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# ") and ": " in line)
    body = io.StringIO("\n".join(line for line in lines if not line.startswith("#")))
    try:
        table: pd.DataFrame = pd.read_csv(body)
    except (pd.errors.ParserError, pd.errors.EmptyDataError):
        raise ScenarioError("not a table", file=source.as_posix()) from None
    return about, table


def weighted_quantile(values: Floats, weights: Floats, levels: tuple[float, ...]) -> list[float]:
    """Smallest values at which the weights up to them reach a share of all."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    places = np.minimum(np.searchsorted(reached, np.array(levels) - 1e-12), values.size - 1)
    return [float(values[order][k]) for k in places]
