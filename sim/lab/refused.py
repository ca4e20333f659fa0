"""A wish that is not granted, with a sentence that says why."""

from __future__ import annotations

__all__ = ["Refused"]


class Refused(ValueError):
    """What was asked for is not done; the text is a sentence for who asked."""
