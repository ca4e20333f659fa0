"""Relative tit for tat: give what you are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sim.bargaining.aspiration import aspiration, reciprocate
from sim.bargaining.moment import Moment
from sim.bargaining.tactics.tactic import Tactic, Traits
from sim.bargaining.tactics.timed import SLACK, timed_target
from sim.bargaining.view import Levels, View

__all__ = ["RelativeTitForTat"]


@dataclass(kw_only=True)
class RelativeTitForTat(Tactic):
    """Answers a concession with one of the same share of what there is to gain, mixed with the clock.

    Parameters
    ----------
    gamma : float
        Weight of reciprocity in [0, 1]. Two sides with weight 1 wait for each other for ever.
    beta : float
        Stance of the clock's part.
    """

    literature: ClassVar[str] = "faratin1998"
    traits: ClassVar[Traits] = Traits(clock=True, responsive=True)

    gamma: float = 0.7
    beta: float = 1.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.gamma <= 1.0 or not self.beta > 0.0:
            raise ValueError("gamma lies in [0, 1] and beta is positive")

    def begin(self) -> None:
        """Ask for all; nothing has been heard."""
        self.asked, self.conceded = 1.0, 0.0
        self.heard: float | None = None
        self.best_heard: Levels | None = None

    def moved(self, before: View) -> None:
        """Value the best offer heard anew; the concession not yet answered keeps its share of what there is to gain."""
        room, was = self.view.best - self.view.floor, before.best - before.floor
        self.conceded *= room / was if was > 0.0 and room > 0.0 else 0.0
        if self.best_heard is not None and self.view.holds(self.best_heard):
            self.heard = self.view.utility(self.best_heard)
        else:
            self.heard = self.best_heard = None

    def notice(self, now: Moment, offer: Levels, worth: float) -> None:
        """Count how far the other side has moved since its best offer so far."""
        if self.heard is not None:
            self.conceded += max(0.0, worth - self.heard)
        if self.heard is None or worth > self.heard:
            self.heard, self.best_heard = worth, offer

    def plan(self, now: Moment) -> Levels | None:
        """Look for the lowest utility that meets the aim."""
        return self.view.lowest_reaching(self.target(now))

    def made(self, now: Moment, offer: Levels) -> None:
        """Remember what was asked; the concession has been answered."""
        self.asked, self.conceded = self._asked(now), 0.0

    def target(self, now: Moment) -> float:
        """Return the aim."""
        view = self.view
        return timed_target(self._asked(now), view.floor, view.best, view.reservation - view.noise, SLACK * view.span)

    def _asked(self, now: Moment) -> float:
        """Share of what there is to gain that it asks for now."""
        room = self.view.best - self.view.floor
        given = self.conceded / room if room > 0.0 else 0.0
        return reciprocate(aspiration(now.elapsed, self.beta), self.asked, given, self.gamma)
