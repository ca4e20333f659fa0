"""Join a class: a code and a name, and a seat at the table."""

from __future__ import annotations

import json
import time
from typing import Any

from fastapi import Request
from nicegui import ui

from sim.lab.gate import Gate
from sim.lab.keys import clean_code
from sim.lab.lab import Lab
from sim.lab.names import LONGEST
from sim.lab.pages import look
from sim.lab.pages.fields import form, submit, text_field
from sim.lab.refused import Refused
from sim.lab.room import Seat
from sim.lab.store import Store

__all__ = ["register"]

#: What the browser itself remembers: the keys of its seats by room. The server keeps none of them.
SHELF = "first-mover-seats"
REMEMBER = """try {{
  const seats = JSON.parse(localStorage.getItem("{shelf}") || "{{}}");
  seats[{code}] = {key};
  localStorage.setItem("{shelf}", JSON.stringify(Object.fromEntries(Object.entries(seats).slice(-5))));
}} catch (error) {{ console.warn("this browser keeps nothing") }}
location.assign({address})"""
RECALL = f'try {{ return JSON.parse(localStorage.getItem("{SHELF}") || "{{}}") }} catch (error) {{ return {{}} }}'
TOO_OFTEN = "That was tried very often from here. Wait a minute, then try again."
NO_CODE = "A code has six letters and digits, as on the screen."


def register(lab: Lab) -> None:
    """Declare the pages."""
    store, gate = Store(lab.folder), Gate()

    @ui.page("/join")
    def join(request: Request) -> None:
        _page(store, gate, request, "")

    @ui.page("/join/{code}")
    def join_room(request: Request, code: str) -> None:
        _page(store, gate, request, clean_code(code))


def _page(store: Store, gate: Gate, request: Request, code: str) -> None:
    """Ask for code and name; offer a seat that this browser has already."""
    address = request.client.host if request.client else ""
    joined = False

    def send(sent: dict[str, str]) -> None:
        nonlocal joined
        if joined:
            return
        try:
            seat, key = _seat(store, sent, gate.admits(address, time.monotonic()))
        except Refused as no:
            trouble.set_text(str(no))
            return
        joined = True
        words = {"code": seat.code, "key": key, "address": f"/play/{seat.code}/{key}"}
        ui.run_javascript(REMEMBER.format(shelf=SHELF, **{name: json.dumps(word) for name, word in words.items()}))

    with look.frame("Join a class", "/join"), look.element("div", "lab-narrow"):
        again = look.element("div")
        with look.card():
            look.heading("Join a class", 1)
            with form("Join a class", send):
                text_field("Code of the room", "code", value=code, maxlength=12, autocapitalize="characters")
                hint = "As your teacher will know you. Your class can read it."
                text_field("Your name", "name", maxlength=LONGEST, hint=hint)
                trouble = look.text("", "p", "lab-trouble", role="alert")
                submit("Take a seat")
    ui.timer(0.05, lambda: _recall(store, code, again), once=True)


def _seat(store: Store, sent: dict[str, str], admitted: bool) -> tuple[Seat, str]:
    """Take a seat, or say why there is none."""
    if not admitted:
        raise Refused(TOO_OFTEN)
    code = clean_code(sent.get("code", ""))
    if not code:
        raise Refused(NO_CODE)
    return store.join(code, sent.get("name", ""))


async def _recall(store: Store, code: str, place: Any) -> None:
    """Offer the seats that this browser remembers, as far as they are there: that of the room, or all."""
    try:
        found = await ui.run_javascript(RECALL, timeout=5.0)
    except TimeoutError:
        return
    seats = found if isinstance(found, dict) else {}
    for room, key in list(seats.items())[:5]:
        if isinstance(key, str) and isinstance(room, str) and code in ("", room):
            _offer(store, room, key, place)


def _offer(store: Store, code: str, key: str, place: Any) -> None:
    try:
        seat, room = store.seat(code, key), store.room(code)
    except Refused:
        return
    with place, look.card(label="Your seat"):
        look.text(f"You have a seat in {code} ({room.title}) already: {seat.name}.")
        look.link(f"Go on as {seat.name}", f"/play/{code}/{key}", "lab-button")
