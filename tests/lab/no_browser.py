"""Pages of the lab in this process, without a server and without a browser; what is read on the event loop is noted."""

from __future__ import annotations

import asyncio
import base64
import re
import sys
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

#: Functions that read a scenario or make it ready: none of them may be called where all visitors are served.
DEAR = {
    "sim.scenario.loader": ("parse", "dump", "_valid"),
    "sim.talks.setup": ("prepare",),
}


def packed(text: str) -> str:
    """A text as a stranger puts it into a link."""
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def watch(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note every call of what is dear on the event loop, in the list that is returned."""
    noted: list[str] = []
    for home, names in DEAR.items():
        for name in names:
            plain = getattr(sys.modules[home], name)
            for module in [*sys.modules.values()]:
                if getattr(module, "__name__", "").startswith("sim.") and getattr(module, name, None) is plain:
                    monkeypatch.setattr(module, name, _noting(plain, noted))
    return noted


def _noting(plain: Callable[..., Any], noted: list[str]) -> Callable[..., Any]:
    def call(*args: Any, **named: Any) -> Any:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return plain(*args, **named)
        noted.append(f"{plain.__name__}({str(args)[:80]})")
        return plain(*args, **named)

    return call


@asynccontextmanager
async def lab_of(folder: Path) -> AsyncIterator[Desk]:
    """Serve the pages of a lab, and sit down before them."""
    from nicegui.testing.user_simulation import user_simulation

    from sim.lab.lab import Lab
    from sim.lab.pages import look, pictures, serving

    lab = Lab(folder)
    lab.warming._done.set()
    ours = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "sim"}
    try:
        async with user_simulation() as user:
            pictures.register()
            look.register()
            for page in serving.PAGES:
                page.register(lab)
            user.javascript_rules[re.compile(r".*innerWidth")] = lambda _: 1280
            yield Desk(user)
    finally:
        sys.modules.update(ours)  # the simulation forgets modules that declare pages, and all packages above them


class Desk:
    """Somebody at a page."""

    def __init__(self, user: Any) -> None:
        self.user = user

    async def open(self, address: str) -> None:
        """Open a page."""
        await self.user.open(address)

    @property
    def elements(self) -> list[Any]:
        """All elements of the page."""
        return [*self.user._client.elements.values()]

    @property
    def words(self) -> str:
        """All that is said on it, a line each."""
        return "\n".join(element.text for element in self.elements if getattr(element, "text", ""))

    @property
    def link(self) -> str:
        """The link that Explore shows."""
        return next(str(e.props["value"]) for e in self.elements if e.props.get("id") == "link")

    async def until(self, seen: Callable[[], Any], seconds: float = 60.0) -> None:
        """Wait until something is seen."""
        for _ in range(int(20 * seconds)):
            if seen():
                return
            await asyncio.sleep(0.05)
        raise AssertionError(self.words)

    async def until_said(self, words: str) -> None:
        """Wait until something is said."""
        await self.until(lambda: words in self.words)

    def send(self, element: Any, event: str, args: Any = None) -> None:
        """Do what the browser does when something happens to an element."""
        from nicegui.events import GenericEventArguments, handle_event

        for listener in [*element._event_listeners.values()]:
            if listener.type == event:
                handle_event(listener.handler, GenericEventArguments(sender=element, client=element.client, args=args))

    def slider(self, label: str) -> Any:
        """A slider by its label."""
        return next(e for e in self.elements if e.props.get("label") == label)

    def tagged(self, tag: str, **props: str) -> Iterator[Any]:
        """Elements by tag and properties."""
        return (e for e in self.elements if e.tag == tag and props.items() <= dict(e.props).items())

    def click(self, words: str) -> None:
        """Click a button by its words."""
        self.send(next(e for e in self.tagged("button") if words in (e.text, e.props.get("aria-label"))), "click")
