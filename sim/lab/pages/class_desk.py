"""The teacher's view of a class: who is there, the clock, and what the class is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import run, ui

from sim.ensemble.code import code_version
from sim.lab.address import only_here
from sim.lab.class_now import ClassNow, now_of
from sim.lab.pages import look
from sim.lab.pages.fields import sure_button
from sim.lab.pages.invitation import invitation
from sim.lab.pages.roster_table import RosterTable
from sim.lab.pages.watching import OverlayCard, put, watch
from sim.lab.refused import Refused
from sim.lab.room import Room
from sim.lab.roster import class_table, signed_by_now
from sim.lab.store import Store

__all__ = ["ClassDesk"]

FIGURE = (8.4, 4.4)
OTHER_RULES = (
    "This class was made under other rules than this server plays by: what is replayed can come out differently."
)
ONLY_HERE = "Only this machine reaches that address. To let phones in, start the lab with --host 0.0.0.0."


class ClassDesk:
    """The view of one teacher; everything it does needs the key again.

    Parameters
    ----------
    store : Store
        Where the class is kept.
    room : Room
        The class.
    key : str
        That makes this its teacher.
    address : str
        Where students reach the lab.
    """

    def __init__(self, store: Store, room: Room, key: str, address: str) -> None:
        self._store, self._room, self._key = store, room, key
        look.heading(room.title, 1)
        self._trouble = look.text("", "p", "lab-trouble", role="alert")
        put(self._trouble, OTHER_RULES if room.version != code_version() else "")
        self._whole = look.element("div")
        with self._whole:
            with look.card(label="How to join"):
                invitation(room.code, address)
                put(look.text("", "p", "lab-trouble"), ONLY_HERE if only_here(address) else "")
                look.link("Open the screen for the projector", f"/screen/{room.code}", target="_blank")
            self._lay_out_clock()
            with look.card(label="Roster"):
                look.heading("Who is here")
                self._count = look.sentence("Nobody has joined yet.", "")
                self._table = RosterTable(self._remove)
            with look.card(label="Outcomes"):
                look.heading("Outcomes")
                self._overlay = OverlayCard(FIGURE, names=True)
            self._lay_out_end()
        self._look = watch(store, room.code, self.show, self._gone)

    def _lay_out_clock(self) -> None:
        with look.card(label="Clock"):
            self._week = look.text("", "h2", aria_live="polite")
            self._hard = look.text("", "p", "lab-hard")
            self._halt = look.text("", "p", "lab-halt")
            put(self._halt, "")
            with look.element("div", "lab-row"):
                self._next = look.button("Next week", lambda: self._turn(1), main=True)
                self._back = look.button("Back a week", lambda: self._turn(-1))
                self._pause = look.button("Pause", lambda: self._switch("paused", self._store.pause))
                self._reveal = look.button("Reveal", lambda: self._switch("revealed", self._store.reveal))
                self._end = look.button("End", lambda: self._switch("closed", self._store.end))

    def _lay_out_end(self) -> None:
        with look.card(label="Keep or forget"):
            look.heading("Keep or forget")
            look.text(
                "Names, moves, predictions and times are kept in one file on this machine until you forget the class. "
                "Keep the address of this page: it is the only key to it."
            )
            with look.element("div", "lab-row"):
                look.button("Download all as CSV", self._download)
                sure_button("Forget the class", "Yes, delete all of it", self._forget)

    async def show(self, now: ClassNow) -> None:
        """Show what has changed."""
        self._room = room = now.room
        together = room.pace == "together"
        self._week.set_text(_week(now))
        put(self._hard, now.clock.hard_date if together else "")
        put(self._halt, _halt(room))
        self._next.set_visibility(together)
        self._back.set_visibility(together)
        self._pause.set_text("Go on" if room.paused else "Pause")
        self._reveal.set_text("Hide the outcomes" if room.revealed else "Reveal the outcomes")
        self._end.set_text("Open the class again" if room.closed else "End the class")
        self._count.set_text(_count(now))
        self._table.show(now.rows)
        await self._overlay.show(now)

    def _turn(self, weeks: int) -> Any:
        """Move the clock; past either end it stays."""
        return self._do(lambda: self._set_clock(self._room, self._room.week + weeks))

    def _set_clock(self, room: Room, week: int) -> None:
        """Put the class into a week of the talks, which are read for it; off the event loop."""
        self._store.set_clock(room.code, self._key, min(max(week, 0), room.last_week))

    def _switch(self, name: str, put_it: Callable[[str, str, bool], None]) -> Any:
        """Turn something on or off."""
        return self._do(lambda: put_it(self._room.code, self._key, not getattr(self._room, name)))

    def _remove(self, number: int) -> Any:
        return self._do(lambda: self._store.remove(self._room.code, self._key, number))

    def _forget(self) -> Any:
        return self._do(lambda: self._store.forget(self._room.code, self._key))

    async def _do(self, change: Callable[[], None]) -> None:
        """Change something about the class, and show it at once."""
        try:
            await run.io_bound(change)
        except Refused as no:
            put(self._trouble, str(no))
            return
        put(self._trouble, "")
        await self._look()

    async def _download(self) -> None:
        """Hand over all that is kept, a row a student."""
        now = await run.io_bound(now_of, self._store, self._room.code)
        table = class_table(now.rows, self._store.moves_of(self._room.code))
        ui.download.content(table, f"class-{self._room.code}.csv", "text/csv")

    def _gone(self, words: str) -> None:
        """Say that the class is not kept any more, or why it cannot be played; it can then still be forgotten."""
        try:
            self._store.room_as_teacher(self._room.code, self._key)
        except Refused:
            self._whole.set_visibility(False)
            words = "This class has been forgotten: nothing of it is kept here any more."
        put(self._trouble, words)


def _week(now: ClassNow) -> str:
    if now.room.pace == "free":
        return f"Everybody at their own pace, {now.clock.weeks} weeks"
    return f"Week {now.clock.week} of {now.clock.weeks}, {now.clock.date:%-d %B %Y}"


def _halt(room: Room) -> str:
    if room.closed:
        return "The class is over: nobody can join or move."
    return "Paused: nobody can move." if room.paused else ""


def _count(now: ClassNow) -> str:
    """How many joined, and how far they are."""
    done, signed = sum(row.progress.over for row in now.rows), len(signed_by_now(now.room, now.rows))
    if not now.rows:
        return "Nobody has joined yet."
    return f"{len(now.rows)} joined, {signed} signed by now, {done} with nothing left to decide."
