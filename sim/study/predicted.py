"""What weighted points of the assumptions predict of each partner, and how they judge one that they have not seen.

The file is a table: `point` (its number), `weight`, `iso`, then what an ensemble at the point gives: medians `rate`,
`auto_rate` (fractions), `pledge` (USD bn) and `day` (from 14 April) over the runs in which the partner signs, blank
where it never does, and `signed`, the share of runs in which it has by the week of 1 August. A ninth column `fit` may
hold the logarithm of the factor by which what is known of this partner has multiplied the point's weight.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.ensemble.code import facts_digest
from sim.world.errors import WorldDataError
from sim.world.facts import read_table

__all__ = ["COLUMNS", "PREDICTED", "LeftOut", "Predicted", "read_predicted", "weighted_median", "write_predicted"]

Floats = NDArray[np.float64]

PREDICTED = Path(__file__).parent / "calibration" / "predictions.csv"
COLUMNS = ("point", "weight", "iso", "rate", "auto_rate", "pledge", "day", "signed")
FIT = "fit"
#: Standard error of a general rate where the file does not say how a partner has moved the weights.
RATE_ERROR = 0.01


@dataclass(frozen=True)
class LeftOut:
    """A partner predicted from the others.

    Attributes
    ----------
    rate : float
        Weighted median of its general rate, a fraction; nan where it signs at no point.
    effective : float
        Effective number of points once their weights know nothing of the partner; nan where no point names it.
    """

    rate: float
    effective: float


@dataclass(frozen=True, eq=False)
class Predicted:
    """Weighted points, and what each predicts.

    Attributes
    ----------
    table : DataFrame
        The columns of `COLUMNS`, and `fit` where the file has it.
    about : dict
        What the head of the file says: version, command, scenario and the like.
    """

    table: pd.DataFrame
    about: dict[str, str] = field(default_factory=dict)

    @property
    def points(self) -> int:
        """Number of points."""
        return int(self.table["point"].nunique())

    @property
    def stale(self) -> bool:
        """Whether they were made from other facts than those at hand, as far as their head says."""
        return "facts" in self.about and self.about["facts"] != f"hash {facts_digest()}"

    def rate(self, iso: str) -> float:
        """Weighted median of a partner's general rate, with all that the weights know."""
        own = self._own(iso)
        return weighted_median(own["rate"].to_numpy(), own["weight"].to_numpy())

    def left_out(self, iso: str, observed: float) -> LeftOut:
        """Predict a partner after taking out of the weights what its own facts have put in.

        Every weight is divided by the factor that the partner has multiplied it by: exp(fit) where the file says it,
        else the likelihood of its observed general rate with a normal error of one point. A point at which it never
        signs keeps its weight, but has no rate.

        Parameters
        ----------
        iso : str
            The partner.
        observed : float
            Its agreed general rate, a fraction.
        """
        own = self._own(iso)
        if own.empty:
            return LeftOut(float("nan"), float("nan"))
        rates, weights = own["rate"].to_numpy(), own["weight"].to_numpy()
        fit = own[FIT].to_numpy() if FIT in own else -0.5 * ((rates - observed) / RATE_ERROR) ** 2
        fit = np.where(np.isnan(fit), 0.0, fit)
        with np.errstate(divide="ignore"):
            logs = np.log(weights) - fit
        apart = np.exp(logs - logs.max())
        return LeftOut(weighted_median(rates, apart), float(apart.sum() ** 2 / (apart**2).sum()))

    def _own(self, iso: str) -> pd.DataFrame:
        own = self.table[self.table["iso"] == iso]
        return own[own["weight"] > 0.0]


def weighted_median(values: Floats, weights: Floats) -> float:
    """Smallest value at which half of the weight is reached; blanks are left out, nan where nothing is left."""
    known = ~np.isnan(values)
    values, weights = values[known], weights[known]
    if not weights.sum() > 0.0:
        return float("nan")
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][min(int(np.searchsorted(reached, 0.5 - 1e-12)), values.size - 1)])


def read_predicted(path: str | Path | None = None) -> Predicted | None:
    """Read the points.

    Parameters
    ----------
    path : path, optional
        The one that the calibration leaves in the package by default; None is returned where it has left none.

    Raises
    ------
    WorldDataError
        If a column is missing, a cell is no number, or a point has two weights.
    OSError
        If a file that was named cannot be read.
    """
    source = PREDICTED if path is None else Path(path)
    if path is None and not source.exists():
        return None
    rows, weights = list[dict[str, str | float]](), dict[str, str]()
    for line, row in read_table(source, COLUMNS):
        rows.append(_row(row, source.name, line))
        if weights.setdefault(row["point"], row["weight"]) != row["weight"]:
            raise WorldDataError(source.name, f"point {row['point']} has two weights", line, "weight", "one a point")
    heads = [line[2:] for line in source.read_text(encoding="utf-8").splitlines() if line.startswith("# ")]
    about = dict(line.split(": ", 1) for line in heads if ": " in line)
    return Predicted(pd.DataFrame(rows), about)


def write_predicted(table: pd.DataFrame, path: Path, about: Mapping[str, str]) -> Path:
    """Write points in the columns of `COLUMNS` (and `fit`), six significant digits, under a head that says whence."""
    columns = [*COLUMNS, *([FIT] if FIT in table else [])]
    text = io.StringIO()
    text.writelines(f"# {key}: {value}\n" for key, value in about.items())
    table[columns].to_csv(text, index=False, float_format="%.6g", lineterminator="\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def _row(row: dict[str, str], file: str, line: int) -> dict[str, str | float]:
    """Read one row."""
    numbers = {name: _number(row[name], name, file, line) for name in (*COLUMNS[3:], *((FIT,) if FIT in row else ()))}
    weight = _number(row["weight"], "weight", file, line)
    if not weight >= 0.0:
        raise WorldDataError(file, f"{row['weight']!r} is no weight", line, "weight", "a number, 0 or more")
    return {"point": row["point"], "weight": weight, "iso": row["iso"], **numbers}


def _number(text: str, column: str, file: str, line: int) -> float:
    """Read a number; blank is nan."""
    try:
        value = float(text) if text else float("nan")
    except ValueError:
        value = float("inf")
    if np.isinf(value):
        raise WorldDataError(file, f"{text!r} is not a number", line, column, "a number, or blank")
    if column in ("rate", "auto_rate", "signed") and not (np.isnan(value) or 0.0 <= value <= 1.0):
        raise WorldDataError(file, f"{text} is out of range", line, column, "a fraction from 0 to 1, or blank")
    return value
