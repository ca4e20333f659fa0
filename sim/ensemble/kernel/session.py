"""One meeting between two built-in negotiators."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.bargaining import accepts, best_attainable, offer_towards
from sim.bargaining.aspiration import aspiration
from sim.compiled import inner
from sim.ensemble.kernel.ladders import same
from sim.ensemble.kernel.seeing import look_partner, look_us, reservation
from sim.ensemble.kernel.state import NOONE, PARTNER, US, WALKED_OUT
from sim.ensemble.kernel.table import admits, haste, lay_table, pressed, worth_to_partner, worth_to_us
from sim.ensemble.kernel.talks import Talks
from sim.luck import Purpose, uniform
from sim.mechanisms import sessions_needed
from sim.talks.clock import share_elapsed
from sim.talks.deal import may_sign

__all__ = ["Pair", "ask_next", "elapsed", "meet", "span"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pair = tuple[float, float]
_FIRST_WORD = int(Purpose.FIRST_WORD)
#: No rung of the other side's ladder has been heard in this session.
NOWHERE = -1


@inner
def meet(talks: Talks, i: int) -> None:
    """Hold a session of the i-th partner, and let it draw its conclusions."""
    table, partner, whole = talks.state.tables[i], talks.state.partners[i], talks.state.whole[0]
    psi = pressed(talks, partner.tariff_weeks)
    lay_table(talks, i, psi)
    table.agreed, table.struck = NOONE, 0
    card, now = talks.facts.cards[i], whole.round
    to_close = sessions_needed(card.to_close, whole.rushed == 1, talks.facts.law[0].rush_text)
    table.may_close = may_sign(partner.sessions + 1, to_close, table.president, now, card.sign_from)
    least = reservation(talks, i)
    their_most = look_partner(talks, i, least)
    table.most = look_us(talks, i)
    leasts = (least, whole.belief * their_most), (talks.hand.toughness[0] * table.most, 0.0)
    insulted = False
    if still_wanted(talks, i, leasts):
        settle(talks, i, talks.state.draft[i], partner.drafted)
    else:
        partner.drafted = NOONE
        insulted = bargain(talks, i, leasts, (haste(talks, psi, talks.hand.beta[i]), whole.haste))
    partner.affronts = partner.affronts + 1 if insulted else 0
    partner.sessions += 1
    partner.last_met = whole.round
    if 0 < talks.facts.law[0].walk_after <= partner.affronts:
        partner.status, partner.affronts = WALKED_OUT, 0
        partner.away_until = whole.round + talks.facts.law[0].return_after


@inner
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


@inner
def settle(talks: Talks, i: int, levels: Ints, by: int) -> None:
    """Agree on a package: for good where a text can close, in principle otherwise."""
    table, partner = talks.state.tables[i], talks.state.partners[i]
    if table.may_close:
        table.agreed, table.struck, partner.drafted = by, 1, NOONE
        talks.state.offer[i] = levels
    else:
        partner.drafted = by
        talks.state.draft[i] = levels


@inner
def bargain(talks: Talks, i: int, leasts: tuple[Pair, Pair], betas: Pair) -> bool:
    """Exchange offers; return whether all that the United States offered was worse than no deal for the partner."""
    law, at, sight = talks.facts.law[0], talks.state.tables[i].seating, talks.state.sight
    gains = sight[PARTNER, :, : talks.ladders.rungs[at, PARTNER]], sight[US, :, : talks.ladders.rungs[at, US]]
    spans = span(gains[PARTNER], leasts[PARTNER]), span(gains[US], leasts[US])
    mover = opener(talks, i)
    offered, hopeless = False, True
    talks.state.seats[i, PARTNER].rung = talks.state.seats[i, US].rung = NOWHERE
    for step in range(law.offers):
        tau, other = elapsed(talks, i, step), 1 - mover
        timed = aspiration(tau, betas[mover])
        rung, _ = ask_next(talks.state.seats[i, mover], gains[mover], spans[mover], (timed, law.gamma))
        if rung >= 0:
            levels = talks.ladders.levels[at, mover, rung]
            worth = hear(talks, i, other, rung, levels)
            if mover == US:
                offered, hopeless = True, hopeless and worth < 0.0
            if (other == US or admits(talks, i, levels)) and worth >= spans[other][0]:
                timed = aspiration(tau, betas[other])
                _, ask = ask_next(talks.state.seats[i, other], gains[other], spans[other], (timed, law.gamma))
                if accepts(worth, ask, spans[other][0]):
                    settle(talks, i, levels, mover)
                    break
        mover = other
    return offered and hopeless


@inner
def span(gains: Floats, leasts: Pair) -> Pair:
    """A side's reservation gain and the best it could attain."""
    return leasts[0], best_attainable(gains[0], gains[1], leasts[0], leasts[1])


@inner
def hear(talks: Talks, i: int, side: int, rung: int, levels: Ints) -> float:
    """Let a side note an offer, and how far the other has moved since its last; return what the offer is worth to it.

    Both are taken at today's values. What was worked out in this session already is not worked out again.
    """
    seat, heard = talks.state.seats[i, side], talks.state.heard[i, side]
    if seat.rung == rung:
        seat.conceded = 0.0
        return float(seat.worth)
    worth = worth_to(talks, i, side, levels)
    if seat.heard:
        before = seat.worth
        if seat.rung == NOWHERE:
            before = worth if same(heard, levels) else worth_to(talks, i, side, heard)
        seat.conceded = max(0.0, worth - before)
    heard[:] = levels
    seat.heard, seat.rung, seat.worth = 1, rung, worth
    return worth


@inner
def worth_to(talks: Talks, i: int, side: int, levels: Ints) -> float:
    """What a package is worth to a side, USD bn over no deal."""
    return worth_to_partner(talks, i, levels) if side == PARTNER else worth_to_us(talks, i, levels)


@inner
def ask_next(seat: Any, gains: Floats, ends: Pair, clock: Pair) -> tuple[int, float]:
    """Rung of a side's next offer and the gain it asks for; `clock` is what it alone would ask, and gamma."""
    rung, ask, asked = offer_towards(gains[0], gains[1], ends, clock[0], (seat.asked, seat.conceded, clock[1]))
    seat.asked, seat.conceded = asked, 0.0
    return rung, ask


@inner
def opener(talks: Talks, i: int) -> int:
    """Side that makes the first offer: they take turns after a toss, or it is drawn for every session."""
    law, sessions = talks.facts.law[0], talks.state.partners[i].sessions
    if law.drawn_opener > 0.0:
        key, now = talks.facts.cards[i].key, talks.state.whole[0].round
        return PARTNER if uniform(law.seed, talks.hand.replication[0], key, _FIRST_WORD, now) < 0.5 else US
    return PARTNER if (sessions + talks.hand.toss[i]) % 2 == 0 else US


@inner
def elapsed(talks: Talks, i: int, step: int) -> float:
    """Tau of the i-th partner's talks at an offer."""
    whole, law = talks.state.whole[0], talks.facts.law[0]
    now, dates = (whole.round, step, law.offers), (whole.deadline, whole.snapped)
    waits = law.patience, law.extension
    return share_elapsed(now, talks.state.partners[i].opens, dates, waits, law.common > 0.0)
