"""Whatever is asked of the lab, scenarios are read beside the event loop, on which everybody is served."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
import urllib.request
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

import sim.lab.overlay
import sim.lab.playing
import sim.lab.question
import sim.lab.rivals
import sim.lab.room
import sim.lab.session
from sim.lab.store import FILE, Store
from sim.scenario import dump, load_scenario
from tests.lab.browsing import Server
from tests.lab.no_browser import Desk, lab_of, packed, watch
from tests.lab.rooms import TEXT, a_plan

pytestmark = pytest.mark.xdist_group("lab")

CODE = TEXT + "\ntactics: {partners: 'os:system'}\n"
LINE = CODE.count("\n")
NO_CODE = "no code is loaded here; choose a tactic of the library"
QUICK = "/?scenario=classroom&runs=2"
OWN = dump(load_scenario("classroom")).replace("name: classroom", "name: mine")
ANSWER = "2 twins a place"
CACHES = (
    sim.lab.question._base,
    sim.lab.question.titles,
    sim.lab.room.scenario_of,
    sim.lab.room.beginning,
    sim.lab.session.setup_of,
    sim.lab.session.hand_of,
)


def at_the_lab(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    play: Callable[[Desk], Awaitable[None]],
    noted: list[str] | None = None,
) -> None:
    """Do something at the pages of a lab that knows nothing yet, and see to it that nothing dear is on the loop."""
    pytest.importorskip("nicegui", reason="the extra `lab` is not installed")
    for cached in CACHES:
        cached.cache_clear()

    async def whole() -> None:
        async with lab_of(folder) as desk:
            on_loop = watch(monkeypatch)
            await play(desk)
            assert on_loop == []

    with ThreadPoolExecutor(1) as aside:  # a browser of other tests may have left a loop running in this thread
        aside.submit(asyncio.run, whole()).result()


def test_explore_reads_links_and_files_beside_the_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play(desk: Desk) -> None:
        await desk.open(f"/?{urlencode({'yaml': packed(OWN), 'pin.yaml': packed(OWN), 'runs': 2, 'pin.runs': 2})}")
        await desk.until_said("A scenario of your own")
        await desk.until_said(ANSWER)
        await desk.open(f"/?{urlencode({'yaml': packed(CODE)})}")
        await desk.until_said(NO_CODE)
        await desk.open(QUICK)
        await desk.until_said(ANSWER)
        (box,) = desk.tagged("input", type="file")
        desk.send(box, "change", CODE)
        await desk.until_said(f"This scenario cannot be played: your scenario:{LINE}: tactics.partners: {NO_CODE}")
        desk.send(box, "change", OWN)
        await desk.until(lambda: "yaml=" in desk.link)
        await desk.until_said(ANSWER)

    at_the_lab(tmp_path, monkeypatch, play)


def test_moves_of_explore_are_taken_over_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play(desk: Desk) -> None:
        await desk.open(QUICK)
        await desk.until_said(ANSWER)
        parity, place = desk.slider("Parity"), desk.slider("Place in the queue")
        for step in range(1, 9):
            desk.send(parity, "moved", step / 10)
        desk.send(place, "moved", 3)
        await desk.until(lambda: "place=3" in desk.link)
        assert "mechanisms.parity.strength=0.8" in desk.link
        (select,) = (e for e in desk.tagged("select") if any(c.text == "Walking out" for c in e.default_slot.children))
        desk.send(select, "change", "two_partners")
        desk.send(parity, "moved", 0.1)  # of a scenario that has just been left
        await desk.until(lambda: "scenario=two_partners" in desk.link)
        await asyncio.sleep(0.3)
        assert "parity" not in desk.link
        desk.send(desk.slider("Parity"), "moved", 0.4)
        await desk.until(lambda: "mechanisms.parity.strength=0.4" in desk.link)

    at_the_lab(tmp_path, monkeypatch, play)


def test_explore_writes_its_files_beside_the_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play(desk: Desk) -> None:
        await desk.open(QUICK)
        await desk.until_said(ANSWER)
        await desk.until(lambda: any("/picture/" in str(image.props.get("src")) for image in desk.tagged("img")))
        for words, begins in {
            "Save the scenario as YAML": b"name: classroom",
            "Save the figures as PNG": b"\x89PNG",
            "Save the numbers as CSV": b"PK",
        }.items():
            desk.click(words)
            assert (await desk.user.download.next(timeout=20)).content.startswith(begins)

    at_the_lab(tmp_path, monkeypatch, play)


def test_a_room_is_made_and_led_beside_the_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play(desk: Desk) -> None:
        await desk.open("/teach")
        (form,) = desk.tagged("form")
        usual = {"deal": "halves", "luck": "same", "pace": "together", "replication": "0", "hints": "3"}
        desk.send(form, "submit", {**usual, "text": CODE})
        await desk.until_said(f"This scenario cannot be played: scenario:{LINE}: tactics.partners: {NO_CODE}")
        desk.send(form, "submit", {**usual, "text": OWN})
        await desk.until_said("Next week")
        for cached in CACHES:
            cached.cache_clear()
        desk.click("Next week")
        await desk.until_said("Week 2 of 16")

    at_the_lab(tmp_path, monkeypatch, play)


def test_a_seat_is_taken_and_looked_back_on_beside_the_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    seat, key = store.sit_alone(a_plan(pace="free"), "Anna")

    async def play(desk: Desk) -> None:
        await desk.open(f"/play/{seat.code}/{key}")
        await desk.until_said("Before you begin: will it pay to be first?")
        desk.click("It makes no difference")
        await desk.until_said("your move")
        for cached in CACHES:
            cached.cache_clear()
        await desk.open(f"/debrief/{seat.code}/{key}")
        await desk.until_said("Your talks are not over yet.")

    at_the_lab(tmp_path, monkeypatch, play)
    store.close()


def test_a_class_that_is_kept_with_code_in_it_says_so_on_every_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    room, teacher = store.create_room(a_plan())
    _, key = store.join(room.code, "Anna")
    with closing(sqlite3.connect(tmp_path / FILE)) as kept, kept:
        kept.execute("UPDATE rooms SET text = ?", (CODE,))

    async def play(desk: Desk) -> None:
        for page in (f"play/{room.code}/{key}", f"debrief/{room.code}/{key}", f"screen/{room.code}"):
            await desk.open(f"/{page}")
            await desk.until_said(NO_CODE)
        await desk.open(f"/teach/{room.code}?key={teacher}")
        await desk.until_said(NO_CODE)
        for words in ("Forget the class", "Yes, delete all of it"):
            desk.click(words)
        await desk.until_said("This class has been forgotten")

    at_the_lab(tmp_path, monkeypatch, play)
    store.close()


def test_dear_links_keep_nobody_waiting(lab_server: Server) -> None:
    dear = [
        "name: x\ntitle: x\ncalendar:\n" + "- a\n" * 14_000,
        "name: x\ntitle: x\n" + "".join(f"k{n}: 1\n" for n in range(6_000)),
        "name: x\ntitle: x\nx: [" + ("[" + "1," * 190 + "],") * 90 + "]",
        "name: x\ntitle: x\npolitics:\n veto_players:\n  JPN:\n" + "".join(f"   a{n}: {{}}\n" for n in range(190)),
    ]

    def ask(text: str) -> None:
        with urllib.request.urlopen(f"{lab_server.address}/?{urlencode({'yaml': packed(text)})}", timeout=60) as page:
            assert page.status == 200

    waited = []
    for text in dear:
        sender = threading.Thread(target=ask, args=(text,))
        sender.start()
        while sender.is_alive():
            begun = time.monotonic()
            with urllib.request.urlopen(f"{lab_server.address}/health", timeout=60) as answer:
                assert answer.read() == b"ready"
            waited.append(time.monotonic() - begun)
    assert max(waited) < 4.0
