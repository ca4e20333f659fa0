"""What a player does when it is its turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

__all__ = ["Act", "Move", "MoveError"]


class Act(StrEnum):
    """The four things a player can do."""

    OFFER = "offer"
    ACCEPT = "accept"
    WAIT = "wait"
    WALK = "walk"


class MoveError(ValueError):
    """A move that cannot be made; its text is a sentence for the player."""


@dataclass(frozen=True)
class Move:
    """One turn of a player.

    Attributes
    ----------
    act : Act
        What it does.
    levels : tuple of int, optional
        The package of an offer, by level; None for all else.
    """

    act: Act
    levels: tuple[int, ...] | None = None

    def plain(self) -> dict[str, Any]:
        """Return the move as plain data."""
        return {"act": self.act.value} | ({} if self.levels is None else {"levels": list(self.levels)})

    @classmethod
    def read(cls, data: object) -> Move:
        """Read plain data, whoever sent it.

        Raises
        ------
        MoveError
            When it is no move.
        """
        if not isinstance(data, Mapping) or data.get("act") not in [act.value for act in Act]:
            raise MoveError(f"A move is one of {', '.join(Act)}.")
        act, levels = Act(data["act"]), data.get("levels")
        if act is not Act.OFFER:
            return cls(act)
        if not isinstance(levels, list | tuple) or not all(type(level) is int for level in levels):
            raise MoveError("An offer names a level for every issue.")
        return cls(act, tuple(levels))
