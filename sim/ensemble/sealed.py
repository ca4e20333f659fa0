"""The one check of what is played elsewhere: only what comes of the rules and facts of this side is ever used.

Another process reads the package for itself, and may have found another version of it: a worker on another machine, or
one of this machine that was started after the files had been changed. So every piece of work comes back with a seal of
the rules and facts it was played by. What has another seal than that of this side is refused, told, and played again.
"""

from __future__ import annotations

import os
import platform
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from joblib import Parallel, delayed

from sim.ensemble.code import code_version, own_tactics
from sim.scenario import Scenario, scenario_hash

__all__ = ["Gate", "Notice", "Sealed", "checked", "seal_of", "sealed", "stamped"]

Notice = Callable[[str], None]


@dataclass(frozen=True)
class Sealed:
    """What came of a piece of work.

    Attributes
    ----------
    seal : str
        Of the rules and facts by which it was played.
    where : str
        Who played it, in words.
    result : object
        What came of it; nothing when other rules were wanted.
    """

    seal: str
    where: str
    result: Any = None


def seal_of(scenario: Scenario | None = None) -> str:
    """Return the seal of this process: its rules and facts, and, of a scenario, what it says and whom it seats."""
    if scenario is None:
        return code_version()
    return f"{code_version()} {scenario_hash(scenario)}{own_tactics(scenario)}"


def sealed(wanted: str, play: Callable[..., Any], /, *given: Any, **named: Any) -> Sealed:
    """Play a piece of work, called with all else that is given, and put the seal of this process on it."""
    return stamped(wanted, seal_of(), partial(play, *given, **named))


def stamped(wanted: str, seal: str, work: Callable[[], Any]) -> Sealed:
    """Do a piece of work and put a seal on it; nothing is done when another seal is wanted."""
    where = f"process {os.getpid()} on {platform.node() or 'this machine'}"
    return Sealed(seal, where, work() if seal == wanted else None)


def _say(words: str) -> None:
    print(f"firstmover: {words}", file=sys.stderr)


@dataclass(frozen=True)
class Gate:
    """The way in for what was played elsewhere.

    Attributes
    ----------
    wanted : str
        The seal of this side.
    notice : callable, optional
        Told in words of what is refused, once for every other seal; a line on the standard error by default.
    """

    wanted: str
    notice: Notice | None = None
    _told: set[str] = field(default_factory=set)

    def let_in(self, came: Sealed, again: Callable[[], Any]) -> Any:
        """Return what came of a piece of work, or, when it has another seal, what comes of playing it again here.

        Parameters
        ----------
        came : Sealed
            From another process or thread.
        again : callable
            Plays the same here.
        """
        if came.seal == self.wanted:
            return came.result
        if came.seal not in self._told:
            self._told.add(came.seal)
            (self.notice or _say)(
                f"{came.where} has other rules or facts ({came.seal} there, {self.wanted} here): what it plays is not "
                "used and is played again here; install the same version there, and start it anew"
            )
        return again()


def checked(pool: Parallel, tasks: Iterable[Any], notice: Notice | None = None) -> Iterator[Any]:
    """Do delayed work in a pool of threads or processes, and yield in order what comes of it by the rules of this side.

    Parameters
    ----------
    pool : joblib.Parallel
        Returns a list or a generator, in order.
    tasks : iterable
        From :func:`joblib.delayed`.
    notice : callable, optional
        See :class:`Gate`.
    """
    gate, sent = Gate(seal_of(), notice), deque[Any]()

    def sealing() -> Iterator[Any]:
        for play, given, named in tasks:
            sent.append(partial(play, *given, **named))
            yield delayed(sealed)(gate.wanted, play, *given, **named)

    for came in pool(sealing()):
        yield gate.let_in(came, sent.popleft())
