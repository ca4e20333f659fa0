"""Play alone: choose a seat, sit down, and look back on it as soon as it is over."""

from __future__ import annotations

import random
import time

from fastapi import Request
from nicegui import run, ui

from sim.lab.gate import Gate
from sim.lab.lab import Lab
from sim.lab.pages import look
from sim.lab.pages.fields import Choice, form, submit, text_field
from sim.lab.plan import KINDS, Plan
from sim.lab.playable import USUAL, playable, seats_of
from sim.lab.refused import Refused
from sim.lab.store import Store
from sim.scenario import dump

__all__ = ["register"]

TITLE, NAME = "Alone at the table", "You"


def register(lab: Lab) -> None:
    """Declare the page."""
    store, gate = Store(lab.folder), Gate()

    @ui.page("/play")
    async def alone(request: Request) -> None:
        await run.io_bound(playable)
        with look.frame("Play alone", "/play"), look.element("div", "lab-narrow"):
            _form(store, gate, request.client.host if request.client else "")


def _form(store: Store, gate: Gate, address: str) -> None:
    """Ask for scenario, seat and place."""

    async def sit(sent: dict[str, str]) -> None:
        try:
            if not gate.admits(address, time.monotonic()):
                raise Refused("Many games were begun from here just now. Wait a minute, then try again.")
            where = await run.io_bound(_sit_down, store, sent)
        except Refused as no:
            trouble.set_text(str(no))
            return
        ui.navigate.to(where)

    with look.card():
        look.heading("Play alone", 1)
        look.text(
            "You negotiate for one economy with the simulated United States, week by week against the deadline. The "
            "address of your game is yours alone: keep it, and you can go on where you were."
        )
        with form("Play alone", sit):
            titles = {name: f"{name}: {scenario.title}" for name, scenario in playable().items()}
            seat = None

            def choose(name: str) -> None:
                if seat is not None and (scenario := playable().get(name)) is not None:
                    seat.offer(seats_of(scenario), scenario.queue.focal)

            Choice("Scenario", "scenario", titles, USUAL, on_change=choose)
            usual = playable()[USUAL]
            seat = Choice("Your seat", "iso", seats_of(usual), usual.queue.focal)
            text_field("Place in the queue", "place", value="1", hint="A number, or last.", maxlength=4)
            trouble = look.text("", "p", "lab-trouble", role="alert")
            submit("Sit down")


def _sit_down(store: Store, sent: dict[str, str]) -> str:
    """Make a room for one, take its seat, and return the address of it."""
    scenario = playable().get(sent.get("scenario", ""))
    if scenario is None:
        raise Refused("Choose a scenario.")
    luck = random.randrange(KINDS)  # which luck is met is no part of any result
    plan = Plan(dump(scenario), TITLE, sent.get("iso", ""), sent.get("place", ""), replication=luck, pace="free")
    seat, token = store.sit_alone(plan, NAME)
    return f"/play/{seat.code}/{token}"
