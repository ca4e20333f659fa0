"""The random walker: a yardstick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.bargaining.moment import Moment
from sim.bargaining.tactics.tactic import Tactic, Traits
from sim.bargaining.view import Levels

__all__ = ["RandomWalker"]

TRIES = 200


@dataclass(kw_only=True)
class RandomWalker(Tactic):
    """Offers any outcome that is no worse than no deal, all equally likely.

    Parameters
    ----------
    seed : int
        Of its draws.
    """

    literature: ClassVar[str] = "lin2014"
    traits: ClassVar[Traits] = Traits(random=True)

    seed: int = 0

    def begin(self) -> None:
        """Take the dice."""
        self.luck = np.random.default_rng(self.seed)

    def plan(self, now: Moment) -> Levels | None:
        """Draw until an outcome is acceptable; where hardly any is, take the one nearest above a random aim."""
        view = self.view
        if view.best < view.reservation:
            return None
        sizes = [len(issue) for issue in view.issues]
        for _ in range(TRIES):
            levels = tuple(int(level) for level in self.luck.integers(sizes))
            if view.rational(levels):
                return levels
        aim = view.floor + self.luck.random() * (view.best - view.floor)
        return view.lowest_reaching(aim - view.noise)
