"""A question of its own put to many replications: played in blocks, in parallel, and kept block by block."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
from joblib import delayed

from sim.ensemble import Engine, Store, chosen_engine, code_version
from sim.ensemble.code import digest_of, own_tactics
from sim.ensemble.engine import first_time
from sim.ensemble.runner import in_parallel, workers
from sim.ensemble.shards import spans_of
from sim.ensemble.store import FOLDER
from sim.scenario import Scenario, scenario_hash
from sim.talks.setup import Setup

__all__ = ["How", "Progress", "ask"]

Progress = Callable[[int, int], None]

#: Most replications that a crash may lose.
BLOCK = 25
#: What the answers depend on besides the runs: how this room reads them.
READ_BY = digest_of(["study"])


@dataclass(frozen=True)
class How:
    """How a question is played.

    Attributes
    ----------
    root : Path, optional
        Folder of results; finished blocks are kept there. A folder that is taken away again when silent.
    jobs : int, optional
        Threads or processes; the numbers do not depend on it.
    engine : Engine
        Which driver; the numbers do not depend on it either.
    progress : callable, optional
        Called with the replications done and their number.
    notice : callable, optional
        Told in words what takes long before there is progress.
    """

    root: Path | None = None
    jobs: int | None = None
    engine: Engine = Engine.AUTO
    progress: Progress | None = None
    notice: Callable[[str], None] | None = None


def ask(
    setup: Setup, name: str, details: Any, play: Callable[[Engine, range], pd.DataFrame], how: How, runs: int = 2
) -> pd.DataFrame:
    """Put a question to all replications of a scenario.

    Parameters
    ----------
    setup : Setup
        The scenario made ready; says how many replications there are.
    name : str
        What the question is called.
    details : plain data
        All that the answer depends on besides the scenario.
    play : callable
        Called with the driver and a block of replications; returns rows with a column `replication`.
    how : How
        With what, and where it is kept.
    runs : int
        How many a replication takes, for the choice of driver and threads.

    Returns
    -------
    DataFrame
        The rows of all replications, in their order.

    Raises
    ------
    KeyboardInterrupt
        When interrupted; finished blocks are kept.
    StoreError
        When they cannot be kept, or the driver cannot play the scenario.
    """
    if how.root is None:
        with tempfile.TemporaryDirectory() as folder:
            return ask(setup, name, details, play, replace(how, root=Path(folder)), runs)
    scenario, total = setup.scenario, setup.scenario.replications
    store = _store(how.root, scenario, name, details)
    missing = store.missing(total, "ends")
    left = len(missing)
    if how.progress is not None:
        how.progress(total - left, total)
    engine = chosen_engine(setup, left * runs, how.engine)
    if left and how.notice is not None and (words := first_time(engine)):
        how.notice(words)
    jobs = how.jobs or workers(setup, left * runs, engine)
    blocks = spans_of(missing, BLOCK)
    played = in_parallel((delayed(play)(engine, block) for block in blocks), jobs, engine, how.notice)
    for block, frame in zip(blocks, played, strict=True):
        store.add({"ends": frame}, block)
        left -= len(block)
        if how.progress is not None:
            how.progress(total - left, total)
    return store.tables(range(total), "ends")["ends"]


def _store(root: Path, scenario: Scenario, name: str, details: Any) -> Store:
    """Where the answers are kept: beside the runs of the scenario, under the name of the question."""
    one = scenario.model_copy(update={"replications": 1})
    asked = json.dumps([scenario_hash(one), name, details, READ_BY, own_tactics(scenario)], sort_keys=True)
    digest = hashlib.sha256(asked.encode()).hexdigest()[:12]
    return Store(root / FOLDER / f"{scenario.name}-{name}-{digest}-seed{scenario.seed}" / code_version())
