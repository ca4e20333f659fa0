"""Which driver plays: the agents, the compiled rules, or both against each other."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from sim.compiled import kept_in
from sim.ensemble.errors import StoreError
from sim.ensemble.tables import LEVELS
from sim.ensemble.twins import places, replicate, tables_of, twin_of, work_of
from sim.scenario.tactics import BUILT_IN
from sim.talks.preferences import Luck
from sim.talks.seating import tactic_at
from sim.talks.setup import Hand, Setup
from sim.talks.situation import Side

__all__ = ["Engine", "chosen_engine", "facts_kept", "first_time", "ready", "tables_by", "unsuited"]

Tables = dict[str, pd.DataFrame]

#: Partner-rounds that take agents a little longer than compiling takes.
WORTH_COMPILING = 3_000_000
#: How often there is something to compile where it cannot be kept.
NOT_KEPT = "at every start: name a folder in NUMBA_CACHE_DIR that only you can write, and it is kept"


class Engine(StrEnum):
    """A driver of the talks."""

    AUTO = "auto"
    MESA = "mesa"
    COMPILED = "compiled"
    BOTH = "both"


def unsuited(setup: Setup, level: str = "partners") -> str:
    """Say why a scenario cannot be played compiled; nothing when it can."""
    scenario = setup.scenario
    if level == "trace":
        return "a trace tells every offer, which agents alone remember"
    if scenario.session.protocol != "offers":
        return f"session.protocol is {scenario.session.protocol}"
    if scenario.settlement != "tables":
        return f"settlement is {scenario.settlement}"
    for terms in setup.terms:
        for side in Side:
            name, _ = tactic_at(scenario, terms, side)
            if name != BUILT_IN:
                return f"the tactic {name} sits at the table of {terms.iso}"
    return ""


def chosen_engine(
    setup: Setup, replications: int, wanted: Engine | str = Engine.AUTO, level: str = "partners"
) -> Engine:
    """Return the driver that will play.

    Left to itself it is the compiled one, unless something else than the built-in tactic sits at a table, or there is
    so little to play that agents are done before a first compilation would be.

    Raises
    ------
    StoreError
        When the compiled one is asked for and cannot.
    """
    wanted, why = Engine(wanted), unsuited(setup, level)
    if wanted is Engine.AUTO:
        short = work_of(setup, replications) < WORTH_COMPILING
        return Engine.MESA if why or (short and not ready()) else Engine.COMPILED
    if wanted is not Engine.MESA and why:
        raise StoreError(f"--engine {wanted}: only agents can play this, since {why}; use --engine mesa")
    return wanted


def ready() -> bool:
    """Whether the compiled driver has been compiled before, so that it need only be loaded."""
    kept = kept_in()
    if kept is None:  # then it serves this process alone
        loaded = sys.modules.get("sim.ensemble.kernel.play")
        return loaded is not None and bool(loaded.play_block.signatures)
    return any(kept.glob("**/play.play_block-*.nbi"))


def first_time(engine: Engine) -> str:
    """Say what a driver has to compile before it can begin; nothing when that was done before."""
    kept = kept_in()
    often = "once for this version" if kept is not None else NOT_KEPT
    if engine is not Engine.MESA and not ready():
        return f"Compiling the talks, {often} (about a minute) ..."
    if kept is None or not any(kept.iterdir()):
        return f"Compiling the rules, {often} (about twenty seconds) ..."
    return ""


def tables_by(engine: Engine, setup: Setup, block: range, level: str) -> Tables:
    """Play the replications of a block and return the tables of a level.

    Raises
    ------
    StoreError
        When both drivers play and do not agree to the last bit.
    """
    if engine is Engine.MESA:
        return _by_agents(setup, block, level)
    found = _by_arrays(setup, block, level)
    if engine is Engine.BOTH:
        _compare(found, _by_agents(setup, block, level), block)
    return found


def _by_agents(setup: Setup, block: range, level: str) -> Tables:
    if level == "trace":
        return _traced(setup, block)
    tables = tables_of([twin for replication in block for twin in replicate(setup, replication)])
    if level == "summary":
        tables["summary"] = _summary(tables)
    return {name: tables[name] for name in LEVELS[level]}


def _by_arrays(setup: Setup, block: range, level: str) -> Tables:
    from sim.ensemble.kernel.facts import openings_of
    from sim.ensemble.kernel.play import new_outcomes, play_block, spread
    from sim.ensemble.kernel.rows import Rows
    from sim.ensemble.kernel.talks import new_talks

    facts, found = facts_kept(setup), places(setup)
    opens, which = np.unique(openings_of(setup, found), axis=0, return_inverse=True)
    outcomes = new_outcomes(facts, len(block) * len(opens))
    play_block(new_talks(facts), facts.law, opens, block[0], outcomes)
    rows = Rows(setup, facts, found, block[0], spread(outcomes, which, len(block)))
    return {name: getattr(rows, name)() for name in LEVELS[level]}


@lru_cache(maxsize=16)
def facts_kept(setup: Setup) -> Any:
    """Return what the compiled driver knows of a scenario, laid out once."""
    from sim.ensemble.kernel.facts import facts_of

    return facts_of(setup)


def _summary(tables: Tables) -> pd.DataFrame:
    """One short row a run, of the longer tables."""
    keys = ["position", "replication"]
    short = tables["outcomes"][[*keys, "deal", "round", "effective_rate", "value"]]
    last = tables["weekly"].groupby(keys, sort=False)[["deals", "average_rate"]].last().reset_index()
    return short.merge(last, on=keys, how="left")


def _traced(setup: Setup, block: range) -> Tables:
    """Everything, and the log of every run with its offers."""
    from sim.talks.model import TariffTalks

    twins, events = [], []
    for replication in block:
        hand = Hand(setup, Luck(setup.scenario.seed, replication))
        for place in places(setup):
            model = TariffTalks(hand, place, collect=False, narrate=True).run()
            twin = twin_of(model, place, replication)
            twins.append(twin)
            key = {name: twin.outcome[name] for name in ("position", "replication")}
            events += [{**key, **_event(event)} for event in model.record.log]
    return {**tables_of(twins), "events": pd.DataFrame(events)}


def _event(event: dict[str, Any]) -> dict[str, Any]:
    """A row of the log: what all events have, and the rest as JSON."""
    rest = {name: value for name, value in event.items() if name not in ("round", "event", "partner")}
    return {
        "round": event["round"],
        "event": event["event"],
        "partner": event.get("partner", ""),
        "details": json.dumps(rest, default=float),
    }


def _compare(one: Tables, other: Tables, block: range) -> None:
    """Make sure that two sets of tables are the same to the last bit."""
    for name, table in one.items():
        try:
            pd.testing.assert_frame_equal(table, other[name], check_exact=True)
        except AssertionError as error:
            first = str(error).strip().splitlines()[0]
            raise StoreError(
                f"--engine both: replications {block[0]} to {block[-1]} differ in {name}: {first}"
            ) from error
