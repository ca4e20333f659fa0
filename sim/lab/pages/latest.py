"""One computation at a time for one reader, and the latest wish wins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from nicegui import run

from sim.lab.playing import GivenUp

__all__ = ["Latest"]

Work = Callable[[Callable[[], bool]], Iterator[Any]]

_END = object()


class Latest:
    """Works in another thread, step by step, and shows every step while it is still wanted.

    At most one computation is at work and one is waiting: a newer wish replaces the one that waits, and the one at
    work is told to stop.
    """

    def __init__(self) -> None:
        self._wish: tuple[Work, Callable[[Any], None]] | None = None
        self._version = 0
        self._busy = False

    @property
    def is_busy(self) -> bool:
        """Whether something is at work."""
        return self._busy

    def drop(self) -> None:
        """Stop what is at work, and forget what waits."""
        self._version += 1
        self._wish = None

    async def ask(self, work: Work, show: Callable[[Any], None]) -> None:
        """Do work and show what comes of it, unless something newer is asked for meanwhile.

        Parameters
        ----------
        work : callable
            Given a callable that says whether to stop; returns an iterator whose steps are taken in another thread.
        show : callable
            Given each step, in the thread of the page.
        """
        self._version += 1
        self._wish = work, show
        if self._busy:
            return
        self._busy = True
        try:
            while self._wish is not None:
                (work, show), self._wish = self._wish, None
                await self._follow(work, show, self._version)
        finally:
            self._busy = False

    async def _follow(self, work: Work, show: Callable[[Any], None], version: int) -> None:
        """Take the steps of one computation."""
        steps = work(lambda: self._version != version)
        while self._version == version:
            step = await run.io_bound(_next, steps)
            if step is None or step is _END or self._version != version:  # none is taken while the server ends
                return
            show(step)


def _next(steps: Iterator[Any]) -> Any:
    """Take a step; one that was given up is the last."""
    try:
        return next(steps, _END)
    except GivenUp:
        return _END
