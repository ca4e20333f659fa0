"""Knowledge that is given, from none to all of the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.bargaining.knowledge.knowledge import Knowledge
from sim.bargaining.view import View

__all__ = ["Partial", "Perfect", "Prior"]

Floats = NDArray[np.float64]


@dataclass
class Partial(Knowledge):
    """A mixture of the truth and of the prior that what is good for me is bad for you.

    The prior has the truth's unit: the same span of utilities over all outcomes.

    Parameters
    ----------
    skill : float
        Weight of the truth in [0, 1]: 0 is the prior, 1 perfect knowledge.
    """

    literature: ClassVar[str] = "raiffa1982"

    skill: float = 0.5

    def __post_init__(self) -> None:
        if not 0.0 <= self.skill <= 1.0:
            raise ValueError("skill lies in [0, 1]")

    def start(self, view: View) -> None:
        """Mix the tables."""
        domain, other = view.domain, 1 - view.side
        low, high = domain.bounds[other]
        unit = (high - low) / view.span if view.span > 0.0 else 0.0
        truth = [np.ascontiguousarray(group.utilities[:, other]) for group in domain.groups]
        mixed = [
            self.skill * true + (1.0 - self.skill) * unit * (mine.max() - mine)
            for true, mine in zip(truth, view.tables, strict=True)
        ]
        self._tables: list[Floats] = truth if self.skill == 1.0 else mixed
        self._truth = domain.reservation[other]

    def tables(self) -> list[Floats]:
        """Return the mixture."""
        return self._tables

    def reservation(self) -> float:
        """Mix the true reservation value with the worst outcome as believed."""
        return self.skill * self._truth + (1.0 - self.skill) * super().reservation()


@dataclass
class Prior(Partial):
    """Knows nothing, and takes interests for opposed."""

    skill: float = 0.0


@dataclass
class Perfect(Partial):
    """Knows the other side's utility and reservation value."""

    skill: float = 1.0
