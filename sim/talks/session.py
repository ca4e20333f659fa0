"""One meeting: alternating offers until one is accepted, at least in principle, or the time is up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.talks.seats import Seat
from sim.talks.situation import Decision, Offer, Refusal, Side, Situation

__all__ = ["Exchange", "Meeting", "hold_benchmark", "hold_draft", "hold_session"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Exchange:
    """An offer and the answer to it; `offer` is None when the side passed."""

    step: int
    offer: Offer | None
    decision: Decision | None


@dataclass(frozen=True, eq=False)
class Meeting:
    """What happened in a session.

    Attributes
    ----------
    exchanges : tuple of Exchange
        Offers and answers.
    agreed : Offer or None
        The offer that was accepted.
    in_principle : Offer or None
        An offer both sides would take, once the text is ready; the session ends with it.
    """

    exchanges: tuple[Exchange, ...]
    agreed: Offer | None = None
    in_principle: Offer | None = None

    @property
    def broken(self) -> bool:
        """Whether a side left."""
        last = self.exchanges[-1].decision if self.exchanges else None
        return last is not None and last.reason is Refusal.LEFT


def hold_session(
    seats: Mapping[Side, Seat], view: Callable[[Side, int], Situation], opener: Side, offers: int
) -> Meeting:
    """Let two seats exchange offers, the opener first; a side that leaves ends the session.

    Parameters
    ----------
    seats : mapping
        Who sits for each side.
    view : callable
        Situation of a side at a step.
    opener : Side
        Who makes the first offer.
    offers : int
        Most offers exchanged.
    """
    other = {Side.PARTNER: Side.US, Side.US: Side.PARTNER}
    exchanges, mover = [], opener
    for step in range(offers):
        offer = seats[mover].propose(view(mover, step))
        answer = None if offer is None else seats[other[mover]].respond(view(other[mover], step), offer)
        exchanges.append(Exchange(step, offer, answer))
        if answer is not None and answer.accepted:
            return Meeting(tuple(exchanges), agreed=offer)
        if answer is not None and answer.reason is Refusal.NOT_READY:
            return Meeting(tuple(exchanges), in_principle=offer)
        if answer is not None and answer.reason is Refusal.LEFT:
            break
        mover = other[mover]
    return Meeting(tuple(exchanges))


def hold_benchmark(levels: Ints | None, may_close: bool) -> Meeting:
    """Hold the session that theory describes: its solution is on the table at once, and signed once a text is ready.

    Parameters
    ----------
    levels : ndarray (K,) or None
        The solution; None when there is nothing to agree on.
    may_close : bool
        Whether a text can be closed in this session.
    """
    if levels is None:
        return Meeting(())
    offer = Offer(Side.US, levels)
    if may_close:
        return Meeting((Exchange(0, offer, Decision(True)),), agreed=offer)
    return Meeting((Exchange(0, offer, Decision(False, Refusal.NOT_READY)),))


def hold_draft(offer: Offer | None, views: dict[Side, Situation], may_close: bool) -> Meeting | None:
    """Spend the session on the text of what is agreed in principle; None when a side no longer wants it."""
    if offer is None:
        return None
    if not all(view.admits(offer.levels) and view.worth(offer.levels) >= view.least for view in views.values()):
        return None
    exchange = Exchange(0, offer, Decision(True) if may_close else Decision(False, Refusal.NOT_READY))
    return Meeting((exchange,), agreed=offer) if may_close else Meeting((exchange,), in_principle=offer)
