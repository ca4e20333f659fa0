"""How far a calibration is, and how long the rest may take: a bar at a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

__all__ = ["Bar", "Lines", "shown"]

#: Seconds between two lines.
PAUSE = 60.0


class Bar:
    """A bar at a terminal."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._task = progress, progress.add_task("beginning", total=total)

    def say(self, words: str) -> None:
        """Say what is under way."""
        self._progress.update(self._task, description=words)

    def told(self, runs: int) -> None:
        """Count runs."""
        self._progress.advance(self._task, runs)


class Lines:
    """A line when something new begins, and one a minute."""

    def __init__(self, total: int) -> None:
        self._total, self._done, self._words = total, 0, "beginning"
        self._began = self._last = time.monotonic()

    def say(self, words: str) -> None:
        """Say what is under way."""
        self._words = words
        self._line()

    def told(self, runs: int) -> None:
        """Count runs."""
        self._done += runs
        if time.monotonic() - self._last > PAUSE:
            self._line()

    def _line(self) -> None:
        self._last = time.monotonic()
        share = min(1.0, self._done / max(self._total, 1))
        left = (self._last - self._began) * (1.0 - share) / share / 60.0 if share > 0.0 else float("nan")
        rest = f", about {left:.0f} minutes left" if share > 0.0 else ""
        print(f"calibration: {share:.0%}, {self._words}{rest}", file=sys.stderr, flush=True)


@contextmanager
def shown(total: int) -> Iterator[Bar | Lines]:
    """Show how far the whole is, in runs."""
    if not sys.stderr.isatty():
        yield Lines(total)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bar(progress, total)
