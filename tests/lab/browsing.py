"""A server of the lab, and a browser that writes down everything it asks for."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

CONTRAST = """() => {
  const channel = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); };
  const luminance = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const colour = text => (text.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const ground = node => {
    for (let at = node; at; at = at.parentElement) {
      const found = colour(getComputedStyle(at).backgroundColor);
      if (found.length < 4 || found[3] > 0.99) return found;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), bad = [];
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim()) continue;
    if (!node.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    if (node.matches("script, style, option") || node.closest(":disabled, .nicegui-error-popup")) continue;
    const style = getComputedStyle(node), a = luminance(colour(style.color)), b = luminance(ground(node));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) bad.push(`${ratio.toFixed(2)}: ${walker.currentNode.data.trim().slice(0, 40)}`);
  }
  return bad;
}"""

NAMELESS = """() => [...document.querySelectorAll("input, select, textarea, button, summary, a[href]")].filter(node => {
  if (node.type === "hidden" || !node.checkVisibility()) return false;
  const by = (node.getAttribute("aria-labelledby") || "").split(" ").map(id => document.getElementById(id));
  const own = node.matches("input, select, textarea") ? "" : node.textContent;
  const words = [node.getAttribute("aria-label"), own, ...by.map(n => n && n.textContent),
    ...[...(node.labels || [])].map(n => n.textContent)];
  return !words.some(word => word && word.trim());
}).map(node => node.outerHTML.slice(0, 120))"""

WIDER = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


@dataclass
class Server:
    """A lab that runs in a process of its own, and can be stopped and started again on the same folder."""

    folder: Path
    port: int
    words: tuple[str, ...] = ()
    process: Any = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, seconds: float = 240.0) -> None:
        """Start, and wait until the rules are ready."""
        command = [sys.executable, "-m", "sim", "lab", "--port", str(self.port), "--folder", str(self.folder)]
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen([*command, *self.words], stdout=log, stderr=log, env=plain())
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            if self._health() == "ready":
                return
            time.sleep(0.1)
        raise RuntimeError(f"the lab did not start: {(self.folder / 'log').read_text(errors='replace')[-2000:]}")

    def stop(self) -> int:
        """Interrupt it as Ctrl-C does; return its exit status."""
        self.process.send_signal(signal.SIGINT)
        return int(self.process.wait(timeout=20))

    def _health(self) -> str:
        try:
            with urllib.request.urlopen(f"{self.address}/health", timeout=2) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""


@dataclass
class Visitor:
    """A browser of its own (cookies, storage) that notes what it asked for and what went wrong in it."""

    context: Any
    asked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, address: str) -> Any:
        """Open a page in a new tab."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.set_default_timeout(60_000)
        go(page, address)
        return page

    def check(self) -> None:
        """Assert that nothing was asked of another machine, and that no script failed."""
        elsewhere = [address for address in self.asked if not is_local(address)]
        assert elsewhere == []
        assert self.errors == []


def go(page: Any, address: str) -> None:
    """Go to a page as a person would, who asks again for one that does not come up for a while."""
    for patience in (20_000, 20_000):
        try:
            page.goto(address, timeout=patience)
        except Exception as error:  # Playwright's own kind may only be imported where it is installed
            if type(error).__name__ != "TimeoutError":
                raise
        else:
            return
    page.goto(address)


def plain() -> dict[str, str]:
    """Return the environment without what tells a library that it is being tested."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "NICEGUI"))}


def is_local(address: str) -> bool:
    """Whether an address needs no network."""
    parts = urlsplit(address)
    return parts.scheme in ("data", "blob", "about") or parts.hostname in ("127.0.0.1", "localhost")


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def chromium() -> str:
    """Where the system keeps Chromium; skips the test when it has none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.skip("no Chromium on this system: browser tests are skipped")


@contextmanager
def visiting(browser: Any, viewport: dict[str, int] | None = None) -> Iterator[Visitor]:
    """Give a visitor with a screen of some size; when it leaves, what it asked for is checked."""
    context = browser.new_context(viewport=viewport or WIDE, accept_downloads=True)
    visitor = Visitor(context)
    context.on("request", lambda request: visitor.asked.append(request.url))
    try:
        yield visitor
        visitor.check()
    finally:
        context.close()


def assert_well_made(page: Any) -> None:
    """Assert what holds of every page: no sideways scrolling, names for all controls, contrast of AA."""
    assert page.evaluate(WIDER) <= 0
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(CONTRAST) == []
