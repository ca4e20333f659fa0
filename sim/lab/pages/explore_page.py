"""Explore: a scenario, a few sliders, and what being first is worth."""

from __future__ import annotations

from nicegui import ui

from sim.lab.lab import Lab
from sim.lab.pages import look

__all__ = ["register"]


def register(lab: Lab) -> None:
    """Declare the page."""

    @ui.page("/")
    def explore() -> None:
        with look.frame("Explore", "/"):
            look.heading("Does it pay to be first?", 1)
            look.sentence(lab.scenario)
