from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.calendar import calendar_of_2025
from sim.world import START, WorldDataError, date_of, load_calendar, round_of, weeks_until


def test_weeks_of_the_talks() -> None:
    assert START.strftime("%A") == "Monday"
    assert round_of(date(2025, 4, 16)) == 0
    assert round_of(date(2025, 7, 9)) == 12
    assert round_of(date(2025, 7, 22)) == 14
    assert round_of(date(2025, 4, 9)) == -1
    assert weeks_until(date(2025, 7, 9)) == pytest.approx(86 / 7)


@given(st.integers(-60, 400), st.integers(0, 6))
def test_every_day_of_a_week_is_in_its_round(number: int, day: int) -> None:
    assert round_of(date_of(number) + timedelta(days=day)) == number


def test_the_story_of_japan() -> None:
    story = [(e.date.isoformat(), e.kind, e.value) for e in load_calendar() if e.iso == "JPN" and e.kind != "meeting"]
    assert story == [
        ("2025-04-16", "talks_open", ""),
        ("2025-07-07", "letter", "0.25"),
        ("2025-07-20", "election", ""),
        ("2025-07-22", "deal", "0.15"),
    ]
    rounds = [e.value for e in load_calendar() if e.iso == "JPN" and e.kind == "meeting" and e.value.isdigit()]
    assert rounds == ["1", "2", "3", "4", "5", "6", "7", "8"]


def test_deadlines() -> None:
    events = {e.kind: e for e in load_calendar() if e.iso == "USA"}
    assert events["pause_end"].date == date(2025, 7, 9)
    assert (events["extension"].date, events["extension"].value) == (date(2025, 7, 7), "2025-08-01")


def test_deals_of_the_first_hundred_days_and_of_the_last_ten() -> None:
    deals = [(e.iso, e.rate) for e in load_calendar() if e.kind == "deal"]
    assert deals[:5] == [("GBR", 0.1), ("VNM", 0.2), ("IDN", 0.19), ("JPN", 0.15), ("PHL", 0.19)]
    assert deals[5:8] == [("EUU", 0.15), ("KOR", 0.15), ("PAK", 0.19)]
    assert deals[8:] == [("BGD", 0.2), ("KHM", 0.19), ("LKA", 0.2), ("MYS", 0.19), ("THA", 0.19)]


def test_the_order_of_july_has_a_day_and_three_have_orders_of_their_own() -> None:
    (order,) = (e for e in load_calendar() if e.kind == "order_of_july")
    assert (order.date, order.value) == (date(2025, 7, 31), "2025-08-07")
    own = {e.iso: e.rate for e in load_calendar() if e.kind == "own_order"}
    assert own == {"BRA": 0.5, "CAN": 0.35, "MEX": 0.25}


def test_the_court() -> None:
    story = [(e.date.isoformat(), e.value) for e in load_calendar() if e.kind == "court"]
    assert story == [("2025-05-28", "unlawful"), ("2025-05-29", "stayed"), ("2025-07-31", "argued")]


def test_the_calendar_of_a_scenario_reads_nothing_of_what_came_after() -> None:
    events = calendar_of_2025()
    assert max(e.date for e in events) == date(2025, 7, 20)
    assert {e.action for e in events} == {"snap", "extend", "letters", "election"}


def test_nothing_is_later_than_the_order_and_memory_is_marked() -> None:
    events = load_calendar()
    assert max(e.date for e in events) == date(2025, 7, 31)
    assert all(e.source.startswith("http") or not e.verified for e in events)
    assert [e.iso for e in events if e.kind == "letter" and e.iso == "ZAF" and not e.verified] == ["ZAF"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2025-07-07,letter,JPN,25,http://x", "rate 25 should be 0.25"),
        ("2025-07-07,letter,JPN,much,http://x", "not a rate"),
        ("2025-07-07,lettre,JPN,0.25,http://x", "unknown kind"),
        ("7 July,letter,JPN,0.25,http://x", "not a date"),
        ("2025-07-07,letter,JPN,0.25,", "without a source"),
    ],
)
def test_bad_fact_is_named(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "calendar.csv"
    path.write_text(f"# facts\ndate,kind,iso,value,source\n{row}\n")
    with pytest.raises(WorldDataError, match=message) as caught:
        load_calendar(path)
    assert caught.value.line == 3
