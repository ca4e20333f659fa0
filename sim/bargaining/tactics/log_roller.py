"""Log-rolling: give way where it costs little and is worth much to the other side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from sim.bargaining.believed import Believed
from sim.bargaining.knowledge import Frequency, Knowledge
from sim.bargaining.moment import Moment
from sim.bargaining.tactics.tactic import Traits
from sim.bargaining.tactics.tit_for_tat import RelativeTitForTat
from sim.bargaining.view import Levels, View

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
        self.believed: Believed | None = None

    def moved(self, before: View) -> None:
        """Keep what was learnt; the believed frontier is another one."""
        super().moved(before)
        self.knowledge.resume(self.view)
        self.believed = None

    def notice(self, now: Moment, offer: Levels, worth: float) -> None:
        """Learn from an offer."""
        super().notice(now, offer, worth)
        if self.knowledge.observe(now, offer):
            self.believed = None

    def plan(self, now: Moment) -> Levels | None:
        """Take the last point of the believed frontier that meets the aim."""
        if self.believed is None:
            self.believed = self.view.believed(self.knowledge.tables())
        return self.believed.best_for_them(self.target(now))
