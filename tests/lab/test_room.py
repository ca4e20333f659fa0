"""A class: its code, who sits where, and when a seat may move."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sim.lab.gate import Gate
from sim.lab.keys import ALPHABET, clean_code, digest, new_code, new_key
from sim.lab.moves import Act, Move
from sim.lab.names import LONGEST, clean_name, unique_name
from sim.lab.places import DEALS, places_of
from sim.lab.plan import new_room
from sim.lab.refused import Refused
from sim.lab.room import SEATS, Seat, game_of, why_no_seat, why_not_now
from tests.lab.rooms import TEXT, a_plan, a_room


def test_a_class_of_japan_is_dealt_first_and_last_in_turn():
    room = a_room()
    assert (room.title, room.iso, room.last_week) == ("Six partners in a classroom", "JPN", 15)
    assert [room.place(number) for number in (1, 2, 3, 4)] == [1, 6, 1, 6]
    assert {room.luck_of(number) for number in range(1, SEATS + 1)} == {0}


def test_each_student_can_have_luck_of_its_own():
    room = a_room(luck="own", replication=10)
    assert [room.luck_of(number) for number in (1, 2, 3)] == [10, 11, 12]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("halves", (1, 6)),
        ("first", (1,)),
        ("last", (6,)),
        ("each", (1, 2, 3, 4, 5, 6)),
        ("2", (2,)),
        ("1, 3; last", (1, 3, 6)),
        (" 6 6 1 ", (6, 6, 1)),
    ],
)
def test_places_are_named_or_listed(words, places):
    assert places_of(words, 6) == places


@pytest.mark.parametrize("words", ["", "0", "7", "-1", "1.5", "middle", "1, 2, x", "٣", "1 " * 61])
def test_what_is_no_place_gets_a_sentence(words):
    with pytest.raises(Refused, match=r"\.$"):
        places_of(words, 6)


def test_every_ready_made_deal_can_be_dealt():
    for words in DEALS:
        assert set(places_of(words, 80)) <= set(range(1, 81))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "name: x"}, "title"),
        ({"text": "- a list"}, "mapping"),
        ({"iso": "FRA"}, "talks as part of EUU"),
        ({"iso": "ISR"}, "not among the partners"),
        ({"places": "9"}, "from 1 to 6"),
        ({"hints": 4}, "0 to 3 hints"),
        ({"replication": -1}, "from 0"),
        ({"luck": "bad"}, "same or own"),
        ({"text": TEXT + "\nsession: {protocol: nash}\n"}, "no offers"),
    ],
)
def test_a_plan_that_cannot_be_played_is_refused_in_a_sentence(changes, words):
    with pytest.raises(Refused, match=words):
        new_room(a_plan(**changes), "ABC234", "now")


def test_a_title_of_ones_own_is_one_line_and_not_too_long():
    assert new_room(a_plan(title="  Trade\n and  talks "), "ABC234", "now").title == "Trade and talks"
    assert len(new_room(a_plan(title="x" * 500), "ABC234", "now").title) == 80


def test_a_seat_moves_up_to_the_week_of_the_class():
    room = a_room(week=3)
    assert why_not_now(room, 3) is None
    assert why_not_now(room, 5) == (
        "Your next session is in the week of 19 May 2025; the class is in the week of 5 May. "
        "Wait until your teacher moves the clock."
    )
    assert why_not_now(a_room(week=3, pace="free"), 5) is None


def test_nobody_moves_in_a_pause_or_when_the_class_is_over():
    assert "paused" in why_not_now(a_room(paused=True), 0)
    assert "over" in why_not_now(a_room(closed=True, paused=True), 0)
    assert "over" in why_not_now(a_room(closed=True, pace="free"), 0)


def test_a_full_room_or_one_that_is_over_takes_nobody():
    assert why_no_seat(a_room(), SEATS - 1) is None
    assert "full" in why_no_seat(a_room(), SEATS)
    assert "over" in why_no_seat(a_room(closed=True), 0)


def test_the_game_of_a_seat_is_that_of_its_place_and_luck():
    seat, moves = Seat("ABC234", 2, "Anna", 6, 4, None, 0, ""), (Move(Act.WAIT),)
    game = game_of(a_room(), seat, moves)
    assert (game.place, game.replication, game.moves) == (6, 4, moves)
    assert game_of(a_room(), seat, ()).text == game.text


def test_codes_can_be_read_aloud_and_typed_carelessly():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(clean_code(code) == code for code in codes)
    assert not set("ILOUV015") & set(ALPHABET)
    assert clean_code(" abc-2 34") == "ABC234"
    assert clean_code("ABC12") == clean_code("ABC1234") == clean_code("<b>") == ""


def test_keys_cannot_be_guessed_and_are_not_kept():
    assert len(new_key()) >= 32
    assert new_key() not in digest(new_key())


@given(st.text())
@example("\ud800")
@example("‮gpj.exe")
def test_any_name_is_one_line_that_prints_or_is_refused(raw):
    try:
        name = clean_name(raw)
    except Refused:
        return
    assert 1 <= len(name) <= LONGEST
    assert name.isprintable()
    assert name == name.strip() == clean_name(name)
    assert not any(unicodedata.category(letter) in ("Cf", "Cc", "Cs") for letter in name)


@given(st.lists(st.sampled_from(["Anna", "ANNA", "anna 2", "Ｂｏ", "Bo", "x" * LONGEST]), max_size=12))
def test_no_two_students_have_names_that_read_the_same(wanted):
    taken = []
    for name in wanted:
        taken.append(unique_name(name, taken))
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in taken}) == len(wanted)
    assert all(len(name) <= LONGEST for name in taken)


def test_a_gate_lets_a_class_in_and_keeps_a_guesser_out():
    gate = Gate(most=3, seconds=60.0)
    assert [gate.admits("a", now) for now in (0.0, 1.0, 2.0, 3.0)] == [True, True, True, False]
    assert gate.admits("b", 3.0)
    assert gate.admits("a", 60.5)
    assert not gate.admits("a", 60.6)
