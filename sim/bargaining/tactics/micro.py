"""MiCRO: one new offer for each new offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.bargaining.moment import Moment
from sim.bargaining.tactics.tactic import Tactic, Traits
from sim.bargaining.view import Levels, View

__all__ = ["MiCRO"]


@dataclass(kw_only=True)
class MiCRO(Tactic):
    """Goes down its outcomes one by one, as long as the other side keeps making new offers too; else repeats itself.

    It needs neither a clock nor a model of the other side (de Jonge 2022).

    Parameters
    ----------
    seed : int
        Of the draws of earlier offers to repeat.
    """

    literature: ClassVar[str] = "dejonge2022"
    traits: ClassVar[Traits] = Traits(responsive=True, random=True)

    seed: int = 0

    def begin(self) -> None:
        """Stand at the top of the list."""
        self.descent = self.view.descending()
        self.following = next(self.descent)
        self.offered: set[Levels] = set()
        self.repeats: list[Levels] = []
        self.received: set[Levels] = set()
        self.luck = np.random.default_rng(self.seed)

    def moved(self, before: View) -> None:
        """Go down the new list from its top, past what has been offered; repeat only what still beats no deal."""
        view = self.view
        self.repeats = [offer for offer in self.repeats if view.holds(offer) and view.rational(offer)]
        self.repeats.sort(key=view.utility, reverse=True)
        self.descent = view.descending()
        self._step()

    def notice(self, now: Moment, offer: Levels, worth: float) -> None:
        """Remember what was offered."""
        self.received.add(offer)

    def plan(self, now: Moment) -> Levels | None:
        """Offer the next outcome if it is due, else an earlier one."""
        if self._concedes():
            return self.following[1]
        return self.repeats[int(self.luck.integers(len(self.repeats)))] if self.repeats else None

    def made(self, now: Moment, offer: Levels) -> None:
        """Step down after a new offer."""
        if self._concedes() and offer == self.following[1]:
            self.offered.add(offer)
            self.repeats.append(offer)
            self._step()

    def target(self, now: Moment) -> float:
        """Aim at the next outcome that is due, else at the least it has offered."""
        if self._concedes():
            return self.following[0]
        return self.view.utility(self.repeats[-1]) if self.repeats else self.view.best

    def _step(self) -> None:
        """Find the next outcome that has not been offered."""
        end = (-np.inf, self.following[1])
        self.following = next((found for found in self.descent if found[1] not in self.offered), end)

    def _concedes(self) -> bool:
        """Whether a new offer is due, and still better than no deal."""
        worth = self.following[0]
        return len(self.offered) <= len(self.received) and worth >= self.view.reservation - self.view.noise
