"""Play twins while somebody waits: in blocks, in a few threads, given up as soon as nobody wants the answer."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache, partial
from itertools import islice

import pandas as pd

from sim.ensemble import Engine, chosen_engine
from sim.ensemble.engine import tables_by
from sim.ensemble.sealed import Gate, Sealed, seal_of, sealed
from sim.ensemble.twins import work_of
from sim.scenario import Scenario, scenario_hash
from sim.study import Results
from sim.talks.setup import Setup, prepare

__all__ = ["GivenUp", "Stop", "is_quick", "is_remembered", "portions", "remembered", "setup_of"]

Stop = Callable[[], bool]
Tables = dict[str, pd.DataFrame]

#: Threads that play for everybody; the compiled rules let other threads work meanwhile.
THREADS = max(2, min(4, os.cpu_count() or 2))
#: Partner-rounds that are played in about a tenth of a second, by driver; a block is no longer than that.
BLOCK = {Engine.COMPILED: 50_000, Engine.MESA: 2_000}
#: Seconds that nobody minds waiting for all twins; of what takes longer a part is shown first.
AT_ONCE = 0.5
#: Partner-rounds a second to expect, until it is known how fast this machine is just now.
SPEED = {Engine.COMPILED: 600_000.0, Engine.MESA: 25_000.0}
#: Share of the twins that is shown first when all take long.
PORTIONS = {Engine.COMPILED: (0.2, 1.0), Engine.MESA: (0.02, 0.1, 0.4, 1.0)}
#: Bytes of tables that are remembered.
ROOM = 64_000_000

_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="twins")


class GivenUp(Exception):  # noqa: N818  (nothing went wrong: somebody asked for something else)
    """Nobody waits for the answer any more."""


class Pace:
    """How fast twins are played here: learnt from every block of them, the latest counting most."""

    def __init__(self, speed: dict[Engine, float]) -> None:
        self._speed = dict(speed)

    def seconds(self, setup: Setup, engine: Engine) -> float:
        """Seconds that all twins of a scenario may take."""
        return work_of(setup, setup.scenario.replications) / self._speed[engine]

    def learn(self, engine: Engine, work: int, seconds: float) -> None:
        """Take note of partner-rounds played in so many seconds."""
        self._speed[engine] = 0.6 * self._speed[engine] + 0.4 * work / max(seconds, 1e-3)


class Shelf:
    """Tables that were played before, the oldest thrown away when there is no room."""

    def __init__(self, room: int) -> None:
        self._room, self._used = room, 0
        self._kept: OrderedDict[tuple[str, str], tuple[Tables, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, str]) -> Tables | None:
        """Return what is kept under a key."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: tuple[str, str], tables: Tables) -> None:
        """Keep tables."""
        size = sum(int(table.memory_usage().sum()) for table in tables.values())
        with self._lock:
            self._used += size - self._kept.pop(key, ({}, 0))[1]
            self._kept[key] = tables, size
            while self._used > self._room and len(self._kept) > 1:
                self._used -= self._kept.popitem(last=False)[1][1]


_shelf = Shelf(ROOM)
_pace = Pace(SPEED)


def remembered(scenario: Scenario, what: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Return a table that was made of a scenario before, or make it."""
    key = scenario_hash(scenario), what
    kept = _shelf.get(key)
    if kept is None:
        _shelf.put(key, kept := {what: make()})
    return kept[what]


def is_remembered(scenario: Scenario, what: str) -> bool:
    """Whether :func:`remembered` need not make it."""
    return _shelf.get((scenario_hash(scenario), what)) is not None


def setup_of(scenario: Scenario) -> Setup:
    """Return a scenario made ready, the latest few remembered."""
    return _setup(_Known(scenario))


class _Known:
    """A scenario that is compared by what it says."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self._digest = scenario, scenario_hash(scenario)

    def __hash__(self) -> int:
        return hash(self._digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and self._digest == other._digest


@lru_cache(maxsize=8)
def _setup(known: _Known) -> Setup:
    """Make a scenario ready."""
    return prepare(known.scenario)


def is_quick(scenario: Scenario) -> bool:
    """Whether nobody minds waiting for all twins of a scenario."""
    setup = setup_of(scenario)
    engine = chosen_engine(setup, scenario.replications)
    return _pace.seconds(setup, engine) <= AT_ONCE


def portions(scenario: Scenario, level: str = "focal", stop: Stop = lambda: False) -> Iterator[Results]:
    """Play a scenario's twins, and give what is known as their number grows; the last has all of them.

    Parameters
    ----------
    scenario : Scenario
        The experiment; gives the places and the number of twins.
    level : str
        `focal`, `summary` when values will do, or `partners` when the table of all partners is wanted too.
    stop : callable
        Asked between blocks whether to give up.

    Yields
    ------
    Results
        The numbers that `firstmover run` gives for as many twins; without `partners` where they were not asked for.

    Raises
    ------
    GivenUp
        When `stop` says so.
    """
    key = scenario_hash(scenario), level
    kept = _shelf.get(key)
    if kept is not None:
        yield _results(scenario, kept)
        return
    setup = setup_of(scenario)
    engine = chosen_engine(setup, scenario.replications, level=level)
    played: list[Tables] = []
    done = 0
    for upto in _counts(setup, engine):
        played += _played(setup, range(done, upto), level, engine, stop)
        done = upto
        tables = {name: pd.concat([one[name] for one in played], ignore_index=True) for name in played[0]}
        if upto == scenario.replications:
            _shelf.put(key, tables)
        yield _results(scenario, tables)


def _results(scenario: Scenario, tables: Tables) -> Results:
    """Results of as many twins as there are."""
    outcomes = tables["summary"] if "summary" in tables else tables["outcomes"]
    partners, weekly = (tables.get(name, pd.DataFrame()) for name in ("partners", "weekly"))
    return Results(scenario, outcomes, partners, weekly)


def _counts(setup: Setup, engine: Engine) -> list[int]:
    """Numbers of twins after which something is shown."""
    total = setup.scenario.replications
    if _pace.seconds(setup, engine) <= AT_ONCE:
        return [total]
    return sorted({max(2, round(total * share)) for share in PORTIONS[engine]})


def _played(setup: Setup, block: range, level: str, engine: Engine, stop: Stop) -> list[Tables]:
    """Tables of some replications, in order, played in blocks by all threads."""
    longest = max(1, round(BLOCK[engine] / work_of(setup, 1)))
    turns = -(-len(block) // (THREADS * longest))  # as many blocks for each thread, so that none waits for another
    length = -(-len(block) // (THREADS * turns))
    spans = [block[start : start + length] for start in range(0, len(block), length)]

    def play(span: range) -> Tables:
        if stop():
            raise GivenUp
        return tables_by(engine, setup, span, level)

    gate, left, tables, begun = Gate(seal_of()), iter(spans), [], time.perf_counter()

    def begin(count: int) -> list[tuple[Future[Sealed], range]]:
        return [(_pool.submit(sealed, gate.wanted, play, span), span) for span in islice(left, count)]

    waiting = deque(begin(THREADS))
    while waiting:  # no more at a time than there are threads, so that everybody's blocks take turns
        future, span = waiting.popleft()
        tables.append(gate.let_in(future.result(), partial(play, span)))
        waiting.extend(begin(1))
    _pace.learn(engine, work_of(setup, len(block)), time.perf_counter() - begun)
    return tables
