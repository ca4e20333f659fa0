"""Every tactic keeps the contract, and does what it is known for."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
import pytest

from sim.bargaining import Moment, aspiration, negotiate
from sim.bargaining.acceptance import AcConst, AcNext, AcTime
from sim.bargaining.knowledge import Bayesian, Frequency, Partial, Perfect, Prior
from sim.bargaining.tactics import (
    TACTICS,
    Answer,
    Boulware,
    Conceder,
    Hardball,
    Linear,
    LogRoller,
    MiCRO,
    NashNegotiator,
    RandomWalker,
    RelativeTitForTat,
    Tactic,
    TimeDependent,
)
from tests.bargaining.small import make_pie, make_random, make_trade
from tests.bargaining.tactics.contract import Contract
from tests.bargaining.tactics.scripted import Scripted


def offers_of(tactic: Tactic, other: Tactic, rounds: int = 10) -> list[object]:
    return [offer for _, side, offer in negotiate(make_pie(10), tactic, other, rounds).moves if side == 0]


class TestTimeDependent(Contract):
    make = TimeDependent

    def test_it_follows_the_curve(self) -> None:
        """Ten slices, nine rounds: t = 0.1 ... 0.9, so the linear side asks for 9, 8, ... 1 slices."""
        assert offers_of(Linear(), Scripted(), 9) == [(slices,) for slices in range(9, 0, -1)]

    def test_it_needs_a_stance(self) -> None:
        with pytest.raises(ValueError, match="positive"):
            TimeDependent(beta=0.0)


class TestBoulware(Contract):
    make = Boulware

    def test_it_holds_out(self) -> None:
        """(1 - t^4) of ten slices at t = 0.1, 0.5, 0.9: 10.0, 9.4, 3.4, rounded up."""
        offers = offers_of(Boulware(), Scripted(), 9)
        assert [offers[0], offers[4], offers[8]] == [(10,), (10,), (4,)]


class TestLinear(Contract):
    make = Linear


class TestConceder(Contract):
    make = Conceder

    def test_it_gives_way_at_once(self) -> None:
        """1 - 0.1^(1/4) = 0.44."""
        assert offers_of(Conceder(), Scripted(), 9)[0] == (5,)


class TestRelativeTitForTat(Contract):
    make = RelativeTitForTat

    def test_it_gives_what_it_is_given(self) -> None:
        """The partner gives a slice, then nothing, then two."""
        script = Scripted(offers=((0,), (1,), (1,), (3,), (3,)))
        assert offers_of(RelativeTitForTat(gamma=1.0), script, 6) == [(10,), (10,), (9,), (9,), (7,), (7,)]

    def test_a_step_back_is_no_concession_when_it_is_taken_again(self) -> None:
        script = Scripted(offers=((2,), (0,), (2,), (0,), (2,)))
        assert set(offers_of(RelativeTitForTat(gamma=1.0), script, 6)) == {(10,)}

    def test_parameters(self) -> None:
        with pytest.raises(ValueError, match="gamma"):
            RelativeTitForTat(gamma=1.5)


class TestHardball(Contract):
    make = Hardball

    def test_it_never_moves(self) -> None:
        assert set(offers_of(Hardball(share=0.7), Scripted())) == {(7,)}


class TestMiCRO(Contract):
    make = MiCRO

    def test_a_new_offer_for_a_new_offer(self) -> None:
        """The partner makes three different offers, so it makes four; then it repeats itself."""
        offers = offers_of(MiCRO(), Scripted(offers=((0,), (1,), (2,))), 10)
        assert offers[:4] == [(10,), (9,), (8,), (7,)]
        assert set(offers[4:]) <= set(offers[:4])

    def test_two_of_them_meet_in_the_middle(self) -> None:
        assert negotiate(make_pie(10), MiCRO(), MiCRO(), 20).agreement.utilities == (0.5, 0.5)  # type: ignore[union-attr]


class TestRandomWalker(Contract):
    make = RandomWalker

    def test_seeds_differ(self) -> None:
        assert offers_of(RandomWalker(seed=1), Scripted()) != offers_of(RandomWalker(seed=2), Scripted())


class TestLogRoller(Contract):
    make = LogRoller

    def test_with_perfect_knowledge_its_offers_are_efficient(self) -> None:
        domain = make_trade()
        result = negotiate(domain, LogRoller(knowledge=Perfect()), Scripted(), 20)
        for exchange in result.trace:
            assert exchange.package is None or domain.distance_to_pareto(exchange.package) < 1e-9

    def test_knowledge_helps_both(self) -> None:
        """Two sides that know each other's interests agree on more than two that take them for opposed."""
        welfare = {0.0: 0.0, 1.0: 0.0}
        for seed in range(5):
            for skill in welfare:
                made = [LogRoller(knowledge=Partial(skill=skill), beta=0.5) for _ in (0, 1)]
                deal = negotiate(make_random(seed, 4, 5).normalized(), made[0], made[1], 40).agreement
                assert deal is not None
                welfare[skill] += sum(deal.utilities) / 5
        assert welfare[1.0] > welfare[0.0] + 0.1


class TestLogRollerBayesian(Contract):
    make = LogRoller
    options: ClassVar[dict[str, Any]] = {"knowledge": Bayesian(), "gamma": 0.3}


class TestLogRollerPrior(Contract):
    make = LogRoller
    options: ClassVar[dict[str, Any]] = {"knowledge": Prior()}


class TestNashNegotiator(Contract):
    make = NashNegotiator

    def test_it_accepts_its_best_outcome(self) -> None:
        """And everything down to the solution."""
        tactic = NashNegotiator()
        tactic.start(make_pie(10).view(0))
        assert tactic.respond(Moment(0, 9), (5,)) is Answer.ACCEPT
        assert tactic.respond(Moment(0, 9), (4,)) is Answer.REFUSE

    def test_two_of_them_agree_at_once_on_the_solution(self) -> None:
        domain = make_trade()
        result = negotiate(domain, NashNegotiator(), NashNegotiator(), 5)
        assert result.agreement == domain.nash()
        assert result.offers == 1


def test_every_tactic_has_its_contract_tested() -> None:
    tested = {kind.make for kind in Contract.__subclasses__() if kind.__module__ == __name__}
    assert tested == set(TACTICS)


# --- acceptance -----------------------------------------------------------------------------------------------------


def accepts(acceptance: object, slices: int, step: int) -> bool:
    tactic = Linear(acceptance=acceptance)  # type: ignore[arg-type]
    tactic.start(make_pie(10).view(0))
    return tactic.respond(Moment(step, 9), (slices,)) is Answer.ACCEPT


def test_ac_next() -> None:
    """At t = 0.3 the linear side would ask for seven slices."""
    assert [accepts(AcNext(), slices, 2) for slices in (6, 7, 8)] == [False, True, True]
    assert accepts(AcNext(gap=0.1), 6, 2)


def test_ac_time() -> None:
    assert [accepts(AcTime(0.9), 1, step) for step in (7, 8)] == [False, True]


def test_ac_const() -> None:
    assert [accepts(AcConst(0.6), slices, 0) for slices in (5, 6)] == [False, True]


def test_combinations() -> None:
    either, both = AcTime(0.9) | AcConst(0.6), AcTime(0.9) & AcConst(0.6)
    assert [accepts(either, 6, 0), accepts(either, 1, 8), accepts(either, 1, 0)] == [True, True, False]
    assert [accepts(both, 6, 0), accepts(both, 6, 8), accepts(both, 1, 8)] == [False, True, False]


# --- knowledge ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("knowledge", [Frequency(), Bayesian()])
def test_learning_finds_what_matters(knowledge: Frequency | Bayesian) -> None:
    """The partner sticks to the highest pledge while it gives way on the tariff: that is what it cares about."""
    view = make_trade().view(0)
    knowledge.start(view)
    for step, tariff in enumerate((3, 3, 2, 2, 1, 1)):
        knowledge.observe(Moment(step, 8), (tariff, 3, 2))
    tariffs, pledges, _ = knowledge.tables()
    assert pledges[3] - pledges[0] > tariffs[3] - tariffs[0]


def test_partial_knowledge_lies_between() -> None:
    view = make_trade().view(0)
    for knowledge in (made := [Prior(), Partial(skill=0.5), Perfect()]):
        knowledge.start(view)
    prior, half, truth = ([float(table[1]) for table in knowledge.tables()] for knowledge in made)
    assert half == pytest.approx([(p + t) / 2 for p, t in zip(prior, truth, strict=True)])
    assert made[2].reservation() == 1.0


def test_the_aim_is_the_one_rule_of_aspiration() -> None:
    tactic = TimeDependent(beta=0.5)
    tactic.start(make_pie(10).view(0))
    assert tactic.target(Moment(4, 9)) == pytest.approx(aspiration(0.5, 0.5) - 1e-4)


# --- going on after values have moved -------------------------------------------------------------------------------


def test_micro_goes_down_the_new_list_past_what_it_has_offered() -> None:
    tactic = MiCRO()
    tactic.start(make_pie(10).view(0))
    said = []
    for step, heard in enumerate((0, 1, 2, 3)):
        if step == 2:
            tactic.resume(make_pie(10).rescaled((2.0, 1.0), (5.0, 0.0)).view(0))
        tactic.respond(Moment(step, 9), (heard,))
        said.append(tactic.propose(Moment(step, 9)))
    assert said == [(10,), (9,), (8,), (7,)]


def test_tit_for_tat_values_the_best_offer_it_heard_anew() -> None:
    """Three of ten slices become six of twenty: an offer of six is then no concession, seven is one of a twentieth."""
    tactic = RelativeTitForTat(gamma=1.0)
    tactic.start(make_pie(10).view(0))
    tactic.respond(Moment(0, 9), (3,))
    tactic.propose(Moment(0, 9))
    tactic.resume(make_pie(10).rescaled((2.0, 1.0)).view(0))
    assert tactic.heard == pytest.approx(0.6)
    tactic.respond(Moment(1, 9), (3,))
    assert tactic.propose(Moment(1, 9)) == (10,)
    tactic.respond(Moment(2, 9), (4,))
    assert tactic.propose(Moment(2, 9)) == (9,)


@pytest.mark.parametrize("knowledge", [Frequency(), Bayesian()])
def test_what_was_learnt_outlives_a_move_of_values(knowledge: Frequency | Bayesian) -> None:
    view = make_trade().view(0)
    knowledge.start(view)
    for step, tariff in enumerate((3, 3, 2, 2)):
        knowledge.observe(Moment(step, 8), (tariff, 3, 2))
    before = [table.tolist() for table in knowledge.tables()]
    knowledge.resume(make_trade().rescaled((1.0, 5.0)).view(0))
    assert [table.tolist() for table in knowledge.tables()] == before


def test_on_another_grid_it_is_learnt_again_from_what_that_grid_holds() -> None:
    knowledge, alike = Frequency(), Frequency()
    knowledge.start(make_pie(10).view(0))
    alike.start(make_pie(5).view(0))
    for step, offer in enumerate((9, 5, 4)):
        knowledge.observe(Moment(step, 8), (offer,))
        if offer <= 5:
            alike.observe(Moment(step, 8), (offer,))
    knowledge.resume(make_pie(5).view(0))
    assert knowledge.tables()[0].tolist() == alike.tables()[0].tolist()


def test_the_best_for_the_other_side_is_the_last_point_of_the_frontier_that_meets_the_aim() -> None:
    for seed in range(20):
        view = make_random(seed, 4, 4).view(0)
        theirs = Perfect()
        theirs.start(view)
        utilities, outcomes = view.frontier(theirs.tables())
        for target in np.linspace(view.worst, view.best, 15):
            meets = np.flatnonzero(utilities[:, 0] >= target - view.noise)
            assert view.believed(theirs.tables()).best_for_them(float(target)) == outcomes[meets[-1]]
        assert view.believed(theirs.tables()).best_for_them(view.best + 1.0) is None
