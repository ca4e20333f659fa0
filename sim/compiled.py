"""One way to compile a rule, so that both drivers run the same machine code.

Rules are small pure functions of numbers and arrays. They are compiled on first use and kept on disk; floating-point
operations keep their order (no fast-math), so a rule gives the same bits wherever it is called from.

A compiled function contains those it calls, and the constants they read. What is kept therefore lies in a folder named
after a digest of all files with rules and of those they import from: when one of them changes, nothing that was
compiled from the old text is used again.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Callable
from functools import cache
from multiprocessing import current_process
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from numba import __version__ as numba_version
from numba import config, njit

from sim.private import holds_only_own, own_folder, user_cache

__all__ = ["MARK", "compiled", "inlined", "inner", "kept_in", "rules_digest", "unlocked"]

P = ParamSpec("P")
R = TypeVar("R")

#: By this a file with rules is known.
MARK = "from sim.compiled import"
#: What such a file reads when it is loaded; imports for types alone are indented.
IMPORTED = re.compile(rb"^from (sim[\w.]*) import", re.MULTILINE)
#: Versions of the rules, beside the one in use, of which what was compiled is kept.
EARLIER = 2
KEPT = re.compile(r"compiled-[0-9a-f]{12}")


def compiled(rule: Callable[P, R]) -> Callable[P, R]:
    """Compile a rule to machine code; its type stays what it says."""
    return _compile(rule)


def inner(rule: Callable[P, R]) -> Callable[P, R]:
    """Compile a part of longer work that only compiled code calls; it is ready sooner, for want of a way in."""
    return _compile(rule, cache=False, no_cpython_wrapper=True)


def inlined(rule: Callable[P, R]) -> Callable[P, R]:
    """Write a part of longer work into the function that calls it, before anything is compiled."""
    return _compile(rule, cache=False, inline="always", no_cpython_wrapper=True)


def unlocked(rule: Callable[P, R]) -> Callable[P, R]:
    """Compile a long piece of work that lets other threads run meanwhile; otherwise as :func:`compiled`."""
    return _compile(rule, nogil=True)


@cache
def kept_in() -> Path | None:
    """Folder of what has been compiled from these rules; None where there is no place for it.

    It is in ``NUMBA_CACHE_DIR`` where that is set, else beside the code, else in the user's cache: the first of these
    that can be written, and by nobody but the user. What is kept is code that runs unseen, so a place that others can
    write is never used; one that was asked for and cannot be used is told in a line.
    """
    package = Path(__file__).parent
    name, given = f"compiled-{rules_digest(package)}", os.environ.get("NUMBA_CACHE_DIR")
    found, refused = None, []
    places = Path(given) if given else None, package / "__pycache__", user_cache()
    for place in filter(None, places):
        try:
            found = _folder_in(place, name)
            break
        except OSError as error:
            refused.append(error.strerror or str(error))
    if given and refused:
        instead = "not kept" if found is None else f"kept in {found.parent} instead"
        _say(f"NUMBA_CACHE_DIR={given} is not used: {refused[0]}; what is compiled is {instead}")
    return found


def _folder_in(place: Path, name: str) -> Path:
    """Return a folder of the user's own at a place; what old rules came to is taken away when it is made.

    Raises
    ------
    OSError
        When there can be none, or somebody else may have put something into it.
    """
    place = own_folder(place)
    if not (place / name).is_dir():
        _tidy(place)
    folder = own_folder(place / name)
    if not holds_only_own(folder):
        raise PermissionError(f"others can have written into {folder}")
    return folder


def _say(words: str) -> None:
    """Tell the user a line; not in each of the processes that work for this one."""
    if current_process().name == "MainProcess":
        print(f"firstmover: {words}", file=sys.stderr)


def _tidy(place: Path) -> None:
    """Take away what was compiled from all but the last few versions of the rules."""
    ours = (folder for folder in place.glob("compiled-*") if KEPT.fullmatch(folder.name))
    found = sorted(ours, key=lambda folder: folder.stat().st_mtime)
    for folder in found[:-EARLIER] if len(found) > EARLIER else []:
        shutil.rmtree(folder, ignore_errors=True)


def rules_digest(package: Path) -> str:
    """Digest of all files with rules in a package, of those they import from, and of the library that compiles them."""
    texts = {path: path.read_bytes() for path in package.rglob("*.py")}
    counted = {path for path, text in texts.items() if MARK.encode() in text}
    for name in {name.decode() for path in counted for name in IMPORTED.findall(texts[path])}:
        module = package.joinpath(*name.split(".")[1:])
        counted |= {module.with_suffix(".py"), module / "__init__.py"} & texts.keys()
    digest = hashlib.sha256(numba_version.encode())
    for path in sorted(counted):
        digest.update(str(path.relative_to(package)).encode() + texts[path])
    return digest.hexdigest()[:12]


def _compile(rule: Callable[P, R], *, cache: bool = True, **options: Any) -> Callable[P, R]:
    """Compile, and have numba keep the result in our folder rather than where it would.

    A division by nought is infinite or no number, as in numpy: to look out for it at every division costs more than the
    division.
    """
    kept = kept_in()
    before, config.CACHE_DIR = config.CACHE_DIR, str(kept or "")
    try:
        function: Callable[P, R] = njit(
            cache=cache and kept is not None, error_model="numpy", no_cfunc_wrapper=True, **options
        )(rule)
    finally:
        config.CACHE_DIR = before
    return function
