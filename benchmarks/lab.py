"""``python -m benchmarks.lab``: how long Explore takes from a move of a slider to the new figure, in a real browser.

It starts a lab of its own and needs Chromium and playwright. A move is a key pressed on a slider; it ends when the
figure that rests on all twins is on the screen.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.lab.browsing import Server, chromium, free_port, visiting

SEEN = "() => document.querySelector('.lab-figure img').getAttribute('src')"
ANOTHER = "(old) => document.querySelector('.lab-figure img').getAttribute('src') != old"
SETTLED = """() => document.querySelector('.lab-headline').innerText.match(/500 twins a place, /)
  && document.querySelector('.lab-figure').getAttribute('aria-busy') == 'false'"""


def moves(page: Any, count: int) -> Iterator[tuple[float, float]]:
    """Seconds to the first new figure and to the one of all twins, for moves of one step each."""
    page.get_by_role("slider", name="Precedent").focus()
    for _ in range(count):
        old, start = page.evaluate(SEEN), time.perf_counter()
        page.keyboard.press("ArrowRight")
        page.wait_for_function(ANOTHER, arg=old, polling=10, timeout=120_000)
        first = time.perf_counter() - start
        page.wait_for_function(SETTLED, polling=10, timeout=120_000)
        yield first, time.perf_counter() - start


def burst(page: Any, count: int = 8) -> float:
    """Seconds from the first of some quick moves until the figure of the last is on the screen."""
    slider = page.get_by_role("slider", name="Parity")
    slider.focus()
    start = time.perf_counter()
    for _ in range(count):
        page.keyboard.press("ArrowRight")
    ends = slider.input_value()
    page.wait_for_url(f"**mechanisms.parity.strength={ends}**", timeout=120_000)
    page.wait_for_function(SETTLED, polling=10, timeout=120_000)
    return time.perf_counter() - start


def lines(browser: Any, address: str) -> Iterator[str]:
    """Measure, and say it a line at a time."""
    yield "| scenario, 500 twins a place | to a new figure | to that of all twins | eight moves at once |"
    yield "|---|---:|---:|---:|"
    for name in ("classroom", "japan_first"):
        with visiting(browser) as visitor:
            page = visitor.open(f"{address}/?scenario={name}")
            page.wait_for_function(SETTLED, timeout=120_000)
            firsts, alls = zip(*moves(page, 9), strict=True)
            first, every = statistics.median(firsts), statistics.median(alls)
            yield f"| {name} | {first:.2f} s | {every:.2f} s | {burst(page):.2f} s |"


def main() -> None:
    """Print as it is measured."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        server = Server(Path(folder), free_port())
        server.start()
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        try:
            for line in lines(browser, server.address):
                print(line, flush=True)
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    main()
