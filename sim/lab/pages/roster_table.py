"""The table of a class, in which only what has changed is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sim.lab.pages import look
from sim.lab.pages.fields import sure_button
from sim.lab.roster import Row

__all__ = ["RosterTable"]

HEADS = ("Name", "Place", "Week", "Now", "Value, USD bn")
NUMBERS = ("Place", "Week", "Value, USD bn")


class RosterTable:
    """A line a student: place in the queue, week of the next decision, what it does, and what it got.

    Parameters
    ----------
    remove : callable
        Called with the number of a seat to take out.
    """

    def __init__(self, remove: Callable[[int], Any]) -> None:
        self._remove = remove
        self._lines: dict[int, tuple[Any, list[Any]]] = {}
        with look.element("div", "lab-scroll", tabindex="0", role="region", aria_label="Roster of the class"):
            self._table = look.element("table", "lab-roster")
            with self._table:
                with look.element("thead"), look.element("tr"):
                    for head in HEADS:
                        look.text(head, "th", _side(head), scope="col")
                    look.text("Take out", "th", scope="col")
                self._body = look.element("tbody")
        self._table.set_visibility(False)

    def show(self, rows: Sequence[Row]) -> None:
        """Show where everybody stands."""
        self._table.set_visibility(bool(rows))
        for number in set(self._lines) - {row.seat.number for row in rows}:
            self._lines.pop(number)[0].delete()
        for row in rows:
            if row.seat.number not in self._lines:
                self._lines[row.seat.number] = self._new_line(row)
            for cell, words in zip(self._lines[row.seat.number][1], _words(row), strict=True):
                cell.set_text(words)

    def _new_line(self, row: Row) -> tuple[Any, list[Any]]:
        number, name = row.seat.number, row.seat.name
        with self._body, look.element("tr") as line:
            cells = [look.text("", "th", scope="row")] + [look.text("", "td", _side(head)) for head in HEADS[1:]]
            with look.element("td"):
                sure_button("Remove", "Yes, remove", lambda: self._remove(number), about=name)
        return line, cells


def _words(row: Row) -> tuple[str, ...]:
    """The cells of a line."""
    progress = row.progress
    week = "done" if progress.over else str(progress.week + 1)
    value = "" if progress.value is None else f"{progress.value:+.1f}"
    return row.seat.name, str(row.seat.place), week, row.doing, value


def _side(head: str) -> str:
    return "lab-number" if head in NUMBERS else ""
