"""Which rules and facts made a number: runs of one scenario are only put together when these were the same."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from sim import __version__
from sim.scenario import Scenario
from sim.scenario.tactics import read_choice

__all__ = ["code_version", "digest_of", "facts_digest", "own_tactics"]

#: What a number depends on: all rooms up to the one that plays the talks, and the data they read.
ROOMS = ("bargaining", "compiled.py", "ensemble", "interop", "luck.py", "mechanisms", "scenario", "talks", "world")
READ = (".py", ".csv", ".npz")


def code_version() -> str:
    """Return the version of the package and a digest of its rules and facts, as in ``0.1.0-3f2a9c01``.

    It is that of the files as this process found them when it started: files that are changed later on change nothing
    of what it has loaded.
    """
    return _found


def facts_digest() -> str:
    """Return a digest of all facts, those that are played and those that are only looked at."""
    digest = hashlib.sha256()
    for place in sorted((files("sim.world") / "data").iterdir(), key=lambda one: one.name):
        if place.is_file():
            digest.update(place.name.encode())
            digest.update(place.read_bytes())
    return digest.hexdigest()[:12]


def own_tactics(scenario: Scenario) -> str:
    """Return a digest of the tactics that a scenario takes from elsewhere than the library; nothing when there is none.

    Of a class of the user's it is that of the file it stands in, of a negotiator of NegMAS the version of NegMAS.
    """
    names = sorted({name for name in _tactics(scenario) if ":" in name})
    if not names:
        return ""
    digest = hashlib.sha256()
    for name in names:
        digest.update(f"{name}\n".encode() + _text_of(name))
    return digest.hexdigest()[:8]


def _tactics(scenario: Scenario) -> Iterator[str]:
    """Names of all tactics that may sit at a table."""
    own = [override.tactic for override in scenario.partners.overrides.values()]
    sides = [scenario.tactics.partners, scenario.tactics.united_states]
    for choice in (*sides, *(group.tactic for group in scenario.tactics.groups), *own):
        if choice is not None:
            yield read_choice(choice)[0]


def _text_of(name: str) -> bytes:
    """What a class says, as far as it can be found; whoever seats it complains when it cannot."""
    from sim.bargaining.tactics.options import OptionError
    from sim.interop.by_name import find_kind

    try:
        kind: Any = find_kind(name)
    except OptionError:
        return b""
    return version("negmas").encode() if name.startswith("negmas:") else _file_of(kind)


@cache
def _file_of(kind: Any) -> bytes:
    """The file that a class stands in, as it was when the class was first asked for."""
    try:
        source = inspect.getsourcefile(kind)
        return b"" if source is None else Path(source).read_bytes()
    except (OSError, TypeError):  # made in a notebook
        return b""


def _add(digest: hashlib._Hash, place: Traversable, name: str) -> None:
    """Add a file, or all of a folder in the order of its names."""
    if place.is_dir():
        for inside in sorted(place.iterdir(), key=lambda one: one.name):
            _add(digest, inside, f"{name}/{inside.name}")
    elif name.endswith(READ):
        digest.update(name.encode())
        digest.update(place.read_bytes())


def digest_of(rooms: Iterable[str]) -> str:
    """Return a digest of the rules and facts of some rooms, as their files are now."""
    digest = hashlib.sha256()
    for room in rooms:
        _add(digest, files("sim") / room, room)
    return digest.hexdigest()[:8]


_found = f"{__version__}-{digest_of(ROOMS)}"
