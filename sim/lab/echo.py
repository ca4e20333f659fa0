"""The same player in another twin: what was played once, played again where the talks go differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.lab.moves import Act, Move
from sim.lab.seat import PlayerSeat, Spoken, Turn
from sim.lab.session import Standing, played
from sim.talks.agents import Partner
from sim.talks.situation import Refusal, Side

__all__ = ["EchoSeat", "agreed_on", "echoed"]

Ints = NDArray[np.int64]
Played = Sequence[tuple[Turn, Move]]


class EchoSeat(PlayerSeat):
    """Makes the moves of another game, turn by turn.

    Where the same ask lies on the table as at that turn of the other game, it does exactly what was done there. Where
    another does, it takes what is worth at least as much as what was agreed on there (today, and no less than no deal),
    and otherwise makes the offer of that turn; when the moves are used up, its last offer again.

    Parameters
    ----------
    partner : Partner
        Whose seat it is.
    script : sequence of (Turn, Move)
        The other game.
    taken : ndarray (K,) or None
        What was agreed on there.
    """

    def __init__(self, partner: Partner, script: Played, taken: Ints | None) -> None:
        super().__init__(partner, ())
        self.script, self.taken = script, taken

    def choose(self, turn: Turn) -> Move:
        """Do what was done at this turn of the other game, as far as it fits."""
        n = len(self.turns)
        before, move = self.script[n] if n < len(self.script) else (None, None)
        if before is not None and move is not None and _same_ask(before, turn):
            return move
        if turn.offer is not None and self._good_enough(turn):
            return Move(Act.ACCEPT)
        if move is not None and move.act in (Act.WAIT, Act.WALK):
            return move
        return self._offer(turn, move)

    def _good_enough(self, turn: Turn) -> bool:
        """Whether an ask is worth what was agreed on in the other game, or else what would be offered next."""
        aim = self.taken if self.taken is not None else self._last_offer(len(self.turns) + 1)
        assert turn.offer is not None
        if aim is None or not turn.situation.admits(turn.offer.levels):
            return False
        worth = turn.situation.worth
        return worth(turn.offer.levels) >= max(turn.situation.least, worth(aim))

    def _offer(self, turn: Turn, move: Move | None) -> Move:
        """Make the offer of this turn, or the last one before it."""
        found = self._last_offer(len(self.turns) + 1) if move is None or move.levels is None else np.array(move.levels)
        if turn.last or found is None:
            return Move(Act.WAIT)
        agenda = turn.situation.bilateral.table.agenda
        return Move(Act.OFFER, tuple(int(level) for level in np.where(agenda, found, 0)))

    def _last_offer(self, turns: int) -> Ints | None:
        """Levels of the last offer among the first turns of the other game."""
        offers = [move.levels for _, move in self.script[:turns] if move.levels is not None]
        return np.array(offers[-1]) if offers else None


def echoed(at: Standing, opens: int) -> Standing:
    """Play the same moves in a twin whose talks open in another round."""
    seat = at.player.seat
    assert isinstance(seat, PlayerSeat)
    script, taken = tuple(seat.turns), agreed_on(at.spoken)
    return played(replace(at.game, opens=opens), lambda partner: EchoSeat(partner, script, taken))


def agreed_on(spoken: Sequence[Spoken]) -> Ints | None:
    """Levels of the last offer that the other side took, be it in principle; None when there was none."""
    agreed = [s.offer.levels for s in spoken if s.decision.accepted or s.decision.reason is Refusal.NOT_READY]
    return agreed[-1] if agreed else None


def _same_ask(one: Turn, other: Turn) -> bool:
    """Whether the same lies on the table, and as much can be done about it."""
    if one.last != other.last or (one.offer is None) != (other.offer is None):
        return False
    if one.offer is None or other.offer is None:
        return True
    assert one.offer.by is other.offer.by is Side.US
    return bool(np.array_equal(one.offer.levels, other.offer.levels))
