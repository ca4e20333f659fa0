"""``python -m benchmarks.other_worlds [--twins 2000] [--json]``: the headline under other trade models.

The payoffs of the talks come from one trade model. Here its options are set otherwise, one at a time, everything is
calibrated to the same trade, all payoff tables are solved anew, and the same twins are played on them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from sim import __version__
from sim.ensemble import Engine
from sim.ensemble.engine import tables_by
from sim.scenario import load_scenario
from sim.study import advantage
from sim.talks import prepare
from sim.world import PayoffBank, TradeWorld, load_world
from sim.world.payoffs import build_tables

__all__ = ["MODELS", "TWINS", "Finding", "other_worlds"]

TWINS = 2000
#: What is otherwise, in words, and the options of :meth:`sim.world.TradeWorld.default` that say so.
MODELS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "trade shifts less with prices: elasticity 2.5, not 4": {"eps": 2.5},
    "trade shifts more with prices: elasticity 8": {"eps": 8.0},
    "nobody works more or less as wages change": {"kappa": 0.0},
    "labour follows wages twice as much": {"kappa": 1.0},
    "sellers pass on a quarter of a duty, not all of it": {"pass_through": 0.25},
    "no margins and no entry of sellers (Eaton-Kortum)": {"model": "eaton_kortum"},
}


@dataclass(frozen=True)
class Finding:
    """The headline under one trade model.

    Attributes
    ----------
    model : str
        What is otherwise.
    mean, low, high : float
        First rather than last for Japan, with its 95 per cent interval, USD bn of present value.
    cost : float
        What 15 per cent costs Japan a year by itself, others at their rates of 2 April, USD bn.
    """

    model: str
    mean: float
    low: float
    high: float
    cost: float


def other_worlds(twins: int = TWINS, models: dict[str, dict[str, Any]] | None = None) -> Iterator[Finding]:
    """Play the headline under each trade model."""
    scenario = load_scenario("japan_first", [f"replications={twins}", "queue.position=[1,last]"])
    world = load_world()
    for words, options in (MODELS if models is None else models).items():
        print(f"  {words}", file=sys.stderr)
        tables = world.tables if not options else build_tables(TradeWorld.default(**options), world.economies)
        setup = prepare(scenario, replace(world, bank=PayoffBank.single(tables)))
        outcomes = tables_by(Engine.COMPILED, setup, range(twins), "focal")["outcomes"]
        row = advantage(outcomes, scenario).set_index("position").loc[1]
        focal = tables.gain[tables.row[scenario.queue.focal]]
        cost = focal[round(0.15 / tables.rate_step), round(1.0 / tables.omega_step)]
        yield Finding(words, *(float(row[name]) for name in ("mean", "low", "high")), float(cost))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--twins", type=int, default=TWINS, help=f"twins ({TWINS})")
    parser.add_argument("--json", action="store_true", help="print JSON for machines")
    options = parser.parse_args()
    found = list(other_worlds(options.twins))
    if options.json:
        print(json.dumps({"models": [asdict(one) for one in found], "twins": options.twins, "version": __version__}))
        return
    for one in found:
        print(f"{one.model:52} {one.mean:+.2f} [{one.low:+.2f}, {one.high:+.2f}]   15 per cent: {one.cost:+.1f} a year")
    print(f"First rather than last, Japan, USD bn of present value; {options.twins} twins, version {__version__}")


if __name__ == "__main__":
    main()
