"""Every partner at once: what being first is worth to each, and what others lose when one is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.ensemble import Engine
from sim.ensemble.ends import Ends, ends_by
from sim.scenario import Scenario
from sim.study.advantage import mean_interval
from sim.study.asking import How, ask
from sim.talks.queue import opening_rounds
from sim.talks.setup import Setup, prepare

__all__ = ["EVERYBODY", "US", "gains_by_mover", "gains_of_others", "move_everybody"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Codes of the United States and of all partners together in the tables.
US, EVERYBODY = "USA", "ALL"


def move_everybody(scenario: Scenario, how: How | None = None) -> pd.DataFrame:
    """Put each partner in turn at the first and at the last place, all others in their order.

    Returns
    -------
    DataFrame
        `replication`, `mover`, `iso`, `first`, `last`: what the horizon is worth to `iso` with the mover at the first
        and at the last place, USD bn, present value. For every mover its own row; for the focal partner those of all
        others too, of the United States (`USA`: what they get from all partners together), and of all partners
        (`ALL`).
    """
    setup = prepare(scenario)
    opens = np.array([_opens(setup, terms.iso, place) for terms in setup.terms for place in (1, len(setup.terms))])
    different, which = np.unique(opens, axis=0, return_inverse=True)
    play = partial(_play, setup, different, which.reshape(-1, 2))
    return ask(setup, "movers", [], play, how or How(), len(different))


def gains_by_mover(moves: pd.DataFrame) -> pd.DataFrame:
    """What being first rather than last is worth to each partner: `iso`, `mean`, `low`, `high` (USD bn), `twins`."""
    return _gains(moves[moves["mover"] == moves["iso"]])


def gains_of_others(moves: pd.DataFrame, focal: str) -> pd.DataFrame:
    """What others gain when the focal partner is first rather than last; columns as :func:`gains_by_mover`."""
    return _gains(moves[(moves["mover"] == focal) & (moves["iso"] != focal)])


def _gains(moves: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for iso, group in moves.groupby("iso", sort=False):
        mean, low, high = mean_interval((group["first"] - group["last"]).to_numpy(dtype=float))
        rows.append({"iso": iso, "mean": mean, "low": low, "high": high, "twins": len(group)})
    return pd.DataFrame(rows)


def _opens(setup: Setup, iso: str, place: int) -> list[int]:
    """Rounds in which talks open with somebody at a place."""
    queue = setup.scenario.queue.model_copy(update={"focal": iso})
    moved = replace(setup, scenario=setup.scenario.model_copy(update={"queue": queue}))
    return opening_rounds(moved, place)


def _play(setup: Setup, opens: Ints, which: Ints, engine: Engine, block: range) -> pd.DataFrame:
    """Play a block of replications; `which` says for every partner which openings have it first and last (N, 2)."""
    ends = ends_by(engine, [setup], opens, block)
    isos = [terms.iso for terms in setup.terms]
    frames = [
        pd.DataFrame(
            {"replication": list(block), "mover": mover, "iso": iso, "first": values[:, 0], "last": values[:, 1]}
        )
        for mover, iso, values in _rows(setup, isos, ends, which)
    ]
    return pd.concat(frames, ignore_index=True).sort_values("replication", kind="stable", ignore_index=True)


def _rows(setup: Setup, isos: list[str], ends: Ends, which: Ints) -> Iterator[tuple[str, str, Floats]]:
    """Who moved, whose value it is, and the value first and last, ndarray (B, 2)."""
    value, us_value = ends.value[:, 0], ends.us_value[:, 0]
    for i, iso in enumerate(isos):
        yield iso, iso, value[:, which[i], i]
    focal = isos.index(setup.scenario.queue.focal)
    moved = which[focal]
    for j, iso in enumerate(isos):
        if j != focal:
            yield isos[focal], iso, value[:, moved, j]
    yield isos[focal], US, us_value[:, moved].sum(axis=-1)
    yield isos[focal], EVERYBODY, value[:, moved].sum(axis=-1)
