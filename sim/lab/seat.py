"""A seat whose decisions come from a list of moves, and that stops the talks where the list ends."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sim.lab.moves import Act, Move, MoveError
from sim.talks.situation import Decision, Offer, Refusal, Side, Situation

if TYPE_CHECKING:
    from sim.talks.agents import Partner
    from sim.talks.seats import Seat

__all__ = ["Due", "Overheard", "PlayerSeat", "Spoken", "Turn"]


@dataclass(frozen=True, eq=False)
class Turn:
    """A decision that is due.

    Attributes
    ----------
    situation : Situation
        What the player's side knows.
    offer : Offer or None
        The ask that lies on the table; None when the player may open.
    last : bool
        Whether the session ends with this answer, so that there is no time for a counter-offer.
    """

    situation: Situation
    offer: Offer | None
    last: bool = False


class Due(Exception):  # noqa: N818  (no error: a move is due)
    """Raised inside the talks when the next move is not known yet."""

    def __init__(self, turn: Turn) -> None:
        super().__init__("a move is due")
        self.turn = turn


@dataclass(frozen=True, eq=False)
class Spoken:
    """An offer that was made at the table, and what the other side said to it."""

    round: int
    offer: Offer
    decision: Decision


@dataclass(eq=False)
class PlayerSeat:
    """Plays recorded moves, one a turn, and raises :class:`Due` when there is none left.

    A turn is an opening, or an answer to an ask together with the counter-offer that follows it.

    Parameters
    ----------
    partner : Partner
        Whose seat it is.
    moves : iterable of Move
        What was played, in order.

    Attributes
    ----------
    spoken : list of Spoken
        All offers of both sides with the answers to them.
    turns : list of (Turn, Move)
        What was due, and what it did.
    leaving : bool
        Whether it has stood up and will leave with this session.
    """

    partner: Partner
    moves: Iterable[Move]
    spoken: list[Spoken] = field(default_factory=list)
    turns: list[tuple[Turn, Move]] = field(default_factory=list)
    leaving: bool = False
    seen: Situation | None = None
    _counter: Move | None = None
    _opened: bool = False
    _proposals: int = 0

    def __post_init__(self) -> None:
        self._left = deque(self.moves)

    def propose(self, situation: Situation) -> Offer | None:
        """Make the counter-offer that goes with the last answer, or open."""
        self._sit(situation, opens=True)
        self._proposals += 1
        move, self._counter = self._counter, None
        if move is None and not self.leaving:
            move = self._take(Turn(situation, None))
        self.leaving = self.leaving or (move is not None and move.act is Act.WALK)
        if move is None or move.levels is None:
            return None
        return Offer(situation.side, np.array(move.levels, dtype=np.int64))

    def respond(self, situation: Situation, offer: Offer) -> Decision:
        """Answer an ask; a counter-offer is kept for the next turn to propose."""
        self._sit(situation, opens=False)
        decision = Decision(False, Refusal.LEFT) if self.leaving else self._answer(situation, offer)
        self.note(offer, decision)
        return decision

    def restart(self) -> None:
        """Go on: what was said stays said."""

    def note(self, offer: Offer, decision: Decision) -> None:
        """Keep what was said at the table."""
        self.spoken.append(Spoken(self.partner.model.round, offer, decision))

    def _answer(self, situation: Situation, offer: Offer) -> Decision:
        turn = Turn(situation, offer, last=self._step() + 1 >= self.partner.model.experiment.session.offers)
        move = self._take(turn)
        if move.act is Act.ACCEPT:
            return Decision(True) if situation.may_close else Decision(False, Refusal.NOT_READY)
        if move.act is Act.WALK:
            self.leaving = True
            return Decision(False, Refusal.LEFT)
        self._counter = move
        return Decision(False, Refusal.ASKS_MORE)

    def _take(self, turn: Turn) -> Move:
        move = self.choose(turn)
        self.turns.append((turn, move))
        return move

    def choose(self, turn: Turn) -> Move:
        """Take the next recorded move, if it can be made in this turn.

        Raises
        ------
        Due
            When there is none left.
        MoveError
            When it cannot be made.
        """
        if not self._left:
            raise Due(turn)
        move = self._left.popleft()
        if move.act is Act.ACCEPT and turn.offer is None:
            raise MoveError("There is no ask on the table that could be accepted.")
        if move.act is Act.OFFER and turn.last:
            raise MoveError("The session ends with this answer: accept, wait for the next session, or walk away.")
        return move

    def _step(self) -> int:
        """Which offer of the session is being answered, from 0; too low where the other side passed before."""
        return 2 * self._proposals - int(self._opened)

    def _sit(self, situation: Situation, opens: bool) -> None:
        """Take a seat in a new session."""
        if situation is not self.seen:
            self.seen, self.leaving, self._counter = situation, False, None
            self._opened, self._proposals = opens, 0


@dataclass(eq=False)
class Overheard:
    """The seat of the United States, whose answers the player hears.

    Parameters
    ----------
    seat : Seat
        Who decides.
    player : PlayerSeat
        Who listens.
    """

    seat: Seat
    player: PlayerSeat

    def propose(self, situation: Situation) -> Offer | None:
        """Offer what the seat offers."""
        return self.seat.propose(situation)

    def respond(self, situation: Situation, offer: Offer) -> Decision:
        """Answer as the seat does."""
        decision = self.seat.respond(situation, offer)
        assert offer.by is Side.PARTNER
        self.player.note(offer, decision)
        return decision

    def restart(self) -> None:
        """Begin a new clock."""
        self.seat.restart()
