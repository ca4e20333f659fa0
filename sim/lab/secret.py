"""The secret that cookies are signed with: made once, read by nobody else."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

__all__ = ["secret_in"]

#: Random bytes of a secret, and characters of it.
BYTES = 32
LENGTH = 43


def secret_in(folder: Path) -> str:
    """Return the secret kept in a folder; it is made when there is none, so that a restart keeps everybody's place.

    One that somebody else could have read or written is no secret: another is put in its place.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secret"
    kept = _kept(path)
    if kept is None:
        kept = secrets.token_urlsafe(BYTES)
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(kept)
    return kept


def _kept(path: Path) -> str | None:
    """Read a secret that only the user can have read or written; a link is not followed."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or _is_open(found):
            return None
        text = file.read().decode("ascii", "replace")
    return text if len(text) >= LENGTH else None


def _is_open(found: os.stat_result) -> bool:
    """Whether others own or can read a file, on systems that know owners of files."""
    return hasattr(os, "geteuid") and (found.st_uid != os.geteuid() or bool(found.st_mode & 0o077))
