"""The Nash negotiator: propose the solution and hold to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from sim.bargaining import solutions
from sim.bargaining.knowledge import Knowledge, Perfect
from sim.bargaining.moment import Moment
from sim.bargaining.tactics.tactic import Tactic, Traits
from sim.bargaining.view import Levels, View

__all__ = ["NashNegotiator"]


@dataclass(kw_only=True)
class NashNegotiator(Tactic):
    """Offers the Nash solution of the problem as it knows it, and accepts nothing less.

    Parameters
    ----------
    knowledge : Knowledge
        What it knows of the other side's utility and reservation value; all of it by default.
    power : float
        Its bargaining power in (0, 1).
    """

    literature: ClassVar[str] = "nash1950"
    traits: ClassVar[Traits] = Traits(responsive=True, knows="truth")

    knowledge: Knowledge = field(default_factory=Perfect)
    power: float = 0.5

    def __post_init__(self) -> None:
        if not 0.0 < self.power < 1.0:
            raise ValueError("power lies strictly between 0 and 1")

    def begin(self) -> None:
        """Solve the problem as it is known at the start."""
        self.knowledge.start(self.view)
        self.solved = False

    def moved(self, before: View) -> None:
        """Solve the new problem."""
        self.knowledge.resume(self.view)
        self.solved = False

    def notice(self, now: Moment, offer: Levels, worth: float) -> None:
        """Solve it again when something has been learnt."""
        if self.knowledge.observe(now, offer):
            self.solved = False

    def plan(self, now: Moment) -> Levels | None:
        """Offer the solution; pass when there is none."""
        if not self.solved:
            self.solution, self.solved = self._solve(), True
        return self.solution

    def _solve(self) -> Levels | None:
        """Find the Nash solution under the belief."""
        view = self.view
        utilities, outcomes = view.frontier(self.knowledge.tables())
        least = (view.reservation, self.knowledge.reservation())
        # ties go to the same outcome whichever side solves the problem
        order = np.array(sorted(range(len(outcomes)), key=outcomes.__getitem__)).argsort()
        noise = (view.noise, 1e-12 * float(np.ptp(utilities[:, 1])))
        index = solutions.nash(solutions.Gains.of(utilities, least, noise, order), self.power)
        return None if index < 0 else outcomes[index]
