"""When to say yes: small conditions that can be combined with ``|`` and ``&`` (Baarslag, Hindriks and Jonker 2013)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sim.bargaining.moment import Moment

if TYPE_CHECKING:
    from sim.bargaining.tactics.tactic import Tactic

__all__ = ["AcAspiration", "AcConst", "AcNext", "AcTime", "Acceptance", "AllOf", "AnyOf"]


class Acceptance(ABC):
    """A condition for accepting an offer. Nothing is ever accepted that is worse than no deal."""

    literature: ClassVar[str] = "baarslag2013"

    @abstractmethod
    def accepts(self, tactic: Tactic, now: Moment, worth: float) -> bool:
        """Whether a tactic says yes to an offer.

        Parameters
        ----------
        tactic : Tactic
            Who is asked; gives its view, its aspiration and its next offer.
        now : Moment
            When.
        worth : float
            What the offer is worth to it.
        """

    def __or__(self, other: Acceptance) -> AnyOf:
        return AnyOf((self, other))

    def __and__(self, other: Acceptance) -> AllOf:
        return AllOf((self, other))


@dataclass(frozen=True)
class AcNext(Acceptance):
    """AC_next: accept what is at least as good as one's own next offer, less `gap` of the span of outcomes."""

    gap: float = 0.0

    def accepts(self, tactic: Tactic, now: Moment, worth: float) -> bool:
        """Compare with the tactic's next offer."""
        following = tactic.next_offer(now)
        view = tactic.view
        return following is not None and worth >= view.utility(following) - self.gap * view.span - view.noise


@dataclass(frozen=True)
class AcTime(Acceptance):
    """AC_time: accept anything once this share of the time has passed."""

    when: float = 0.95

    def accepts(self, tactic: Tactic, now: Moment, worth: float) -> bool:
        """Look at the clock."""
        return now.elapsed >= self.when


@dataclass(frozen=True)
class AcConst(Acceptance):
    """AC_const: accept from this share of the way from no deal to one's best outcome."""

    share: float = 0.8

    def accepts(self, tactic: Tactic, now: Moment, worth: float) -> bool:
        """Compare with a fixed level."""
        view = tactic.view
        return worth >= view.floor + self.share * (view.best - view.floor) - view.noise


@dataclass(frozen=True)
class AcAspiration(Acceptance):
    """Accept what meets one's present aspiration, whether or not an outcome of just that utility is to be had."""

    def accepts(self, tactic: Tactic, now: Moment, worth: float) -> bool:
        """Compare with the tactic's target."""
        return worth >= tactic.target(now)


@dataclass(frozen=True)
class AnyOf(Acceptance):
    """Accept when one of several conditions holds."""

    parts: tuple[Acceptance, ...]

    def accepts(self, tactic: Tactic, now: Moment, worth: float) -> bool:
        """Ask each until one says yes."""
        return any(part.accepts(tactic, now, worth) for part in self.parts)


@dataclass(frozen=True)
class AllOf(Acceptance):
    """Accept when all of several conditions hold."""

    parts: tuple[Acceptance, ...]

    def accepts(self, tactic: Tactic, now: Moment, worth: float) -> bool:
        """Ask each until one says no."""
        return all(part.accepts(tactic, now, worth) for part in self.parts)
