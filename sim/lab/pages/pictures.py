"""Pictures that pages show, served from memory: the address of each is a digest of it, which nobody can guess."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

from fastapi.responses import Response
from nicegui import app

__all__ = ["keep", "register"]

#: Pictures that are remembered; a page that needs an older one draws it again.
REMEMBERED = 256
TYPES = {"png": "image/png", "svg": "image/svg+xml"}

_kept: OrderedDict[str, bytes] = OrderedDict()
_lock = threading.Lock()


def keep(picture: bytes, kind: str = "png") -> str:
    """Remember a picture and return its address.

    Parameters
    ----------
    picture : bytes
        As a file would hold it.
    kind : str
        `png` or `svg`.
    """
    name = f"{hashlib.sha256(picture).hexdigest()[:40]}.{kind}"
    with _lock:
        _kept[name] = picture
        _kept.move_to_end(name)
        while len(_kept) > REMEMBERED:
            _kept.popitem(last=False)
    return f"/picture/{name}"


def register() -> None:
    """Declare the address of pictures."""
    app.get("/picture/{name}")(_picture)


def _picture(name: str) -> Response:
    """Answer with a picture, or say that it is gone."""
    with _lock:
        found = _kept.get(name)
    if found is None:
        return Response(status_code=404)
    headers = {"cache-control": "private, max-age=86400, immutable"}
    return Response(found, media_type=TYPES[name.rpartition(".")[2]], headers=headers)
