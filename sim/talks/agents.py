"""The agents: partners that hold preferences, and the United States that meet them one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.bargaining import Moment
from sim.luck import Purpose, normal
from sim.mechanisms import bounded_mean, bounded_variance, hastened, levelled, pain, pressure, sessions_needed
from sim.talks.clock import share_elapsed
from sim.talks.deal import Deal, Status
from sim.talks.home import WinSet
from sim.talks.levers import lever_bite, lever_paid, lever_price
from sim.talks.preferences import NOBODY, lognormal
from sim.talks.seating import seat_for
from sim.talks.seats import Seat
from sim.talks.session import Meeting
from sim.talks.situation import Offer, Side
from sim.talks.table import Table
from sim.talks.terms import AUTO, TARIFF, Terms
from sim.talks.toughness import toughness_of
from sim.talks.tracks import Track
from sim.talks.value import package_sum

if TYPE_CHECKING:
    from sim.talks.model import TariffTalks

__all__ = ["Deal", "Partner", "Status", "UnitedStates"]

Ints = NDArray[np.int64]


class Negotiator(mesa.Agent):  # type: ignore[misc]
    """A side at the table, whom tariffs in force make hurry and hurt.

    Attributes
    ----------
    beta : float
        Its stance before any pressure.
    tariff_weeks : float
        Sum over weeks of the rates it has lived with.
    """

    model: TariffTalks
    beta: float
    tariff_weeks: float

    @property
    def psi(self) -> float:
        """Pressure of the tariffs so far."""
        return pressure(self.model.experiment.mechanisms.pressure.growth, self.tariff_weeks)

    @property
    def haste(self) -> float:
        """Stance this week, pressure included."""
        p = self.model.experiment.mechanisms.pressure
        return hastened(p.strength, p.haste, self.psi, self.beta)

    def hurt(self, duties: float) -> float:
        """Yearly pain under duties of USD bn a year, USD bn."""
        p = self.model.experiment.mechanisms.pressure
        return pain(p.strength, p.cost, self.psi, duties)


class Partner(Negotiator):
    """An economy at the table, the European Union being one.

    Subclass it and override :meth:`make_seat` to let something else negotiate.

    Attributes
    ----------
    iso, name : str
        Who it is.
    status : Status
        Waiting, talking, signed or walked out.
    opens : int
        Round in which its talks open.
    tariff, auto_tariff, effective_rate : float
        Rates in force on it, fractions; the last is what its exports bear on average.
    threat : float
        General rate it faces when the threat is carried out.
    sessions : int
        Meetings held.
    answers : bool
        Whether it levies duties on goods from the United States.
    affronts : int
        Sessions in a row in which nothing was offered that beats no deal.
    away_until : int
        Round in which it comes back after walking out.
    value : float
        Present value so far of its whole horizon, USD bn.
    us_value : float
        The same to the United States, from its tariffs and what it concedes: h_i, and benefits at the delegation's
        weights; without what a deal does once, to headlines or as a precedent. USD bn.
    in_principle : Offer or None
        What both sides would take and only wait for the text of.
    deal : Deal or None
        What it signed.
    tracks : tuple of Track
        Issues that are negotiated apart.
    """

    def __init__(self, model: TariffTalks, index: int, terms: Terms, opens: int) -> None:
        super().__init__(model)
        scenario = model.experiment
        self.index = index
        self.terms = terms
        self.iso, self.name = terms.iso, terms.economy.name
        self.opens = opens
        self.status = Status.WAITING
        self._bear(scenario.threat.pause_rate, scenario.threat.auto_rate)
        self.threat = terms.april
        self.sessions = self.sessions_before
        self.last_met = opens - 1
        self.affronts = 0
        self.away_until = 0
        self.answers = False
        self.tariff_weeks = 0.0
        self.value = self.us_value = 0.0
        self.deal: Deal | None = None
        self.in_principle: Offer | None = None
        self.beta = self._own_beta()
        self.tracks = tuple(Track(self, apart) for apart in terms.apart)
        self.seat = self.make_seat()

    def make_seat(self) -> Seat:
        """Return the negotiator of this partner, as the scenario says; the built-in one concedes with the clock."""
        return seat_for(self.model, self.terms, Side.PARTNER)

    @property
    def package(self) -> dict[str, float] | None:
        """Package in force, in natural units, with what was agreed on tracks of their own."""
        if self.deal is None:
            return None
        apart = {
            track.issue: float(track.apart.values[track.level]) for track in self.tracks if track.level is not None
        }
        return self.terms.package(self.deal.levels) | apart

    @property
    def shares(self) -> NDArray[np.float64]:
        """Signed terms as shares z of the range of every issue, ndarray (K,)."""
        assert self.deal is not None
        return self.terms.shares[np.arange(self.terms.counts.size), self.deal.levels]

    def elapsed(self, deadline: int | None, step: int, offers: int) -> float:
        """tau: share of the time to the deadline that has passed at an offer, or of the patience after it."""
        model, clock = self.model, self.model.experiment.clock
        ahead, behind = (-1 if when is None else when for when in (deadline, model.snapped))
        now = model.round, step, offers
        waits = clock.patience, clock.extension
        return float(share_elapsed(now, self.opens, (ahead, behind), waits, clock.common))

    @property
    def threatened(self) -> float:
        """General rate that a snap would bring, the answer of the United States to its own duty included."""
        return 0.0 if self.model.ruled else self.model.setup.answers.threat(self.index, self.threat)

    @property
    def to_close(self) -> int:
        """Sessions that its text takes this week: fewer in the rush before a deadline."""
        rushed, rush = self.model.rushed(self.model.deadline), self.model.experiment.mechanisms.attention.rush
        return int(sessions_needed(self.terms.to_close, rushed, rush.text))

    @property
    def answer(self) -> float:
        """Duty in force on goods from the United States, a fraction."""
        return float(self.model.setup.answers.duties[self.index]) if self.answers else 0.0

    def moment(self, deadline: int | None, step: int) -> Moment:
        """Offers made and to come, from the opening to the deadline, or over the patience when none lies ahead."""
        model, clock = self.model, self.model.experiment.clock
        opens = 0 if clock.common else self.opens
        since = opens if deadline is not None else max(self.opens, model.snapped or 0)
        weeks = clock.patience if deadline is None else max(1, deadline + clock.extension - since)
        offers = model.experiment.session.offers
        return Moment(min((model.round - since) * offers + step, weeks * offers - 1), weeks * offers)

    def pain(self) -> float:
        """Yearly cost of going on without a deal beyond the tariffs themselves, USD bn."""
        return self.hurt(self.terms.economy.us_imports * self.effective_rate) + lever_price(self)

    def win_set(self, round_: int) -> WinSet:
        """Return what it can carry home in a round."""
        home = self.model.setup.homes[self.index]
        return home.win_set(self.model.experiment, round_, self.terms.counts)

    def open_talks(self) -> None:
        """Begin to talk, once the place in the queue is reached."""
        if self.status is Status.WAITING and self.model.round >= self.opens:
            self.status = Status.TALKING

    def take_leave(self, meeting: Meeting, table: Table) -> None:
        """Note how a session went, and walk out after too many in which nothing was offered that beats no deal."""
        self.sessions += 1
        self.last_met = self.model.round
        self.in_principle = meeting.in_principle
        offered = [e.offer.levels for e in meeting.exchanges if e.offer is not None and e.offer.by is Side.US]
        hopeless = bool(offered) and all(table.partner_gain(levels) < 0.0 for levels in offered)
        self.affronts = self.affronts + 1 if hopeless else 0
        patience = self.model.experiment.politics.walk_after
        if 0 < patience <= self.affronts or meeting.broken:
            self.walk_out()

    def walk_out(self) -> None:
        """Leave the talks for a while."""
        self.status, self.affronts = Status.WALKED_OUT, 0
        self.away_until = self.model.round + self.model.experiment.politics.return_after
        self.model.record.event(self.model.round, "walked_out", partner=self.iso)

    def called_back(self) -> None:
        """End a walk-out this week, whatever had been meant."""
        self.away_until = min(self.away_until, self.model.round)

    def come_back(self) -> None:
        """Return to the talks, once the time has come."""
        if self.status is Status.WALKED_OUT and self.model.round >= self.away_until:
            self.status = Status.TALKING
            self.model.record.event(self.model.round, "came_back", partner=self.iso)

    def sign(self, deal: Deal) -> None:
        """Put a deal in force; duties on goods from the United States are withdrawn with it."""
        self.deal, self.status, self.answers = deal, Status.SIGNED, False
        self._apply(deal.levels)

    def level_up(self, tariff_level: int, auto_level: int) -> None:
        """Carry comparable later rates over by a clause; they only ever fall."""
        assert self.deal is not None
        levels = self.deal.levels.copy()
        levels[TARIFF] = levelled(int(levels[TARIFF]), tariff_level)
        levels[AUTO] = levelled(int(levels[AUTO]), auto_level)
        self.deal = Deal(**{**self.deal.__dict__, "levels": levels})
        self._apply(levels)

    def snap(self) -> None:
        """Bear the threat that has been carried out."""
        for track in self.tracks:
            track.snap()
        if self.deal is None:
            self.answers = self.model.setup.answers.duties[self.index] > 0.0
            self._bear(self.threatened, self.auto_tariff)
            self.in_principle = None
            self.seat.restart()
            self.model.us.seat(self).restart()

    def fall(self) -> None:
        """Live without the general rate once the courts have struck it down; what was signed stays as signed."""
        if self.deal is None:
            self.answers = False
            self._bear(0.0, self.auto_tariff)

    def yearly_cost(self) -> float:
        """What it pays a year beyond its tariffs: its concessions, or a lever in use, and its tracks, USD bn."""
        apart = sum(track.yearly_cost for track in self.tracks)
        return apart + (lever_paid(self) if self.deal is None else self._deal_cost)

    def yearly_benefit(self) -> float:
        """What the United States get from it a year beyond its tariffs: its concessions, and its tracks, USD bn."""
        apart = sum(track.yearly_benefit for track in self.tracks)
        return apart + (0.0 if self.deal is None else self._deal_benefit)

    def _apply(self, levels: Ints) -> None:
        values = self.model.hand.values(self.index)
        self._deal_cost = float(package_sum(values.cost, levels))
        self._deal_benefit = float(package_sum(values.benefit, levels))
        self._bear(float(self.terms.grid[TARIFF, levels[TARIFF]]), float(self.terms.grid[AUTO, levels[AUTO]]))

    def _bear(self, tariff: float, auto_tariff: float) -> None:
        self.tariff, self.auto_tariff = tariff, auto_tariff
        self.effective_rate = self.terms.rate(tariff, auto_tariff)

    @property
    def sign_from(self) -> int:
        """First round in which it signs anything."""
        return self.model.experiment.queue.sign_from if self.model.is_focal(self) else 0

    @property
    def sessions_before(self) -> int:
        """Sessions held before the talks opened."""
        override = self.model.experiment.partners.overrides.get(self.iso)
        return 0 if override is None else override.sessions_before

    def _own_beta(self) -> float:
        """Stance drawn around the mean, or around the partner's own."""
        partners, luck = self.model.experiment.partners, self.model.luck
        override = partners.overrides.get(self.iso)
        mean = partners.beta if override is None or override.beta is None else override.beta
        z = normal(luck.seed, luck.replication, self.terms.economy.key, int(Purpose.STANCE), 0)
        return mean * lognormal(partners.beta_sd, z)


class UnitedStates(Negotiator):
    """The delegation: one seat at every table, a hidden toughness, and what it has learnt.

    Attributes
    ----------
    toughness : float
        chi, share of the attainable gain below which it will not sign.
    price_mean, price_variance : float
        Belief about the log of the resistance all partners share.
    deals : list of Deal
        What has been signed, in order.
    taken : ndarray (K,)
        How much has been signed away of issues of which there is only so much, in their units.
    """

    def __init__(self, model: TariffTalks) -> None:
        super().__init__(model)
        us, luck = model.experiment.united_states, model.luck
        z = normal(luck.seed, luck.replication, NOBODY, int(Purpose.TOUGHNESS), 0)
        self.toughness = toughness_of(us.toughness + us.toughness_sd * z)
        self.beta = us.beta
        self.price_mean, self.price_variance = 0.0, model.experiment.partners.price_level_sd**2
        self.tariff_weeks = 0.0
        self.deals: list[Deal] = []
        self.taken = np.zeros(len(model.setup.terms[0].issues))
        self._seats: dict[int, Seat] = {}

    def seat(self, partner: Partner) -> Seat:
        """Return the negotiator that faces a partner."""
        if partner.index not in self._seats:
            self._seats[partner.index] = self.make_seat(partner)
        return self._seats[partner.index]

    def make_seat(self, partner: Partner) -> Seat:
        """Return a new negotiator for a table, as the scenario says; override to send somebody else."""
        return seat_for(self.model, partner.terms, Side.US)

    def take(self, partner: Partner, deal: Deal) -> None:
        """Note what a deal takes of issues of which there is only so much."""
        amounts = partner.terms.grid[np.arange(deal.levels.size), deal.levels]
        self.taken = self.taken + np.where(np.isinf(partner.terms.supply), 0.0, amounts)

    def pain(self, partner: Partner) -> float:
        """Yearly cost of having no deal with a partner beyond the tariffs, USD bn."""
        return self.hurt(partner.terms.economy.us_imports * partner.effective_rate) + lever_bite(partner)

    def learn_price(self, bound: float, noise: float) -> None:
        """Revise the belief about what partners will pay: their resistance lies below a bound (M5)."""
        strength = self.model.experiment.mechanisms.learning.strength
        mean, variance = self.price_mean, self.price_variance
        self.price_mean = bounded_mean(strength, mean, variance, bound, noise)
        self.price_variance = bounded_variance(strength, mean, variance, bound, noise)
