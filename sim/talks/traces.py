"""Stories of one run as tables: how both sides moved, what home would let pass, and whose clause was called on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from sim.talks.model import TariffTalks

__all__ = ["concessions_of", "levellings_of", "passes_of"]

MOVES = ["round", "step", "side", "issue", "level", "agreed"]
LEVELLED = ["round", "iso", "because", "before", "after"]
PASSES = ["player", "issue", "low", "high", "season", "deal"]


def concessions_of(model: TariffTalks, iso: str) -> pd.DataFrame:
    """Every offer between a partner and the United States, issue by issue.

    Parameters
    ----------
    model : TariffTalks
        A finished run that was narrated.
    iso : str
        The partner.

    Returns
    -------
    DataFrame
        `round`, `step` (within the session), `side`, `issue`, `level` (share of the issue's range, 0 to 1), `agreed`.
    """
    return pd.DataFrame(list(_moves(model, iso)), columns=MOVES)


def levellings_of(model: TariffTalks) -> pd.DataFrame:
    """Clauses that were called on: `round`, `iso`, `because` (whose deal), `before`, `after` (effective rates)."""
    rates = {event["partner"]: _signed_rate(model, event) for event in model.record.log if event["event"] == "deal"}
    rows = []
    for event in model.record.log:
        if event["event"] == "clause":
            before, rates[event["partner"]] = rates[event["partner"]], event["rate"]
            rows.append((event["round"], event["partner"], event["after"], before, event["rate"]))
    return pd.DataFrame(rows, columns=LEVELLED)


def passes_of(model: TariffTalks, iso: str) -> pd.DataFrame:
    """How much of each issue every veto player of a partner lets pass, before an election and at other times.

    Returns
    -------
    DataFrame
        `player`, `issue`; `low`, `high` (shares of the issue's range); `season` (`usually`, and `before the election`
        where that differs); `deal` (share of the range in the signed text; blank without a deal).
    """
    partner = model.partner(iso)
    home, experiment = model.setup.homes[partner.index], model.experiment
    by_round = [np.asarray(home.passes(experiment, r)) for r in range(experiment.clock.rounds)]
    usual, tight = by_round[-1], min(by_round, key=lambda passes: float(passes.sum()))
    seasons = {"usually": usual} | ({} if np.array_equal(usual, tight) else {"before the election": tight})
    deal = np.full(len(partner.terms.issues), np.nan) if partner.deal is None else partner.shares
    rows = [
        (player, issue, 0.0, min(1.0, float(passes[p, k])), season, float(deal[k]))
        for season, passes in seasons.items()
        for p, player in enumerate(home.players)
        if any((passes[p] < 1.0).any() for passes in seasons.values())
        for k, issue in enumerate(partner.terms.issues)
        if partner.terms.counts[k] > 1
    ]
    return pd.DataFrame(rows, columns=PASSES)


def _moves(model: TariffTalks, iso: str) -> Iterator[tuple[Any, ...]]:
    """Every issue of every offer."""
    terms = model.partner(iso).terms
    for event in model.record.log:
        if event["event"] != "session" or event["partner"] != iso:
            continue
        for offer in event["offers"]:
            if offer["by"] is None:
                continue
            for k, issue in enumerate(terms.issues):
                top = int(terms.counts[k]) - 1
                if top > 0:
                    level = offer["levels"][k] / top
                    yield event["round"], offer["step"], offer["by"], issue, level, offer["accepted"]


def _signed_rate(model: TariffTalks, deal: dict[str, Any]) -> float:
    """Effective rate of a text as it was signed."""
    package = deal["package"]
    return float(model.partner(deal["partner"]).terms.rate(package["tariff"], package["auto_tariff"]))
