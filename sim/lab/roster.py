"""How a class is doing: where every student stands, in words for the teacher and in rows for the figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from sim.lab.moves import Move, MoveError
from sim.lab.room import Room, Seat, game_of
from sim.lab.session import Game, standing
from sim.talks.deal import Status
from sim.world import date_of

__all__ = ["Progress", "Row", "class_frame", "class_table", "progress_of", "roster", "signed_by_now"]

#: Standings that are remembered: of every student of some classes the last one or two.
REMEMBERED = 512
#: A cell of a table that begins with one of these is a formula to a spreadsheet.
FORMULAS = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Progress:
    """Where a game stands, without its talks.

    Attributes
    ----------
    week : int
        When the next decision is due, from 0; the last week once the talks are over.
    over : bool
        Whether nothing is left to decide.
    signed : int or None
        Week of the deal, from 0.
    walked : bool
        Whether the student has left the table, for good or until it is ready to come back.
    value : float or None
        Present value of the whole horizon, USD bn; None before the end.
    trouble : str
        Why the moves cannot be played any more (the rules were changed since); empty as a rule.
    """

    week: int
    over: bool
    signed: int | None
    walked: bool
    value: float | None
    trouble: str = ""


@dataclass(frozen=True)
class Row:
    """A student, and where it stands."""

    seat: Seat
    progress: Progress
    doing: str


@lru_cache(maxsize=REMEMBERED)
def progress_of(game: Game) -> Progress:
    """Play a game as far as its moves go, and keep what a class needs to know of it."""
    try:
        at = standing(game)
    except MoveError as error:
        return Progress(0, False, None, False, None, str(error))
    walked = at.player.status is Status.WALKED_OUT
    signed = None if at.deal is None else at.deal.round
    return Progress(at.round, at.over, signed, walked, at.value if at.over else None)


def roster(room: Room, seats: Sequence[Seat], moves: Mapping[int, tuple[Move, ...]]) -> tuple[Row, ...]:
    """Tell where every student stands.

    Parameters
    ----------
    room : Room
        The class.
    seats : sequence of Seat
        Who is in it.
    moves : mapping
        The moves of each, by number.
    """
    rows = []
    for seat in seats:
        progress = progress_of(game_of(room, seat, moves.get(seat.number, ())))
        rows.append(Row(seat, progress, _doing(room, seat, progress)))
    return tuple(rows)


def _doing(room: Room, seat: Seat, progress: Progress) -> str:
    """What a student is doing, in a few words."""
    if progress.trouble:
        return "cannot go on"
    if progress.over:
        return _outcome(progress)
    if seat.prediction is None:
        return "predicts"
    if room.pace == "together" and progress.week > room.week:
        return f"waits for {date_of(progress.week):%-d %b}"
    return "decides"


def _outcome(progress: Progress) -> str:
    if progress.signed is not None:
        return f"signed {date_of(progress.signed):%-d %b}"
    return "walked away" if progress.walked else "no deal"


def signed_by_now(room: Room, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return who has signed by the week of the class, first things first; later deals are not public yet."""
    known = [row for row in rows if row.progress.signed is not None and _is_past(room, row.progress.signed)]
    return tuple(sorted(known, key=lambda row: (row.progress.signed, row.seat.number)))


def _is_past(room: Room, week: int) -> bool:
    return room.pace == "free" or room.closed or week <= room.week


def class_frame(rows: Sequence[Row]) -> pd.DataFrame:
    """Return the outcomes of who has finished, as :func:`sim.plots.class_overlay` wants them.

    Returns
    -------
    DataFrame
        A row a student: name, place, value (USD bn), deal (bool), week of signing from 0 (NaN without a deal).
    """
    done = [row for row in rows if row.progress.over]
    return pd.DataFrame(
        {
            "name": [row.seat.name for row in done],
            "place": pd.Series([row.seat.place for row in done], dtype="int64"),
            "value": pd.Series([row.progress.value for row in done], dtype="float64"),
            "deal": pd.Series([row.progress.signed is not None for row in done], dtype="bool"),
            "week": pd.Series([row.progress.signed for row in done], dtype="float64"),
        }
    )


def class_table(rows: Sequence[Row], moves: Mapping[int, tuple[Move, ...]]) -> str:
    """Return all that is known of a class as CSV, a row a student, safe to open in a spreadsheet."""
    columns = [
        {
            "number": row.seat.number,
            "name": _no_formula(row.seat.name),
            "place": row.seat.place,
            "replication": row.seat.replication,
            "joined_at": row.seat.joined_at,
            "week": row.progress.week + 1,
            "over": row.progress.over,
            "signed_in_week": None if row.progress.signed is None else row.progress.signed + 1,
            "walked_away": row.progress.walked,
            "value_usd_bn": row.progress.value,
            "hints": row.seat.hints,
            "moves": len(moves.get(row.seat.number, ())),
            "prediction": _no_formula("; ".join(f"{k}: {v}" for k, v in (row.seat.prediction or {}).items())),
        }
        for row in rows
    ]
    return pd.DataFrame(columns).to_csv(index=False, lineterminator="\n")


def _no_formula(words: str) -> str:
    """Keep a spreadsheet from reckoning with what a stranger typed."""
    return f"'{words}" if words.startswith(FORMULAS) else words
