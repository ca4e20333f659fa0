"""All that a player may see when it is its turn, as plain data; the values of the United States are not among it."""

from __future__ import annotations

from dataclasses import dataclass

from sim.lab.board import Cell, board_of
from sim.lab.clock import Clock, clock_in
from sim.lab.moves import Act
from sim.lab.public import Line, public_record
from sim.lab.reply import Reply, reply_of
from sim.lab.session import Standing, table_of
from sim.talks.delegation import names_of

__all__ = ["Sight", "clock_of", "sight_of"]


@dataclass(frozen=True)
class Sight:
    """The view from the player's seat.

    Attributes
    ----------
    name : str
        Economy that is played.
    clock : Clock
        Weeks and dates.
    threat : float
        General rate that comes into force at the next hard date without a deal, a fraction.
    session, to_close : int
        Which session this is, and how many a text takes before it can be signed.
    may_close : bool
        Whether what is agreed now can be signed at once.
    attended : tuple of str
        Principals who sit for the United States.
    cells : tuple of Cell
        The issues.
    ask : tuple of int or None
        Levels of the ask on the table.
    can : tuple of Act
        What can be done now.
    reply : Reply
        What the United States said.
    record : tuple of Line
        What is public, and what happened at one's own table.
    no_deal : float
        Value of having no deal, against the world before 2 April, USD bn, present value.
    """

    name: str
    clock: Clock
    threat: float
    session: int
    to_close: int
    may_close: bool
    attended: tuple[str, ...]
    cells: tuple[Cell, ...]
    ask: tuple[int, ...] | None
    can: tuple[Act, ...]
    reply: Reply
    record: tuple[Line, ...]
    no_deal: float


def sight_of(at: Standing) -> Sight:
    """Look at the table from the player's seat.

    Raises
    ------
    ValueError
        When no decision is due.
    """
    if at.turn is None:
        raise ValueError("the talks are over")
    table, offer = table_of(at), at.turn.offer
    return Sight(
        name=at.player.name,
        clock=clock_of(at),
        threat=at.player.threatened,
        session=at.player.sessions + 1,
        to_close=at.player.to_close,
        may_close=at.turn.situation.may_close,
        attended=tuple(name.replace("_", " ") for name in names_of(table.present)),
        cells=board_of(at),
        ask=None if offer is None else tuple(int(level) for level in offer.levels),
        can=_can(at),
        reply=reply_of(at),
        record=public_record(at),
        no_deal=table.stakes.partner_no_deal,
    )


def clock_of(at: Standing) -> Clock:
    """Return week, date and the next hard date."""
    return clock_in(at.talks.experiment, at.round)


def _can(at: Standing) -> tuple[Act, ...]:
    assert at.turn is not None
    accept = () if at.turn.offer is None else (Act.ACCEPT,)
    offer = () if at.turn.last else (Act.OFFER,)
    return (*offer, *accept, Act.WAIT, Act.WALK)
