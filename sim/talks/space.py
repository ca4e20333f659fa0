"""The space of all packages of one table: what could have been agreed, and where Nash would have gone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.bargaining import merge_frontiers, nash_index
from sim.talks.model import TariffTalks
from sim.talks.packages import options_of
from sim.talks.table import Table

__all__ = ["frontier", "nash_point", "offers_made"]


def frontier(table: Table) -> pd.DataFrame:
    """Exact Pareto frontier of a table, from true values of both sides.

    Returns
    -------
    DataFrame
        partner_gain and us_gain over no deal, USD bn, from low to high partner_gain.
    """
    utilities, _ = merge_frontiers([group.gains for group in options_of(table)])
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
