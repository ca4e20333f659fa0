"""Test doubles: a partner that follows a script."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from sim.bargaining import Levels, Moment
from sim.bargaining.tactics import Answer, Tactic, Traits


@dataclass(kw_only=True)
class Scripted(Tactic):
    """Makes these offers in turn, repeats the last, and answers by the script; without one it refuses."""

    literature: ClassVar[str] = "faratin1998"
    traits: ClassVar[Traits] = Traits()

    offers: tuple[Levels | None, ...] = ()
    answers: tuple[Answer, ...] = ()
    heard: list[Levels] = field(default_factory=list)

    def begin(self) -> None:
        self.heard.clear()

    def plan(self, now: Moment) -> Levels | None:
        return self.offers[min(now.step, len(self.offers) - 1)] if self.offers else None

    def respond(self, now: Moment, offer: Levels) -> Answer:
        self.heard.append(offer)
        at = len(self.heard) - 1
        return self.answers[at] if at < len(self.answers) else Answer.REFUSE
