"""Simulated negotiators with the same luck as a player, from one that hardly moves to one that gives in at once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from sim.ensemble import chosen_engine
from sim.ensemble.engine import tables_by
from sim.plots import share_below
from sim.scenario import Scenario, parse_scenario, scenario_at
from sim.study.advantage import advantage
from sim.study.signs import at_places
from sim.talks.setup import prepare

__all__ = ["STANCES", "first_pays", "percentile", "rivals"]

#: Stances beta (B3) of the negotiators that a player is compared with.
STANCES = tuple(float(beta) for beta in np.geomspace(0.05, 5.0, 60).round(4))
#: Twins on which the answer for the whole scenario rests.
TWINS = 200


@lru_cache(maxsize=128)
def rivals(text: str, place: int, replication: int) -> pd.DataFrame:
    """Play the talks of a player with simulated negotiators of every stance in its seat; all luck is the same.

    Parameters
    ----------
    text : str
        The scenario as YAML; its focal partner is the seat.
    place, replication : int
        Place in the queue, and which luck.

    Returns
    -------
    DataFrame
        One row a negotiator: `beta`, `place`, `value` (USD bn, present value of the horizon), `deal` (bool), `week` of
        signing from 1 (blank without a deal).
    """
    scenario = parse_scenario(text, "game.yaml")
    rows = [_rival(scenario, place, replication, beta) for beta in STANCES]
    return pd.DataFrame(rows)


def _rival(scenario: Scenario, place: int, replication: int, beta: float) -> dict[str, float | bool | int]:
    key = f"partners.overrides.{scenario.queue.focal}.beta"
    setup = prepare(at_places(scenario_at(scenario, {key: beta}), (place, place)))
    engine = chosen_engine(setup, len(STANCES))
    row = tables_by(engine, setup, range(replication, replication + 1), "summary")["summary"].iloc[0]
    deal = bool(row["deal"])
    week = float(row["round"]) + 1.0 if deal else float("nan")
    return {"beta": beta, "place": place, "value": float(row["value"]), "deal": deal, "week": week}


def percentile(value: float, simulated: pd.DataFrame) -> float:
    """Share of simulated values below a value, those equal to it counting half; from 0 to 1."""
    return share_below(value, simulated["value"].to_numpy(dtype=float))


@lru_cache(maxsize=32)
def first_pays(text: str) -> dict[str, float]:
    """What being first rather than last is worth to the seat of a scenario over many twins (F1).

    Returns
    -------
    dict
        `mean`, `low`, `high`, USD bn in present value, and `twins`.
    """
    scenario = parse_scenario(text, "game.yaml")
    setup = prepare(at_places(scenario, (1, 10**6)))
    outcomes = tables_by(chosen_engine(setup, TWINS), setup, range(TWINS), "focal")["outcomes"]
    row = advantage(outcomes, scenario).iloc[0]
    return {name: float(row[name]) for name in ("mean", "low", "high", "twins")}
