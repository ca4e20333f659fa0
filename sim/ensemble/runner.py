"""Play what is missing, many replications at once, and keep each block as soon as it is finished."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pandas as pd
from joblib import Parallel, delayed

from sim.ensemble.cluster import on_cluster
from sim.ensemble.engine import Engine, chosen_engine, first_time, tables_by
from sim.ensemble.sealed import Notice, checked
from sim.ensemble.shards import spans_of
from sim.ensemble.store import Store
from sim.ensemble.twins import processes, replicate
from sim.scenario import Scenario
from sim.talks.setup import Setup, prepare

__all__ = ["block_length", "fill", "in_parallel", "workers"]

Progress = Callable[[int, int], None]
Tables = dict[str, pd.DataFrame]

#: Blocks a run is cut into when it is long, and the most replications one of them may lose to a crash.
BLOCKS, LONGEST = 32, 256

#: How many times as fast as agents the compiled driver is at least, when it comes to how many threads are worth it.
FASTER = 40


def fill(  # noqa: PLR0913  (four of them by name only)
    scenario: Scenario,
    store: Store,
    progress: Progress | None = None,
    *,
    notice: Notice | None = None,
    level: str = "partners",
    jobs: int | None = None,
    cluster: str | None = None,
    engine: Engine | str = Engine.AUTO,
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
    notice : callable, optional
        Told in words what takes long before there is progress, and what another process played and is not used.
    level : str
        Of `LEVELS`.
    jobs : int, optional
        Processes or threads; by default as many as there are cores when the work is worth it.
    cluster : str, optional
        Address of a Dask scheduler whose workers do it instead.
    engine : Engine or str
        Which driver plays; by default the compiled one wherever it can. The numbers are the same.

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
    driver = chosen_engine(setup, len(missing), engine, level)
    if notice is not None and cluster is None and (words := first_time(driver)):
        notice(words)
    jobs = jobs or workers(setup, len(missing), driver)
    blocks = spans_of(missing, block_length(len(missing), jobs))
    if cluster is None:
        played = _played(setup, blocks, level, jobs, driver, notice)
    else:
        played = on_cluster(cluster, _play, setup, blocks, level, driver, notice=notice)
    for block, tables in zip(blocks, played, strict=True):
        store.add(tables, block)
        kept += len(block)
        if progress is not None:
            progress(kept, total)
    return len(missing)


def block_length(replications: int, jobs: int) -> int:
    """Replications to a block: an even number of blocks for all processes, and none so long that losing it hurts."""
    return max(1, min(LONGEST, math.ceil(replications / max(BLOCKS, jobs))))


def workers(setup: Setup, replications: int, engine: Engine) -> int:
    """How many threads or processes so many replications are worth."""
    return processes(setup, replications, FASTER if engine is Engine.COMPILED else 1)


def in_parallel(tasks: Iterable[Any], jobs: int, engine: Engine, notice: Notice | None = None) -> Iterator[Any]:
    """Do delayed work and yield what comes of it by the rules and facts of this process, in order.

    Compiled work is done in threads, which share all memory, that of agents in processes. `notice` is told of what
    another process played and is not used.
    """
    backend = "threading" if engine is Engine.COMPILED else "loky"
    yield from checked(Parallel(n_jobs=jobs, backend=backend, return_as="generator"), tasks, notice)


def _played(
    setup: Setup, blocks: list[range], level: str, jobs: int, engine: Engine, notice: Notice | None
) -> Iterator[Tables]:
    """Tables of every block, in order."""
    if jobs > 1 and engine is not Engine.COMPILED:
        replicate(setup, blocks[0][0])  # compiled and cached once, before the processes need it
    tasks = (delayed(tables_by)(engine, setup, block, level) for block in blocks)
    return in_parallel(tasks, jobs, engine, notice)


def _play(setup: Setup, block: range, level: str, engine: Engine) -> Tables:
    """Play a block, on a worker of a cluster or in its stead."""
    return tables_by(engine, setup, block, level)
