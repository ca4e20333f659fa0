"""The same work on an existing Dask cluster."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sim.ensemble.code import code_version
from sim.ensemble.errors import StoreError
from sim.scenario import Scenario
from sim.talks.setup import prepare

__all__ = ["on_cluster"]

#: Seconds to wait for a scheduler to answer.
PATIENCE = 10


def on_cluster(
    address: str, play: Callable[..., Any], scenario: Scenario, blocks: Sequence[range], *more: object
) -> Iterator[Any]:
    """Play blocks on the workers of a Dask cluster, and yield what comes of them in order.

    A worker that is lost costs the blocks it had not delivered, which others play again. What is yielded depends on
    nothing but the blocks.

    Parameters
    ----------
    address : str
        Of the scheduler, as in ``tcp://10.0.0.7:8786``.
    play : callable
        Called as ``play(setup, block, *more)`` on a worker; `setup` is the scenario made ready there.
    scenario : Scenario
        The experiment.
    blocks : sequence of range
        Replications to play together.

    Raises
    ------
    StoreError
        When Dask is not installed, nobody answers, there is no worker, or the workers have other rules than this side.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise StoreError("--cluster needs Dask: pip install 'first-mover[cluster]'") from error
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise StoreError(f"--cluster {address}: {error}; expected the address of a Dask scheduler") from error
    with client:
        _same_rules(client, address)
        ready = client.submit(prepare, scenario, pure=False)
        awaited = deque(client.submit(play, ready, block, *more, pure=False) for block in blocks)
        while awaited:
            yield awaited.popleft().result()  # nobody holds on to it: the scheduler may forget it


def _same_rules(client: Any, address: str) -> None:
    """Make sure that there are workers, and that all would give the numbers that this side would."""
    found: dict[str, str] = client.run(_rules_there)
    if not found:
        raise StoreError(f"--cluster {address}: the cluster has no worker yet")
    others = {worker: theirs for worker, theirs in found.items() if theirs != code_version()}
    if others:
        worker, theirs = next(iter(others.items()))
        raise StoreError(
            f"--cluster {address}: {len(others)} of {len(found)} workers have other rules "
            f"({theirs} on {worker}, {code_version()} here); install the same version on all"
        )


def _rules_there() -> str:
    """Which rules the process that runs this has."""
    return code_version()
