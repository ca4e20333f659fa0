"""Rooms and seats as rows of a table, and back."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import fields
from typing import Any

from sim.lab.refused import Refused
from sim.lab.room import Room, Seat

__all__ = ["room_in", "room_values", "seat_in"]


def room_values(room: Room) -> dict[str, Any]:
    """Return a room as values of its columns."""
    return {f.name: getattr(room, f.name) for f in fields(room)} | {"places": json.dumps(room.places)}


def room_in(rows: list[sqlite3.Row]) -> Room:
    """Read a room from the rows that were found.

    Raises
    ------
    Refused
        When there are none.
    """
    if not rows:
        raise Refused("There is no room with this code. Look again at the screen: it has six letters and digits.")
    values = {f.name: rows[0][f.name] for f in fields(Room)}
    values["places"] = tuple(json.loads(values["places"]))
    return Room(**values | {name: bool(values[name]) for name in ("paused", "revealed", "closed")})


def seat_in(row: sqlite3.Row) -> Seat:
    """Read a seat."""
    values = {f.name: row[f.name] for f in fields(Seat)}
    values["prediction"] = None if row["prediction"] is None else json.loads(row["prediction"])
    return Seat(**values)
