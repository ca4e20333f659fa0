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
from sim.scenario import Scenario, load_scenario
from sim.study import advantage
from sim.talks import prepare
from sim.talks.setup import tables_for
from sim.world import PayoffBank, TradeWorld, World, load_world
from sim.world.payoffs import build_tables

__all__ = ["MODELS", "TWINS", "Finding", "other_worlds"]

TWINS = 2000
#: What is otherwise, in words: `short_run` and `long_run` are those of the scenario's response of trade, all else are
#: options of :meth:`sim.world.TradeWorld.default`.
MODELS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "trade answers less: elasticity 0.5 at once, 1.5 in the end": {"short_run": 0.5, "long_run": 1.5},
    "trade answers fully at once: elasticity 4, as in the source": {"short_run": 4.0, "long_run": 4.0},
    "nobody works more or less as wages change": {"kappa": 0.0},
    "labour follows wages twice as much": {"kappa": 1.0},
    "transfers behind deficits follow the income of those who give": {"transfers": "own"},
    "no margins and no entry of sellers (Eaton-Kortum)": {"model": "eaton_kortum"},
}
RESPONSE = ("short_run", "long_run")


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
    for words, options in (MODELS if models is None else models).items():
        print(f"  {words}", file=sys.stderr)
        said = [f"response.{key}={options[key]}" for key in RESPONSE if key in options]
        scenario = load_scenario("japan_first", [f"replications={twins}", "queue.position=[1,last]", *said])
        world = _world(scenario, {key: value for key, value in options.items() if key not in RESPONSE})
        setup = prepare(scenario, world)
        outcomes = tables_by(Engine.COMPILED, setup, range(twins), "focal")["outcomes"]
        row, tables = advantage(outcomes, scenario).set_index("position").loc[1], tables_for(scenario, world)
        focal = tables.gain[tables.row[scenario.queue.focal]]
        cost = focal[round(0.15 / tables.rate_step), round(1.0 / tables.omega_step)]
        yield Finding(words, *(float(row[name]) for name in ("mean", "low", "high")), float(cost))


def _world(scenario: Scenario, options: dict[str, Any]) -> World:
    """Solve the payoff tables of another trade model at the two elasticities that the scenario asks for."""
    world = load_world()
    if not options:
        return world
    nodes = sorted({scenario.response.short_run, scenario.response.long_run})
    tables = [build_tables(TradeWorld.default(eps=eps, **options), world.economies) for eps in nodes]
    return replace(world, bank=PayoffBank.of(tables, nodes))


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
