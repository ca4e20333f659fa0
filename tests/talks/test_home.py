"""Veto players at home: whose consent a package needs, and when it is harder to get."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario import Scenario
from sim.talks import TariffTalks, prepare
from sim.talks.home import admitted, let_pass, objection, win_set_top
from tests.talks.conftest import play, small, state

FARMERS, CABINET = 0, 1
share = st.floats(0.0, 1.0)


def test_limits_by_hand() -> None:
    """Farmers let half the list pass; half strength makes that three quarters; an election takes 40 per cent of it."""
    limits, tightening = np.array([[0.5, 1.0]]), np.array([0.4])
    assert let_pass(limits, tightening, 0.0, 1.0).tolist() == [[0.5, 1.0]]
    assert let_pass(limits, tightening, 0.0, 0.5).tolist() == [[0.75, 1.0]]
    assert let_pass(limits, tightening, 1.0, 1.0).tolist() == [[pytest.approx(0.3), 1.0]]


def test_the_tightest_player_holds_an_issue() -> None:
    top, by = win_set_top(np.array([[0.5, 1.0, 0.3], [0.7, 1.0, 0.25]]), np.array([11, 11, 5]))
    assert top.tolist() == [5, 10, 1]
    assert by.tolist() == [FARMERS, -1, CABINET]


def test_a_part_may_not_exceed_the_whole() -> None:
    grid, ties = np.array([[0.0, 50.0, 100.0], [0.0, 40.0, 80.0]]), np.array([[1, 0]])
    top = np.array([2, 2])
    assert admitted(np.array([1, 1]), top, grid, ties)
    assert not admitted(np.array([0, 1]), top, grid, ties)
    assert not admitted(np.array([2, 2]), np.array([1, 2]), grid, ties)


def test_who_objects_by_hand() -> None:
    passes = np.array([[0.5, 1.0], [1.0, 0.8]])
    assert objection(np.array([0.5, 0.8]), passes, np.zeros(2)) == (-1, -1)
    assert objection(np.array([0.5, 0.8]), passes, np.array([-0.01, 0.0])) == (FARMERS, 0)
    assert objection(np.array([0.5, 0.85]), passes, np.array([0.0, 0.02])) == (CABINET, 1)
    assert objection(np.array([1.0, 0.85]), np.ones((2, 2)), np.array([-0.3, -0.3])) == (-1, -1)  # nobody minds


@settings(deadline=None)
@given(share, share, st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_an_election_never_widens_a_win_set(limit: float, tightening: float, strength: float, other: float) -> None:
    quiet, near = (let_pass(np.array([[limit]]), np.array([tightening]), e, strength)[0, 0] for e in (0.0, 1.0))
    assert near <= quiet <= 1.0
    weaker = let_pass(np.array([[limit]]), np.array([tightening]), 1.0, min(strength, other))[0, 0]
    assert weaker >= near - 1e-12


def japan(scenario: Scenario) -> tuple[TariffTalks, list[str]]:
    model = TariffTalks(scenario, collect=False)
    return model, list(model.partner("JPN").terms.issues)


def test_the_farm_lobby_is_tighter_before_the_election_of_july() -> None:
    """Japan's farmers let half the list pass, a tenth in the ten weeks before 20 July, the Sunday before week 14."""
    model, issues = japan(small())
    k = issues.index("market_access")
    top = {week: model.partner("JPN").win_set(week).top[k] for week in (3, 4, 13, 14)}
    assert top == {3: 5, 4: 1, 13: 1, 14: 5}
    levels = np.zeros(len(issues), dtype=np.int64)
    levels[k] = 4
    assert model.partner("JPN").win_set(13).opponent(levels) == ("farm_lobby", k)
    assert model.partner("JPN").win_set(14).opponent(levels) is None


def test_others_have_veto_players_of_their_own_kind() -> None:
    model, issues = japan(small())
    assert model.setup.homes[model.partner("VNM").index].players == (
        "cabinet", "ruling_party", "industry", "finance_ministry", "own word"
    )  # fmt: skip
    k = issues.index("investment")
    assert model.partner("EUU").win_set(0).top[k] == model.partner("EUU").win_set(13).top[k] == 36
    assert model.partner("VNM").win_set(0).top[k] == 36


def test_no_ratification_is_the_same_as_no_veto_players() -> None:
    nobody: dict[str, dict] = {"others": {}, "JPN": {}}
    off = play(small(politics={"ratification": 0.0}, clock={"rounds": 24}))
    none = play(small(politics={"veto_players": nobody}, clock={"rounds": 24}))
    assert state(off) == state(none)
    on = play(small(politics={"ratification": 1.0, "veto_players": {"JPN": {"all": {"limits": {"investment": 0.1}}}}}))
    assert state(on) != state(off)


def test_a_package_can_fail_at_home() -> None:
    """Veto players nobody can read: half of all closings at the limit fail, and the trace says who and why."""
    limit = {"JPN": {"finance_ministry": {"limits": {"investment": 0.15}}}}
    shaky = small(politics={"veto_players": limit, "ratification_noise": 0.5}, clock={"rounds": 30})
    failed = [
        entry
        for replication in range(8)
        for entry in play(shaky, replication=replication).record.log
        if entry["event"] == "ratification_failed" and entry["partner"] == "JPN"
    ]
    assert failed
    assert {(entry["player"], entry["issue"]) for entry in failed} == {("finance_ministry", "investment")}


def test_tied_hands_can_help() -> None:
    """A limit that both sides know is a commitment (Schelling 1960): Japan pledges no more than it may."""
    setup = prepare(small(politics={"ratification_noise": 0.0}, clock={"rounds": 30}))
    tied = prepare(
        small(
            politics={
                "veto_players": {"JPN": {"treasury": {"limits": {"investment": 0.1}}}},
                "ratification_noise": 0.0,
            },
            clock={"rounds": 30},
        )
    )
    for replication in range(3):
        free, bound = (play(s, replication=replication).partner("JPN") for s in (setup, tied))
        if free.deal is not None and bound.deal is not None:
            assert bound.package["investment"] <= 0.1 * 0.2 * 4026 + 1e-9
            assert free.package["investment"] >= bound.package["investment"]
