"""A wish that is not granted, with a sentence that says why."""

from __future__ import annotations

__all__ = ["Refused"]


class Refused(ValueError):  # noqa: N818  (no error: a sentence for who asked)
    """What was asked for is not done; the text says why not."""
