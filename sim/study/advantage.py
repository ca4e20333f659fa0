"""The first-mover advantage (F1), with its uncertainty."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.scenario import Scenario
from sim.talks.value import annuity, weekly_factor

__all__ = ["advantage", "by_position", "gap_interval", "interval_widths", "mean_interval", "per_year"]

LEVEL = 0.95


def mean_interval(sample: NDArray[np.float64]) -> tuple[float, float, float]:
    """Mean with its 95 per cent Student interval; the interval is blank for a single value."""
    n, mean = sample.size, float(sample.mean())
    if n < 2:
        return mean, float("nan"), float("nan")
    half = float(stdtrit(n - 1, 0.5 + LEVEL / 2)) * float(sample.std(ddof=1)) / n**0.5
    return mean, mean - half, mean + half


def gap_interval(one: NDArray[np.float64], other: NDArray[np.float64]) -> tuple[float, float, float]:
    """Difference of two means of unpaired samples with its 95 per cent interval, blank if either has but one value.

    References
    ----------
    Welch (1947), Biometrika 34: variances that differ.
    """
    mean = float(one.mean() - other.mean())
    if min(one.size, other.size) < 2:
        return mean, float("nan"), float("nan")
    parts = np.array([sample.var(ddof=1) / sample.size for sample in (one, other)])
    total = float(parts.sum())
    if total <= 0:
        return mean, mean, mean
    freedom = total**2 / float((parts**2 / (np.array([one.size, other.size]) - 1)).sum())
    half = float(stdtrit(freedom, 0.5 + LEVEL / 2)) * total**0.5
    return mean, mean - half, mean + half


def per_year(scenario: Scenario) -> float:
    """Factor that turns a present value over the horizon into a level annual amount."""
    delta = float(weekly_factor(scenario.clock.discount_rate))
    return 1.0 / float(annuity(0, scenario.clock.horizon, delta))


def advantage(outcomes: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Value at each place less the value at the last place compared, twin by twin (F1).

    Parameters
    ----------
    outcomes : DataFrame
        Columns position, replication, value (USD bn, present value of the whole horizon).
    scenario : Scenario
        For the horizon.

    Returns
    -------
    DataFrame
        position, versus, mean, low, high (USD bn), and the three again per year; the interval is that of the mean of
        paired differences.
    """
    values = outcomes.pivot_table(index="replication", columns="position", values="value")
    versus, factor = int(max(values.columns)), per_year(scenario)
    rows = []
    for place in values.columns:
        mean, low, high = mean_interval((values[place] - values[versus]).to_numpy(dtype=float))
        rows.append(
            {
                "position": int(place),
                "versus": versus,
                "mean": mean,
                "low": low,
                "high": high,
                "mean_per_year": mean * factor,
                "low_per_year": low * factor,
                "high_per_year": high * factor,
                "twins": len(values),
            }
        )
    return pd.DataFrame(rows)


def by_position(outcomes: pd.DataFrame, issues: tuple[str, ...]) -> pd.DataFrame:
    """Average outcome of the focal partner at each place.

    Terms are averages over runs with a deal; `value` (with its interval) is over all runs, USD bn.
    """
    rows = []
    for place, group in outcomes.groupby("position", sort=True):
        mean, low, high = mean_interval(group["value"].to_numpy(dtype=float))
        signed = group[group["deal"]]
        row = {"position": int(str(place)), "deal_rate": float(group["deal"].mean()), "runs": len(group)}
        row |= {"value": mean, "value_low": low, "value_high": high}
        row |= {name: float(signed[name].mean()) for name in ("round", "day", "sessions", *issues, "gain", "us_gain")}
        rows.append(row | {"repriced": float(signed["repriced"].mean())})
    return pd.DataFrame(rows)


def interval_widths(differences: NDArray[np.float64], steps: int = 24, fewest: int = 8) -> pd.DataFrame:
    """How the interval of a mean narrows as twins are added, in the order of the replications.

    Returns
    -------
    DataFrame
        `twins`, `mean`, `low`, `high` at numbers of twins that grow evenly in their logarithm.
    """
    n = differences.size
    counts = sorted({n, *np.geomspace(min(fewest, n), n, steps).round().astype(int).tolist()})
    rows = [(count, *mean_interval(differences[:count])) for count in counts]
    return pd.DataFrame(rows, columns=["twins", "mean", "low", "high"])
