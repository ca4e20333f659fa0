"""A class: its room, its seats, and the rules that say who gets which place and who may move when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from sim.lab.moves import Move
from sim.lab.refused import Refused
from sim.lab.session import Game
from sim.scenario import Scenario, ScenarioError, parse_scenario
from sim.scenario.codes import known
from sim.world import date_of

__all__ = [
    "SEATS",
    "LuckRule",
    "Pace",
    "Room",
    "Seat",
    "beginning",
    "game_of",
    "name_of",
    "scenario_of",
    "why_no_seat",
    "why_not_now",
    "why_not_yet",
]

#: Most seats of a room.
SEATS = 60
#: Scenarios of rooms that are remembered.
SCENARIOS = 32

LuckRule = Literal["same", "own"]
Pace = Literal["free", "together"]


@dataclass(frozen=True)
class Room:
    """A class.

    Attributes
    ----------
    code : str
        Six letters and digits; whoever knows them may join, and see the public screen.
    title, text, iso : str
        What it is called, its scenario as YAML, and the partner that is played.
    places : tuple of int
        Places in the queue, from 1, dealt in turn.
    luck : {"same", "own"}
        Whether everybody meets the same luck, or each student another.
    pace : {"together", "free"}
        Whether nobody plays beyond the week of the room.
    replication : int
        Which luck, or that of the first student.
    hints : int
        How many hints a student may ask for.
    week : int
        Week of the class, from 0.
    paused, revealed, closed : bool
        Whether play rests, whether the outcomes are shown, and whether the class is over.
    created : str
        When it was made, in ISO form (UTC).
    version : str
        Which rules it was made for; other rules can give other outcomes.
    """

    code: str
    title: str
    text: str
    iso: str
    places: tuple[int, ...]
    luck: LuckRule
    pace: Pace
    replication: int
    hints: int
    created: str
    version: str
    week: int = 0
    paused: bool = False
    revealed: bool = False
    closed: bool = False

    def place(self, number: int) -> int:
        """Return the place in the queue of the student who joined as `number`, from 1."""
        return self.places[(number - 1) % len(self.places)]

    def luck_of(self, number: int) -> int:
        """Return the replication that the student who joined as `number` plays."""
        return self.replication + (number - 1 if self.luck == "own" else 0)

    @property
    def last_week(self) -> int:
        """The last week of the talks, from 0."""
        return scenario_of(self.text).clock.rounds - 1


@dataclass(frozen=True)
class Seat:
    """A student in a room.

    Attributes
    ----------
    code, number : str, int
        The room, and the how-manieth who joined it, from 1; numbers are never given twice.
    name : str
        As it is shown; typed by a stranger.
    place, replication : int
        Place in the queue, from 1, and luck.
    prediction : mapping or None
        What was predicted, once it was.
    hints : int
        How many hints were used.
    joined_at : str
        In ISO form (UTC).
    """

    code: str
    number: int
    name: str
    place: int
    replication: int
    prediction: Mapping[str, Any] | None
    hints: int
    joined_at: str


@lru_cache(maxsize=SCENARIOS)
def scenario_of(text: str) -> Scenario:
    """Read the scenario of a room, typed by a stranger or kept since another version of the lab.

    Raises
    ------
    Refused
        When it cannot be played here.
    """
    with _refusing():
        return parse_scenario(text, "scenario")


@lru_cache(maxsize=SCENARIOS)
def beginning(text: str, iso: str) -> Game:
    """Return the game before anybody has a place in it, made once: writing a scenario as text takes a while.

    Raises
    ------
    Refused
        When the scenario cannot be played here, or has no such partner.
    """
    with _refusing():
        return Game.of(scenario_of(text), iso, 1)


@contextmanager
def _refusing() -> Iterator[None]:
    """Say to whoever asked for a scenario what is wrong with it."""
    try:
        yield
    except ScenarioError as error:
        raise Refused(f"This scenario cannot be played: {error}.") from None


def game_of(room: Room, seat: Seat, moves: tuple[Move, ...]) -> Game:
    """Return the game of a student."""
    return replace(beginning(room.text, room.iso), place=seat.place, replication=seat.replication, moves=moves)


def why_no_seat(room: Room, seats: int) -> str | None:
    """Say why nobody more can join a room with so many seats; None when somebody can."""
    if room.closed:
        return "This class is over; nobody can join it any more."
    if seats >= SEATS:
        return f"This room is full: it has {SEATS} seats."
    return None


def why_not_now(room: Room, week: int) -> str | None:
    """Say why a seat whose next decision is due in `week` (from 0) cannot move now; None when it can."""
    if room.closed:
        return "The class is over; no more moves are taken."
    if room.paused:
        return "Your teacher has paused the talks. Your offer is not lost: go on when they go on."
    if room.pace == "together" and week > room.week:
        return (
            f"Your next session is in the week of {date_of(week):%-d %B %Y}; the class is in the week of "
            f"{date_of(room.week):%-d %B}. Wait until your teacher moves the clock."
        )
    return None


def why_not_yet(room: Room, week: int) -> str | None:
    """Say why a result of `week` (from 0) is not shown to a student yet; None when it is."""
    if room.pace == "free" or room.revealed or room.closed or week <= room.week:
        return None
    return (
        f"You have nothing left to decide before the week of {date_of(week):%-d %B %Y}; the class is in the week of "
        f"{date_of(room.week):%-d %B}. What comes of your talks is shown then."
    )


def name_of(iso: str) -> str:
    """Return the name of the economy that is played."""
    return known().get(iso, iso)
