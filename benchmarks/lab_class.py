"""``python -m benchmarks.lab_class``: a class plays at once; what it costs the server, and how long answers take."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from sim.lab.plan import Plan
from sim.lab.store import Store
from sim.scenario import catalogue
from tests.lab.browsing import NARROW, Server, chromium, free_port

#: What is promised: MB that a class adds to the server, and seconds from an offer to the answer.
MOST_MB, MOST_SECONDS = 250.0, 1.0

#: Clicks a button and waits until the page shows one move more; gives seconds.
MOVE = """name => new Promise((done, failed) => {
  const desk = document.querySelector("[data-moves]"), before = desk.dataset.moves, from = performance.now();
  const button = [...document.querySelectorAll("button")].find(found => found.textContent.startsWith(name));
  if (!button) { failed(`no button ${name}`); return; }
  const watcher = new MutationObserver(() => {
    if (document.querySelector("[data-moves]").dataset.moves === before) return;
    watcher.disconnect();
    requestAnimationFrame(() => done((performance.now() - from) / 1000));
  });
  watcher.observe(document.body, {subtree: true, attributes: true, childList: true});
  button.click();
})"""
#: The same after some milliseconds, without waiting for the answer.
START = f"""([name, delay]) => {{
  window.answer = new Promise(done => setTimeout(done, delay)).then(() => ({MOVE})(name));
}}"""
#: Milliseconds within which a class decides when nobody tells it to.
MOMENTS = 10_000


def memory(pid: int) -> tuple[float, float]:
    """MB of a process in memory, and how much of it is its own (the rest are files that were mapped, as libraries)."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    whole, own = (next(line for line in lines if line.startswith(name)) for name in ("VmRSS", "RssAnon"))
    return int(whole.split()[1]) / 1024, int(own.split()[1]) / 1024


def addresses(server: Server, clients: int, scenario: str) -> tuple[list[str], list[str]]:
    """Make a room where everybody plays at once with luck of its own.

    Returns
    -------
    (list of str, list of str)
        Addresses of the teacher's view and the screen, and those of all seats.
    """
    store = Store(server.folder)
    text = catalogue()[scenario].read_text(encoding="utf-8")
    room, teacher = store.create_room(Plan(text, places="first", luck="own", pace="free"))
    seats = []
    for number in range(clients):
        seat, key = store.join(room.code, f"Student {number + 1}")
        store.predict(seat, {"pays": "first"})
        seats.append(f"{server.address}/play/{room.code}/{key}")
    store.close()
    return [f"{server.address}/teach/{room.code}?key={teacher}", f"{server.address}/screen/{room.code}"], seats


def one_by_one(pages: Sequence[Any]) -> list[float]:
    """Seconds from an offer to its answer, one student after the other, all others looking on."""
    return [float(page.evaluate(MOVE, "Send")) for page in pages]


def together(pages: Sequence[Any], within: int) -> list[float]:
    """Seconds from a move to its answer when all move within some milliseconds, evenly spread, or in one moment (0)."""
    ready = [page for page in pages if page.get_by_role("button", name="Refuse").count()]
    for k, page in enumerate(ready):
        page.evaluate(START, ["Refuse", k * within / len(ready)])
    return [float(page.evaluate("window.answer")) for page in ready]


def measure(clients: int, scenario: str) -> dict[str, Any]:
    """Serve a class, and let it play."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        server = Server(Path(folder), free_port())
        server.start()
        try:
            empty = memory(server.process.pid)
            browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            pages = [browser.new_context(viewport=NARROW).new_page() for _ in range(clients)]
            lookers, seats = addresses(server, clients, scenario)
            for address in lookers:
                browser.new_context().new_page().goto(address)
            for page, address in zip(pages, seats, strict=True):
                page.goto(address)
                page.get_by_role("button", name="Send").wait_for()
            seated = memory(server.process.pid)
            times = {
                "an offer, the others looking on": one_by_one(pages),
                "a refusal, all within ten seconds": together(pages, MOMENTS),
                "a refusal, all in one moment": together(pages, 0),
            }
            return {"memory": (empty, seated, memory(server.process.pid)), "times": times}
        finally:
            server.stop()


def report(found: dict[str, Any], clients: int, scenario: str) -> bool:
    """Print what was measured; say whether it is what was promised."""
    print(f"{clients} clients, scenario {scenario}, each with luck of its own, and the teacher's view and the screen")
    for name, (whole, own) in zip(("empty", "with everybody seated", "at the end"), found["memory"], strict=True):
        print(f"server {name}: {whole:.0f} MB, {own:.0f} of them its own")
    added = found["memory"][-1][0] - found["memory"][0][0]
    print(f"the class added {added:.0f} MB")
    for name, times in found["times"].items():
        print(f"{name}: median {statistics.median(times):.2f} s, worst {max(times):.2f} s ({len(times)} moves)")
    usual = list(found["times"].values())[:2]
    return bool(added < MOST_MB and max(map(statistics.median, usual)) < MOST_SECONDS)


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Let a class play in one lab.")
    parser.add_argument("--clients", type=int, default=24, help="how many (24)")
    parser.add_argument("--scenario", default="classroom", help="name of the catalogue (classroom)")
    options = parser.parse_args()
    kept = report(measure(options.clients, options.scenario), options.clients, options.scenario)
    promise = f"under {MOST_MB:.0f} MB for a class, an offer answered in under {MOST_SECONDS:.0f} s"
    print(f"{promise}: {'kept' if kept else 'NOT kept'}")
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())
