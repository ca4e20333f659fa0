"""A lab that runs, and a browser to look at it with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.lab.browsing import NARROW, WIDE, Server, Visitor, chromium, free_port, visiting


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A lab with an empty folder, shared by all tests of the group."""
    pytest.importorskip("nicegui", reason="the extra `lab` is not installed")
    server = Server(tmp_path_factory.mktemp("lab"), free_port())
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium, without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    where = chromium()
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=where, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visitor(browser: Any) -> Iterator[Visitor]:
    """A visitor with a screen 1280 pixels wide; no request of theirs may leave this machine."""
    with visiting(browser, WIDE) as found:
        yield found


@pytest.fixture
def phone(browser: Any) -> Iterator[Visitor]:
    """A visitor with a phone, 390 pixels wide."""
    with visiting(browser, NARROW) as found:
        yield found
