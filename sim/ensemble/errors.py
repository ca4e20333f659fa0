"""What can go wrong with kept runs."""

from __future__ import annotations

__all__ = ["StoreError"]


class StoreError(ValueError):
    """Runs could not be kept, or a question put to them makes no sense."""
