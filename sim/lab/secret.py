"""The secret that cookies are signed with: made once, read by nobody else."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

__all__ = ["secret_in"]


def secret_in(folder: Path) -> str:
    """Return the secret kept in a folder; it is made when there is none, so that a restart keeps everybody's place.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secret"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii")
