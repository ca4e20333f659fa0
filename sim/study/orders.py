"""Which order of the queue is best for the United States, and which for all partners together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
from joblib import delayed
from numpy.typing import NDArray

from sim.ensemble import Engine, chosen_engine
from sim.ensemble.ends import ends_by
from sim.ensemble.runner import in_parallel, workers
from sim.scenario import Scenario
from sim.study.advantage import mean_interval
from sim.study.asking import How, ask
from sim.talks.queue import opening_rounds, queue_order
from sim.talks.setup import Setup, prepare

__all__ = ["OWN", "named_orders", "order_values", "search_order", "study_orders"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: The order that the scenario gives.
OWN = "the scenario's own"
FOR_US, FOR_ALL = "found best for the United States", "found best for all partners"
#: Luck that the search uses is none of that in which what it finds is tried.
APART = 1_000_000
PROPOSALS, TWINS = 120, 24
#: Moves tried at once.
BATCH = 8


def named_orders(setup: Setup) -> dict[str, list[str]]:
    """Orders with a reason, as ISO codes."""
    facts = {terms.iso: terms.economy for terms in setup.terms}

    def by(measure: Callable[[str], float]) -> list[str]:
        return sorted(facts, key=lambda iso: (measure(iso), iso))

    own = [setup.terms[i].iso for i in queue_order(setup, None)]
    return {
        OWN: own,
        "turned round": own[::-1],
        "highest rate of 2 April first": by(lambda iso: -facts[iso].rate_april2),
        "lowest rate of 2 April first": by(lambda iso: facts[iso].rate_april2),
        "largest US deficit first": by(lambda iso: facts[iso].us_exports - facts[iso].us_imports),
        "largest US surplus first": by(lambda iso: facts[iso].us_imports - facts[iso].us_exports),
        "most US troops first": by(lambda iso: -facts[iso].troops),
        "smallest economy first": by(lambda iso: facts[iso].gdp),
    }


def study_orders(scenario: Scenario, how: How | None = None, proposals: int = PROPOSALS) -> pd.DataFrame:
    """Play named orders, and two that a search finds, with the same luck.

    The search moves one partner at a time and keeps what is better on some twins; it finds a good order, not
    certainly the best. What it finds is tried with other luck than it was found with, so that the figures are not
    flattered.

    Returns
    -------
    DataFrame
        As :func:`order_values` says.
    """
    how, setup = how or How(), prepare(scenario)
    named = named_orders(setup)
    if proposals > 0:
        for name, side in ((FOR_US, 1), (FOR_ALL, 0)):
            named[name] = search_order(setup, side, list(named.values()), proposals)
    opens = np.array([_opens(setup, order) for order in named.values()])
    return order_values(ask(setup, "orders", named, partial(_play, setup, list(named), opens), how, len(named)))


def order_values(runs: pd.DataFrame) -> pd.DataFrame:
    """Compare orders with the scenario's own, twin by twin.

    Parameters
    ----------
    runs : DataFrame
        `replication`, `order`, `us`, `all`: present value of the horizon to the United States, and to all partners.

    Returns
    -------
    DataFrame
        `order`; `us`, `us_low`, `us_high` and `all`, `all_low`, `all_high`, what it gives more than the scenario's
        own (95 per cent intervals), USD bn; `twins`.
    """
    tables = {side: runs.pivot_table(index="replication", columns="order", values=side) for side in ("us", "all")}
    rows = []
    for order in dict.fromkeys(runs["order"]):
        row: dict[str, object] = {"order": order, "twins": len(tables["us"])}
        for side, table in tables.items():
            found = mean_interval((table[order] - table[OWN]).to_numpy(dtype=float))
            row |= dict(zip((side, f"{side}_low", f"{side}_high"), found, strict=True))
        rows.append(row)
    return pd.DataFrame(rows)


def search_order(setup: Setup, side: int, starts: Sequence[Sequence[str]], proposals: int) -> list[str]:
    """Improve the best of some orders by moving one partner at a time.

    Parameters
    ----------
    setup : Setup
        The scenario made ready.
    side : int
        0 for the value to all partners, 1 for that to the United States.
    starts : sequence of orders
        Where to begin.
    proposals : int
        Moves to try, an even number of them at once.
    """
    rng = np.random.default_rng([setup.scenario.seed, side])
    worth = partial(_worth, setup, side)
    values = worth(starts)
    best, value = list(starts[int(values.argmax())]), float(values.max())
    for _ in range(0, proposals, BATCH):
        tried = [_moved(best, rng) for _ in range(BATCH)]
        values = worth(tried)
        if values.max() > value:
            best, value = tried[int(values.argmax())], float(values.max())
    return best


def _moved(order: Sequence[str], rng: np.random.Generator) -> list[str]:
    """Move somebody to another place."""
    moved = list(order)
    iso = moved.pop(int(rng.integers(len(moved))))
    moved.insert(int(rng.integers(len(moved) + 1)), iso)
    return moved


def _worth(setup: Setup, side: int, orders: Sequence[Sequence[str]]) -> Floats:
    """Mean value of some orders over the twins of the search, ndarray (Q,)."""
    opens = np.array([_opens(setup, order) for order in orders])
    engine = chosen_engine(setup, TWINS * len(orders))
    jobs = workers(setup, TWINS * len(orders), engine)
    blocks = [range(APART + first, APART + first + TWINS // 4) for first in range(0, TWINS, TWINS // 4)]
    played = in_parallel((delayed(ends_by)(engine, [setup], opens, block) for block in blocks), jobs, engine)
    values: Floats = np.concatenate([ends[side][:, 0].sum(axis=-1) for ends in played]).mean(axis=0)
    return values


def _opens(setup: Setup, order: Sequence[str]) -> list[int]:
    """Rounds in which talks open in an order."""
    queue = setup.scenario.queue.model_copy(update={"order": tuple(order)})
    return opening_rounds(replace(setup, scenario=setup.scenario.model_copy(update={"queue": queue})), None)


def _play(setup: Setup, names: Sequence[str], opens: Ints, engine: Engine, block: range) -> pd.DataFrame:
    """Play a block of replications in all orders."""
    ends = ends_by(engine, [setup], opens, block)
    return pd.DataFrame(
        {
            "replication": np.repeat(np.asarray(block), len(names)),
            "order": list(names) * len(block),
            "us": ends.us_value[:, 0].sum(axis=-1).reshape(-1),
            "all": ends.value[:, 0].sum(axis=-1).reshape(-1),
        }
    )
