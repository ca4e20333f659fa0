"""A tactic of the bargaining library in a seat of the talks."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.bargaining import Moment
from sim.bargaining.tactics import Answer, Tactic
from sim.talks.situation import Decision, Offer, Refusal, Situation

__all__ = ["TacticSeat"]


@dataclass
class TacticSeat:
    """Bargains over all sessions of the talks as over one long session of the library.

    From week to week what packages are worth moves; the tactic is told and goes on (:meth:`Tactic.resume`). What the
    partner cannot carry home is refused before the tactic hears of it. What it accepts before a text can close is
    agreed in principle.

    Parameters
    ----------
    tactic : Tactic
        Who decides.
    """

    tactic: Tactic
    seen: Situation | None = field(default=None, repr=False)
    now: Moment | None = None

    def propose(self, situation: Situation) -> Offer | None:
        """Offer what the tactic offers."""
        now = self._sit(situation)
        levels = self.tactic.propose(now)
        return None if levels is None else Offer(situation.side, np.array(levels, dtype=np.int64))

    def respond(self, situation: Situation, offer: Offer) -> Decision:
        """Answer as the tactic does."""
        if not situation.admits(offer.levels):
            return Decision(False, Refusal.OUTSIDE_WIN_SET)
        now, worth = self._sit(situation), situation.worth(offer.levels)
        answer = self.tactic.respond(now, situation.bilateral.inside(offer.levels))
        if answer is Answer.LEAVE:
            return Decision(False, Refusal.LEFT)
        if answer is Answer.ACCEPT:
            return Decision(True) if situation.may_close else Decision(False, Refusal.NOT_READY)
        if worth < situation.least:
            return Decision(False, Refusal.BELOW_NO_DEAL, situation.least - worth)
        return Decision(False, Refusal.ASKS_MORE, max(0.0, self.tactic.target(now) - worth))

    def restart(self) -> None:
        """Forget what was said and begin a new clock."""
        if self.seen is not None:
            self.tactic.reset()
        self.now = None

    def _sit(self, situation: Situation) -> Moment:
        """Sit down at this week's table, and look at the clock; it stands still while a deadline slides."""
        if situation is not self.seen:
            view = situation.bilateral.domain.view(situation.bilateral.side)
            if self.seen is None:
                self.tactic.start(view)
            else:
                self.tactic.resume(view)
            self.seen = situation
        if self.now is None or situation.moment.elapsed > self.now.elapsed:
            self.now = situation.moment
        return self.now
