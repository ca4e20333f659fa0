"""Tactics of the library in seats of the talks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest

from sim.bargaining import Domain, Levels, Moment
from sim.bargaining.tactics import Answer, Conceder, Hardball, Linear, MiCRO, RandomWalker, Tactic, Traits
from sim.scenario import Scenario
from sim.talks import (
    Decision,
    Offer,
    Partner,
    Refusal,
    Side,
    Situation,
    TacticSeat,
    TariffTalks,
    TimedSeat,
    UnitedStates,
    bilateral_domain,
    prepare,
)
from sim.talks.session import hold_session
from tests.talks.conftest import play, small, state

YES = Decision(True)
MICRO = ("EUU", "IND", "GBR")
TACTICS = ("boulware", "log_roller", "nash_negotiator", "relative_tit_for_tat", "random_walker")


@dataclass(frozen=True)
class Laid:
    """A table laid out by hand."""

    domain: Domain
    side: int

    def inside(self, levels: np.ndarray) -> tuple[int, ...]:
        return tuple(int(level) for level in levels)


def pie(side: Side, *, elapsed: int = 0, may_close: bool = True, slices: int = 10, least: float = 0.0) -> Situation:
    """Ten slices; the level is what the United States get."""
    at = 0 if side is Side.PARTNER else 1
    mine = np.arange(slices, -1.0, -1.0), np.arange(slices + 1.0)
    domain = Domain({"theirs": tuple(range(slices + 1))}, ({"theirs": mine[0]}, {"theirs": mine[1]}), (least, least))
    nothing = np.zeros(1)
    return Situation(
        side=side, elapsed=elapsed / 10, beta=1.0, ladder=np.zeros((1, 1), int), mine=nothing, theirs=nothing,
        least=least, theirs_least=0.0, worth=lambda levels: float(mine[at][levels[0]]), admits=lambda levels: True,
        may_close=may_close, lay=lambda: Laid(domain, at), moment=Moment(elapsed, 9),
    )  # fmt: skip


def offer(slices: int, by: Side = Side.US) -> Offer:
    return Offer(by, np.array([slices]))


# --- one session ----------------------------------------------------------------------------------------------------


def test_it_offers_what_the_tactic_offers() -> None:
    """At t = 0.1, 0.5, 0.9 the linear side keeps 9, 5 and 1 slices."""
    seat = TacticSeat(Linear())
    offered = [seat.propose(pie(Side.PARTNER, elapsed=step)) for step in (0, 4, 8)]
    assert [int(made.levels[0]) for made in offered] == [1, 5, 9]


def test_two_tactics_meet_as_in_the_library() -> None:
    seats = {Side.PARTNER: TacticSeat(Linear()), Side.US: TacticSeat(Linear())}
    meeting = hold_session(seats, lambda side, step: pie(side, elapsed=step), Side.PARTNER, 9)
    log = [(exchange.offer.by.value, int(exchange.offer.levels[0])) for exchange in meeting.exchanges]
    assert log == [("partner", 1), ("us", 8), ("partner", 3), ("us", 6), ("partner", 5)]
    assert int(meeting.agreed.levels[0]) == 5


def test_what_it_accepts_before_the_text_is_ready_is_agreed_in_principle() -> None:
    seat = TacticSeat(Conceder())
    assert seat.respond(pie(Side.PARTNER, elapsed=5), offer(2)) == YES
    assert seat.respond(pie(Side.PARTNER, elapsed=5, may_close=False), offer(2)).reason is Refusal.NOT_READY


def test_it_says_why_it_refuses() -> None:
    seat = TacticSeat(Hardball())
    assert seat.respond(pie(Side.PARTNER), offer(4)) == Decision(False, Refusal.ASKS_MORE, 4.0)
    assert seat.respond(pie(Side.PARTNER, least=8.0), offer(4)) == Decision(False, Refusal.BELOW_NO_DEAL, 2.0)


def test_what_cannot_be_carried_home_never_reaches_the_tactic() -> None:
    seat, barred = TacticSeat(MiCRO()), pie(Side.PARTNER)
    seat.propose(barred)
    barred.admits = lambda levels: False
    assert seat.respond(barred, offer(0)).reason is Refusal.OUTSIDE_WIN_SET
    assert seat.tactic.received == set()


@dataclass(kw_only=True)
class Walkout(Tactic):
    """Leaves at the first offer."""

    literature: ClassVar[str] = "schelling1960"
    traits: ClassVar[Traits] = Traits()

    def plan(self, now: Moment) -> Levels | None:
        return None

    def respond(self, now: Moment, offer: Levels) -> Answer:
        return Answer.LEAVE


def test_whoever_leaves_ends_the_session() -> None:
    seats = {Side.PARTNER: TacticSeat(Walkout()), Side.US: TacticSeat(Linear())}
    meeting = hold_session(seats, lambda side, step: pie(side, elapsed=step), Side.US, 4)
    assert [exchange.decision.reason for exchange in meeting.exchanges] == [Refusal.LEFT]
    assert meeting.agreed is None


# --- many sessions --------------------------------------------------------------------------------------------------


def test_it_goes_on_where_it_was_in_the_week_before() -> None:
    """MiCRO has offered two packages; next week the pie is larger, and its third offer is a new one."""
    seat = TacticSeat(MiCRO())
    week = pie(Side.PARTNER)
    made = [int(seat.propose(week).levels[0])]
    for heard in (10, 9):
        seat.respond(week, offer(heard))
        made.append(int(seat.propose(week).levels[0]))
    assert made == [0, 1, 2]
    later = pie(Side.PARTNER, slices=20)
    seat.respond(later, offer(8))
    assert int(seat.propose(later).levels[0]) == 3


def test_the_clock_stands_still_when_a_deadline_slides() -> None:
    seat = TacticSeat(Linear())
    far = pie(Side.PARTNER, elapsed=4)
    far.moment = Moment(4, 19)
    assert int(seat.propose(pie(Side.PARTNER, elapsed=4)).levels[0]) == 5
    assert int(seat.propose(far).levels[0]) == 5


def test_once_the_threat_is_carried_out_it_asks_for_all_again() -> None:
    seat = TacticSeat(Linear())
    seat.restart()  # before anything was said
    seat.propose(pie(Side.PARTNER, elapsed=8))
    seat.restart()
    assert int(seat.propose(pie(Side.PARTNER)).levels[0]) == 1


# --- in the talks ---------------------------------------------------------------------------------------------------


def told(model: TariffTalks, iso: str) -> list[dict]:
    return [e for e in model.record.log if e["event"] == "session" and e["partner"] == iso]


def test_the_scenario_says_who_sits_where() -> None:
    scenario = small(
        tactics={
            "partners": "boulware",
            "united_states": "linear",
            "groups": [
                {"size": "large", "tactic": "micro"},
                {"partners": ["KOR", "VNM"], "tactic": {"name": "hardball", "options": {"share": 0.5}}},
                {"partners": ["KOR"], "side": "united_states", "tactic": "built_in"},
            ],
        },
        partners={"overrides": {"JPN": {"tactic": "conceder"}}},
    )
    model = TariffTalks(scenario)
    kinds = {p.iso: type(getattr(p.seat, "tactic", p.seat)).__name__ for p in model.partners}
    assert kinds == {"JPN": "Conceder", "KOR": "Hardball", "VNM": "Hardball", **dict.fromkeys(MICRO, "MiCRO")}
    assert model.partner("KOR").seat.tactic.share == 0.5
    assert isinstance(model.us.seat(model.partner("KOR")), TimedSeat)
    assert isinstance(model.us.seat(model.partner("JPN")).tactic, Linear)


def test_groups_by_size_and_by_the_list_of_2_april() -> None:
    groups = [{"size": "small", "tactic": "micro"}, {"listed": False, "tactic": "hardball"}]
    model = TariffTalks(Scenario.model_validate({"name": "a", "title": "A", "tactics": {"groups": groups}}))
    for p in model.partners:
        if p.terms.economy.rate_april2 <= 0.10:
            assert isinstance(p.seat.tactic, Hardball)
        elif p.terms.trade < 20.0:
            assert isinstance(p.seat.tactic, MiCRO)
        else:
            assert isinstance(p.seat, TimedSeat)
    assert {type(p.seat).__name__ for p in model.partners} == {"TacticSeat", "TimedSeat"}


def test_naming_the_built_in_changes_nothing() -> None:
    named = small(tactics={"partners": "built_in", "united_states": {"name": "built_in"}})
    assert state(play(named)) == state(play(small()))


def test_a_subclass_still_has_the_last_word() -> None:
    class Stubborn(Partner):
        def make_seat(self) -> TacticSeat:
            return TacticSeat(Hardball())

    class Talks(TariffTalks):
        partner_class = Stubborn

    model = Talks(small(tactics={"partners": "conceder"}))
    assert all(isinstance(p.seat.tactic, Hardball) for p in model.partners)
    assert TariffTalks.us_class is UnitedStates


def test_twins_share_the_dice_of_a_tactic() -> None:
    """Dice differ by partner and by side, not by place in the queue; a seed that is given stands."""
    scenario = small(tactics={"partners": "random_walker", "united_states": {"name": "micro", "options": {"seed": 7}}})
    setup = prepare(scenario)
    first, last = (TariffTalks(setup, place) for place in (1, 6))
    seeds = [p.seat.tactic.seed for p in first.partners]
    assert seeds == [p.seat.tactic.seed for p in last.partners]
    assert len(set(seeds)) == len(seeds)
    assert isinstance(first.partners[0].seat.tactic, RandomWalker)
    assert first.us.seat(first.partners[0]).tactic.seed == 7
    assert state(play(setup, 1)) == state(play(setup, 1))


@pytest.mark.parametrize("tactic", TACTICS)
def test_deals_of_every_tactic_are_good_for_both(tactic: str) -> None:
    model = play(small(tactics={"partners": tactic, "united_states": tactic}), narrate=True)
    for deal in model.us.deals:
        assert deal.gain >= 0.0
        assert deal.us_gain >= 0.0
    assert model.us.deals
    assert not [e for e in model.record.log if e["event"] == "void"]


def test_a_softer_side_is_left_with_less() -> None:
    """Six partners that concede at once against six that hold out."""
    soft, hard = (play(small(tactics={"partners": name})) for name in ("conceder", "boulware"))
    both = {d.iso: d.gain for d in soft.us.deals}, {d.iso: d.gain for d in hard.us.deals}
    common = both[0].keys() & both[1].keys()
    assert len(common) >= 3
    assert sum(both[0][iso] for iso in common) < sum(both[1][iso] for iso in common)


def test_offers_of_a_partner_stay_inside_its_win_set() -> None:
    scenario = small(
        tactics={"partners": "conceder"},
        partners={"overrides": {"JPN": {"limits": {"investment": 0.2, "market_access": 0.0}}}},
        politics={"all_tariffs": ["JPN"]},
    )
    model = play(scenario, narrate=True)
    own = [o for e in told(model, "JPN") for o in e["offers"] if o["by"] == "partner"]
    assert own
    for made in own:
        assert made["package"]["auto_tariff"] <= made["package"]["tariff"] + 1e-9
        assert made["package"]["market_access"] == 0.0
        assert made["levels"][4] <= 8


class Generous:
    """Signs anything, and offers what hurts it: no seat should be able to hurt its own side."""

    def propose(self, situation: Situation) -> Offer:
        return Offer(situation.side, np.array([9, 18, 0, 0, 30, 5]))

    def respond(self, situation: Situation, offer: Offer) -> Decision:
        return YES

    def restart(self) -> None:
        """Remember nothing."""


def test_a_seat_of_ones_own_cannot_sign_against_its_own_side() -> None:
    class Careless(Partner):
        def make_seat(self) -> Generous:
            return Generous()

    class Talks(TariffTalks):
        partner_class = Careless

    model = Talks(small(issues={"investment": {"cost": 1.0}}), 1, narrate=True).run()  # pledges that hurt
    reasons = {e["reason"] for e in model.record.log if e["event"] == "void"}
    assert "worse than no deal for the partner" in reasons
    assert all(deal.gain >= -1e-9 and deal.us_gain >= -1e-9 for deal in model.us.deals)


# --- as a domain ----------------------------------------------------------------------------------------------------


def test_a_bilateral_as_a_domain_is_worth_what_the_table_says() -> None:
    model = TariffTalks(small(issues={"defence": {"table": "joint"}}), 1, collect=False)
    for _ in range(4):
        model.step()
    domain = bilateral_domain(model, "JPN")
    partner, world = model.partner("JPN"), model.look_around()
    table = model.table(partner, world)
    assert [issue.name for issue in domain.issues] == [
        "tariff",
        "auto_tariff",
        "defence",
        "fx",
        "investment",
        "market_access",
    ]
    luck = np.random.default_rng(3)
    for _ in range(20):
        levels = [int(luck.integers(len(issue))) for issue in domain.issues]
        package = np.array(levels)
        assert domain.worth(levels) == pytest.approx((table.partner_gain(package), table.us_gain(package)), rel=1e-9)
    assert domain.reservation[0] == 0.0 < domain.reservation[1]
    assert domain.groups[0].at == (0, 1)


def test_a_pair_of_rates_that_cannot_be_carried_home_is_worse_than_no_deal() -> None:
    certain = {"credibility": 1.0}  # the threat is believed, so that 15 per cent beats no deal
    model = TariffTalks(small(politics={"all_tariffs": ["JPN"]}, threat=certain), 1, collect=False)
    domain = bilateral_domain(model, "JPN")
    nothing = {"fx": 0.0, "investment": 0.0, "market_access": 0.0}
    barred = domain.utility({"tariff": 0.15, "auto_tariff": 0.2, **nothing})
    allowed = domain.utility({"tariff": 0.15, "auto_tariff": 0.15, **nothing})
    assert barred[0] < domain.reservation[0] <= allowed[0]


def test_the_clock_of_a_tactic_never_runs_back_in_the_talks() -> None:
    """The deadline slides by three weeks in the thirteenth; after the snap a new clock begins."""
    calendar = [
        {"date": "2025-07-07", "action": "extend", "until": "2025-08-01"},
        {"date": "2025-07-09", "action": "snap"},
    ]
    model = TariffTalks(small(tactics={"partners": {"name": "hardball"}}, calendar=calendar, clock={"rounds": 22}), 1)
    seat, shares = model.partner("JPN").seat, []
    while model.round < 22:
        model.step()
        if seat.now is not None:
            shares.append((model.snapped is not None, seat.now.elapsed))
    before, after = ([share for snapped, share in shares if snapped is which] for which in (False, True))
    assert len(before) > 10 < len(before) + len(after)
    assert before == sorted(before)
    assert after == sorted(after)
    assert before[-1] > 0.9 > 0.2 > after[0]
