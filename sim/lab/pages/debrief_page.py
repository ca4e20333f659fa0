"""Looking back on a finished game; the values of the United States are shown once the class has been revealed."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

from nicegui import run, ui

from sim.lab.debrief import Debrief, debrief
from sim.lab.debrief_figures import FIGURES, Plate, on_phone
from sim.lab.lab import Lab
from sim.lab.pages import look
from sim.lab.refused import Refused
from sim.lab.room import Room, Seat, game_of, scenario_of, why_not_yet
from sim.lab.session import Standing, standing
from sim.lab.store import Store
from sim.plots.numbers import signed
from sim.plots.saving import picture
from sim.plots.style import Provenance

__all__ = ["register"]

#: Below this many pixels figures are drawn for a phone.
PHONE = 700
#: Seconds between two looks at whether the class has been revealed.
LOOK = 2.0


def register(lab: Lab) -> None:
    """Declare the page of a debrief."""
    store = Store(lab.folder)

    @ui.page("/debrief/{code}/{key}", response_timeout=20.0)
    async def look_back(code: str, key: str) -> None:
        try:
            room, seat = store.room(code.upper()), store.seat(code.upper(), key)
            at = await run.io_bound(_played, store, room, seat)
        except Refused as no:
            look.error_page("This debrief cannot be opened", str(no), (("Join a class", "/join"), ("Explore", "/")))
            return
        with look.frame(f"{seat.name}, looking back"):
            if why := _why_not_yet(room, at):
                _not_yet(room, key, at, why)
                ui.timer(LOOK, lambda: _reload_when_revealed(store, room, at))
            else:
                await _reveal(room, seat, at)


def _played(store: Store, room: Room, seat: Seat) -> Standing:
    """Play a game as far as it went; the scenario of the room is read for it, so not on the event loop."""
    return standing(game_of(room, seat, store.moves(seat)))


def _why_not_yet(room: Room, at: Standing) -> str:
    """Say why all values cannot be shown yet; nothing when they can."""
    if not at.over:
        return "Your talks are not over yet."
    if why := why_not_yet(room, at.ended):
        return why
    if not room.revealed:
        return "Others are still at the table: your teacher will reveal all values for the whole class."
    return ""


def _not_yet(room: Room, key: str, at: Standing, why: str) -> None:
    with look.card():
        look.heading("Not yet", 1)
        look.text(why)
        if at.over and why_not_yet(room, at.ended) is None:
            look.text(f"Your result: USD {signed(at.value)} bn against the world before 2 April (present value).")
        look.link("Back to the table", f"/play/{room.code}/{key}")


def _reload_when_revealed(store: Store, room: Room, at: Standing) -> None:
    """Open the page anew once the teacher has revealed the class."""
    if at.over and store.room(room.code).revealed:
        ui.navigate.reload()


async def _reveal(room: Room, seat: Seat, at: Standing) -> None:
    """Show the debrief, its words first and its figures as they are drawn."""
    waiting = look.sentence("Looking back: playing the twins and the simulated negotiators ...")
    said = None if seat.prediction is None else str(seat.prediction.get("pays"))
    await ui.context.client.connected()
    found = await run.io_bound(debrief, at, said, seat.hints)
    waiting.delete()
    _words(found)
    with look.element("div", "lab-pair"):
        boxes = {plate: _box(plate, found) for plate in FIGURES}
    _questions(found)
    _exports(found, f"{room.code}-{seat.number}")
    narrow = int(await ui.run_javascript("window.innerWidth")) < PHONE
    origin = await run.io_bound(lambda: Provenance.of(scenario_of(room.text), 1))
    for plate, box in boxes.items():
        if box is not None:
            box.show(await run.io_bound(_drawn, plate, found, origin, narrow), plate.alt(found))


def _drawn(plate: Plate, found: Debrief, origin: Provenance, narrow: bool) -> bytes:
    """Draw one figure, for a phone or for a desk."""
    return picture(on_phone(plate, found, origin) if narrow else plate.draw(found, origin, None))


def _words(found: Debrief) -> None:
    with look.card(label="Result"):
        look.heading(f"{found.name}, looking back", 1)
        look.text(found.outcome)
        look.sentence(
            f"It is worth USD {signed(found.value)} bn to you, better than {100 * found.percentile:.0f} % of simulated "
            "negotiators with your luck."
        )
        look.text(_against_no_deal(found))
        look.text(f"Score: {found.score} of 100.", classes="lab-strong")
        if found.verdict:
            look.text(found.verdict)
        look.text("Values are present values of four years against the world before 2 April.", classes="lab-soft")


def _against_no_deal(found: Debrief) -> str:
    """Say what the game was worth against never agreeing: everybody loses by tariffs, the question is how much."""
    gain = found.value - found.without
    if abs(gain) < 0.005:
        return "Never agreeing to anything would have brought the same."
    way = "better" if gain > 0 else "worse"
    return f"Never agreeing would have meant USD {signed(found.without)} bn: you did USD {abs(gain):.1f} bn {way}."


def _box(plate: Plate, found: Debrief) -> look.FigureBox | None:
    """Make room for a figure, or say what there is to say in its place."""
    with look.card(label=plate.heading):
        look.heading(plate.heading)
        if words := plate.instead(found):
            look.text(words)
            return None
        return look.figure_box()


def _questions(found: Debrief) -> None:
    with look.card(label="Questions"):
        look.heading("Four questions to talk about")
        with look.element("ol", "lab-terms"):
            for question in found.questions:
                look.text(question, "li")


def _exports(found: Debrief, stem: str) -> None:
    """Offer all numbers as files."""
    files: dict[str, Callable[[], str]] = {
        f"{stem}-debrief.json": lambda: json.dumps(found.plain(), indent=2, default=float),
        f"{stem}-offers.csv": lambda: found.offers.to_csv(index=False, lineterminator="\n"),
        f"{stem}-negotiators.csv": lambda: found.simulated.to_csv(index=False, lineterminator="\n"),
    }
    with look.card(label="Take it with you"):
        look.heading("Take it with you")
        with look.element("div", "lab-row"):
            for name, make in files.items():
                look.button(name, partial(_download, name, make))
            look.button("Print this page", lambda: ui.run_javascript("window.print()"))


def _download(name: str, make: Callable[[], str]) -> None:
    ui.download(make().encode(), name)
