"""Who sits for the United States, and what that does to the price of a concession."""

from __future__ import annotations

import numpy as np
import pytest

from sim.talks import TariffTalks
from sim.talks.delegation import PRESIDENT, attending, bench_of, mixed_weights, names_of
from tests.talks.conftest import play, small, state

TREASURY, TRADE = 2, 8


def test_weights_by_hand() -> None:
    """Two present with voices 3 and 1 and weights 2 and 1 make 1.75; half the strength half of the excess."""
    weights, voices = np.array([[2.0], [1.0], [5.0]]), np.array([3.0, 1.0, 1.0])
    assert mixed_weights(weights, voices, 0b011, 1.0).tolist() == [1.75]
    assert mixed_weights(weights, voices, 0b011, 0.5).tolist() == [1.375]
    assert mixed_weights(weights, voices, 0b100, 1.0).tolist() == [5.0]


def test_nobody_there_and_no_difference_are_weights_of_one() -> None:
    weights, voices = np.array([[2.0, 0.3]]), np.array([3.0])
    assert mixed_weights(weights, voices, 0, 1.0).tolist() == [1.0, 1.0]
    assert mixed_weights(weights, voices, 1, 0.0).tolist() == [1.0, 1.0]


def test_the_bench_knows_who_cares_for_what() -> None:
    bench = bench_of(small(), ("tariff", "fx", "market_access"), "large")
    assert bench.mix(TREASURY).tolist() == [1.0, 2.0, 1.0, 1.0]
    assert bench.mix(TRADE)[2] == 1.5
    assert names_of(TREASURY | PRESIDENT) == ["president", "treasury"]


def test_attendance_is_drawn_as_often_as_the_scenario_says() -> None:
    bench = bench_of(small(), ("tariff",), "large")
    drawn = [attending(bench, (1, 2, 3), week, False) for week in range(2000)]
    shares = [np.mean([(present >> p) & 1 for present in drawn]) for p in range(4)]
    assert shares == pytest.approx([0.0, 0.75, 1.0, 0.4], abs=0.03)
    assert all(attending(bench, (1, 2, 3), week, True) & PRESIDENT for week in range(20))


def test_principals_who_do_not_differ_are_absent() -> None:
    off = small(united_states={"delegation": {"strength": 0.0}}, clock={"rounds": 24})
    nobody = {name: {"weights": {}} for name in ("president", "treasury", "commerce", "trade_representative")}
    assert state(play(off)) == state(play(small(united_states={"delegation": nobody}, clock={"rounds": 24})))


def test_changing_one_principal_keeps_the_rest() -> None:
    delegation = small(united_states={"delegation": {"treasury": {"voice": 2.0}}}).united_states.delegation
    assert (delegation.treasury.voice, delegation.treasury.large) == (2.0, 0.75)
    assert delegation.commerce.large == 1.0


def test_a_dated_meeting_brings_the_president_and_a_session_whatever_the_capacity() -> None:
    calendar = [
        {"date": "2025-04-16", "action": "meeting", "partners": ["JPN"], "president": True},
        {"date": "2025-04-24", "action": "meeting", "partners": ["KOR"]},
        {"date": "2025-04-25", "action": "meeting", "partners": ["ITA"]},
        {"date": "2025-07-09", "action": "snap"},
    ]
    busy = {"attention": {"capacity": 1, "window": 1}}
    model = TariffTalks(
        small(calendar=calendar, mechanisms=busy, queue={"opens": "together"}), narrate=True, collect=False
    )
    for _ in range(2):
        model.step()
    sessions = [(e["round"], e["partner"], "president" in e["attended"]) for e in model.record.log if "attended" in e]
    assert sorted(sessions) == [
        (0, "EUU", False),  # the one for whom there is room
        (0, "JPN", True),
        (1, "EUU", False),  # Italy's visit is the Union's
        (1, "KOR", False),
    ]


def test_a_meeting_needs_open_talks() -> None:
    calendar = [{"date": "2025-04-16", "action": "meeting", "partners": ["JPN"], "president": True}]
    model = TariffTalks(small(calendar=calendar), 6, narrate=True, collect=False)
    model.step()
    assert not [e for e in model.record.log if e["event"] == "session" and e["partner"] == "JPN"]
