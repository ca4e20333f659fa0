"""Deadlines as announced, moved and carried out."""

from __future__ import annotations

from datetime import date

from sim.ensemble.engine import Engine, tables_by
from sim.scenario import Event, load_scenario
from sim.talks.clock import Timeline, effective_round, share_elapsed
from sim.talks.setup import prepare

PAUSE_ENDS = Event(date=date(2025, 7, 9), action="snap")
EXTENDED = Event(date=date(2025, 7, 7), action="extend", until=date(2025, 8, 1))


def test_a_date_takes_effect_in_the_first_round_that_begins_on_or_after_it() -> None:
    assert effective_round(date(2025, 4, 14)) == 0
    assert effective_round(date(2025, 4, 15)) == 1
    assert effective_round(date(2025, 7, 7)) == 12
    assert effective_round(date(2025, 7, 9)) == 13


def test_nobody_foresees_an_extension() -> None:
    timeline = Timeline.of([PAUSE_ENDS, EXTENDED])
    assert timeline.deadline(0) == 13
    assert timeline.deadline(11) == 13
    assert timeline.deadline(12) == 16  # announced that Monday
    assert timeline.deadline(16) is None
    assert timeline.snaps() == (16,)


def test_without_an_extension_the_threat_is_carried_out_on_time() -> None:
    assert Timeline.of([PAUSE_ENDS]).snaps() == (13,)


def test_an_extension_after_the_fact_moves_nothing() -> None:
    late = Event(date=date(2025, 7, 20), action="extend", until=date(2025, 8, 1))
    assert Timeline.of([PAUSE_ENDS, late]).snaps() == (13,)


def test_time_presses_fully_at_the_last_offer_before_the_deadline() -> None:
    """Four offers a session, a deadline in round 13, talks that opened in round 5; both clocks end at 1."""
    last = (12, 3, 4)
    assert share_elapsed(last, 5, (13, -1), (10, 0), common=True) == 1.0
    assert share_elapsed(last, 5, (13, -1), (10, 0), common=False) == 1.0
    assert share_elapsed((5, 0, 4), 5, (13, -1), (10, 0), common=True) == 20 / 51
    assert share_elapsed((5, 0, 4), 5, (13, -1), (10, 0), common=False) == 0.0


def test_who_expects_a_deadline_to_move_is_still_holding_back_when_it_comes() -> None:
    assert share_elapsed((12, 3, 4), 0, (13, -1), (10, 4), common=True) == 51 / 67
    after = share_elapsed((14, 0, 4), 0, (-1, 13), (10, 4), common=True)
    assert after == share_elapsed((14, 0, 4), 0, (-1, 13), (10, 0), common=True) == 0.1


def test_expected_extensions_cost_deals_before_the_deadline() -> None:
    """And both drivers agree on it."""

    def signed(weeks: int) -> int:
        scenario = load_scenario("classroom", [f"clock.extension={weeks}", "replications=4"])
        partners = tables_by(Engine.BOTH, prepare(scenario), range(4), "partners")["partners"]
        return int((partners["round"] < 13).sum())

    assert signed(0) > signed(8)
