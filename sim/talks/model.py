"""The talks: one United States, many partners, weekly rounds against a deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.luck import Purpose, normal
from sim.mechanisms import (
    close_texts,
    rush_priority,
    rushes,
    same_terms,
    seat_talks,
    signal_variance,
    waited,
    weekly_capacity,
    world_states,
)
from sim.scenario import Scenario, ScenarioError
from sim.talks.agents import Partner, UnitedStates
from sim.talks.announcing import announce
from sim.talks.closing import close_deal
from sim.talks.court import dated_ruling, ruling_round
from sim.talks.deal import Deal, Status
from sim.talks.home import WinSet, within_supply
from sim.talks.hub import worth_of_next
from sim.talks.lessons import Lesson, lesson_of
from sim.talks.preferences import Luck
from sim.talks.queue import opening_rounds
from sim.talks.record import Record
from sim.talks.session import Meeting
from sim.talks.setup import Hand, Setup, prepare
from sim.talks.sitting import lay_table, meet, side_views
from sim.talks.situation import Side, Situation
from sim.talks.table import Beliefs, Table
from sim.talks.terms import AUTO, TARIFF
from sim.talks.toughness import after_deal
from sim.talks.value import (
    annuity,
    average_rate,
    gain_curves,
    home_curves,
    outlook_without,
    stakes_of,
    weekly_factor,
    yearly_flows,
)

__all__ = ["TariffTalks", "WorldView"]

Floats = NDArray[np.float64]
Talk = tuple[Partner, Table, Meeting]


@dataclass(frozen=True, eq=False)
class WorldView:
    """The world as a round begins; every session of the round sees this and nothing later.

    Attributes
    ----------
    gain, home : ndarray (N, rates)
        g_i, and h_i with political weights, by own rate in the state of the world as each partner meets it.
    answered : pair of ndarray (N, rates)
        The same while the partner answers with duties of its own.
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
    answered: tuple[Floats, Floats]
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
    opens : sequence of int, optional
        Round in which the talks of each partner open, instead of what its place in the queue says.
    collect : bool
        Whether to fill the data collector (a tenth of the time of a run).
    narrate : bool
        Whether to keep every offer in the record.

    Raises
    ------
    ScenarioError
        For a place or a replication that is not there.

    Attributes
    ----------
    us : UnitedStates
    partners : list of Partner
        In the order of the facts.
    record : Record
        What happened.
    seen : ndarray (N, 3)
        State of the world in which weeks were last counted.
    """

    partner_class: type[Partner] = Partner
    us_class: type[UnitedStates] = UnitedStates

    def __init__(
        self,
        scenario: Scenario | Setup | Hand,
        position: int | None = None,
        replication: int = 0,
        *,
        opens: Sequence[int] | None = None,
        collect: bool = True,
        narrate: bool = False,
    ) -> None:
        super().__init__()
        self.hand = _dealt(scenario, replication)
        self.setup, self.luck = self.hand.setup, self.hand.luck
        if position is not None and not 1 <= position <= len(self.setup.terms):
            raise ScenarioError(f"there is no place {position}", allowed=[f"1 to {len(self.setup.terms)}"])
        self.experiment = self.setup.scenario
        self.position = position
        self.round = 0
        self.delta = float(weekly_factor(self.experiment.clock.discount_rate))
        opens = opening_rounds(self.setup, position) if opens is None else opens
        self.us = self.us_class(self)
        self.partners = [self.partner_class(self, i, t, opens[i]) for i, t in enumerate(self.setup.terms)]
        self._by_iso = {partner.iso: partner for partner in self.partners}
        self.toughness_belief = (self.experiment.united_states.toughness, self.experiment.united_states.toughness_sd**2)
        self.snapped: int | None = None
        court, luck = self.experiment.court, self.luck
        dated, horizon = dated_ruling(self.experiment), self.experiment.clock.horizon
        self.ruling = int(ruling_round(luck.seed, luck.replication, court.hazard, dated, horizon))
        self.ruled = False
        self.seen = self.setup.start
        self._spans: list[tuple[float, Floats, Floats, Floats]] = []
        self.record = Record(narrate=narrate)
        self.datacollector = _collector() if collect else None

    # ------------------------------------------------------------------ the round

    def step(self) -> None:
        """Hold one round (section 6 of the model)."""
        self._dated_events()
        for partner in self.partners:
            partner.open_talks()
            partner.come_back()
        view = self.look_around()
        talks = [meet(self, partner, view) for partner in self._seated()]
        self._meet_apart(view.deadline)
        signed = self._close([talk for talk in talks if talk[2].agreed is not None])
        self._publish(signed, {partner.iso: table for partner, table, _ in talks})
        for talk in talks:
            if talk[2].agreed is None:
                announce(self, *talk)
        self._bear_tariffs()
        if self.datacollector is not None:
            self.datacollector.collect(self)
        self.record.week(self)
        self.round += 1

    def run(self) -> TariffTalks:
        """Hold all rounds, then value the rest of the horizon as things stand."""
        rounds = self.experiment.clock.rounds
        while self.round < rounds:
            self.step()
        if self.ruling >= rounds:  # after the talks, while their outcome is still valued
            self._count_weeks(self.ruling)
            self.round = self.ruling
            self._strike_down()
        self._count_weeks(self.experiment.clock.horizon)
        self.round = rounds
        if self.experiment.settlement == "exact":
            self._settle()
        return self

    @property
    def average_rate(self) -> float:
        """Effective rate on all partners, weighted by US imports."""
        return float(average_rate(self._rates(), self.setup.imports))

    def partner(self, iso: str) -> Partner:
        """Return the partner with a code; raise KeyError if it is not in the run."""
        return self._by_iso[iso]

    # ------------------------------------------------------------------ 1 events

    def _dated_events(self) -> None:
        for event in self.setup.timeline.at(self.round):
            if event.action != "snap":  # which comes on the day to which the deadline has been moved
                until = None if event.until is None else event.until.isoformat()
                self.record.event(self.round, event.action, until=until)
            if event.announces:
                for partner in self.partners:
                    partner.threat = event.rates.get(partner.iso, partner.threat)
        if self.round == self.ruling:
            self._strike_down()
        for iso in self.setup.timeline.called_back(self.round, self._by_iso):
            self._by_iso[iso].called_back()
        if self.round in self.setup.timeline.snaps() and not self.ruled:
            self.snapped = self.round
            self.record.event(self.round, "snap", until=None)
            for partner in self.partners:
                partner.snap()

    def _strike_down(self) -> None:
        """Let the courts strike the general rates down: nothing is threatened from now on."""
        self.ruled = True
        self.record.event(self.round, "ruling", until=None)
        for partner in self.partners:
            partner.fall()

    @property
    def deadline(self) -> int | None:
        """Next round in which a threat will be carried out, as announced; None when none lies ahead."""
        return None if self.ruled else self.setup.timeline.deadline(self.round)

    def rushed(self, deadline: int | None) -> bool:
        """Whether the deadline is so near that the delegation works through."""
        a = self.experiment.mechanisms.attention
        return a.strength > 0.0 and bool(rushes(-1 if deadline is None else deadline, self.round, a.rush.weeks))

    def spans(self, deadline: int | None, hazard: float) -> tuple[float, float, float]:
        """A(t, D), A(D, S) and what follows a ruling, as a side believes; without a deadline today's rates go on."""
        horizon = self.experiment.clock.horizon
        turn = horizon if deadline is None else min(deadline, horizon)
        spans: tuple[float, float, float] = outlook_without(
            self.round, turn, horizon, self.delta, 0.0 if self.ruled else hazard
        )
        return spans

    # ------------------------------------------------------------------ 2 the world as it is

    def _rates(self) -> Floats:
        """Effective rates in force, ndarray (N,)."""
        return np.array([p.effective_rate for p in self.partners])

    def states(self) -> Floats:
        """State of the world as each partner meets it at the tariffs in force: omega, spill, tilt; ndarray (N, 3)."""
        s, strength = self.setup, self.experiment.mechanisms.diversion.strength
        return world_states(strength, s.start, self._rates(), s.outlook)

    def look_around(self) -> WorldView:
        """Return the world as the round finds it."""
        s, states = self.setup, self.states()
        gain, home = gain_curves(s.gain, s.steps, states), home_curves(s.home, s.steps, states)
        return WorldView(
            gain=gain,
            home=home,
            answered=s.answers.curves(gain, home, states[:, 0]),
            unsigned=np.array([p.deal is None for p in self.partners]),
            stake=stakes_of(s.home, s.steps, states, s.bounds),
            deals=len(self.us.deals),
            next_deal=worth_of_next(self.experiment, len(self.us.deals), len(self.partners)),
            deadline=self.deadline,
        )

    # ------------------------------------------------------------------ 3 who is met

    def _seated(self) -> list[Partner]:
        a = self.experiment.mechanisms.attention
        is_open = np.array([p.status is Status.TALKING for p in self.partners])
        rushed = self.rushed(self.deadline)
        waiting = np.array([self._urgency(p, rushed) for p in self.partners])
        sessions, window = (a.rush.sessions, a.rush.window) if rushed else (a.capacity, a.window)
        capacity = weekly_capacity(a.strength, sessions, len(self.partners))
        window = window if a.strength > 0.0 else len(self.partners)
        chosen = seat_talks(is_open, waiting, self.setup.importance, self.setup.by_importance, capacity, window)
        fixed = self.setup.timeline.meetings(self.round)
        seated = [p for p in self.partners if chosen[p.index] or (is_open[p.index] and p.iso in fixed)]
        # in an order of their own, so that what follows one after the other does not depend on how partners are listed
        return sorted(seated, key=lambda p: p.terms.economy.key)

    def _urgency(self, partner: Partner, rushed: bool) -> float:
        """What counts beside importance in the choice of whom to meet: waiting time; in a rush stakes and drafts."""
        a, luck = self.experiment.mechanisms.attention, self.luck
        if rushed:
            drafts = 1.0 if partner.in_principle is None else a.rush.drafts
            pause = self.experiment.threat.pause_rate
            return float(rush_priority(partner.threatened, pause, a.rush.stakes, drafts))
        weeks = float(self.round - partner.last_met)
        if a.absence <= 0.0:
            return weeks
        z = normal(luck.seed, luck.replication, partner.terms.economy.key, int(Purpose.ABSENCE), self.round)
        return float(waited(weeks, a.absence, z))

    # ------------------------------------------------------------------ 4 sessions

    def table(self, partner: Partner, view: WorldView) -> Table:
        """Lay the table for a partner as it would meet this week: values, ladders and stakes."""
        return lay_table(self, partner, view)

    def views(self, partner: Partner, table: Table) -> dict[Side, Situation]:
        """Return what each side sees of a table."""
        return side_views(self, partner, table)

    def win_set(self, partner: Partner) -> WinSet:
        """Return what a partner can carry home this week, and of what there is left."""
        win_set = partner.win_set(self.round)
        grid, left = partner.terms.grid, partner.terms.supply - self.us.taken
        if np.isinf(left).all():
            return win_set
        top, lasting = (within_supply(levels, grid, left) for levels in (win_set.top, win_set.lasting))
        return replace(win_set, top=top, lasting=lasting)

    def comparable(self, one: Partner, other: Partner) -> bool:
        """Whether two partners are peers."""
        return self.setup.comparable[one.index][other.index]

    # ------------------------------------------------------------------ 5 closings

    def _meet_apart(self, deadline: int | None) -> None:
        """Hold the sessions of issues on tracks of their own."""
        for partner in self.partners:
            for track in partner.tracks:
                if track.due(self.round):
                    track.meet(deadline)

    def _close(self, agreed: Sequence[Talk]) -> list[Deal]:
        """Take what was agreed through repricing and ratification, as many texts as a week allows."""
        signed = []
        for talk in self._on_the_desk(agreed):
            deal = close_deal(self, *talk)
            if deal is not None:
                self.us.take(self.partner(deal.iso), deal)
                signed.append(deal)
        return signed

    def _on_the_desk(self, agreed: Sequence[Talk]) -> list[Talk]:
        """Choose the texts that are closed this week; the others stay agreed in principle."""
        a = self.experiment.mechanisms.attention
        ready = np.zeros(len(self.partners), dtype=np.bool_)
        ready[[partner.index for partner, _, _ in agreed]] = True
        limits = a.rush if self.rushed(self.deadline) else a
        closings = weekly_capacity(a.strength, limits.closings, len(self.partners))
        chosen = close_texts(ready, self.setup.importance, closings)
        for partner, _, meeting in agreed:
            if not chosen[partner.index]:
                partner.in_principle = meeting.agreed
                self.record.event(self.round, "no_slot", partner=partner.iso)
        return [talk for talk in agreed if chosen[talk[0].index]]

    # ------------------------------------------------------------------ 6 the record

    def _publish(self, signed: list[Deal], tables: dict[str, Table]) -> None:
        """Put deals in force, let clauses carry their rates over, and let both sides learn from them."""
        for deal in signed:
            self.partner(deal.iso).sign(deal)
            self.us.deals.append(deal)
            self.record.deal(self.round, self.partner(deal.iso), deal)
        for deal in signed:
            self._carry_over(self.partner(deal.iso))
        before = Beliefs(self.toughness_belief[0], self.us.price_mean)
        for deal in signed:
            self._learn(self.partner(deal.iso), lesson_of(tables[deal.iso], deal.levels, before))

    def _carry_over(self, newest: Partner) -> None:
        """Level earlier comparable deals with a clause; off with parity itself."""
        if self.experiment.mechanisms.parity.strength <= 0.0:
            return
        for partner in self.partners:
            earlier = partner.deal is not None and partner.deal.round < self.round
            if earlier and partner.deal is not None and partner.deal.clause and self.comparable(partner, newest):
                theirs = same_terms(newest.shares, partner.terms.counts)
                before = partner.effective_rate
                partner.level_up(int(theirs[TARIFF]), int(theirs[AUTO]))
                if partner.effective_rate < before:
                    self.record.event(
                        self.round, "clause", partner=partner.iso, after=newest.iso, rate=partner.effective_rate
                    )

    def _learn(self, partner: Partner, lesson: Lesson) -> None:
        """Partners learn how little the United States settle for, if it is published; these learn what they bear."""
        learning, luck, key = self.experiment.mechanisms.learning, self.luck, partner.terms.economy.key
        if learning.strength <= 0.0:
            return
        noise = signal_variance(learning.noise, learning.transparency)
        z = normal(luck.seed, luck.replication, key, int(Purpose.SIGNAL), 0)
        self.toughness_belief = after_deal(learning.strength, self.toughness_belief, lesson.share, noise, z)
        self.us.learn_price(lesson.price, signal_variance(learning.noise, 1.0))

    # ------------------------------------------------------------------ 7 tariffs

    def _bear_tariffs(self) -> None:
        """Count the week at the tariffs now in force."""
        self._count_weeks(min(self.round + 1, self.experiment.clock.horizon))
        for partner in self.partners:
            partner.tariff_weeks += partner.effective_rate
        self.us.tariff_weeks += self.average_rate

    def _count_weeks(self, end: int) -> None:
        """Add the weeks from this round to `end` to every partner's value, at the tariffs now in force (V1)."""
        weeks, rates = float(annuity(self.round, end, self.delta)), self._rates()
        flows, home = self._flows(rates)
        costs = np.array([partner.yearly_cost() for partner in self.partners])
        for partner in self.partners:
            partner.value += weeks * float(flows[partner.index] - costs[partner.index])
            partner.us_value += weeks * (float(home[partner.index]) + partner.yearly_benefit())
        if self.experiment.settlement == "exact":
            self._spans.append((weeks, rates, costs, np.array([partner.answer for partner in self.partners])))

    def _flows(self, rates: Floats) -> tuple[Floats, Floats]:
        """g_i and h_i of all partners at the tariffs in force, USD bn a year, ndarrays (N,)."""
        s, self.seen = self.setup, self.states()
        curves = gain_curves(s.gain, s.steps, self.seen), home_curves(s.home, s.steps, self.seen)
        gain, home = (yearly_flows(curve, s.steps, rates) for curve in curves)
        if any(partner.answers for partner in self.partners):
            answering = np.array([partner.answers for partner in self.partners])
            answered = s.answers.curves(*curves, self.seen[:, 0])
            gain = np.where(answering, yearly_flows(answered[0], s.steps, rates), gain)
            home = np.where(answering, yearly_flows(answered[1], s.steps, rates), home)
        return gain, home

    def _settle(self) -> None:
        """Value all spans anew with the trade model itself (V1)."""
        from sim.talks.settlement import exact_flows

        weeks, rates, costs, answers = (np.array(part) for part in zip(*self._spans, strict=True))
        values = (weeks[:, None] * (exact_flows(self.setup, rates, answers) - costs)).sum(axis=0)
        for partner in self.partners:
            partner.value = float(values[partner.index])

    # ------------------------------------------------------------------ politics

    def is_focal(self, partner: Partner) -> bool:
        """Whether this is the partner whose place is varied."""
        return bool(partner.iso == self.experiment.queue.focal)

    def president_with(self, partner: Partner) -> bool:
        """Whether the President sits at this table this week."""
        due = self.is_focal(partner) and self.round in self.experiment.politics.president_rounds
        return due or self.setup.timeline.meetings(self.round).get(partner.iso, False)


def _dealt(source: Scenario | Setup | Hand, replication: int) -> Hand:
    """Make whatever was passed into a hand of luck."""
    if isinstance(source, Hand):
        return source
    if not isinstance(replication, int) or replication < 0:
        raise ScenarioError(f"there is no replication {replication}", allowed=["whole numbers from 0"])
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
