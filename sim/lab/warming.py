"""Make the rules ready in the background, so that the first question does not wait for them."""

from __future__ import annotations

import threading

from sim.ensemble import Engine
from sim.ensemble.engine import first_time, tables_by
from sim.scenario import load_scenario
from sim.talks.setup import prepare

__all__ = ["Warming"]


class Warming:
    """Loads the compiled rules once, or compiles them on a fresh machine.

    Attributes
    ----------
    words : str
        What takes long, in a sentence; empty when the rules are at hand.
    """

    def __init__(self) -> None:
        self.words = ""
        self._done = threading.Event()

    def start(self) -> None:
        """Begin in a thread of its own, which ends with the server."""
        threading.Thread(target=self._run, name="warming", daemon=True).start()

    def is_done(self) -> bool:
        """Whether the rules are ready."""
        return self._done.is_set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the rules are ready; say whether they are."""
        return self._done.wait(seconds)

    def _run(self) -> None:
        try:
            self.words = first_time(Engine.COMPILED)
            setup = prepare(load_scenario("classroom", ["replications=1"]))
            tables_by(Engine.COMPILED, setup, range(1), "partners")
        finally:
            self.words = ""
            self._done.set()
