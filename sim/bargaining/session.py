"""A session: two tactics exchange offers until one is accepted, somebody leaves, or the time is up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sim.bargaining.deal import Deal
from sim.bargaining.domain import Domain
from sim.bargaining.issue import Value
from sim.bargaining.moment import Moment
from sim.bargaining.tactics.tactic import Answer, Tactic
from sim.bargaining.timed_session import both_timed, play_timed_tactics
from sim.bargaining.view import Levels

__all__ = ["Exchange", "SessionResult", "negotiate"]

Move = tuple[int, int, Levels | None]  # step, side, offer


@dataclass(frozen=True)
class Exchange:
    """An offer.

    Attributes
    ----------
    step : int
        In which round, from 0.
    side : int
        Who made it, 0 or 1.
    package : mapping or None
        Value by issue; None when the side passed.
    utilities : tuple of float or None
        What it is worth to both sides.
    """

    step: int
    side: int
    package: dict[str, Value] | None
    utilities: tuple[float, float] | None


@dataclass(frozen=True)
class SessionResult:
    """How a session ended; the names are those that users of NegMAS know.

    Attributes
    ----------
    domain : Domain
        What was negotiated.
    rounds : int
        Rounds there were in all.
    step : int
        Rounds begun when it ended.
    offers : int
        Offers made, passes included.
    agreed_by : int or None
        Who accepted.
    broken : bool
        Somebody left.
    """

    domain: Domain
    rounds: int
    step: int
    offers: int
    agreed_by: int | None
    broken: bool
    _moves: Callable[[], Sequence[Move]] = field(repr=False, compare=False)

    @property
    def timedout(self) -> bool:
        """The time was up without an agreement."""
        return self.agreed_by is None and not self.broken

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Every offer as (step, side, levels); levels are None for a pass."""
        return tuple(self._moves())

    @cached_property
    def trace(self) -> tuple[Exchange, ...]:
        """Every offer, the last one accepted if there is an agreement."""
        return tuple(self._exchange(*move) for move in self.moves)

    @cached_property
    def agreement(self) -> Deal | None:
        """The deal, or None."""
        if self.agreed_by is None:
            return None
        levels = self.moves[-1][2]
        assert levels is not None
        return Deal(self.domain.package(levels), self.domain.worth(levels))

    def _exchange(self, step: int, side: int, levels: Levels | None) -> Exchange:
        if levels is None:
            return Exchange(step, side, None, None)
        return Exchange(step, side, self.domain.package(levels), self.domain.worth(levels))


def negotiate(domain: Domain, first: Tactic, second: Tactic, rounds: int, *, opener: int = 0) -> SessionResult:
    """Let two tactics bargain over a domain by alternating offers.

    In every round each side in turn answers the offer on the table and, unless it accepts, makes one of its own.
    The last offer of the last round is not answered. Two time-dependent tactics are run in one compiled loop over the
    same rules.

    Parameters
    ----------
    domain : Domain
        What is negotiated.
    first, second : Tactic
        Who bargains for each side; both are started anew.
    rounds : int
        How many rounds, at least 1.
    opener : {0, 1}
        Who makes the first offer.

    Raises
    ------
    ValueError
        Without a round, for another opener, or when one tactic object sits on both sides.
    """
    if rounds < 1 or opener not in (0, 1):
        raise ValueError("a session has at least one round, and side 0 or 1 opens it")
    if first is second:
        raise ValueError("a tactic sits on one side only; clone() it for the other")
    if both_timed(first, second):
        return _compiled(domain, first, second, rounds, opener)
    return _readable(domain, (first, second), rounds, opener)


def _readable(domain: Domain, tactics: tuple[Tactic, Tactic], rounds: int, opener: int) -> SessionResult:
    """Run a session step by step."""
    for side, tactic in enumerate(tactics):
        tactic.start(domain.view(side))
    moves: list[Move] = []

    def end(step: int, by: int | None = None, broken: bool = False) -> SessionResult:
        return SessionResult(domain, rounds, step, len(moves), by, broken, lambda: moves)

    offer: Levels | None = None
    for step in range(rounds):
        now = Moment(step, rounds)
        for side in (opener, 1 - opener):
            answer = Answer.REFUSE if offer is None else tactics[side].respond(now, offer)
            if answer is Answer.ACCEPT:
                return end(step + 1, by=side)
            if answer is Answer.LEAVE:
                return end(step + 1, broken=True)
            offer = tactics[side].propose(now)
            moves.append((step, side, offer))
    return end(rounds)


def _compiled(domain: Domain, first: Tactic, second: Tactic, rounds: int, opener: int) -> SessionResult:
    """Run a session of two time-dependent tactics in one call."""
    keys, agreed = play_timed_tactics(domain, first, second, rounds, opener)
    count, view = len(keys), domain.view(0)
    sides = (opener, 1 - opener)

    def moves() -> list[Move]:
        return [
            (at // 2, sides[at % 2], None if one < 0 else view.outcome(int(one), int(two)))
            for at, (one, two) in enumerate(keys)
        ]

    step = count // 2 + 1 if agreed else rounds  # the offer after the last one was not made: it was accepted instead
    return SessionResult(domain, rounds, step, count, sides[count % 2] if agreed else None, False, moves)
