"""Files and folders that are whole under their name, or not there; and what a file says of others, checked."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from sim.ensemble.shards import DRAFT

__all__ = ["ResultsError", "check_files", "digests", "read_told", "write_folder", "write_whole"]

#: How often a folder is put in place anew when others put theirs there at the same time.
TRIES = 100
#: To swap two names: symbol of the C library, arguments before each of the two paths, and the flag.
_HERE = -100
_SWAPS = {"linux": ("renameat2", (_HERE,), 2), "darwin": ("renamex_np", (), 2)}


class ResultsError(ValueError):
    """A folder that is not the results of a run or a study, or not whole."""


def write_whole(path: Path, text: str) -> None:
    """Write a text to a draft beside the file, then give it the file's name.

    Raises
    ------
    OSError
        When the folder cannot be written; what was there before is left as it was.
    """
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8", newline="\n") as file:
        draft = Path(file.name)
        try:
            file.write(text)
            file.flush()
            draft.chmod(0o644)
            draft.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink()
            raise


def write_folder(folder: Path, fill: Callable[[Path], Any]) -> Path:
    """Fill a draft beside a folder, then put it in the folder's place, whatever is there.

    There is no moment without the folder once it has been there. Where several do so at once, the last one stands.

    Parameters
    ----------
    folder : Path
        Where it goes; folders above are made.
    fill : callable
        Given the draft, writes into it.

    Raises
    ------
    OSError
        When it cannot be written; what was there before is left as it was.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=folder.parent))
    try:
        fill(draft)
        draft.chmod(0o755)
        _put(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def _put(draft: Path, folder: Path) -> None:
    """Give a draft the name of a folder; what had the name is then where the draft was, or gone."""
    for _ in range(TRIES):
        try:
            draft.rename(folder)
            return
        except OSError as error:
            if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
                raise
        if _swapped(draft, folder):
            return
        aside = Path(tempfile.mkdtemp(prefix=DRAFT, dir=folder.parent))
        with contextlib.suppress(FileNotFoundError):  # somebody else has taken it away
            folder.rename(aside / folder.name)
        shutil.rmtree(aside, ignore_errors=True)
    raise OSError(errno.EBUSY, "others write there all the time", str(folder))


def _swapped(one: Path, other: Path) -> bool:
    """Swap the names of two folders at once; False where the system cannot."""
    symbol, before, flag = _SWAPS.get(sys.platform, ("", (), 0))
    call = getattr(ctypes.CDLL(None), symbol, None) if symbol else None
    paths = [part for path in (one, other) for part in (*before, os.fsencode(path))]
    return call is not None and call(*paths, flag) == 0


def digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """What the content of some files of a folder comes to, by name."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def read_told(path: Path, needed: Iterable[str], again: str) -> dict[str, Any]:
    """Read the file in which a folder says what it holds.

    Parameters
    ----------
    path : Path
        A JSON file with one object.
    needed : iterable of str
        Keys it must have.
    again : str
        What to do where it is damaged, as in "run the scenario again".

    Raises
    ------
    ResultsError
        If it is not there, or damaged.
    """
    try:
        told = json.loads(path.read_bytes())
    except OSError as error:
        raise ResultsError(f"{path}: cannot be read ({error.strerror or error}); {again}") from None
    except (ValueError, RecursionError):
        raise ResultsError(f"{path}: damaged, or not written by First Mover (not JSON); {again}") from None
    lacking = [key for key in needed if key not in told] if isinstance(told, dict) else []
    if lacking or not isinstance(told, dict):
        why = f"lacks {', '.join(lacking)}" if lacking else "no object"
        raise ResultsError(f"{path}: damaged, or not written by First Mover ({why}); {again}")
    return told


def check_files(folder: Path, told: Mapping[str, Any], again: str) -> None:
    """Make sure that the files of a folder are those that were written.

    Raises
    ------
    ResultsError
        If one is missing, cut short or altered.
    """
    files = told.get("files")
    if not isinstance(files, dict):
        raise ResultsError(f"{folder}: written by an earlier version, which did not say what is in its files; {again}")
    for name, digest in files.items():
        try:
            found = digests(folder, [str(name)])[str(name)]
        except OSError:
            raise ResultsError(f"{folder}: incomplete ({name} is missing or cannot be read); {again}") from None
        if found != digest:
            raise ResultsError(f"{folder / str(name)}: cut short or altered since it was written; {again}")
