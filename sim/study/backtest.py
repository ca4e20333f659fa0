"""Predicted against observed: the deals of 2025 as the ensemble has them, and as a line through rates would."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.ensemble.tables import SIGNED
from sim.study.ruler import history
from sim.world import load_world

__all__ = ["MEASURES", "backtest_table", "left_out"]

Floats = NDArray[np.float64]

#: What is compared: words, unit, column of the facts, column of the table of partners, and what turns it into the unit.
MEASURES = (
    ("general rate", "%", "tariff", SIGNED["tariff"], 100.0),
    ("rate on autos", "%", "auto_tariff", SIGNED["auto_tariff"], 100.0),
    ("signed, days after 9 April", "days", "signed", "day", 1.0),
    ("pledge", "USD bn", "investment", "investment", 1.0),
)
BAND = (0.05, 0.5, 0.95)
#: A line through fewer points than this, less the one that is left out, says nothing.
FEWEST = 4


def backtest_table(partners: pd.DataFrame) -> pd.DataFrame:
    """Set the terms and dates of the deals of 2025 beside those of an ensemble.

    Parameters
    ----------
    partners : DataFrame
        Table of partners of a run; its runs count alike.

    Returns
    -------
    DataFrame
        One row a partner with a known deal and a measure: `iso`, `name`, `what`, `unit`, `observed`; `median`, `low`,
        `high` of the runs in which it signed (90 per cent band); `deal_share`, the share of these; `naive`, a
        regression on the rate of 2 April through the other partners' observations (blank with fewer than four points).
    """
    facts = history().dropna(subset=["signed"]).reset_index(drop=True)
    rates = np.array([load_world().partner(iso).rate_april2 for iso in facts["iso"]])
    frames = [_measured(facts, rates, partners, measure) for measure in MEASURES]
    return pd.concat(frames, ignore_index=True)


def left_out(x: Floats, y: Floats) -> Floats:
    """Predict every y from a line through the others, ndarray (N,); blank with too few, or where x does not vary."""
    out = np.full(y.size, np.nan)
    for n in range(y.size):
        others = np.arange(y.size) != n
        if y.size >= FEWEST and np.ptp(x[others]) > 0.0:
            slope, start = np.polyfit(x[others], y[others], 1)
            out[n] = start + slope * x[n]
    return out


def _measured(
    facts: pd.DataFrame, rates: Floats, partners: pd.DataFrame, measure: tuple[str, str, str, str, float]
) -> pd.DataFrame:
    """Rows of one measure."""
    what, unit, fact, column, times = measure
    known = facts[fact].notna().to_numpy()
    observed = times * facts.loc[known, fact].to_numpy(dtype=float)
    naive, rows = left_out(rates[known], observed), []
    for n, iso in enumerate(facts.loc[known, "iso"]):
        runs = partners[partners["iso"] == iso]
        signed = runs.loc[runs["deal"], column].to_numpy(dtype=float) if column in runs else np.empty(0)
        low, median, high = np.quantile(times * signed, BAND) if signed.size else (np.nan,) * 3
        row = {"iso": iso, "name": load_world().partner(iso).name, "what": what, "unit": unit, "observed": observed[n]}
        row |= {"median": median, "low": low, "high": high, "naive": naive[n]}
        rows.append(row | {"deal_share": float(runs["deal"].mean()) if len(runs) else np.nan})
    return pd.DataFrame(rows)
