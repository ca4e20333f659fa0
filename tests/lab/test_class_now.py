"""The clock of a class, and the address at which it finds the lab."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.lab.address import class_address, only_here
from sim.lab.class_now import now_of
from sim.lab.clock import Clock, clock_in
from sim.lab.lab import Lab
from sim.lab.refused import Refused
from sim.lab.room import Room, scenario_of
from sim.lab.store import Store
from sim.scenario import catalogue
from tests.lab.rooms import a_plan, a_room


def clock_at(room: Room) -> Clock:
    return clock_in(scenario_of(room.text), room.week)


def test_the_clock_says_how_far_off_the_hard_date_is():
    clock = clock_at(a_room(week=10))
    assert (clock.week, clock.weeks, clock.date.isoformat()) == (11, 16, "2025-06-23")
    assert clock.hard_date == "hard date 9 July 2025, 3 weeks left"
    assert clock_at(a_room(week=12)).hard_date == "hard date 9 July 2025, 1 week left"
    assert clock_at(a_room(week=13)).hard_date == "no hard date ahead"


def test_a_deadline_that_was_moved_is_shown_where_it_is_now():
    text = catalogue()["japan_first"].read_text(encoding="utf-8")
    found = [clock_at(a_room(text=text, week=week)).deadline.isoformat() for week in (0, 12)]
    assert found == ["2025-07-09", "2025-08-01"]


def test_a_class_is_seen_with_all_who_joined(tmp_path: Path):
    store = Store(tmp_path)
    room, teacher = store.create_room(a_plan())
    store.join(room.code, "Anna")
    now = now_of(store, room.code)
    assert (now.room, [row.doing for row in now.rows]) == (room, ["predicts"])
    store.forget(room.code, teacher)
    with pytest.raises(Refused, match="no room"):
        now_of(store, room.code)
    store.close()


@pytest.mark.parametrize(
    ("host", "seen", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8421/", "http://127.0.0.1:8421"),
        ("0.0.0.0", "http://192.168.1.7:8421/", "http://192.168.1.7:8421"),
        ("0.0.0.0", "https://lab.school.example/", "https://lab.school.example"),
        ("192.168.1.7", "http://localhost:8421/", "http://192.168.1.7:8421"),
        ("fd00::7", "http://localhost:8421/", "http://[fd00::7]:8421"),
    ],
)
def test_students_get_the_address_that_works_for_them(host, seen, address):
    assert class_address(Lab(Path(), host=host), seen) == address


def test_a_lab_open_to_all_gives_its_address_in_the_network(monkeypatch):
    monkeypatch.setattr("sim.lab.address._own_address", lambda: "10.0.0.5")
    address = class_address(Lab(Path(), host="0.0.0.0"), "http://127.0.0.1:8421/")
    assert address == "http://10.0.0.5:8421"
    assert not only_here(address)
    assert only_here("http://localhost:8421")
