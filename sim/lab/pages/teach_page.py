"""Teach: make a room for a class, and lead it."""

from __future__ import annotations

import time
from typing import Any

from fastapi import Request
from nicegui import run, ui

from sim.lab.address import class_address
from sim.lab.gate import Gate
from sim.lab.hints import HINTS
from sim.lab.keys import clean_code
from sim.lab.lab import Lab
from sim.lab.pages import look
from sim.lab.pages.class_desk import ClassDesk
from sim.lab.pages.fields import Choice, form, submit, text_area, text_field
from sim.lab.pages.reading import read
from sim.lab.places import DEALS
from sim.lab.plan import Plan
from sim.lab.playable import USUAL, playable, seats_of
from sim.lab.refused import Refused
from sim.lab.room import Room
from sim.lab.store import Store
from sim.scenario import catalogue

__all__ = ["register"]

#: Rooms that one address may make in a minute.
MADE = 10
LUCK = {"same": "the same for all", "own": "another for each student"}
PACE = {"together": "together, by your clock", "free": "each at its own pace"}
NO_KEY = (
    "The code of the room is enough to join it and to see its screen, not to lead it: open the address that you got "
    "when you made the room."
)
SCENARIO_HINT = "For a first lesson: classroom, with six partners and 16 weeks."
PLACES_HINT = "The place says in which week a student's talks open. First and last in turn: the class is an experiment."
PACE_HINT = "Together: nobody decides anything beyond the week that you set."
LUCK_HINT = "Luck is what nobody chooses, as how hard the other side is. The same for all: only place and play differ."


def register(lab: Lab) -> None:
    """Declare the pages."""
    store, gate = Store(lab.folder), Gate(MADE)
    look.add_styles("class.css")

    @ui.page("/teach")
    async def teach(request: Request) -> None:
        await run.io_bound(playable)
        with look.frame("Teach", "/teach"), look.element("div", "lab-narrow"):
            RoomForm(store, gate, request.client.host if request.client else "")

    @ui.page("/teach/{code}")
    def lead(request: Request, code: str, key: str = "") -> None:
        try:
            room = store.room_as_teacher(clean_code(code), key)
        except Refused:
            look.error_page("This is the teacher's page", NO_KEY, (("Join a class", "/join"), ("Teach", "/teach")))
            return
        with look.frame(f"{room.title} · {room.code}"):
            ClassDesk(store, room, key, class_address(lab, str(request.base_url)))


class RoomForm:
    """What a teacher chooses, with defaults that do for a first lesson."""

    def __init__(self, store: Store, gate: Gate, address: str) -> None:
        self._store, self._gate, self._address = store, gate, address
        with look.card():
            look.heading("A room for your class", 1)
            look.text(
                "Students join with a code, on their phones. Each plays the same country against the simulated United "
                "States; what differs is when its talks open. You see how everybody stands, and lead the clock."
            )
            with form("A room for your class", self.make):
                self._usual_fields()
                with look.element("details"):
                    look.text("More", "summary")
                    self._more_fields()
                self._trouble = look.text("", "p", "lab-trouble", role="alert")
                submit("Make the room")

    def _usual_fields(self) -> None:
        titles = {name: f"{name}: {scenario.title}" for name, scenario in playable().items()}
        Choice("Scenario", "scenario", titles, USUAL, hint=SCENARIO_HINT, on_change=self.choose)
        usual = playable()[USUAL]
        self._seat = Choice("Seat that everybody plays", "iso", seats_of(usual), usual.queue.focal)
        deals = {**DEALS, "own": "your own (under More)"}
        Choice("Places in the queue", "deal", deals, "halves", hint=PLACES_HINT)
        Choice("Pace", "pace", PACE, "together", hint=PACE_HINT)
        Choice("Luck", "luck", LUCK, "same", hint=LUCK_HINT)

    def _more_fields(self) -> None:
        text_field("Title", "title", hint="Shown to the class; the title of the scenario when empty.", maxlength=80)
        text_field("Places of your own", "places", hint="Dealt in turn, as in: 1, 3, last.")
        text_field(
            "Number of the luck", "replication", value="0", hint="Another number is another draw.", inputmode="numeric"
        )
        hints = {str(number): str(number) for number in range(HINTS + 1)}
        Choice("Hints for each student", "hints", hints, str(HINTS))
        text_area("A scenario of your own", "text", hint="YAML, instead of the one above; its focal partner is played.")

    def choose(self, name: str) -> None:
        """Offer the seats of a scenario."""
        if (scenario := playable().get(name)) is not None:
            self._seat.offer(seats_of(scenario), scenario.queue.focal)

    async def make(self, sent: dict[str, str]) -> None:
        """Make the room, and go there."""
        try:
            if not self._gate.admits(self._address, time.monotonic()):
                raise Refused("Many rooms were made from here just now. Wait a minute, then try again.")
            room, key = await (read if _own(sent) else run.io_bound)(self._made, sent)
        except Refused as no:
            self._trouble.set_text(str(no))
            return
        ui.navigate.to(f"/teach/{room.code}?key={key}")

    def _made(self, sent: dict[str, str]) -> tuple[Room, str]:
        """Make the room, and the key of its teacher."""
        return self._store.create_room(_plan(sent))


def _own(sent: dict[str, str]) -> str:
    """The scenario that a teacher has written; empty where one of the catalogue is wanted."""
    return sent.get("text", "").strip()


def _plan(sent: dict[str, str]) -> Plan:
    """Read the form; whatever is wrong with it is found when the room is made."""
    own = _own(sent)
    chosen = catalogue().get(sent.get("scenario", ""))
    if chosen is None and not own:
        raise Refused("Choose a scenario.")
    deal = sent.get("deal", "")
    values: dict[str, Any] = {name: sent.get(name, "") for name in ("title", "luck", "pace")}
    return Plan(
        text=own or (chosen.read_text(encoding="utf-8") if chosen else ""),
        iso="" if own else sent.get("iso", ""),
        places=sent.get("places", "") if deal == "own" else deal,
        replication=_number(sent.get("replication", "")),
        hints=_number(sent.get("hints", "")),
        **values,
    )


def _number(words: str) -> int:
    """Read a whole number; what is none is -1, which no plan takes."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else -1
