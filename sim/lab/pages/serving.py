"""Make the app and serve it: pages, pictures, and what a browser is allowed to fetch."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import PlainTextResponse
from nicegui import Client, app, ui
from nicegui.page import page as page_of

from sim.lab.lab import Lab
from sim.lab.pages import (
    alone_page,
    debrief_page,
    explore_page,
    join_page,
    lessons_page,
    look,
    pictures,
    play_page,
    screen_page,
    teach_page,
)
from sim.lab.secret import secret_in

__all__ = ["PAGES", "serve"]

#: Modules that declare pages; each has `register(lab)`.
PAGES = (explore_page, alone_page, join_page, play_page, debrief_page, teach_page, screen_page, lessons_page)

#: What the browser itself refuses: anything that is not served from here.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; "
    "form-action 'self'; base-uri 'self'"
)


def serve(lab: Lab, *, show: bool = False) -> None:
    """Serve the lab until it is interrupted.

    Parameters
    ----------
    lab : Lab
        Where to listen and where to keep things.
    show : bool
        Open the browser too.

    Raises
    ------
    OSError
        If the folder of data cannot be written.
    """
    secret = secret_in(lab.folder)
    app.storage.path = lab.folder / "browsers"
    build(lab)
    app.on_startup(lab.warming.start)
    ui.run(
        host=lab.host,
        port=lab.port,
        title="First Mover lab",
        favicon=look.FAVICON,
        language="en-US",
        reload=False,
        show=show,
        tailwind=False,
        show_welcome_message=False,
        storage_secret=secret,
        access_log=False,
    )


def build(lab: Lab) -> None:
    """Declare everything that is served."""
    app.add_middleware(_Guarded)
    app.get("/health")(lambda: PlainTextResponse("ready" if lab.warming.is_done() else "warming up"))
    pictures.register()
    look.register()
    for module in PAGES:
        module.register(lab)
    app.exception_handler(404)(_unknown)


async def _unknown(request: Request, _: Exception) -> Any:
    """Answer an address that nothing is kept at."""
    with Client(page_of(""), request=request) as client:
        look.error_page("There is nothing here", "Check the address, or start again from Explore.")
    return client.build_response(request, 404)


class _Guarded:
    """Adds the headers that keep a browser from fetching anything elsewhere, or showing the lab in a frame."""

    HEADERS = (
        (b"content-security-policy", POLICY.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
    )

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass a request on; add the headers to its answer."""

        async def guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *self.HEADERS]
            await send(message)

        await self.app(scope, receive, guarded if scope["type"] == "http" else send)
