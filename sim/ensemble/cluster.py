"""The same work on an existing Dask cluster."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from sim.ensemble.code import code_version
from sim.ensemble.errors import StoreError
from sim.ensemble.sealed import Gate, Notice, Sealed, seal_of, stamped
from sim.scenario import Scenario, scenario_hash
from sim.talks.setup import Setup, prepare

__all__ = ["on_cluster"]

#: Seconds to wait for anybody to listen at an address, and for a scheduler to answer.
KNOCK, PATIENCE = 3.0, 6
#: How Dask writes addresses of the network.
SCHEMES = ("tcp", "tls", "ws", "wss")
#: Scenarios that a worker keeps ready.
READY = 2
#: Rules of a worker on which nothing can be found that knows them.
UNKNOWN = "unknown"


@dataclass(frozen=True)
class _Asked:
    """A scenario that is known by its hash, so that a worker makes it ready once."""

    digest: str
    scenario: Scenario = field(compare=False)


def on_cluster(
    address: str,
    play: Callable[..., Any],
    setup: Setup,
    blocks: Sequence[range],
    *more: object,
    notice: Notice | None = None,
) -> Iterator[Any]:
    """Play blocks on the workers of a Dask cluster, and yield what comes of them in order.

    A worker that is lost costs the blocks it had not delivered, which others play again. A worker that joins later on
    and has other rules or facts is told of in a line, and its blocks are played again on this side. What is yielded
    depends on nothing but the blocks.

    Parameters
    ----------
    address : str
        Of the scheduler, as in ``tcp://10.0.0.7:8786``.
    play : callable
        Called as ``play(setup, block, *more)`` on a worker, which makes the scenario ready itself.
    setup : Setup
        The experiment as it is ready here.
    blocks : sequence of range
        Replications to play together.
    *more
        What `play` needs besides.
    notice : callable, optional
        Told in words of what is refused.

    Raises
    ------
    StoreError
        When Dask is not installed, nobody answers, there is no worker, or the workers have other rules than this side.
    """
    gate, asked = Gate(seal_of(setup.scenario), notice), _Asked(scenario_hash(setup.scenario), setup.scenario)
    client = _client(address)
    with _quiet(), client:
        _same_rules(client, address)
        awaited = deque(client.submit(_there, gate.wanted, asked, play, block, *more, pure=False) for block in blocks)
        for block in blocks:  # nobody holds on to what has come: the scheduler may forget it
            yield gate.let_in(_waited(client, awaited.popleft(), address), partial(play, setup, block, *more))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library from telling at length of a scheduler that is lost, which is said in a line."""
    log = logging.getLogger("distributed.client")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


def _waited(client: Any, future: Any, address: str) -> Sealed:
    """Wait for a block.

    Raises
    ------
    StoreError
        When the scheduler is lost.
    """
    try:
        return _delivered(client, future)
    except Exception:
        if client.status == "running":
            raise
        raise StoreError(
            f"--cluster {address}: the scheduler is lost; finished blocks are kept: start it again, or leave --cluster "
            "out, and the same command goes on from there"
        ) from None


def _client(address: str) -> Any:
    """Speak to the scheduler."""
    try:
        from distributed import Client
    except ImportError as error:
        raise StoreError("--cluster needs Dask: pip install 'first-mover[cluster]'") from error
    _knock(address)
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise StoreError(f"--cluster {address}: {error}; expected the address of a Dask scheduler") from error


def _knock(address: str) -> None:
    """Make sure that somebody listens at an address; the library takes long to find out, and tells of it at length."""
    scheme, _, place = address.rpartition("://")
    host, _, port = place.rpartition(":")
    if scheme not in ("", *SCHEMES) or not host or not port.isdecimal() or not 0 < int(port) < 65_536:
        raise StoreError(f"--cluster {address}: no address of a Dask scheduler, such as tcp://127.0.0.1:8786")
    try:
        socket.create_connection((host.strip("[]"), int(port)), KNOCK).close()
    except OSError as error:
        why = "no answer" if isinstance(error, TimeoutError) else error.strerror or str(error)
        raise StoreError(f"--cluster {address}: nobody listens there ({why}); is the scheduler running?") from None
    with ThreadPoolExecutor(1) as apart:  # whoever calls may have a loop of events of its own
        who = apart.submit(asyncio.run, _who(address)).result()
    if who != "Scheduler":
        raise StoreError(f"--cluster {address}: {who} answers there; expected the address of a Dask scheduler")


async def _who(address: str) -> str:
    """Ask whoever listens what it is."""
    from distributed.core import rpc

    try:
        async with rpc(address, timeout=PATIENCE) as there:
            told = await asyncio.wait_for(there.identity(), PATIENCE)
        return str(told["type"])
    except Exception:  # anything may come back from what is no scheduler
        return "no scheduler"


def _there(wanted: str, asked: _Asked, play: Callable[..., Any], block: range, *more: object) -> Sealed:
    """Play a block on a worker."""
    return stamped(wanted, seal_of(asked.scenario), lambda: play(_ready(asked), block, *more))


@lru_cache(maxsize=READY)
def _ready(asked: _Asked) -> Setup:
    """Make a scenario ready on a worker, which then plays by its own rules and facts alone."""
    return prepare(asked.scenario)


def _delivered(client: Any, future: Any) -> Sealed:
    """Wait for a block; one that failed while there were workers with other rules is as if these had played it.

    An earlier version on a worker may not even know what it is asked to do.
    """
    try:
        came: Sealed = future.result()
    except Exception:
        others = _others(client)
        if not others:
            raise
        worker, theirs = next(iter(others.items()))
        came = Sealed(theirs, worker)
    return came


def _same_rules(client: Any, address: str) -> None:
    """Make sure that there are workers, and that all would give the numbers that this side would."""
    found = _rules(client)
    if not found:
        raise StoreError(f"--cluster {address}: the cluster has no worker yet")
    others = _others(client, found)
    if others:
        worker, theirs = next(iter(others.items()))
        raise StoreError(
            f"--cluster {address}: {len(others)} of {len(found)} workers have other rules "
            f"({theirs} on {worker}, {code_version()} here); install the same version on all"
        )


def _others(client: Any, found: dict[str, str] | None = None) -> dict[str, str]:
    """Return the workers that have other rules than this side, and which."""
    found = _rules(client) if found is None else found
    return {worker: theirs for worker, theirs in found.items() if theirs != code_version()}


def _rules(client: Any) -> dict[str, str]:
    """Ask all workers for their rules; those that are lost meanwhile are passed over."""
    told = client.run(_rules_there, on_error="return")
    heard = {worker: theirs for worker, theirs in told.items() if not isinstance(theirs, OSError)}
    return {worker: UNKNOWN if isinstance(theirs, Exception) else theirs for worker, theirs in heard.items()}


def _rules_there() -> str:
    """Which rules the process that runs this has."""
    return code_version()
