"""One meeting between two built-in negotiators."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.bargaining import accepts, next_offer
from sim.compiled import compiled
from sim.ensemble.kernel.seeing import look_partner, look_us, reservation
from sim.ensemble.kernel.state import NOONE, PARTNER, US, WALKED_OUT
from sim.ensemble.kernel.table import admits, haste, lay_table, worth_to_partner, worth_to_us
from sim.ensemble.kernel.talks import Talks
from sim.talks.clock import share_elapsed

__all__ = ["ask_next", "elapsed", "meet"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Gains = tuple[Floats, Floats]
Pair = tuple[float, float]
Clock = tuple[float, float, float]


@compiled
def meet(talks: Talks, i: int) -> None:
    """Hold a session of the i-th partner, and let it draw its conclusions."""
    lay_table(talks, i)
    table, partner, whole = talks.state.tables[i], talks.state.partners[i], talks.state.whole[0]
    table.agreed, table.struck = NOONE, 0
    table.may_close = 1 if partner.sessions + 1 >= talks.facts.cards[i].to_close or table.president else 0
    least = reservation(talks, i)
    theirs, their_most = look_partner(talks, i, least)
    ours, table.most = look_us(talks, i)
    leasts = (least, whole.belief * their_most), (talks.hand.toughness[0] * table.most, 0.0)
    insulted = False
    if still_wanted(talks, i, leasts):
        settle(talks, i, talks.state.draft[i], partner.drafted)
    else:
        partner.drafted = NOONE
        insulted = bargain(talks, i, (theirs, ours), leasts)
    partner.affronts = partner.affronts + 1 if insulted else 0
    partner.sessions += 1
    partner.last_met = whole.round
    if 0 < talks.facts.law[0].walk_after <= partner.affronts:
        partner.status, partner.affronts = WALKED_OUT, 0
        partner.away_until = whole.round + talks.facts.law[0].return_after


@compiled
def still_wanted(talks: Talks, i: int, leasts: tuple[Pair, Pair]) -> bool:
    """Whether there is a draft that both sides would still take."""
    if talks.state.partners[i].drafted == NOONE:
        return False
    draft = talks.state.draft[i]
    return (
        admits(talks, i, draft)
        and worth_to_partner(talks, i, draft) >= leasts[PARTNER][0]
        and worth_to_us(talks, i, draft) >= leasts[US][0]
    )


@compiled
def settle(talks: Talks, i: int, levels: Ints, by: int) -> None:
    """Agree on a package: for good where a text can close, in principle otherwise."""
    table, partner = talks.state.tables[i], talks.state.partners[i]
    if table.may_close:
        table.agreed, table.struck, partner.drafted = by, 1, NOONE
        talks.state.offer[i] = levels
    else:
        partner.drafted = by
        talks.state.draft[i] = levels


@compiled
def bargain(talks: Talks, i: int, gains: Gains, leasts: tuple[Pair, Pair]) -> bool:
    """Exchange offers; return whether all that the United States offered was worse than no deal for the partner."""
    law, partner, at = talks.facts.law[0], talks.state.partners[i], talks.state.tables[i].seating
    betas = (
        haste(talks, partner.tariff_weeks, talks.hand.beta[i]),
        haste(talks, talks.state.whole[0].tariff_weeks, law.us_beta),
    )
    mover = PARTNER if (partner.sessions + talks.hand.toss[i]) % 2 == 0 else US
    offered, hopeless = False, True
    for step in range(law.offers):
        tau = elapsed(talks, i, step / law.offers)
        rung, _ = ask_next(talks.state.seats[i, mover], gains[mover], leasts[mover], (tau, betas[mover], law.gamma))
        if rung >= 0:
            levels = talks.ladders.levels[at, mover, rung]
            clock = tau, betas[1 - mover], law.gamma
            if mover == US:
                offered, hopeless = True, hopeless and worth_to_partner(talks, i, levels) < 0.0
            if takes(talks, i, 1 - mover, levels, (gains[1 - mover], leasts[1 - mover], clock)):
                settle(talks, i, levels, mover)
                break
        mover = 1 - mover
    return offered and hopeless


@compiled
def takes(talks: Talks, i: int, side: int, levels: Ints, view: tuple[Floats, Pair, Clock]) -> bool:
    """Whether a side takes an offer: one as good as its own next (AC_next), inside the win-set.

    `view` is its gains, the reservation gains and its clock.
    """
    gains, leasts, clock = view
    seat, heard = talks.state.seats[i, side], talks.state.heard[i, side]
    worth = worth_to(talks, i, side, levels)
    if seat.heard:
        seat.conceded = max(0.0, worth - worth_to(talks, i, side, heard))
    heard[:] = levels
    seat.heard = 1
    if (side == PARTNER and not admits(talks, i, levels)) or worth < leasts[0]:
        return False
    _, ask = ask_next(seat, gains, leasts, clock)
    return accepts(worth, ask, leasts[0])


@compiled
def worth_to(talks: Talks, i: int, side: int, levels: Ints) -> float:
    """What a package is worth to a side, USD bn over no deal."""
    return worth_to_partner(talks, i, levels) if side == PARTNER else worth_to_us(talks, i, levels)


@compiled
def ask_next(seat: Any, gains: Floats, leasts: Pair, clock: Clock) -> tuple[int, float]:
    """Rung of a side's next offer and the gain it asks for."""
    rung, ask, asked = next_offer(gains[0], gains[1], leasts, clock, (seat.asked, seat.conceded))
    seat.asked, seat.conceded = asked, 0.0
    return rung, ask


@compiled
def elapsed(talks: Talks, i: int, fraction: float) -> float:
    """Tau of the i-th partner's talks."""
    whole = talks.state.whole[0]
    opens, patience = talks.state.partners[i].opens, talks.facts.law[0].patience
    return share_elapsed(whole.round + fraction, opens, whole.deadline, whole.snapped, patience)
