"""What a figure asks of the frame it is given."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

__all__ = ["places", "require"]


def require(frame: pd.DataFrame, columns: Iterable[str]) -> None:
    """Check that a frame has the columns a figure draws.

    Raises
    ------
    ValueError
        Naming the columns that are missing.
    """
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ValueError(f"the frame lacks the column(s) {', '.join(missing)}")


def places(frame: pd.DataFrame) -> list[int]:
    """Places in the queue found in column `position`, ascending."""
    return sorted(int(place) for place in frame["position"].dropna().unique())
