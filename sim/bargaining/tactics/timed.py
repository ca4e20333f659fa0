"""Time-dependent tactics: concede with the clock (Faratin, Sierra and Jennings 1998)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from sim.bargaining.acceptance import AcAspiration, Acceptance
from sim.bargaining.aspiration import aspiration
from sim.bargaining.moment import Moment
from sim.bargaining.tactics.tactic import Tactic, Traits
from sim.bargaining.view import Levels
from sim.compiled import compiled

__all__ = ["Boulware", "Conceder", "Linear", "TimeDependent", "timed_target"]

SLACK = 1e-4  # of the span of outcomes; an outcome that misses the aspiration by less counts as meeting it


@compiled
def timed_target(asked: float, floor: float, best: float, least: float, slack: float) -> float:
    """Utility that an aspiration stands for.

    Parameters
    ----------
    asked : float
        Share of what there is to gain that is asked for, from :func:`sim.bargaining.aspiration`.
    floor, best : float
        What share 0 and share 1 mean, in money.
    least : float
        No outcome below this is ever considered.
    slack : float
        How far an outcome may miss the aspiration.
    """
    return max(least, floor + (best - floor) * asked - slack)


@dataclass(kw_only=True)
class TimeDependent(Tactic):
    """Aims at floor + (best - floor) (1 - t^(1/beta)), and offers its worst outcome that meets the aim.

    The floor is the reservation value, or the worst outcome where that is better still. By default it accepts whatever
    meets the aim.

    Parameters
    ----------
    beta : float
        Stance, > 0: below 1 Boulware, 1 linear, above 1 conceder.
    """

    literature: ClassVar[str] = "faratin1998"
    traits: ClassVar[Traits] = Traits(clock=True)

    beta: float = 1.0
    acceptance: Acceptance = field(default_factory=AcAspiration)

    def __post_init__(self) -> None:
        if not self.beta > 0.0:
            raise ValueError("beta must be positive")

    def plan(self, now: Moment) -> Levels | None:
        """Look for the lowest utility that meets the aim."""
        return self.view.lowest_reaching(self.target(now))

    def target(self, now: Moment) -> float:
        """Return the aim, less a ten-thousandth of the span of outcomes."""
        view = self.view
        asked = aspiration(now.elapsed, self.beta)
        return timed_target(asked, view.floor, view.best, view.reservation - view.noise, SLACK * view.span)


@dataclass(kw_only=True)
class Boulware(TimeDependent):
    """Holds out until shortly before the end."""

    beta: float = 0.25


@dataclass(kw_only=True)
class Linear(TimeDependent):
    """Concedes steadily."""

    beta: float = 1.0


@dataclass(kw_only=True)
class Conceder(TimeDependent):
    """Concedes most at once."""

    beta: float = 4.0
