"""The contract of a tactic, and what all of them share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from copy import deepcopy
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import ClassVar, Self

from sim.bargaining.acceptance import Acceptance, AcNext
from sim.bargaining.moment import Moment
from sim.bargaining.view import Levels, View

__all__ = ["Answer", "Tactic", "Traits"]


class Answer(StrEnum):
    """What a side says to an offer."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    LEAVE = "leave"


@dataclass(frozen=True)
class Traits:
    """What a tactic goes by.

    Attributes
    ----------
    clock : bool
        The time that has passed changes what it does.
    responsive : bool
        The other side's offers change what it proposes.
    random : bool
        It draws random numbers, from its own seed.
    knows : str
        What it holds about the other side's utility: ``"nothing"``, ``"belief"`` or ``"truth"``.
    """

    clock: bool = False
    responsive: bool = False
    random: bool = False
    knows: str = "nothing"


@dataclass(kw_only=True)
class Tactic(ABC):
    """A way to bargain; a dataclass whose fields are its parameters.

    A tactic implements :meth:`plan`, and :meth:`notice` when it learns from the offers it hears. It declares
    `literature`, the key of its source in the bibliography, and `traits`. What it remembers of a session is set in
    :meth:`begin`.

    Parameters
    ----------
    acceptance : Acceptance
        When it says yes; what is worse than no deal it never accepts.
    """

    literature: ClassVar[str]
    traits: ClassVar[Traits]

    acceptance: Acceptance = field(default_factory=AcNext)

    # --- what a tactic implements -----------------------------------------------------------------------------------

    @abstractmethod
    def plan(self, now: Moment) -> Levels | None:
        """Choose the next offer, or None to pass. It may be asked and then not made."""

    def notice(self, now: Moment, offer: Levels, worth: float) -> None:  # noqa: B027  (optional)
        """Take in an offer of the other side, before deciding on it."""

    def made(self, now: Moment, offer: Levels) -> None:  # noqa: B027  (optional)
        """Take in that one's own offer has been made."""

    def begin(self) -> None:  # noqa: B027  (optional)
        """Set the memory of a new session; `view` is at hand."""

    def moved(self, before: View) -> None:  # noqa: B027  (optional)
        """Take in that values have moved since the last offer; `view` is the new one, `before` the old one.

        What is kept in utilities, or worked out from them, is to be worked out again here; what is kept as packages
        stays, but for those that the new grid does not hold (:meth:`View.holds`).
        """

    def target(self, now: Moment) -> float:
        """Return the utility it now aims at; by default that of its next offer."""
        offer = self.next_offer(now)
        return self.view.best if offer is None else self.view.utility(offer)

    # --- what a session calls ---------------------------------------------------------------------------------------

    def start(self, view: View) -> None:
        """Sit down at a table."""
        self.view = view
        self.reset()

    def reset(self) -> None:
        """Forget the session, as if it had just begun."""
        self._planned: tuple[Moment, Levels | None] | None = None
        self.begin()

    def resume(self, view: View) -> None:
        """Go on at the same table after its values have moved, without forgetting what was said.

        Parameters
        ----------
        view : View
            The same issues, worth something else; grids may have grown or shrunk at their upper ends.
        """
        before, self.view = self.view, view
        self._planned = None
        self.moved(before)

    def propose(self, now: Moment) -> Levels | None:
        """Return the next offer, or None to pass."""
        offer = self.next_offer(now)
        self._planned = None
        if offer is not None:
            self.made(now, offer)
        return offer

    def respond(self, now: Moment, offer: Levels) -> Answer:
        """Accept, refuse or leave."""
        worth = self.view.utility(offer)
        self._planned = None
        self.notice(now, offer, worth)
        if worth < self.view.reservation - self.view.noise:
            return Answer.REFUSE
        return Answer.ACCEPT if self.acceptance.accepts(self, now, worth) else Answer.REFUSE

    def next_offer(self, now: Moment) -> Levels | None:
        """Return the offer it would make now; planned once, so that answering and offering go by the same plan."""
        if self._planned is None or self._planned[0] != now:
            self._planned = now, self.plan(now)
        return self._planned[1]

    def clone(self) -> Self:
        """Make a tactic with the same parameters and no memory."""
        return type(self)(**{part.name: deepcopy(getattr(self, part.name)) for part in fields(self) if part.init})
