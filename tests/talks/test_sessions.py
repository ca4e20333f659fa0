"""One meeting, with seats that follow a script."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from sim.talks import Decision, Offer, Refusal, Side, Situation, TimedSeat
from sim.talks.session import hold_session

LADDER = np.array([[0], [1], [2], [3], [4]])


@dataclass
class Scripted:
    """Says what it is told and notes what it hears."""

    offers: list[int | None]
    answers: list[Decision]
    heard: list[int] = field(default_factory=list)

    def propose(self, situation: Situation) -> Offer | None:
        level = self.offers.pop(0)
        return None if level is None else Offer(situation.side, np.array([level]))

    def respond(self, situation: Situation, offer: Offer) -> Decision:
        self.heard.append(int(offer.levels[0]))
        return self.answers.pop(0)

    def restart(self) -> None:
        self.heard.clear()


def view(side: Side, *, elapsed: float = 0.0, beta: float = 1.0, may_close: bool = True) -> Situation:
    """A pie of four: each level gives one unit from the partner to the United States."""
    mine = np.array([4.0, 3.0, 2.0, 1.0, 0.0])
    ladder = LADDER if side is Side.PARTNER else 4 - LADDER
    worth = (lambda x: 4.0 - float(x[0])) if side is Side.PARTNER else (lambda x: float(x[0]))
    return Situation(
        side=side, elapsed=elapsed, beta=beta, ladder=ladder, mine=mine, theirs=mine[::-1].copy(), least=0.0,
        theirs_least=0.0, worth=worth, admits=lambda x: True, may_close=may_close,
    )  # fmt: skip


def log(meeting) -> list[tuple]:
    return [
        ("pass",) if e.offer is None else ("offer", e.offer.by.value, int(e.offer.levels[0]), e.decision.accepted)
        for e in meeting.exchanges
    ]


NO, YES = Decision(False, Refusal.ASKS_MORE, 1.0), Decision(True)


def test_offers_alternate_until_one_is_accepted() -> None:
    japan, us = Scripted([0, 1], [NO]), Scripted([4], [NO, YES])
    meeting = hold_session({Side.PARTNER: japan, Side.US: us}, lambda side, step: view(side), Side.PARTNER, 4)
    assert log(meeting) == [
        ("offer", "partner", 0, False),
        ("offer", "us", 4, False),
        ("offer", "partner", 1, True),
    ]
    assert int(meeting.agreed.levels[0]) == 1
    assert (japan.heard, us.heard) == ([4], [0, 1])


def test_a_session_ends_with_its_time() -> None:
    japan, us = Scripted([0], [NO]), Scripted([4], [NO])
    meeting = hold_session({Side.PARTNER: japan, Side.US: us}, lambda side, step: view(side), Side.US, 2)
    assert log(meeting) == [("offer", "us", 4, False), ("offer", "partner", 0, False)]
    assert meeting.agreed is None and meeting.in_principle is None  # noqa: PT018


def test_a_side_may_pass() -> None:
    japan, us = Scripted([None], []), Scripted([2], [])
    japan.answers = [YES]
    meeting = hold_session({Side.PARTNER: japan, Side.US: us}, lambda side, step: view(side), Side.PARTNER, 4)
    assert log(meeting) == [("pass",), ("offer", "us", 2, True)]


def test_what_both_would_take_is_agreed_in_principle_while_the_text_is_not_ready() -> None:
    seats = {Side.PARTNER: TimedSeat(0.0), Side.US: TimedSeat(0.0)}
    late = hold_session(seats, lambda side, step: view(side, elapsed=0.6, may_close=False), Side.PARTNER, 4)
    assert late.agreed is None
    assert late.in_principle is not None


def test_linear_seats_split_the_pie_when_half_the_time_is_gone() -> None:
    seats = {Side.PARTNER: TimedSeat(0.0), Side.US: TimedSeat(0.0)}
    early = hold_session(seats, lambda side, step: view(side, elapsed=0.1), Side.PARTNER, 4)
    assert early.agreed is None
    half = hold_session(seats, lambda side, step: view(side, elapsed=0.5), Side.PARTNER, 4)
    assert int(half.agreed.levels[0]) == 2


def test_a_seat_says_why_it_refuses() -> None:
    seat, offer = TimedSeat(0.0), Offer(Side.US, np.array([4]))
    assert seat.respond(view(Side.PARTNER), offer).reason is Refusal.ASKS_MORE
    assert seat.respond(view(Side.PARTNER), offer).short == pytest.approx(4.0)
    poor = view(Side.PARTNER)
    poor.least = 1.0
    assert seat.respond(poor, offer).reason is Refusal.BELOW_NO_DEAL
    barred = view(Side.PARTNER)
    barred.admits = lambda levels: False
    assert seat.respond(barred, offer).reason is Refusal.OUTSIDE_WIN_SET


def test_aspirations_do_not_rise_when_a_deadline_slides() -> None:
    seat = TimedSeat(0.0)
    near, far = view(Side.PARTNER, elapsed=0.75), view(Side.PARTNER, elapsed=0.5)
    assert int(seat.propose(near).levels[0]) == 3
    assert int(seat.propose(far).levels[0]) == 3


def test_once_the_threat_is_carried_out_a_side_asks_for_all_again() -> None:
    seat = TimedSeat(0.0)
    seat.propose(view(Side.PARTNER, elapsed=0.75))
    seat.restart()
    assert int(seat.propose(view(Side.PARTNER)).levels[0]) == 0


def test_a_concession_is_returned() -> None:
    seat = TimedSeat(1.0)
    view_ = view(Side.PARTNER)
    seat.respond(view_, Offer(Side.US, np.array([4])))
    seat.respond(view_, Offer(Side.US, np.array([2])))  # two units nearer: a half of what there is to gain
    assert seat.asked == pytest.approx(0.5)
