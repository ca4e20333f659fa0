"""What a side knows when it is its turn, and what it may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.bargaining import Moment

if TYPE_CHECKING:
    from sim.talks.bilateral import Bilateral

__all__ = ["Decision", "Offer", "Refusal", "Side", "Situation"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Side(StrEnum):
    """The two sides of a table."""

    PARTNER = "partner"
    US = "us"


class Refusal(StrEnum):
    """Why an offer was not accepted."""

    NOT_READY = "the text is not ready"
    BELOW_NO_DEAL = "worse than no deal"
    OUTSIDE_WIN_SET = "outside the win-set at home"
    ASKS_MORE = "expects more from its own next offer"
    LEFT = "left the table"


@dataclass(frozen=True, eq=False)
class Offer:
    """A package on the table.

    Attributes
    ----------
    by : Side
        Who made it.
    levels : ndarray (K,)
        Level of each issue.
    """

    by: Side
    levels: Ints


@dataclass(frozen=True)
class Decision:
    """An answer to an offer: accepted, or refused for a reason; `short` is what was missing, USD bn."""

    accepted: bool
    reason: Refusal | None = None
    short: float = 0.0


@dataclass(eq=False, slots=True)
class Situation:
    """One side's view of a session; only the clock moves while it lasts. Gains are present values over no deal, USD bn.

    Attributes
    ----------
    side : Side
        Whose view it is.
    elapsed : float
        tau, share of the time to the deadline that has passed.
    beta : float
        Its stance this week.
    ladder : ndarray (R, K)
        The packages it would propose, its favourite first.
    mine, theirs : ndarray (R,)
        Its gain at each of them, and the other side's as it believes.
    least, theirs_least : float
        The gain below which it would rather have no deal, and the same of the other side as it believes.
    worth : callable
        Its own gain from any package.
    admits : callable
        Whether a package is inside its win-set.
    may_close : bool
        Whether a text can be closed in this session.
    lay : callable, optional
        Lays the table out for a tactic of the bargaining library.
    moment : Moment
        The clock as such a tactic reads it, in offers from the opening of the talks to the deadline.
    """

    side: Side
    elapsed: float
    beta: float
    ladder: Ints
    mine: Floats
    theirs: Floats
    least: float
    theirs_least: float
    worth: Callable[[Ints], float]
    admits: Callable[[Ints], bool]
    may_close: bool
    lay: Callable[[], Bilateral] | None = None
    moment: Moment = Moment(0, 1)  # noqa: RUF009  (frozen)
    _laid: Bilateral | None = field(default=None, init=False, repr=False)

    @property
    def bilateral(self) -> Bilateral:
        """The table as this side sees it, laid out when it is first asked for."""
        if self._laid is None:
            assert self.lay is not None, "this situation has no table"
            self._laid = self.lay()
        return self._laid
