"""Who decides at the table: the built-in negotiator, and the contract for any other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.bargaining import accepts, next_offer
from sim.talks.situation import Decision, Offer, Refusal, Situation

__all__ = ["Seat", "TimedSeat"]

Ints = NDArray[np.int64]


class Seat(Protocol):
    """Anything that can negotiate."""

    def propose(self, situation: Situation) -> Offer | None:
        """Return the next offer, or None to pass."""
        ...

    def respond(self, situation: Situation, offer: Offer) -> Decision:
        """Accept or refuse an offer."""
        ...

    def restart(self) -> None:
        """Begin a new clock, after a threat has been carried out."""
        ...


@dataclass
class TimedSeat:
    """Concedes with the clock, answers concessions, and trades across issues.

    Its aspiration follows (B3) mixed with relative tit for tat and never rises while the threat is pending; of the
    packages that meet the target it offers the one it believes best for the other side (section 5 of the model).

    Parameters
    ----------
    gamma : float
        Weight of reciprocity.
    """

    gamma: float
    asked: float = 1.0
    received: Ints | None = None
    conceded: float = 0.0

    def propose(self, situation: Situation) -> Offer | None:
        """Offer the package that meets the target and is believed best for the other side."""
        rung, _ = self._next(situation)
        return None if rung < 0 else Offer(situation.side, situation.ladder[rung])

    def respond(self, situation: Situation, offer: Offer) -> Decision:
        """Accept what is as good as one's own next offer (AC_next), inside the win-set, when texts are ready."""
        worth = situation.worth(offer.levels)
        self._take_note(situation, offer, worth)
        if not situation.admits(offer.levels):
            return Decision(False, Refusal.OUTSIDE_WIN_SET)
        if worth < situation.least:
            return Decision(False, Refusal.BELOW_NO_DEAL, situation.least - worth)
        _, ask = self._next(situation)
        if not accepts(worth, ask, situation.least):
            return Decision(False, Refusal.ASKS_MORE, ask - worth)
        return Decision(True) if situation.may_close else Decision(False, Refusal.NOT_READY)

    def restart(self) -> None:
        """Ask for all again: what was conceded to avoid the threat is off the table once it is carried out."""
        self.asked, self.received, self.conceded = 1.0, None, 0.0

    def _next(self, situation: Situation) -> tuple[int, float]:
        """Rung of the next offer and the gain it asks for."""
        leasts = np.array([situation.least, situation.theirs_least])
        clock = np.array([situation.elapsed, situation.beta, self.gamma])
        memory = np.array([self.asked, self.conceded])
        rung, ask, self.asked = next_offer(situation.mine, situation.theirs, leasts, clock, memory)
        self.conceded = 0.0
        return rung, ask

    def _take_note(self, situation: Situation, offer: Offer, worth: float) -> None:
        """Remember how far the other side has moved since its last offer, both at today's values."""
        if self.received is not None:
            self.conceded = max(0.0, worth - situation.worth(self.received))
        self.received = offer.levels
