"""Lessons: what a teacher prints, and reads before a class."""

from __future__ import annotations

from fastapi.responses import HTMLResponse, RedirectResponse, Response
from nicegui import app, ui

from sim.lab.handouts import HANDOUTS, handouts, printable
from sim.lab.lab import Lab
from sim.lab.pages import look

__all__ = ["register"]


def register(lab: Lab) -> None:
    """Declare the list of pages, and each of them ready to print."""

    @ui.page("/lessons")
    def lessons() -> None:
        with look.frame("Lessons", "/lessons"):
            look.heading("Lessons, worksheet and roles", 1)
            look.text("Each page opens ready to print, on A4 or Letter.", classes="lab-soft")
            for page in handouts():
                with look.card(label=page.title):
                    look.heading(page.title)
                    look.text(page.about)
                    look.link("Open to read or print", f"/lessons/{page.name}", aria_label=f"Open: {page.title}")

    app.get("/lessons/{name}")(_printable)


def _printable(name: str) -> Response:
    """Answer with a page to print; an unknown name leads to the list."""
    return HTMLResponse(printable(name)) if name in HANDOUTS else RedirectResponse("/lessons")
