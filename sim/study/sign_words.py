"""The signs of the mechanisms as a table and as plain data."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from rich.table import Table

from sim import __version__
from sim.scenario import Scenario, scenario_hash

__all__ = ["signs_summary", "signs_table", "verdict"]

UNIT = "USD bn, present value of the whole horizon at round 0"


def verdict(low: float, high: float) -> str:
    """Who gains from a mechanism, judged by the interval of its effect."""
    if low > 0.0 or high < 0.0:
        return "the first" if low > 0.0 else "the last"
    return "nobody" if low == high == 0.0 else "cannot be told"


def signs_table(effects: pd.DataFrame, scenario: Scenario) -> Table:
    """Lay out the advantage of the first place under every setting, and what the mechanism adds to it.

    Parameters
    ----------
    effects : DataFrame
        From :func:`sim.study.signs.mechanism_effects`.
    scenario : Scenario
        For title and caption.
    """
    table = Table(title=scenario.title, caption=_caption(effects, scenario), header_style="bold", expand=False)
    table.add_column("on", no_wrap=True)
    for head in ("first over last [95 %]", "against all off [95 %]", "twins moved", "gains"):
        table.add_column(head, justify="right", no_wrap=True)
    for row in effects.to_dict("records"):
        own = _interval(row["mean"], row["low"], row["high"])
        if row["setting"] == "none":
            table.add_row("none (waiting only)", own, "reference", "", "")
            continue
        gap = _interval(row["effect"], row["effect_low"], row["effect_high"])
        says = verdict(row["effect_low"], row["effect_high"])
        table.add_row(str(row["setting"]), own, gap, f"{100 * row['moved']:.0f} %", says)
    return table


def signs_summary(effects: pd.DataFrame, scenario: Scenario) -> dict[str, Any]:
    """Return the signs as plain data, for machines."""
    rows = effects.astype(object).where(effects.notna(), None).to_dict("records")
    return {
        "scenario": scenario.name,
        "focal": scenario.queue.focal,
        "seed": scenario.seed,
        "replications": int(effects["twins"].max()),
        "version": __version__,
        "hash": scenario_hash(scenario),
        "unit": UNIT,
        "settings": [
            {**{str(key): value for key, value in row.items()}, "gains": verdict(row["effect_low"], row["effect_high"])}
            if row["effect_low"] is not None
            else {str(key): value for key, value in row.items()}
            for row in rows
        ],
    }


def _caption(effects: pd.DataFrame, scenario: Scenario) -> str:
    n, asked = int(effects["twins"].max()), scenario.replications
    cut = "" if n >= asked else f" (interrupted, {asked} asked for)"
    return (
        f"{scenario.queue.focal}, seed {scenario.seed}, {n} twins per place{cut}, version {__version__}. "
        "USD bn, present value of the whole horizon: each mechanism alone, and all seven, against none, twin by twin."
    )


def _interval(mean: float, low: float, high: float) -> str:
    return f"{mean:+.2f}" if math.isnan(low) else f"{mean:+.2f} [{low:+.2f}, {high:+.2f}]"
