"""What is kept of a class, and who may change it."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.lab.moves import Act, Move
from sim.lab.refused import Refused
from sim.lab.room import SEATS
from sim.lab.store import FILE, Store
from tests.lab.rooms import a_plan

WAIT, OFFER = Move(Act.WAIT), Move(Act.OFFER, (1, 2, 0, 0, 3, 1))


@pytest.fixture
def store(tmp_path: Path):
    opened = Store(tmp_path)
    yield opened
    opened.close()


def test_a_lesson_from_room_to_reveal(store):
    room, teacher = store.create_room(a_plan(pace="together"))
    anna, key = store.join(room.code, "Anna")
    bo, _ = store.join(room.code, "Bo")
    assert [(s.number, s.name, s.place) for s in store.seats(room.code)] == [(1, "Anna", 1), (2, "Bo", 6)]
    store.predict(anna, {"pays": "yes", "value": 3.5})
    store.add_move(anna, 0, OFFER, 0)
    with pytest.raises(Refused, match="19 May"):
        store.add_move(bo, 0, WAIT, 5)
    store.set_clock(room.code, teacher, 5)
    store.add_move(bo, 0, WAIT, 5)
    assert store.use_hint(bo, 5) == 1
    store.reveal(room.code, teacher, True)
    assert (store.room(room.code).week, store.room(room.code).revealed) == (5, True)
    assert store.moves_of(room.code) == {1: (OFFER,), 2: (WAIT,)}
    assert store.seat(room.code, key).prediction == {"pays": "yes", "value": 3.5}
    assert [seat.hints for seat in store.seats(room.code)] == [0, 1]


def test_all_of_it_is_there_when_the_file_is_opened_again(tmp_path):
    first = Store(tmp_path)
    room, teacher = first.create_room(a_plan(places="1, 3, last", luck="own"))
    seat, key = first.join(room.code, "Élodie 北京 🎓")
    first.add_move(seat, 0, OFFER, 0)
    first.pause(room.code, teacher, True)
    first.close()
    again = Store(tmp_path)
    assert again.room_as_teacher(room.code, teacher).places == (1, 3, 6)
    assert again.room(room.code).paused
    assert again.seat(room.code, key) == seat
    assert again.moves(seat) == (OFFER,)


def test_the_code_of_a_room_is_no_key(store):
    room, _ = store.create_room(a_plan())
    _, token = store.join(room.code, "Anna")
    other, other_teacher = store.create_room(a_plan())
    for key in ("", room.code, token, other_teacher):
        with pytest.raises(Refused, match="not enough"):
            store.room_as_teacher(room.code, key)
        for act in (store.pause, store.reveal, store.end):
            with pytest.raises(Refused):
                act(room.code, key, True)
        for act in (store.set_clock, store.remove):
            with pytest.raises(Refused):
                act(room.code, key, 1)
        with pytest.raises(Refused):
            store.forget(room.code, key)
    assert len(store.seats(room.code)) == 1
    assert store.room(other.code).code == other.code


def test_a_token_opens_one_seat_of_one_room(store):
    room, teacher = store.create_room(a_plan())
    other, _ = store.create_room(a_plan())
    anna, key = store.join(room.code, "Anna")
    store.join(room.code, "Bo")
    assert store.seat(room.code, key) == anna
    for code, wrong in ((other.code, key), (room.code, teacher), (room.code, ""), (room.code, key[:-1])):
        with pytest.raises(Refused, match="no such seat"):
            store.seat(code, wrong)


def test_keys_are_nowhere_in_the_file(tmp_path):
    store = Store(tmp_path)
    room, teacher = store.create_room(a_plan())
    _, token = store.join(room.code, "Anna")
    store.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Anna" in kept
    assert teacher.encode() not in kept
    assert token.encode() not in kept
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_of_two_tabs_only_one_moves(store):
    room, _ = store.create_room(a_plan())
    seat, _ = store.join(room.code, "Anna")
    store.add_move(seat, 0, OFFER, 0)
    for n in (0, 2):
        with pytest.raises(Refused, match="another tab"):
            store.add_move(seat, n, WAIT, 0)
    store.add_move(seat, 1, WAIT, 0)
    assert store.moves(seat) == (OFFER, WAIT)


def test_many_threads_make_each_move_once(store):
    room, _ = store.create_room(a_plan())
    seats = [store.join(room.code, "Anna")[0] for _ in range(4)]

    def hammer(_: int) -> int:
        made = 0
        for seat in seats:
            for n in range(5):
                try:
                    store.add_move(seat, n, WAIT, 0)
                    made += 1
                except Refused:
                    pass
        return made

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(hammer, range(8))) == 20
    assert {len(moves) for moves in store.moves_of(room.code).values()} == {5}
    assert len({seat.name for seat in store.seats(room.code)}) == 4


def test_two_connections_to_one_file_do_not_overwrite_each_other(tmp_path):
    stores = [Store(tmp_path), Store(tmp_path)]
    room, _ = stores[0].create_room(a_plan())
    with ThreadPoolExecutor(2) as pool:
        numbers = pool.map(lambda store: [store.join(room.code, "Anna")[0].number for _ in range(10)], stores)
    assert sorted(number for joined in numbers for number in joined) == list(range(1, 21))
    for store in stores:
        store.close()


def test_there_is_no_second_prediction_and_no_fourth_hint(store):
    room, _ = store.create_room(a_plan())
    seat, key = store.join(room.code, "Anna")
    store.predict(seat, {"pays": "no"})
    with pytest.raises(Refused, match="stays as it was made"):
        store.predict(seat, {"pays": "yes"})
    assert store.seat(room.code, key).prediction == {"pays": "no"}
    assert [store.use_hint(seat, 0) for _ in range(3)] == [1, 2, 3]
    with pytest.raises(Refused, match="no hints left"):
        store.use_hint(seat, 0)


def test_in_a_pause_nothing_moves(store):
    room, teacher = store.create_room(a_plan())
    seat, _ = store.join(room.code, "Anna")
    store.pause(room.code, teacher, True)
    with pytest.raises(Refused, match="paused"):
        store.add_move(seat, 0, WAIT, 0)
    with pytest.raises(Refused, match="paused"):
        store.use_hint(seat, 0)
    store.pause(room.code, teacher, False)
    store.add_move(seat, 0, WAIT, 0)
    store.end(room.code, teacher, True)
    with pytest.raises(Refused, match="over"):
        store.join(room.code, "Late")


def test_the_clock_has_only_the_weeks_of_the_talks(store):
    room, teacher = store.create_room(a_plan())
    store.set_clock(room.code, teacher, 15)
    for week in (-1, 16):
        with pytest.raises(Refused, match="16 weeks"):
            store.set_clock(room.code, teacher, week)


def test_who_is_taken_out_can_do_nothing_and_nobody_gets_the_number(store):
    room, teacher = store.create_room(a_plan())
    anna, key = store.join(room.code, "Anna")
    store.add_move(anna, 0, WAIT, 0)
    store.remove(room.code, teacher, anna.number)
    with pytest.raises(Refused):
        store.seat(room.code, key)
    with pytest.raises(Refused, match="taken this seat out"):
        store.add_move(anna, 0, WAIT, 0)
    with pytest.raises(Refused, match="not there any more"):
        store.remove(room.code, teacher, anna.number)
    assert store.join(room.code, "Anna")[0].number == 2
    assert store.moves_of(room.code) == {}


def test_a_room_has_sixty_seats(store):
    room, _ = store.create_room(a_plan())
    for _ in range(SEATS):
        store.join(room.code, "Anna")
    with pytest.raises(Refused, match="full"):
        store.join(room.code, "Anna")


def test_of_games_played_alone_the_latest_are_kept_and_classes_are_never_put_out(store, monkeypatch):
    monkeypatch.setattr("sim.lab.store.ROOMS", 1)
    monkeypatch.setattr("sim.lab.store.ALONE", 2)
    room, teacher = store.create_room(a_plan())
    oldest, middle, latest = (store.sit_alone(a_plan(), "You") for _ in range(3))
    with pytest.raises(Refused, match="no such seat"):
        store.seat(oldest[0].code, oldest[1])
    for seat, key in (middle, latest):
        assert store.seat(seat.code, key) == seat
        assert store.room(seat.code).revealed
        with pytest.raises(Refused, match="teacher"):
            store.room_as_teacher(seat.code, "")
    assert store.room_as_teacher(room.code, teacher) == room
    with pytest.raises(Refused, match="1 classes are kept"):
        store.create_room(a_plan())


def test_a_forgotten_class_leaves_no_trace(tmp_path):
    store = Store(tmp_path)
    room, teacher = store.create_room(a_plan(title="Zanzibar seminar"))
    seat, _ = store.join(room.code, "Hildegard")
    store.predict(seat, {"why": "Quixotic"})
    store.forget(room.code, teacher)
    with pytest.raises(Refused, match="no room"):
        store.room(room.code)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not any(word in kept for word in (b"Zanzibar", b"Hildegard", b"Quixotic"))
    store.close()


def test_a_move_is_never_changed(tmp_path):
    store = Store(tmp_path)
    room, _ = store.create_room(a_plan())
    seat, _ = store.join(room.code, "Anna")
    store.add_move(seat, 0, WAIT, 0)
    with sqlite3.connect(tmp_path / FILE) as other, pytest.raises(sqlite3.IntegrityError, match="never changed"):
        other.execute("UPDATE moves SET round = 3")
    store.close()


def test_a_file_of_a_later_version_or_no_database_is_refused(tmp_path):
    Store(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(Refused, match="later version"):
        Store(tmp_path)
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / FILE).write_text("no database at all" * 100)
    with pytest.raises(Refused, match="cannot be used"):
        Store(tmp_path / "bad")


CHILD = """
import sys
from pathlib import Path
from sim.lab.moves import Act, Move
from sim.lab.store import Store
store = Store(Path(sys.argv[1]))
code, key = sys.argv[2:]
seat = store.seat(code, key)
n = 0
while True:
    store.add_move(seat, n, Move(Act.WAIT), 0)
    n += 1
    print(n, flush=True)
"""


def test_what_was_answered_is_kept_when_the_server_is_killed(tmp_path):
    store = Store(tmp_path)
    room, _ = store.create_room(a_plan())
    seat, key = store.join(room.code, "Anna")
    words = [sys.executable, "-c", CHILD, str(tmp_path), room.code, key]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    said = [int(child.stdout.readline()) for _ in range(20)]
    os.kill(child.pid, signal.SIGKILL)
    said += [int(line) for line in child.stdout.read().splitlines()]
    child.wait()
    kept = store.moves(seat)
    assert len(kept) in (said[-1], said[-1] + 1)
    store.add_move(seat, len(kept), WAIT, 0)
    store.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(
        st.one_of(
            st.sampled_from([Move(Act.WAIT), Move(Act.ACCEPT), Move(Act.WALK)]),
            st.lists(st.integers(0, 99), max_size=8).map(lambda levels: Move(Act.OFFER, tuple(levels))),
        ),
        max_size=8,
    )
)
def test_moves_come_back_as_they_were_made(store, moves):
    room, teacher = store.create_room(a_plan())
    seat, _ = store.join(room.code, "Anna")
    for n, move in enumerate(moves):
        store.add_move(seat, n, move, 0)
    assert store.moves(seat) == tuple(moves)
    store.forget(room.code, teacher)
