"""One partner and the United States in one week: the table, the session, and what follows from it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.luck import Purpose, uniform
from sim.mechanisms import headlines_so_far, precedent_slope, precedent_weights, raised_reservation, showcase_value
from sim.talks.bilateral import Bilateral
from sim.talks.deal import may_sign
from sim.talks.delegation import PRESIDENT, attending
from sim.talks.packages import nash_package
from sim.talks.precedents import with_precedent
from sim.talks.session import Meeting, hold_benchmark, hold_draft, hold_session
from sim.talks.situation import Side, Situation
from sim.talks.table import Beliefs, Stakes, Table
from sim.talks.value import annuity, value_without

if TYPE_CHECKING:
    from sim.talks.agents import Partner
    from sim.talks.model import TariffTalks, WorldView

__all__ = ["lay_table", "meet", "side_views"]

Floats = NDArray[np.float64]


def meet(model: TariffTalks, partner: Partner, view: WorldView) -> tuple[Partner, Table, Meeting]:
    """Hold a session, and let the partner draw its conclusions."""
    table = lay_table(model, partner, view)
    meeting = _hold(model, partner, view, table)
    partner.take_leave(meeting, table)
    model.record.session(model.round, partner, table, meeting)
    return partner, table, meeting


def lay_table(model: TariffTalks, partner: Partner, view: WorldView) -> Table:
    """Lay the table for a partner: values, ladders and stakes of this week, with those who attend."""
    president = model.president_with(partner)
    luck, key = model.luck, partner.terms.economy.key
    bench = model.setup.benches[partner.index]
    present = attending(bench, (luck.seed, luck.replication, key), model.round, president)
    win_set = model.win_set(partner)
    i, setup = partner.index, model.setup
    seating = model.hand.seating(i, present, win_set)
    table = Table(
        terms=partner.terms,
        preferences=seating.values,
        ladders=seating.ladders,
        stakes=_stakes(model, partner, view, seating.headlines),
        win_set=win_set,
        agenda=setup.agenda(bool(present & PRESIDENT)),
        present=present,
    )
    weights = precedent_weights(setup.alike[i], setup.scales, view.unsigned, i)
    return with_precedent(table, model.experiment.mechanisms.precedent.strength, weights)


def _hold(model: TariffTalks, partner: Partner, view: WorldView, table: Table) -> Meeting:
    """Let both sides look at the table and bargain by the protocol."""
    session = model.experiment.session
    president = int(model.president_with(partner))
    to_close = partner.to_close(model.rushed(view.deadline))
    may_close = may_sign(partner.sessions + 1, to_close, president, model.round, partner.sign_from)
    views = side_views(model, partner, table, may_close)
    if session.protocol == "nash":
        return hold_benchmark(nash_package(table, session.power, views[Side.PARTNER].least), may_close)

    def look(side: Side, step: int) -> Situation:
        views[side].elapsed = partner.elapsed(view.deadline, step, session.offers)
        views[side].moment = partner.moment(view.deadline, step)
        return views[side]

    seats = {Side.PARTNER: partner.seat, Side.US: model.us.seat(partner)}
    drafted = hold_draft(partner.in_principle, views, may_close)
    return drafted or hold_session(seats, look, _opener(model, partner), session.offers)


def side_views(model: TariffTalks, partner: Partner, table: Table, may_close: bool = False) -> dict[Side, Situation]:
    """Return what each side sees of a table."""
    beliefs = Beliefs(model.toughness_belief[0], model.us.price_mean)
    views = {
        Side.PARTNER: table.partner_view(beliefs, _reservation(model, partner, table), partner.haste, may_close),
        Side.US: table.us_view(beliefs, model.us.toughness, model.us.haste, may_close),
    }
    leasts = views[Side.PARTNER].least, views[Side.US].least
    for at, view in enumerate(views.values()):
        view.lay = partial(Bilateral, table, leasts, at)
    return views


def _stakes(model: TariffTalks, partner: Partner, view: WorldView, headlines: float) -> Stakes:
    """What surrounds the package this week."""
    m, clock, court = model.experiment.mechanisms, model.experiment.clock, model.experiment.court
    i, gain, home = partner.index, view.gain[partner.index], view.home[partner.index]
    return Stakes(
        annuity=float(annuity(model.round, clock.horizon, model.delta)),
        gain=gain,
        home=home,
        partner_no_deal=_without(
            model,
            partner,
            model.spans(view.deadline, court.partner_belief),
            (gain, view.answered[0][i]),
            partner.pain(),
        ),
        us_no_deal=_without(
            model,
            partner,
            model.spans(view.deadline, court.us_belief),
            (home, view.answered[1][i]),
            model.us.pain(partner),
        ),
        showcase=headlines * _applause(model, partner, view) + view.next_deal,
        precedent=m.precedent.strength,
        slope=float(precedent_slope(model.setup.alike[i], view.stake, view.unsigned, i)),
    )


def _applause(model: TariffTalks, partner: Partner, view: WorldView) -> float:
    """Political win of a deal with the partner, after those signed so far, USD bn (M2)."""
    showcase, headline = model.experiment.mechanisms.showcase, model.setup.headline
    value, so_far = showcase.value * headline[partner.index], headlines_so_far(headline, view.unsigned)
    return float(showcase_value(showcase.strength, value, showcase.decay, so_far))


def _without(
    model: TariffTalks, partner: Partner, spans: tuple[float, float, float], curves: tuple[Floats, Floats], hurt: float
) -> float:
    """Value of no deal to a side (V2) whose flows by own rate are given, before the partner answers and after."""
    threat, terms = model.experiment.threat, partner.terms
    rates = (
        partner.effective_rate,
        terms.rate(partner.threatened, threat.auto_rate),
        terms.rate(0.0, threat.auto_rate),
    )
    ahead = curves[1 if partner.answers else 0], curves[1]
    return float(value_without(ahead, terms.steps, rates, spans, threat.credibility, hurt))


def _opener(model: TariffTalks, partner: Partner) -> Side:
    """The opener alternates by session, after a toss for the first, or is drawn for every session."""
    luck = model.luck
    if model.experiment.session.opener == "drawn":
        key = partner.terms.economy.key
        draw = uniform(luck.seed, luck.replication, key, int(Purpose.FIRST_WORD), model.round)
        return Side.PARTNER if draw < 0.5 else Side.US
    toss = uniform(luck.seed, luck.replication, partner.terms.economy.key, int(Purpose.OPENER), 0)
    return Side.PARTNER if (partner.sessions + int(toss < 0.5)) % 2 == 0 else Side.US


def _reservation(model: TariffTalks, partner: Partner, table: Table) -> float:
    """Gain a partner insists on: none, or a share of what comparable peers got."""
    parity = model.experiment.mechanisms.parity
    if parity.strength <= 0.0:
        return 0.0
    peers = [peer for deal in model.us.deals if model.comparable(partner, peer := model.partner(deal.iso))]
    if not peers:
        return 0.0
    return raised_reservation(parity.strength, table.best_peer_gain([peer.shares for peer in peers]))
