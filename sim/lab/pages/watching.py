"""Pages that follow a class: looked at in the background, shown where something has changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

import pandas as pd
from nicegui import run, ui

from sim.lab.class_now import ClassNow, now_of
from sim.lab.overlay import overlay_of
from sim.lab.pages import look
from sim.lab.refused import Refused
from sim.lab.room import Room
from sim.lab.roster import class_frame
from sim.lab.store import Store

__all__ = ["OverlayCard", "put", "watch"]

#: Seconds between two looks.
LOOK = 1.5
DOTS_PER_INCH = 150


def watch(
    store: Store, code: str, show: Callable[[ClassNow], Awaitable[None]], gone: Callable[[str], None]
) -> Callable[[], Awaitable[None]]:
    """Show a class now and whenever some time has passed; return how to look at once.

    Parameters
    ----------
    store, code : Store, str
        Which class.
    show : coroutine function
        Shows it; it should change only what is different.
    gone : callable
        Called with a sentence when there is no such class any more.
    """
    asked = shown = 0

    async def look_at_it() -> None:
        nonlocal asked, shown
        asked += 1
        number = asked
        try:
            now = await run.io_bound(now_of, store, code)
        except Refused as no:
            timer.deactivate()
            gone(str(no))
            return
        if now is not None and number > shown:
            shown = number
            await show(now)

    timer = ui.timer(LOOK, look_at_it)
    return look_at_it


class OverlayCard:
    """The figure of all outcomes, drawn again when there is one more.

    Parameters
    ----------
    size : (float, float)
        Inches.
    names : bool
        Whether students are named.
    """

    def __init__(self, size: tuple[float, float], *, names: bool) -> None:
        self._size, self._names = size, names
        self._shown: pd.DataFrame | None = None
        self._nobody = look.text("Nobody has finished yet.")
        with look.element(
            "div", "lab-scroll lab-wide", tabindex="0", role="region", aria_label="Figure of all outcomes"
        ):
            self._box = look.figure_box()

    async def show(self, now: ClassNow) -> None:
        """Draw the outcomes so far."""
        students = class_frame(now.rows)
        if self._shown is not None and students.equals(self._shown):
            return
        self._shown = students
        self._nobody.set_visibility(students.empty)
        if students.empty:
            self._box.clear()
            return
        self._box.busy(True)
        picture = await run.io_bound(_drawn, now.room, students, self._size, self._names)
        if picture is not None and self._shown is students:
            self._box.show(picture, _in_words(students))


def _drawn(room: Room, students: pd.DataFrame, size: tuple[float, float], names: bool) -> bytes:
    """The figure as PNG."""
    out = BytesIO()
    overlay_of(room, students, size, names=names).savefig(out, format="png", dpi=DOTS_PER_INCH)
    return out.getvalue()


def _in_words(students: pd.DataFrame) -> str:
    """What the figure shows, for those who do not see it."""
    said = ["Outcomes of the class by place in the queue, before those of simulated negotiators."]
    for place, group in students.groupby("place"):
        deals, mean = int(group["deal"].sum()), float(group["value"].mean())
        said.append(f"Place {place}: {len(group)} finished, {deals} with a deal, mean value USD {mean:+.1f} bn.")
    return " ".join(said)


def put(element: Any, words: str) -> None:
    """Set a text, and show the element only where there is one."""
    element.set_text(words)
    element.set_visibility(bool(words))
