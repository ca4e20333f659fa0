"""The talks: one United States, many partners, weekly rounds against a deadline."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import partial

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.bargaining import Moment
from sim.luck import Purpose, normal, uniform
from sim.mechanisms import (
    precedent_slope,
    raised_reservation,
    revise_mean,
    revise_variance,
    same_terms,
    seat_talks,
    showcase_value,
    signal_variance,
    weekly_capacity,
    world_states,
)
from sim.scenario import Scenario
from sim.scenario.preferences import PartnerOverride
from sim.talks.agents import Deal, Partner, Status, UnitedStates
from sim.talks.bilateral import Bilateral
from sim.talks.clock import effective_round
from sim.talks.closing import close_deal
from sim.talks.hub import worth_of_next
from sim.talks.packages import nash_package
from sim.talks.preferences import Luck
from sim.talks.queue import opening_rounds
from sim.talks.record import Record
from sim.talks.session import Exchange, Meeting, hold_benchmark, hold_session
from sim.talks.setup import Hand, Setup, prepare
from sim.talks.situation import Decision, Offer, Refusal, Side, Situation
from sim.talks.table import Beliefs, Stakes, Table
from sim.talks.terms import AUTO, TARIFF
from sim.talks.value import (
    annuity,
    flow,
    gain_curves,
    home_curves,
    no_deal,
    stakes_of,
    weekly_factor,
    yearly_flows,
)

__all__ = ["TariffTalks", "WorldView"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class WorldView:
    """The world as a round begins; every session of the round sees this and nothing later.

    Attributes
    ----------
    gain, home : ndarray (N, rates)
        g_i, and h_i with political weights, by own rate in the state of the world as each partner meets it.
    unsigned : ndarray (N,)
        Partners without a deal.
    stake : ndarray (N,)
        Yearly cost to the United States of more generosity to each, USD bn per unit of relative cut.
    deals : int
        Deals signed before the round.
    next_deal : float
        What one more is worth to the United States beyond its own terms, once, USD bn.
    deadline : int or None
        Next announced deadline.
    """

    gain: Floats
    home: Floats
    unsigned: NDArray[np.bool_]
    stake: Floats
    deals: int
    next_deal: float
    deadline: int | None


class TariffTalks(mesa.Model):  # type: ignore[misc]
    """The Mesa model of the talks.

    Parameters
    ----------
    scenario : Scenario or Setup
        The experiment; pass a Setup or a Hand to share its preparation among many runs.
    position : int, optional
        Place of the focal partner in the queue; None keeps the order of the scenario.
    replication : int
        Which luck to draw; runs of one replication are twins.
    collect : bool
        Whether to fill the data collector (a tenth of the time of a run).
    narrate : bool
        Whether to keep every offer in the record.

    Attributes
    ----------
    us : UnitedStates
    partners : list of Partner
        In the order of the facts.
    record : Record
        What happened.
    """

    partner_class: type[Partner] = Partner
    us_class: type[UnitedStates] = UnitedStates

    def __init__(
        self,
        scenario: Scenario | Setup | Hand,
        position: int | None = None,
        replication: int = 0,
        *,
        collect: bool = True,
        narrate: bool = False,
    ) -> None:
        super().__init__()
        self.hand = _dealt(scenario, replication)
        self.setup, self.luck = self.hand.setup, self.hand.luck
        self.experiment = self.setup.scenario
        self.position = position
        self.round = 0
        self.delta = float(weekly_factor(self.experiment.clock.discount_rate))
        opens = opening_rounds(self.setup, position)
        self.us = self.us_class(self)
        self.partners = [self.partner_class(self, i, t, opens[i]) for i, t in enumerate(self.setup.terms)]
        self._by_iso = {partner.iso: partner for partner in self.partners}
        self.toughness_belief = (self.experiment.united_states.toughness, self.experiment.united_states.toughness_sd**2)
        self.snapped: int | None = None
        self._spans: list[tuple[float, Floats, Floats]] = []
        self.record = Record(narrate=narrate)
        self.datacollector = _collector() if collect else None

    # ------------------------------------------------------------------ the round

    def step(self) -> None:
        """Hold one round (section 6 of the model)."""
        self._dated_events()
        for partner in self.partners:
            partner.open_talks()
        view = self.look_around()
        agreed = [self._meet(partner, view) for partner in self._seated()]
        signed = [deal for talk in agreed if talk is not None and (deal := close_deal(self, *talk)) is not None]
        self._publish(signed)
        self._bear_tariffs()
        if self.datacollector is not None:
            self.datacollector.collect(self)
        self.record.week(self)
        self.round += 1

    def run(self) -> TariffTalks:
        """Hold all rounds, then value the rest of the horizon as things stand."""
        while self.round < self.experiment.clock.rounds:
            self.step()
        self._count_weeks(self.experiment.clock.horizon)
        if self.experiment.settlement == "exact":
            self._settle()
        return self

    @property
    def average_rate(self) -> float:
        """Effective rate on all partners, weighted by US imports."""
        rates = self._rates()
        return float((self.setup.imports * rates).sum() / self.setup.imports.sum())

    def partner(self, iso: str) -> Partner:
        """Return the partner with a code; raise KeyError if it is not in the run."""
        return self._by_iso[iso]

    # ------------------------------------------------------------------ 1 events

    def _dated_events(self) -> None:
        for event in self.setup.timeline.at(self.round):
            self.record.event(self.round, event.action, until=None if event.until is None else event.until.isoformat())
            if event.action == "letters":
                for partner in self.partners:
                    partner.threat = event.rates.get(partner.iso, partner.threat)
        if self.round in self.setup.timeline.snaps():
            self.snapped = self.round
            for partner in self.partners:
                partner.snap()

    # ------------------------------------------------------------------ 2 the world as it is

    def _rates(self) -> Floats:
        """Effective rates in force, ndarray (N,)."""
        return np.array([p.effective_rate for p in self.partners])

    def states(self) -> Floats:
        """State of the world as each partner meets it at the tariffs in force: omega, spill, tilt; ndarray (N, 3)."""
        s, strength = self.setup, self.experiment.mechanisms.diversion.strength
        return world_states(strength, s.start, self._rates(), s.market)

    def look_around(self) -> WorldView:
        """Return the world as the round finds it."""
        s, states = self.setup, self.states()
        gain, home = gain_curves(s.gain, s.steps, states), home_curves(s.home, s.steps, states)
        return WorldView(
            gain=gain,
            home=home,
            unsigned=np.array([p.deal is None for p in self.partners]),
            stake=stakes_of(home, s.steps, s.bounds),
            deals=len(self.us.deals),
            next_deal=worth_of_next(self.experiment, len(self.us.deals), len(self.partners)),
            deadline=self.setup.timeline.deadline(self.round),
        )

    # ------------------------------------------------------------------ 3 who is met

    def _seated(self) -> list[Partner]:
        a = self.experiment.mechanisms.attention
        is_open = np.array([p.status is Status.TALKING for p in self.partners])
        waiting = np.array([float(self.round - p.last_met) for p in self.partners])
        capacity = weekly_capacity(a.strength, a.capacity, len(self.partners))
        window = a.window if a.strength > 0.0 else len(self.partners)
        chosen = seat_talks(is_open, waiting, self.setup.importance, capacity, window)
        return [p for p in self.partners if chosen[p.index]]

    # ------------------------------------------------------------------ 4 sessions

    def table(self, partner: Partner, view: WorldView) -> Table:
        """Lay the table for a partner: values, ladders and stakes of this round."""
        president = self.president_with(partner)
        i = partner.index
        return Table(
            terms=partner.terms,
            preferences=self.hand.values(i),
            ladders=self.hand.ladders(i, president),
            stakes=self._stakes(partner, view),
            win_set=partner.win_set(self.round),
        )

    def _stakes(self, partner: Partner, view: WorldView) -> Stakes:
        m, clock, terms = self.experiment.mechanisms, self.experiment.clock, partner.terms
        i, gain, home = partner.index, view.gain[partner.index], view.home[partner.index]
        annuities = self._annuities(view.deadline)
        threat = terms.rate(partner.threat, self.experiment.threat.auto_rate)

        def without(curve: Floats, hurt: float) -> float:
            now = flow(curve, terms.steps, partner.effective_rate)
            then = flow(curve, terms.steps, threat)
            return float(no_deal(annuities, self.experiment.threat.credibility, now, then, hurt))

        return Stakes(
            annuity=float(annuity(self.round, clock.horizon, self.delta)),
            gain=gain,
            home=home,
            partner_no_deal=without(gain, partner.pain()),
            us_no_deal=without(home, self.us.pain(partner)),
            showcase=float(showcase_value(m.showcase.strength, m.showcase.value, m.showcase.decay, view.deals))
            + view.next_deal,
            precedent=m.precedent.strength,
            slope=float(precedent_slope(self.setup.alike[i], view.stake, view.unsigned, i)),
        )

    def _annuities(self, deadline: int | None) -> Floats:
        """A(t, D) and A(D, S); without a deadline ahead all that is left counts at the rates in force."""
        horizon = self.experiment.clock.horizon
        turn = horizon if deadline is None else min(deadline, horizon)
        return np.array([annuity(self.round, turn, self.delta), annuity(turn, horizon, self.delta)])

    def _meet(self, partner: Partner, view: WorldView) -> tuple[Partner, Table, Meeting] | None:
        """Hold a session; return it when a package was agreed."""
        session, table = self.experiment.session, self.table(partner, view)
        may_close = partner.sessions + 1 >= partner.terms.to_close or self.president_with(partner)
        views = self.views(partner, table, may_close)

        def look(side: Side, step: int) -> Situation:
            views[side].elapsed = self._elapsed(partner, view.deadline, step / session.offers)
            views[side].moment = self._moment(partner, view.deadline, step)
            return views[side]

        seats = {Side.PARTNER: partner.seat, Side.US: self.us.seat(partner)}
        if session.protocol == "nash":
            meeting = hold_benchmark(nash_package(table, session.power, views[Side.PARTNER].least), may_close)
        else:
            drafted = _draft(partner.in_principle, views, may_close)
            meeting = drafted or hold_session(seats, look, self._opener(partner), session.offers)
        partner.in_principle = meeting.in_principle
        partner.sessions += 1
        partner.last_met = self.round
        self.record.session(self.round, partner, table, meeting)
        return (partner, table, meeting) if meeting.agreed is not None else None

    def views(self, partner: Partner, table: Table, may_close: bool = False) -> dict[Side, Situation]:
        """Return what each side sees of a table."""
        beliefs = Beliefs(self.toughness_belief[0], self.us.price_mean)
        views = {
            Side.PARTNER: table.partner_view(beliefs, self._reservation(partner, table), partner.haste, may_close),
            Side.US: table.us_view(beliefs, self.us.toughness, self.us.haste, may_close),
        }
        leasts = views[Side.PARTNER].least, views[Side.US].least
        for at, view in enumerate(views.values()):
            view.lay = partial(Bilateral, table, leasts, at)
        return views

    def _moment(self, partner: Partner, deadline: int | None, step: int) -> Moment:
        """Offers made and to come, from the opening to the deadline, or over the patience when none lies ahead."""
        since = partner.opens if deadline is not None else max(partner.opens, self.snapped or 0)
        weeks = self.experiment.clock.patience if deadline is None else max(1, deadline - since)
        offers = self.experiment.session.offers
        return Moment(min((self.round - since) * offers + step, weeks * offers - 1), weeks * offers)

    def _elapsed(self, partner: Partner, deadline: int | None, fraction: float) -> float:
        """tau: elapsed share of the time from the opening to the deadline, or of the patience when none lies ahead."""
        if deadline is not None:
            return (self.round + fraction - partner.opens) / max(1, deadline - partner.opens)
        since = max(partner.opens, self.snapped or 0)
        return (self.round + fraction - since) / self.experiment.clock.patience

    def _opener(self, partner: Partner) -> Side:
        """The opener alternates by session, after a toss for the first."""
        toss = uniform(self.luck.seed, self.luck.replication, partner.terms.economy.key, int(Purpose.OPENER), 0)
        return Side.PARTNER if (partner.sessions + int(toss < 0.5)) % 2 == 0 else Side.US

    def _reservation(self, partner: Partner, table: Table) -> float:
        """Gain a partner insists on: none, or a share of what comparable peers got."""
        parity = self.experiment.mechanisms.parity
        if parity.strength <= 0.0:
            return 0.0
        peers = [peer for deal in self.us.deals if self._comparable(partner, peer := self.partner(deal.iso))]
        if not peers:
            return 0.0
        return raised_reservation(parity.strength, table.best_peer_gain(np.array([peer.shares for peer in peers])))

    def _comparable(self, one: Partner, other: Partner) -> bool:
        return self.setup.comparable[one.index][other.index]

    # ------------------------------------------------------------------ 6 the record

    def _publish(self, signed: list[Deal]) -> None:
        """Put deals in force, let clauses carry their rates over, and let both sides learn from them."""
        for deal in signed:
            self.partner(deal.iso).sign(deal)
            self.us.deals.append(deal)
            self.record.deal(self.round, self.partner(deal.iso), deal)
        for deal in signed:
            self._carry_over(self.partner(deal.iso))
            self._learn(self.partner(deal.iso))

    def _carry_over(self, newest: Partner) -> None:
        """Level earlier comparable deals with a clause; off with parity itself."""
        if self.experiment.mechanisms.parity.strength <= 0.0:
            return
        for partner in self.partners:
            earlier = partner.deal is not None and partner.deal.round < self.round
            if earlier and partner.deal is not None and partner.deal.clause and self._comparable(partner, newest):
                theirs = same_terms(newest.shares, partner.terms.counts)
                before = partner.effective_rate
                partner.level_up(int(theirs[TARIFF]), int(theirs[AUTO]))
                if partner.effective_rate < before:
                    self.record.event(
                        self.round, "clause", partner=partner.iso, after=newest.iso, rate=partner.effective_rate
                    )

    def _learn(self, partner: Partner) -> None:
        """Partners revise their belief about the toughness of the United States, these theirs about prices."""
        learning, luck, key = self.experiment.mechanisms.learning, self.luck, partner.terms.economy.key
        noise = signal_variance(learning.noise, learning.transparency)
        if noise == math.inf or learning.strength <= 0.0:
            return
        z = normal(luck.seed, luck.replication, key, int(Purpose.SIGNAL), 0)
        mean, variance = self.toughness_belief
        seen = self.us.toughness + math.sqrt(noise) * z
        belief = revise_mean(learning.strength, mean, variance, seen, noise)
        self.toughness_belief = (min(0.95, max(0.0, belief)), revise_variance(learning.strength, variance, noise))
        self.us.learn_price(self.hand.values(partner.index).log_surprise, noise)

    # ------------------------------------------------------------------ 7 tariffs

    def _bear_tariffs(self) -> None:
        """Count the week at the tariffs now in force."""
        self._count_weeks(min(self.round + 1, self.experiment.clock.horizon))
        for partner in self.partners:
            partner.tariff_weeks += partner.effective_rate
        self.us.tariff_weeks += self.average_rate

    def _count_weeks(self, end: int) -> None:
        """Add the weeks from this round to `end` to every partner's value, at the tariffs now in force (V1)."""
        weeks, rates, s = float(annuity(self.round, end, self.delta)), self._rates(), self.setup
        flows = yearly_flows(gain_curves(s.gain, s.steps, self.states()), s.steps, rates)
        costs = np.array([partner.yearly_cost() for partner in self.partners])
        for partner in self.partners:
            partner.value += weeks * float(flows[partner.index] - costs[partner.index])
        if self.experiment.settlement == "exact":
            self._spans.append((weeks, rates, costs))

    def _settle(self) -> None:
        """Value all spans anew with the trade model itself (V1)."""
        from sim.talks.settlement import exact_flows

        weeks, rates, costs = (np.array(part) for part in zip(*self._spans, strict=True))
        values = (weeks[:, None] * (exact_flows(self.setup, rates) - costs)).sum(axis=0)
        for partner in self.partners:
            partner.value = float(values[partner.index])

    # ------------------------------------------------------------------ politics

    def is_focal(self, partner: Partner) -> bool:
        """Whether this is the partner whose place is varied."""
        return bool(partner.iso == self.experiment.queue.focal)

    def president_with(self, partner: Partner) -> bool:
        """Whether the President sits at this table this week."""
        return self.is_focal(partner) and self.round in self.experiment.politics.president_rounds

    def limits_bind(self, override: PartnerOverride, round_: int) -> bool:
        """Whether a partner's limits still hold."""
        return override.limits_until is None or round_ < effective_round(date.fromisoformat(override.limits_until))

    def lever_weight(self, partner: Partner) -> float:
        """How far the focal partner's Treasury holdings count: not at all, as a card, or in full."""
        politics = self.experiment.politics
        if not self.is_focal(partner):
            return 0.0
        return {"ruled_out": 0.0, "card": politics.card_weight, "used": 1.0}[politics.treasuries]

    def lever_bite(self, partner: Partner) -> float:
        """Yearly cost of the lever to the United States while there is no deal, USD bn."""
        holdings = partner.terms.economy.treasury_holdings
        return self.lever_weight(partner) * self.experiment.politics.treasuries_pressure * holdings

    def lever_price(self, partner: Partner) -> float:
        """Yearly cost of the lever to its user while there is no deal, USD bn."""
        holdings = partner.terms.economy.treasury_holdings
        return self.lever_weight(partner) * self.experiment.politics.treasuries_price * holdings

    def lever_price_paid(self, partner: Partner) -> float:
        """What of that price is really paid: a card that is only shown costs nothing yet."""
        return self.lever_price(partner) if self.experiment.politics.treasuries == "used" else 0.0


def _draft(offer: Offer | None, views: dict[Side, Situation], may_close: bool) -> Meeting | None:
    """Spend the session on the text of what is agreed in principle; None when a side no longer wants it."""
    if offer is None:
        return None
    if not all(view.admits(offer.levels) and view.worth(offer.levels) >= view.least for view in views.values()):
        return None
    exchange = Exchange(0, offer, Decision(True) if may_close else Decision(False, Refusal.NOT_READY))
    return Meeting((exchange,), agreed=offer) if may_close else Meeting((exchange,), in_principle=offer)


def _dealt(source: Scenario | Setup | Hand, replication: int) -> Hand:
    """Make whatever was passed into a hand of luck."""
    if isinstance(source, Hand):
        return source
    setup = prepare(source) if isinstance(source, Scenario) else source
    return Hand(setup, Luck(setup.scenario.seed, replication))


def _collector() -> mesa.DataCollector:
    """What a Mesa user finds in the frames, by round and by partner."""
    return mesa.DataCollector(
        model_reporters={
            "round": "round",
            "deals": lambda m: len(m.us.deals),
            "average_rate": lambda m: m.average_rate,
            "pressure": lambda m: m.us.psi,
        },
        agenttype_reporters={
            Partner: {
                "iso": "iso",
                "status": lambda a: a.status.value,
                "tariff": "tariff",
                "auto_tariff": "auto_tariff",
                "effective_rate": "effective_rate",
                "sessions": "sessions",
                "value": "value",
            }
        },
    )
