"""What a class sees on the wall: how to get in, where the clock stands, and who has signed; nothing that is secret."""

from __future__ import annotations

from fastapi import Request
from nicegui import ui

from sim.lab.address import class_address
from sim.lab.class_now import ClassNow
from sim.lab.keys import clean_code
from sim.lab.lab import Lab
from sim.lab.pages import look
from sim.lab.pages.invitation import invitation
from sim.lab.pages.watching import OverlayCard, put, watch
from sim.lab.refused import Refused
from sim.lab.room import Room
from sim.lab.roster import Row, signed_by_now
from sim.lab.store import Store
from sim.world import date_of

__all__ = ["register"]

#: Inches of the figure: a wall is wide.
FIGURE = (9.6, 5.0)


def register(lab: Lab) -> None:
    """Declare the page."""
    store = Store(lab.folder)

    @ui.page("/screen/{code}")
    def screen(request: Request, code: str) -> None:
        try:
            room = store.room(clean_code(code))
        except Refused as no:
            look.error_page("There is no such class", str(no), (("Join a class", "/join"), ("Teach", "/teach")))
            return
        with look.frame(room.title):
            Screen(store, room, class_address(lab, str(request.base_url)))


class Screen:
    """The public screen of a room."""

    def __init__(self, store: Store, room: Room, address: str) -> None:
        self._overlay: OverlayCard | None = None
        self._signed: tuple[str, ...] = ()
        look.heading(room.title, 1)
        with look.element("div", "lab-stage"):
            self._halt = look.text("", "p", "lab-halt", role="status")
            self._outcomes = look.element("div")
            with look.card(label="Clock"):
                self._week = look.text("", "p", "lab-week")
                self._hard = look.text("", "p", "lab-said lab-hard")
            with look.card(label="How to join"):
                invitation(room.code, address)
            with look.card(label="The class"):
                self._count = look.text("", "p", "lab-said", aria_live="polite")
                self._list = look.element("ul", "lab-signers", aria_label="Who has signed")
        put(self._halt, "")
        watch(store, room.code, self.show, lambda words: put(self._halt, words))

    async def show(self, now: ClassNow) -> None:
        """Show what has changed."""
        signed = signed_by_now(now.room, now.rows)
        put(self._halt, _halt(now.room))
        put(self._week, _week(now))
        put(self._hard, "" if now.room.pace == "free" else now.clock.hard_date)
        self._count.set_text(_count(len(now.rows), len(signed)))
        self._list_signers(signed)
        await self._show_outcomes(now)

    def _list_signers(self, rows: tuple[Row, ...]) -> None:
        """List who has signed; the list is made again only when it is another."""
        words = tuple(_signer(row) for row in rows)
        if words != self._signed:
            self._signed = words
            self._list.clear()
            with self._list:
                for line in words:
                    look.text(line, "li")

    async def _show_outcomes(self, now: ClassNow) -> None:
        """Show all outcomes from the moment they are revealed, and not before."""
        self._outcomes.set_visibility(now.room.revealed)
        if not now.room.revealed:
            return
        if self._overlay is None:
            with self._outcomes, look.card(label="Outcomes"):
                self._overlay = OverlayCard(FIGURE, names=False)
        await self._overlay.show(now)


def _halt(room: Room) -> str:
    if room.closed:
        return "This class is over."
    return "Paused: the talks rest." if room.paused else ""


def _week(now: ClassNow) -> str:
    if now.room.pace == "free":
        return f"Everybody plays the {now.clock.weeks} weeks at their own pace"
    return f"Week {now.clock.week} of {now.clock.weeks} · {now.clock.date:%-d %B %Y}"


def _count(joined: int, signed: int) -> str:
    if not joined:
        return "Nobody has joined yet."
    return f"{joined} joined · {signed} signed{':' if signed else '.'}"


def _signer(row: Row) -> str:
    """Who signed and when, on one line."""
    assert row.progress.signed is not None
    return f"{row.seat.name} · {date_of(row.progress.signed):%-d %b}"
