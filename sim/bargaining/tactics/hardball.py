"""Hardball: take it or leave it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sim.bargaining.moment import Moment
from sim.bargaining.tactics.tactic import Tactic, Traits
from sim.bargaining.view import Levels

__all__ = ["Hardball"]


@dataclass(kw_only=True)
class Hardball(Tactic):
    """Always demands the same share of what there is to gain, and takes nothing less.

    Parameters
    ----------
    share : float
        The demand in [0, 1]: 1 is its best outcome.
    """

    literature: ClassVar[str] = "schelling1960"
    traits: ClassVar[Traits] = Traits()

    share: float = 1.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.share <= 1.0:
            raise ValueError("share lies in [0, 1]")

    def plan(self, now: Moment) -> Levels | None:
        """Repeat the demand; pass when even the best outcome is worse than no deal."""
        view = self.view
        if view.best < view.reservation:
            return None
        return view.lowest_reaching(view.floor + self.share * (view.best - view.floor) - 2.0 * view.noise)
