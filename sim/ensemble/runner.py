"""Play what is missing, many replications at once, and keep each block as soon as it is finished."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import pandas as pd
from joblib import Parallel, delayed

from sim.ensemble.cluster import on_cluster
from sim.ensemble.shards import spans_of
from sim.ensemble.store import LEVELS, Store
from sim.ensemble.twins import processes, replicate, tables_of
from sim.scenario import Scenario
from sim.talks.setup import Setup, prepare

__all__ = ["block_length", "fill"]

Progress = Callable[[int, int], None]
Tables = dict[str, pd.DataFrame]

#: Blocks a run is cut into when it is long, and the most replications one of them may lose to a crash.
BLOCKS, LONGEST = 32, 256


def fill(
    scenario: Scenario,
    store: Store,
    progress: Progress | None = None,
    *,
    level: str = "partners",
    jobs: int | None = None,
    cluster: str | None = None,
) -> int:
    """Make the store hold all replications of a scenario.

    Every block is kept when it is finished, so that an interrupt, a crash or a full disk costs no more than the blocks
    at work; the next call plays what is missing then. The tables depend neither on the blocks nor on `jobs`.

    Parameters
    ----------
    scenario : Scenario
        The experiment; gives the number of replications.
    store : Store
        Where to keep them.
    progress : callable, optional
        Called with the replications that are kept and their number.
    level : str
        Of `LEVELS`.
    jobs : int, optional
        Processes; by default as many as there are cores when the work is worth it.
    cluster : str, optional
        Address of a Dask scheduler whose workers do it instead.

    Returns
    -------
    int
        Replications that had to be played.

    Raises
    ------
    StoreError
        When finished runs cannot be kept, or the cluster cannot be used.
    KeyboardInterrupt
        When interrupted; finished blocks are kept.
    """
    total, missing = scenario.replications, store.missing(scenario.replications, level)
    kept = total - len(missing)
    if progress is not None:
        progress(kept, total)
    if not missing:
        return 0
    setup = prepare(scenario)
    jobs = jobs or processes(setup, len(missing))
    blocks = spans_of(missing, block_length(len(missing), jobs))
    if cluster is None:
        played = _played(setup, blocks, level, jobs)
    else:
        played = on_cluster(cluster, _play, scenario, blocks, level)
    for block, tables in zip(blocks, played, strict=True):
        store.add(tables, block)
        kept += len(block)
        if progress is not None:
            progress(kept, total)
    return len(missing)


def block_length(replications: int, jobs: int) -> int:
    """Replications to a block: an even number of blocks for all processes, and none so long that losing it hurts."""
    return max(1, min(LONGEST, math.ceil(replications / max(BLOCKS, jobs))))


def _played(setup: Setup, blocks: list[range], level: str, jobs: int) -> Iterator[Tables]:
    """Tables of every block, in order."""
    if jobs > 1:
        replicate(setup, blocks[0][0])  # compiled and cached once, before the processes need it
    tasks = (delayed(_play)(setup, block, level) for block in blocks)
    yield from Parallel(n_jobs=jobs, return_as="generator")(tasks)


def _play(setup: Setup, block: range, level: str) -> Tables:
    """Tables of the replications of a block."""
    tables = tables_of([twin for replication in block for twin in replicate(setup, replication)])
    return {name: tables[name] for name in LEVELS[level]}
