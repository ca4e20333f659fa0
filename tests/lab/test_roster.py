"""Where a class stands, for its teacher, and what of it is public."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.lab.moves import Act, Move
from sim.lab.overlay import overlay_of, simulated
from sim.lab.room import Seat, game_of
from sim.lab.roster import class_frame, class_table, progress_of, roster, signed_by_now
from tests.lab.rooms import TEXT, a_room

ACCEPT, WAIT, WALK = Move(Act.ACCEPT), Move(Act.WAIT), Move(Act.WALK)
GUESS = {"pays": "yes"}


def a_seat(number: int, prediction: dict[str, str] | None = GUESS, name: str = "") -> Seat:
    return Seat("ABC234", number, name or f"Student {number}", a_room().place(number), 0, prediction, 0, "")


@pytest.fixture(scope="module")
def signed() -> tuple[Move, ...]:
    """Moves of a student at the first place who takes what is asked until there is a deal."""
    room, moves = a_room(), ()
    while not progress_of(game_of(room, a_seat(1), moves)).over:
        moves += (ACCEPT,)
    return moves


def test_the_teacher_reads_what_everybody_does(signed):
    room = a_room(week=2)
    seats = [a_seat(1), a_seat(2), a_seat(3, None), a_seat(4), a_seat(5)]
    rows = roster(room, seats, {1: signed, 5: (WALK,) * 16})
    assert [row.doing for row in rows][1:4] == ["waits for 19 May", "predicts", "waits for 19 May"]
    assert rows[0].doing.startswith("signed ")
    assert rows[0].progress.value < 0.0
    assert rows[1].progress.value is None
    assert [row.doing for row in roster(a_room(week=2, pace="free"), seats[1:2], {})] == ["decides"]


def test_a_move_that_cannot_be_played_any_more_is_no_crash():
    row = roster(a_room(), [a_seat(1)], {1: (WAIT, WAIT, ACCEPT)})[0]
    assert (row.doing, row.progress.over, row.progress.value) == ("cannot go on", False, None)
    assert row.progress.trouble.startswith("There is no ask")


def test_a_deal_of_a_week_that_the_class_has_not_reached_is_not_public(signed):
    rows = roster(a_room(), [a_seat(1)], {1: signed})
    week = rows[0].progress.signed
    assert signed_by_now(a_room(week=week - 1), rows) == ()
    assert signed_by_now(a_room(week=week), rows) == rows
    assert signed_by_now(a_room(week=0, pace="free"), rows) == rows


def test_only_who_has_finished_is_in_the_figure(signed):
    frame = class_frame(roster(a_room(), [a_seat(1), a_seat(2)], {1: signed}))
    assert frame["name"].tolist() == ["Student 1"]
    assert frame.dtypes.astype(str).tolist()[1:] == ["int64", "float64", "bool", "float64"]
    assert frame.loc[0, "deal"]
    assert class_frame(()).columns.tolist() == ["name", "place", "value", "deal", "week"]


def test_the_figure_is_drawn_before_anybody_and_with_somebody(signed):
    frame = class_frame(roster(a_room(), [a_seat(1)], {1: signed}))
    for students in (frame, frame.iloc[:0]):
        assert overlay_of(a_room(), students, names=True).axes


def test_simulated_negotiators_sit_at_the_places_of_the_class():
    found = simulated(TEXT, "JPN", (1, 6))
    assert sorted(found["place"].unique()) == [1, 6]
    assert found["value"].notna().all()


def test_a_name_is_no_formula_to_a_spreadsheet(signed, tmp_path):
    rows = roster(a_room(), [a_seat(1, name='=HYPERLINK("x")'), a_seat(2, name='Ann, or "Bo"')], {1: signed})
    (tmp_path / "class.csv").write_text(class_table(rows, {1: signed}), encoding="utf-8")
    table = pd.read_csv(tmp_path / "class.csv")
    assert table["name"].tolist() == ['\'=HYPERLINK("x")', 'Ann, or "Bo"']
    assert table["moves"].tolist() == [len(signed), 0]
    assert table["prediction"].tolist() == ["pays: yes", "pays: yes"]
