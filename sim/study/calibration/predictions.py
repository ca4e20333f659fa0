"""What ensembles at the points of a posterior show, partner by partner, with luck that nothing was fitted to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from numpy.typing import NDArray

from sim.study.calibration.ensemble import Deals, Talks, gather

__all__ = ["COLUMNS", "predict"]

Values = dict[str, float | int]
#: Of the table: rates as fractions, USD bn, days from 14 April 2025 to the middle of the week of signing, and the share
#: of runs that have signed by the week of 1 August; the terms are medians over these. `fit` is the log of the factor by
#: which what the partner shows has multiplied the point's weight.
COLUMNS = ("point", "weight", "iso", "rate", "auto_rate", "pledge", "day", "signed", "fit")
#: Days from the Monday of a week to its middle.
WEDNESDAY = 2.0


def predict(
    talks: Talks,
    points: Sequence[Values],
    luck: tuple[int, int],
    jobs: int = 1,
    told: Callable[[int], None] | None = None,
) -> tuple[NDArray[np.float32], pd.DataFrame]:
    """Play points with some luck.

    Parameters
    ----------
    talks : Talks
        What is played.
    points : sequence of dict
        Assumptions by dotted key.
    luck : (int, int)
        First replication, and how many.
    jobs : int
        Processes; the numbers do not depend on it.
    told : callable, optional
        Called with the runs that were just played.

    Returns
    -------
    parts : ndarray (n, 4, T)
        As the talks measure them.
    table : DataFrame
        A row a point and partner with a framework in 2025: `COLUMNS` without the weight and the fit.
    """
    found: list[tuple[Any, list[dict[str, Any]]]] = []
    for one in Parallel(n_jobs=jobs, return_as="generator")(delayed(_one)(talks, point, *luck) for point in points):
        found.append(one)
        if told is not None:
            told(luck[1])
    rows = [{"point": number, **row} for number, (_, rows) in enumerate(found) for row in rows]
    return np.array([parts for parts, _ in found]), pd.DataFrame(rows)


def _one(talks: Talks, values: Values, first: int, runs: int) -> tuple[NDArray[np.float32], list[dict[str, Any]]]:
    deals = talks.deals(values, first, runs)
    return gather(talks.measured(deals)), [_row(deals, deal.iso) for deal in talks.asked]


def _row(deals: Deals, iso: str) -> dict[str, Any]:
    """Medians of one partner over the runs in which it signs."""
    i = deals.isos.index(iso)
    signed = np.isfinite(deals.week[:, i])

    def middle(values: NDArray[np.float64]) -> float:
        return float(np.median(values[signed, i])) if signed.any() else float("nan")

    return {
        "iso": iso,
        "rate": middle(deals.rate) / 100.0,
        "auto_rate": middle(deals.autos) / 100.0,
        "pledge": middle(deals.pledge),
        "day": 7.0 * middle(deals.week) + WEDNESDAY,
        "signed": float(signed.mean()),
    }
