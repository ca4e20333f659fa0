"""The agents: partners that hold preferences, and the United States that meet them one by one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.luck import Purpose, normal
from sim.mechanisms import hastened, levelled, pain, pressure, revise_mean, revise_variance
from sim.talks.preferences import NOBODY, lognormal
from sim.talks.seating import seat_for
from sim.talks.seats import Seat
from sim.talks.situation import Offer, Side
from sim.talks.table import WinSet
from sim.talks.terms import AUTO, TARIFF, Terms
from sim.talks.value import package_sum

if TYPE_CHECKING:
    from sim.talks.model import TariffTalks

__all__ = ["Deal", "Partner", "Status", "UnitedStates"]

Ints = NDArray[np.int64]
TOUGHEST = 0.95


class Status(StrEnum):
    """Where a partner stands."""

    WAITING = "waiting"
    TALKING = "talking"
    SIGNED = "signed"


@dataclass(frozen=True, eq=False)
class Deal:
    """A signed package.

    Attributes
    ----------
    iso : str
        The partner.
    round : int
        Week of signing.
    levels : ndarray (K,)
        The package by level.
    gain, us_gain : float
        Gains of both sides over no deal at signing, USD bn.
    sessions : int
        Meetings it took.
    clause : bool
        Whether later comparable rates carry over.
    repriced : bool
        Whether the President asked for more at the last minute and got it.
    """

    iso: str
    round: int
    levels: Ints
    gain: float
    us_gain: float
    sessions: int
    clause: bool
    repriced: bool


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
        Waiting, talking or signed.
    opens : int
        Round in which its talks open.
    tariff, auto_tariff, effective_rate : float
        Rates in force on it, fractions; the last is what its exports bear on average.
    threat : float
        General rate it faces when the threat is carried out.
    sessions : int
        Meetings held.
    value : float
        Present value so far of its whole horizon, USD bn.
    in_principle : Offer or None
        What both sides would take and only wait for the text of.
    deal : Deal or None
        What it signed.
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
        self.threat = float(terms.grid[TARIFF, terms.counts[TARIFF] - 1])
        self.sessions = 0
        self.last_met = opens - 1
        self.tariff_weeks = 0.0
        self.value = 0.0
        self.deal: Deal | None = None
        self.in_principle: Offer | None = None
        self.beta = self._own_beta()
        self.seat = self.make_seat()

    def make_seat(self) -> Seat:
        """Return the negotiator of this partner, as the scenario says; the built-in one concedes with the clock."""
        return seat_for(self.model, self.terms, Side.PARTNER)

    @property
    def package(self) -> dict[str, float] | None:
        """Package in force, in natural units."""
        return None if self.deal is None else self.terms.package(self.deal.levels)

    @property
    def shares(self) -> NDArray[np.float64]:
        """Signed terms as shares z of the range of every issue, ndarray (K,)."""
        assert self.deal is not None
        return self.terms.shares[np.arange(self.terms.counts.size), self.deal.levels]

    def pain(self) -> float:
        """Yearly cost of going on without a deal beyond the tariffs themselves, USD bn."""
        return self.hurt(self.terms.economy.us_imports * self.effective_rate) + self.model.lever_price(self)

    def win_set(self, round_: int) -> WinSet:
        """Return what it can carry home in a round: limits bind until their date."""
        scenario, counts = self.model.experiment, self.terms.counts
        top = counts - 1
        override = scenario.partners.overrides.get(self.iso)
        if override is not None and self.model.limits_bind(override, round_):
            shares = [override.limits.get(issue, 1.0) for issue in self.terms.issues]
            top = np.floor(np.array(shares) * (counts - 1) + 1e-9).astype(np.int64)
        return WinSet(top, self.iso in scenario.politics.all_tariffs)

    def open_talks(self) -> None:
        """Begin to talk, once the place in the queue is reached."""
        if self.status is Status.WAITING and self.model.round >= self.opens:
            self.status = Status.TALKING

    def sign(self, deal: Deal) -> None:
        """Put a deal in force."""
        self.deal, self.status = deal, Status.SIGNED
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
        if self.deal is None:
            self._bear(self.threat, self.auto_tariff)
            self.in_principle = None
            self.seat.restart()
            self.model.us.seat(self).restart()

    def yearly_cost(self) -> float:
        """What it pays a year beyond its tariffs: its concessions, or a lever in use, USD bn."""
        if self.deal is None:
            return self.model.lever_price_paid(self)
        return self._deal_cost

    def _apply(self, levels: Ints) -> None:
        self._deal_cost = float(package_sum(self.model.hand.values(self.index).cost, levels))
        self._bear(float(self.terms.grid[TARIFF, levels[TARIFF]]), float(self.terms.grid[AUTO, levels[AUTO]]))

    def _bear(self, tariff: float, auto_tariff: float) -> None:
        self.tariff, self.auto_tariff = tariff, auto_tariff
        self.effective_rate = self.terms.rate(tariff, auto_tariff)

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
    """

    def __init__(self, model: TariffTalks) -> None:
        super().__init__(model)
        us, luck = model.experiment.united_states, model.luck
        z = normal(luck.seed, luck.replication, NOBODY, int(Purpose.TOUGHNESS), 0)
        self.toughness = min(TOUGHEST, max(0.0, us.toughness + us.toughness_sd * z))
        self.beta = us.beta
        self.price_mean, self.price_variance = 0.0, model.experiment.partners.price_level_sd**2
        self.tariff_weeks = 0.0
        self.deals: list[Deal] = []
        self._seats: dict[int, Seat] = {}

    def seat(self, partner: Partner) -> Seat:
        """Return the negotiator that faces a partner."""
        if partner.index not in self._seats:
            self._seats[partner.index] = self.make_seat(partner)
        return self._seats[partner.index]

    def make_seat(self, partner: Partner) -> Seat:
        """Return a new negotiator for a table, as the scenario says; override to send somebody else."""
        return seat_for(self.model, partner.terms, Side.US)

    def pain(self, partner: Partner) -> float:
        """Yearly cost of having no deal with a partner beyond the tariffs, USD bn."""
        return self.hurt(partner.terms.economy.us_imports * partner.effective_rate) + self.model.lever_bite(partner)

    def learn_price(self, signal: float, noise: float) -> None:
        """Revise the belief about what partners will pay."""
        strength = self.model.experiment.mechanisms.learning.strength
        mean = revise_mean(strength, self.price_mean, self.price_variance, signal, noise)
        self.price_variance = revise_variance(strength, self.price_variance, noise)
        self.price_mean = mean
