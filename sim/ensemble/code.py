"""Which code made a number: runs of one scenario are only put together when the rules were the same."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from sim import __version__

__all__ = ["code_version"]

#: What a number depends on: all rooms up to the one that plays the talks, and the data they read.
ROOMS = ("bargaining", "compiled.py", "ensemble", "interop", "luck.py", "mechanisms", "scenario", "talks", "world")
READ = (".py", ".csv", ".npz")


@cache
def code_version() -> str:
    """Return the version of the package and a digest of its rules and data, as in ``0.1.0-3f2a9c01``."""
    digest = hashlib.sha256()
    for room in ROOMS:
        _add(digest, files("sim") / room, room)
    return f"{__version__}-{digest.hexdigest()[:8]}"


def _add(digest: hashlib._Hash, place: Traversable, name: str) -> None:
    """Add a file, or all of a folder in the order of its names."""
    if place.is_dir():
        for inside in sorted(place.iterdir(), key=lambda one: one.name):
            _add(digest, inside, f"{name}/{inside.name}")
    elif name.endswith(READ):
        digest.update(name.encode())
        digest.update(place.read_bytes())
