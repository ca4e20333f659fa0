"""The space of all packages of one table: what could have been agreed, and where Nash would have gone."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.bargaining import merge_frontiers, nash_index
from sim.talks.model import TariffTalks
from sim.talks.table import Table
from sim.talks.terms import AUTO, TARIFF

__all__ = ["frontier", "nash_point", "offers_made"]

Floats = NDArray[np.float64]


def frontier(table: Table) -> pd.DataFrame:
    """Exact Pareto frontier of a table, from true values of both sides.

    Returns
    -------
    DataFrame
        partner_gain and us_gain over no deal, USD bn, from low to high partner_gain.
    """
    utilities, _ = merge_frontiers([_rates(table), *_issues(table)])
    return pd.DataFrame(utilities[::-1], columns=["partner_gain", "us_gain"])


def nash_point(front: pd.DataFrame) -> tuple[float, float] | None:
    """Deal on the frontier with the largest product of gains; None when no deal is good for both."""
    mine, theirs = front["partner_gain"].to_numpy(), front["us_gain"].to_numpy()
    best = int(nash_index(mine, theirs, 0.5))
    return None if best < 0 else (float(mine[best]), float(theirs[best]))


def offers_made(model: TariffTalks, iso: str) -> pd.DataFrame:
    """All offers between a partner and the United States in the order made, valued as in their last session.

    The run must have been narrated.

    Returns
    -------
    DataFrame
        step (counted through all sessions), round, by, partner_gain, us_gain (USD bn, over no deal), accepted.
    """
    columns = ["step", "round", "by", "partner_gain", "us_gain", "accepted"]
    sessions = [e for e in model.record.log if e["event"] == "session" and e["partner"] == iso]
    offers = [{**offer, "round": e["round"]} for e in sessions for offer in e["offers"] if offer["by"]]
    table = model.record.tables.get(iso)
    rows = [{**offer, "step": step, **_worth(table, offer["levels"])} for step, offer in enumerate(offers, start=1)]
    return pd.DataFrame(rows, columns=columns)


def _worth(table: Table | None, levels: list[int]) -> dict[str, float]:
    """Gains of both sides from a package in the values of a table."""
    if table is None:
        return {}
    package = np.array(levels)
    return {"partner_gain": table.partner_gain(package), "us_gain": table.us_gain(package)}


def _rates(table: Table) -> Floats:
    """Gains of both sides for every pair of rates, all else at the partner's best: ndarray (P, 2)."""
    counts = table.terms.counts
    levels = np.zeros(counts.size, dtype=np.int64)
    gains = []
    for pair in np.ndindex(int(counts[TARIFF]), int(counts[AUTO])):
        levels[[TARIFF, AUTO]] = pair
        gains.append((table.partner_gain(levels), table.us_gain(levels)))
    return np.array(gains)


def _issues(table: Table) -> list[Floats]:
    """What every level of every other issue on the agenda adds for both sides: ndarray (L, 2) each."""
    a = table.stakes.annuity
    on_agenda = table.ladders[1].levels.max(axis=0)  # the other side's ladder starts with everything on the agenda
    return [
        np.column_stack([-a * table.preferences.cost[k, :n], a * table.preferences.benefit[k, :n]])
        for k, n in enumerate(on_agenda + 1)
        if k not in (TARIFF, AUTO)
    ]
