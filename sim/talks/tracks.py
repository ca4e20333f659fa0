"""Issues on tracks of their own: finance ministers on the currency, defence ministers on the cost of troops.

A track has its own sessions and its own threat, and nothing on it can be traded for anything else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.bargaining import best_attainable
from sim.compiled import compiled
from sim.talks.seats import TimedSeat
from sim.talks.session import Meeting, hold_session
from sim.talks.situation import Side, Situation
from sim.talks.table import believed_prices
from sim.talks.terms import Apart
from sim.talks.value import Numbers, annuity, no_deal, partner_gain, us_gain

if TYPE_CHECKING:
    from sim.talks.agents import Partner

__all__ = ["Track", "sanctions", "track_due", "track_gains"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@compiled
def track_due(since: int, every: int) -> bool:
    """Whether a track meets so many weeks after the talks opened: every so many weeks, at the end of them."""
    return since >= 0 and (since + 1) % every == 0


@compiled
def sanctions(yearly: float, sanctioned: bool) -> tuple[float, float, float]:
    """Flows of a side without an agreement: today, once the threat is carried out, and after a ruling on tariffs.

    The sanction rests on another law, so that a ruling leaves it alone. `yearly` is its cost, USD bn.
    """
    return -yearly if sanctioned else 0.0, -yearly, -yearly


@compiled
def track_gains(weights: Floats, cost: Floats, benefit: Floats, numbers: Numbers) -> Floats:
    """Gains by level, ndarray (4, L): of the partner and of the United States, then as the other side believes them.

    Parameters
    ----------
    weights : ndarray (4,)
        w, v and the guesses of both, for the issue.
    cost, benefit : ndarray (L,)
        (B1) and (B2) at unit weights, USD bn a year.
    numbers : ndarray (4,)
        A(t, S), the value of no agreement to both sides, and the level of prices as the United States believe it.
    """
    out = np.empty((4, cost.size))
    for n in range(cost.size):
        out[0, n] = partner_gain(numbers[0], 0.0, weights[0] * cost[n], numbers[1])
        out[1, n] = us_gain(numbers[0], 0.0, weights[1] * benefit[n], numbers[2])
        out[2, n] = partner_gain(numbers[0], 0.0, weights[2] * numbers[3] * cost[n], numbers[1])
        out[3, n] = us_gain(numbers[0], 0.0, weights[3] * benefit[n], numbers[2])
    return out


@dataclass(eq=False)
class Track:
    """The talks of one partner on one issue apart.

    Attributes
    ----------
    partner : Partner
        Whose track it is.
    apart : Apart
        What is negotiated.
    level : int or None
        What was agreed.
    sanctioned : bool
        Whether the threat of the track has been carried out.
    sessions : int
        Sessions held.
    """

    partner: Partner
    apart: Apart
    level: int | None = None
    sanctioned: bool = False
    sessions: int = 0
    seats: dict[Side, TimedSeat] = field(default_factory=dict)

    def __post_init__(self) -> None:
        gamma = self.partner.model.experiment.partners.reciprocity
        self.seats = {side: TimedSeat(gamma) for side in Side}

    @property
    def issue(self) -> str:
        """Name of the issue."""
        return self.partner.terms.issues[self.apart.k]

    @property
    def yearly_cost(self) -> float:
        """What the partner pays a year: its commitment, or the sanction, USD bn."""
        if self.level is not None:
            return float(self._weights[0] * self.apart.cost[self.level])
        return self.apart.sanction if self.sanctioned else 0.0

    @property
    def yearly_benefit(self) -> float:
        """What the United States get a year: the commitment, less their own cost of the sanction, USD bn."""
        if self.level is not None:
            return float(self._weights[1] * self.apart.benefit[self.level])
        return -self.apart.price if self.sanctioned else 0.0

    def snap(self) -> None:
        """Carry out the threat of the track."""
        if self.level is None:
            self.sanctioned = True
            for seat in self.seats.values():
                seat.restart()

    def due(self, round_: int) -> bool:
        """Whether there is a session in a round."""
        every = self.partner.model.experiment.tracks.interval
        return self.level is None and track_due(round_ - self.partner.opens, every)

    def meet(self, deadline: int | None) -> None:
        """Hold a session."""
        model = self.partner.model
        gains = self._gains(deadline)
        views = {Side.PARTNER: self._partner_view(*gains), Side.US: self._us_view(*gains)}
        offers = model.experiment.session.offers

        def look(side: Side, step: int) -> Situation:
            views[side].elapsed = self.partner.elapsed(deadline, step, offers)
            return views[side]

        opener = Side.PARTNER if self.sessions % 2 == 0 else Side.US
        self.sessions += 1
        self._conclude(hold_session(self.seats, look, opener, offers))

    def _conclude(self, meeting: Meeting) -> None:
        model = self.partner.model
        if meeting.agreed is not None:
            self.level = int(meeting.agreed.levels[0])
            value = float(self.apart.values[self.level])
            model.record.event(model.round, "track_deal", partner=self.partner.iso, issue=self.issue, value=value)

    @property
    def _weights(self) -> Floats:
        """w, v and the guesses of both, for this issue."""
        return self.partner.model.hand.values(self.partner.index).weights[:, self.apart.k]

    def _gains(self, deadline: int | None) -> tuple[Floats, Floats]:
        """Gains by level: true ones of the partner and of the United States, then as the other side believes them."""
        model, apart, w = self.partner.model, self.apart, self._weights
        a = float(annuity(model.round, model.experiment.clock.horizon, model.delta))
        court = model.experiment.court
        without = [
            self._without(model.spans(deadline, court.partner_belief), apart.sanction),
            self._without(model.spans(deadline, court.us_belief), apart.price),
        ]
        numbers = np.array([a, *without, believed_prices(model.us.price_mean)])
        gains = track_gains(np.ascontiguousarray(w), apart.cost, apart.benefit, numbers)
        return gains[:2], gains[2:]

    def _without(self, spans: tuple[float, float, float], sanction: float) -> float:
        """Value of no agreement to a side that the sanction costs so much a year (V2)."""
        credibility = self.partner.model.experiment.threat.credibility
        return float(no_deal(spans, credibility, sanctions(sanction, self.sanctioned), 0.0))

    def _partner_view(self, true: Floats, guess: Floats) -> Situation:
        toughness = self.partner.model.toughness_belief[0]
        most = best_attainable(guess[1][1:], true[0][1:], 0.0, 0.0)
        return _situation(Side.PARTNER, self.partner.haste, (true[0], guess[1]), (0.0, toughness * most))

    def _us_view(self, true: Floats, guess: Floats) -> Situation:
        us = self.partner.model.us
        most = best_attainable(true[1][1:], guess[0][1:], 0.0, 0.0)
        return _situation(Side.US, us.haste, (true[1], guess[0]), (us.toughness * most, 0.0))


def _situation(side: Side, beta: float, gains: tuple[Floats, Floats], leasts: tuple[float, float]) -> Situation:
    """What a side sees on a track; its favourite level comes first, and to commit to nothing is no agreement."""
    levels = np.arange(1, gains[0].size)[:: 1 if side is Side.PARTNER else -1]
    return Situation(
        side=side,
        elapsed=0.0,
        beta=beta,
        ladder=levels[:, None],
        mine=gains[0][levels],
        theirs=gains[1][levels],
        least=leasts[0],
        theirs_least=leasts[1],
        worth=partial(_worth, gains[0]),
        admits=_anything,
        may_close=True,
    )


def _worth(gains: Floats, levels: Ints) -> float:
    return float(gains[levels[0]])


def _anything(levels: Ints) -> bool:
    """Ministers decide by themselves."""
    return True
