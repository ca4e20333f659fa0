"""Text files that are whole under their name, or not there."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

__all__ = ["write_whole"]


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
