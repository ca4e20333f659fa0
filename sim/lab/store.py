"""Where classes are kept as they happen: rooms, seats, moves and predictions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sim.lab.database import Database
from sim.lab.kept import room_in, room_values, seat_in
from sim.lab.keys import digest, new_code, new_key
from sim.lab.moves import Move
from sim.lab.names import clean_name, unique_name
from sim.lab.plan import Plan, new_room
from sim.lab.refused import Refused
from sim.lab.room import Room, Seat, why_no_seat, why_not_now

__all__ = ["FILE", "ROOMS", "Store"]

#: Name of the file in the folder of the lab.
FILE = "classes.sqlite"
#: Most classes and most games played alone that are kept, most moves of a seat, and most characters of a prediction.
ROOMS, ALONE, MOVES, PREDICTION = 500, 500, 2000, 2000
#: Stands for the key of a room that has no teacher; no key has it as its digest.
NOBODY = ""
NOT_YOURS = "This page is the teacher's. The code of the room is not enough to open it: use the address with the key."
SECOND_TAB = "This seat has moved already, perhaps in another tab. Here is where it stands now."


class Store:
    """All classes of this lab.

    Keys are kept as digests only. What a student or a teacher may do is checked in the transaction that does it.

    Parameters
    ----------
    folder : Path
        Where the file is.

    Raises
    ------
    Refused
        When the file cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._database = Database(folder / FILE)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    # rooms

    def create_room(self, plan: Plan) -> tuple[Room, str]:
        """Make a room, and the key that makes its bearer the teacher of it.

        Raises
        ------
        Refused
            When the plan cannot be played, or there are too many rooms.
        """
        made, key = new_room(plan, new_code(), _now()), new_key()
        with self._database.change() as db:
            if db.execute("SELECT count(*) FROM rooms WHERE key <> ?", (NOBODY,)).fetchone()[0] >= ROOMS:
                raise Refused(f"{ROOMS} classes are kept here already; forget one of them first.")
            _insert(db, room_values(made) | {"key": digest(key)})
        return made, key

    def sit_alone(self, plan: Plan, name: str) -> tuple[Seat, str]:
        """Make a room without a teacher, which hides no outcome, and take its seat; return it with its key.

        Of the games played alone the latest are kept: the oldest is forgotten where there are too many.

        Raises
        ------
        Refused
            When the plan cannot be played, or the name will not do.
        """
        made = replace(new_room(plan, new_code(), _now()), revealed=True)
        with self._database.change() as db:
            latest = "SELECT code FROM rooms WHERE key = ? ORDER BY rowid DESC LIMIT ?"
            db.execute(f"DELETE FROM rooms WHERE key = ? AND code NOT IN ({latest})", (NOBODY, NOBODY, ALONE - 1))
            _insert(db, room_values(made) | {"key": NOBODY})
        return self.join(made.code, name)

    def room(self, code: str) -> Room:
        """Return a room.

        Raises
        ------
        Refused
            When there is none with this code.
        """
        return room_in(self._database.rows("SELECT * FROM rooms WHERE code = ?", (code,)))

    def room_as_teacher(self, code: str, key: str) -> Room:
        """Return a room to its teacher.

        Raises
        ------
        Refused
            When the key is not that of the room, whether or not there is such a room.
        """
        found = self._database.rows("SELECT * FROM rooms WHERE code = ? AND key = ?", (code, digest(key)))
        if not found:
            raise Refused(NOT_YOURS)
        return room_in(found)

    def set_clock(self, code: str, key: str, week: int) -> None:
        """Put the class into a week, from 0.

        Raises
        ------
        Refused
            When the key is wrong, or the talks have no such week.
        """
        last = self.room_as_teacher(code, key).last_week
        if not 0 <= week <= last:
            raise Refused(f"The talks have {last + 1} weeks.")
        self._set(code, key, "week", week)

    def pause(self, code: str, key: str, on: bool) -> None:
        """Let the talks rest, or go on; raises Refused as :meth:`room_as_teacher`."""
        self._set(code, key, "paused", int(on))

    def reveal(self, code: str, key: str, on: bool) -> None:
        """Show the outcomes, or hide them; raises Refused as :meth:`room_as_teacher`."""
        self._set(code, key, "revealed", int(on))

    def end(self, code: str, key: str, on: bool) -> None:
        """End the class, or open it again; raises Refused as :meth:`room_as_teacher`."""
        self._set(code, key, "closed", int(on))

    def forget(self, code: str, key: str) -> None:
        """Delete all that is kept of a class; raises Refused as :meth:`room_as_teacher`."""
        with self._database.change() as db:
            _one(db.execute("DELETE FROM rooms WHERE code = ? AND key = ?", (code, digest(key))), NOT_YOURS)
        self._database.tidy()

    def _set(self, code: str, key: str, column: str, value: int) -> None:
        """Change one thing about a room."""
        with self._database.change() as db:
            change = f"UPDATE rooms SET {column} = ? WHERE code = ? AND key = ?"
            _one(db.execute(change, (value, code, digest(key))), NOT_YOURS)

    # seats

    def join(self, code: str, name: str) -> tuple[Seat, str]:
        """Take a seat in a room; return it with the key that opens it.

        Raises
        ------
        Refused
            When there is no such room, it is full or over, or the name will not do.
        """
        wanted, key = clean_name(name), new_key()
        with self._database.change() as db:
            found = db.execute("SELECT * FROM rooms WHERE code = ?", (code,)).fetchall()
            room, taken = (
                room_in(found),
                [row["name"] for row in db.execute("SELECT name FROM seats WHERE code = ?", (code,))],
            )
            if reason := why_no_seat(room, len(taken)):
                raise Refused(reason)
            number = found[0]["joined"] + 1
            seat = Seat(
                code, number, unique_name(wanted, taken), room.place(number), room.luck_of(number), None, 0, _now()
            )
            values = (code, number, digest(key), seat.name, seat.place, seat.replication, None, 0, seat.joined_at)
            db.execute("INSERT INTO seats VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
            db.execute("UPDATE rooms SET joined = ? WHERE code = ?", (number, code))
        return seat, key

    def seat(self, code: str, key: str) -> Seat:
        """Return the seat that a key opens.

        Raises
        ------
        Refused
            When it opens none in this room.
        """
        found = self._database.rows("SELECT * FROM seats WHERE code = ? AND key = ?", (code, digest(key)))
        if not found:
            raise Refused("There is no such seat in this room. Join again with the code of the room.")
        return seat_in(found[0])

    def seats(self, code: str) -> tuple[Seat, ...]:
        """Return all seats of a room in the order in which they were taken."""
        return tuple(map(seat_in, self._database.rows("SELECT * FROM seats WHERE code = ? ORDER BY number", (code,))))

    def remove(self, code: str, key: str, number: int) -> None:
        """Take a seat out of a room with all its moves.

        Raises
        ------
        Refused
            When the key is not the teacher's, or there is no such seat.
        """
        self.room_as_teacher(code, key)
        with self._database.change() as db:
            gone = db.execute("DELETE FROM seats WHERE code = ? AND number = ?", (code, number))
            _one(gone, "That seat is not there any more.")
        self._database.tidy()

    # what a student does

    def moves(self, seat: Seat) -> tuple[Move, ...]:
        """Return the moves of a seat in order."""
        return self.moves_of(seat.code).get(seat.number, ())

    def moves_of(self, code: str) -> dict[int, tuple[Move, ...]]:
        """Return the moves of all seats of a room, by the number of the seat."""
        found: dict[int, tuple[Move, ...]] = {}
        for row in self._database.rows("SELECT number, move FROM moves WHERE code = ? ORDER BY number, n", (code,)):
            found[row["number"]] = (*found.get(row["number"], ()), Move.read(json.loads(row["move"])))
        return found

    def add_move(self, seat: Seat, n: int, move: Move, week: int) -> None:
        """Keep one more move of a seat.

        Parameters
        ----------
        seat : Seat
            Who moves.
        n : int
            How many moves it had made before, as the mover saw it.
        move : Move
            What it does.
        week : int
            When its decision was due, from 0.

        Raises
        ------
        Refused
            When the room does not let it move now, or it has moved already.
        """
        with self._database.change() as db:
            self._may_act(db, seat, week)
            made = db.execute("SELECT count(*) FROM moves WHERE code = ? AND number = ?", (seat.code, seat.number))
            if made.fetchone()[0] != n:
                raise Refused(SECOND_TAB)
            if n >= MOVES:
                raise Refused("No talks have as many moves as this.")
            values = (seat.code, seat.number, n, json.dumps(move.plain()), week, _now())
            db.execute("INSERT INTO moves VALUES (?, ?, ?, ?, ?, ?)", values)

    def predict(self, seat: Seat, prediction: Mapping[str, Any]) -> None:
        """Keep what a student predicts; there is no second prediction.

        Raises
        ------
        Refused
            When there is one already, or this is none.
        """
        text = json.dumps(dict(prediction))
        if len(text) > PREDICTION:
            raise Refused("This prediction is too long.")
        with self._database.change() as db:
            change = "UPDATE seats SET prediction = ? WHERE code = ? AND number = ? AND prediction IS NULL"
            kept = db.execute(change, (text, seat.code, seat.number))
            _one(kept, "You have predicted already; a prediction stays as it was made.")

    def use_hint(self, seat: Seat, week: int) -> int:
        """Use up one hint; return which one it is, from 1.

        Raises
        ------
        Refused
            When none is left, or the room does not let the seat move now.
        """
        with self._database.change() as db:
            room = self._may_act(db, seat, week)
            change = "UPDATE seats SET hints = hints + 1 WHERE code = ? AND number = ? AND hints < ? RETURNING hints"
            used = db.execute(change, (seat.code, seat.number, room.hints)).fetchall()
            if not used:
                raise Refused("You have no hints left." if room.hints else "In this class there are no hints.")
            return int(used[0]["hints"])

    def _may_act(self, db: sqlite3.Connection, seat: Seat, week: int) -> Room:
        """Return the room of a seat that may move in it now."""
        room = room_in(db.execute("SELECT * FROM rooms WHERE code = ?", (seat.code,)).fetchall())
        there = db.execute("SELECT 1 FROM seats WHERE code = ? AND number = ?", (seat.code, seat.number)).fetchall()
        if not there:
            raise Refused("Your teacher has taken this seat out of the room.")
        if reason := why_not_now(room, week):
            raise Refused(reason)
        return room


def _now() -> str:
    """Return the moment in ISO form, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _insert(db: sqlite3.Connection, values: Mapping[str, Any]) -> None:
    """Add a room."""
    marks = ", ".join(f":{name}" for name in values)
    db.execute(f"INSERT INTO rooms ({', '.join(values)}) VALUES ({marks})", dict(values))


def _one(cursor: sqlite3.Cursor, otherwise: str) -> None:
    """Refuse a change that has changed nothing."""
    if cursor.rowcount != 1:
        raise Refused(otherwise)
