"""Log-rolling: give way where it costs little and is worth much to the other side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from sim.bargaining.knowledge import Frequency, Knowledge
from sim.bargaining.moment import Moment
from sim.bargaining.tactics.tactic import Traits
from sim.bargaining.tactics.tit_for_tat import RelativeTitForTat
from sim.bargaining.view import Levels

__all__ = ["LogRoller"]


@dataclass(kw_only=True)
class LogRoller(RelativeTitForTat):
    """Of all outcomes that meet its aim, offers the one it believes best for the other side.

    That is a point of the Pareto frontier under its belief (Raiffa 1982). The aim falls with the clock, and with the
    other side's concessions when `gamma` is positive.

    Parameters
    ----------
    knowledge : Knowledge
        What it believes about the other side's utility.
    """

    literature: ClassVar[str] = "raiffa1982"
    traits: ClassVar[Traits] = Traits(clock=True, responsive=True, knows="belief")

    gamma: float = 0.0
    knowledge: Knowledge = field(default_factory=Frequency)

    def begin(self) -> None:
        """Start from the prior."""
        super().begin()
        self.knowledge.start(self.view)
        self._look()

    def notice(self, now: Moment, offer: Levels, worth: float) -> None:
        """Learn from an offer."""
        super().notice(now, offer, worth)
        if self.knowledge.observe(now, offer):
            self._look()

    def plan(self, now: Moment) -> Levels | None:
        """Take the last point of the believed frontier that meets the aim."""
        meets = np.flatnonzero(self.mine >= self.target(now))
        return self.outcomes[meets[-1]] if meets.size else None

    def _look(self) -> None:
        """Work out the believed frontier."""
        utilities, self.outcomes = self.view.frontier(self.knowledge.tables())
        self.mine = utilities[:, 0]
