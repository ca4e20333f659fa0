"""``python -m benchmarks.other_worlds [--twins 2000] [--json]``: the headline under other trade models.

The payoffs of the talks come from one trade model. Here it is set otherwise, one thing at a time: how strongly trade
answers and how soon, which the shipped tables know, or an option of the model, for which all payoff tables are solved
anew in the short run and in the long run. Everything is calibrated to the same trade, and the same twins are played.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sim import __version__
from sim.ensemble import Engine
from sim.ensemble.engine import tables_by
from sim.scenario import load_scenario
from sim.study import advantage
from sim.talks import prepare
from sim.talks.setup import response_of, tables_for
from sim.world import Economy, PayoffBank, World, load_world
from sim.world.bank import trade_model
from sim.world.payoffs import build_tables
from sim.world.response import Response

__all__ = ["MODELS", "TWINS", "Finding", "Model", "bank_of", "other_worlds"]

TWINS = 2000


@dataclass(frozen=True)
class Model:
    """A trade model.

    Attributes
    ----------
    settings : tuple of str
        What the scenario says of it, as after ``--set``.
    options : dict
        Options of :func:`sim.world.bank.trade_model`, for which tables are solved.
    """

    settings: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)


#: What is otherwise, in words.
MODELS = {
    "nothing": Model(),
    "trade answers at once as it does in the end: elasticity 2": Model(("response.short_run=2.0",)),
    "trade never answers more than at once: elasticity 0.76": Model(("response.long_run=0.76",)),
    "trade answers as in the model's source: elasticity 4 at once": Model(
        ("response={short_run: 4.0, long_run: 4.0}",)
    ),
    "all trade pays duty": Model(("response.exemptions=false",)),
    "transfers keep their share of world income, as in the model's source": Model(options={"transfers": "world"}),
    "nobody works more or less as wages change": Model(options={"kappa": 0.0}),
    "labour follows wages twice as much": Model(options={"kappa": 1.0}),
    "sellers pass on a quarter of a duty, not all of it": Model(options={"pass_through": 0.25}),
    "no margins and no entry of sellers (Eaton-Kortum)": Model(options={"model": "eaton_kortum"}),
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


def other_worlds(twins: int = TWINS, models: dict[str, Model] | None = None) -> Iterator[Finding]:
    """Play the headline under each trade model."""
    for words, model in (MODELS if models is None else models).items():
        print(f"  {words}", file=sys.stderr)
        scenario = load_scenario("japan_first", [f"replications={twins}", "queue.position=[1,last]", *model.settings])
        world = _world(model, response_of(scenario))
        outcomes = tables_by(Engine.COMPILED, prepare(scenario, world), range(twins), "focal")["outcomes"]
        row = advantage(outcomes, scenario).set_index("position").loc[1]
        tables = tables_for(scenario, world)
        focal = tables.gain[tables.row[scenario.queue.focal]]
        cost = focal[round(0.15 / tables.rate_step), round(1.0 / tables.omega_step)]
        yield Finding(words, *(float(row[name]) for name in ("mean", "low", "high")), float(cost))


def _world(model: Model, response: Response) -> World:
    """Return the world in which a trade model holds."""
    world = load_world()
    return replace(world, bank=bank_of(model.options, response, world.economies)) if model.options else world


def bank_of(options: dict[str, Any], response: Response, economies: tuple[Economy, ...]) -> PayoffBank:
    """Solve payoff tables in the short run and in the long run."""
    nodes = sorted({response.short_run, response.long_run})
    tables = [build_tables(trade_model(eps, **options), economies) for eps in nodes]
    return PayoffBank.of(tables, nodes)


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
        print(f"{one.model:60} {one.mean:+.2f} [{one.low:+.2f}, {one.high:+.2f}]   15 per cent: {one.cost:+.1f} a year")
    print(f"First rather than last, Japan, USD bn of present value; {options.twins} twins, version {__version__}")


if __name__ == "__main__":
    main()
