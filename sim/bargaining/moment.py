"""Where a session stands."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Moment"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A step of a session.

    Attributes
    ----------
    step : int
        Rounds completed, from 0.
    rounds : int
        Rounds there are in all; in each both sides answer and offer once.
    """

    step: int
    rounds: int

    @property
    def elapsed(self) -> float:
        """Share of the time that has passed, t = (step + 1) / (rounds + 1); inside (0, 1)."""
        return (self.step + 1) / (self.rounds + 1)
