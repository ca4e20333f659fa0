"""Dated events, and the calendar of 2025 from the facts known by 1 August."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from sim.scenario.fields import Day, Section, param

__all__ = ["Event", "calendar_of_2025", "order_of_2025"]

Rate = Annotated[float, Field(ge=0.0, le=1.0, strict=True)]


class Event(Section):
    """Something dated.

    `snap` carries the threat out, `extend` moves a snap that is still ahead, `letters` announce rates, an `order` sets
    them for all without a deal and surprises everybody (without rates of its own: those of 31 July 2025), an `election`
    tightens the win-sets of the partners named in the weeks before it, a `meeting` gives them a session that week
    whatever the capacity, with the President or without.
    """

    date: Day = param(..., "The day it happens", unit="date")
    action: Literal["snap", "extend", "letters", "order", "election", "meeting"] = param(..., "What happens")
    until: Day | None = param(None, "The new deadline of an `extend`", unit="date")
    rates: dict[str, Rate] = param(
        {}, "The rates that `letters` or an `order` announce to those without a deal, by ISO code", unit="fraction"
    )

    @property
    def announces(self) -> bool:
        """Whether it sets the rates that a snap brings."""
        return self.action in ("letters", "order")

    partners: tuple[str, ...] = param(
        (), "Whose `election` or `meeting` it is (ISO codes); a member state meets for the European Union"
    )
    president: bool = param(False, "Whether the President takes part in a `meeting`")

    @model_validator(mode="before")
    @classmethod
    def _order_of_2025(cls, data: Any) -> Any:
        """Fill in the rates of the order of 31 July 2025 where an order has none of its own."""
        if isinstance(data, dict) and data.get("action") == "order" and not data.get("rates"):
            return {**data, "rates": order_of_2025()}
        return data

    @model_validator(mode="after")
    def _needs_its_companion(self) -> Event:
        if self.action == "extend" and (self.until is None or self.until <= self.date):
            raise ValueError("an extend needs `until`, a date after its own")
        if self.announces and not self.rates:
            raise ValueError(f"{self.action} need `rates`, new rates by ISO code")
        if self.action in ("election", "meeting") and not self.partners:
            raise ValueError(f"{self.action} needs `partners`, a list of ISO codes")
        return self


def order_of_2025() -> dict[str, float]:
    """Rates that the order of 31 July 2025, and those on single economies, set for those without a deal."""
    from sim.world import load_deals, load_economies

    known = {economy.iso3 for economy in load_economies()}
    rates = {deal.iso: deal.rate_from_7_august for deal in load_deals()}
    return {iso: rate for iso, rate in rates.items() if rate is not None and iso in known}


def calendar_of_2025() -> tuple[Event, ...]:
    """Return the end of the pause on 9 July, its move to 1 August, letters, elections, and the order of 31 July."""
    from sim.world import load_calendar

    events: list[Event] = []
    letters: dict[dt.date, dict[str, float]] = {}
    for fact in load_calendar():
        if fact.kind == "pause_end":
            events.append(Event(date=fact.date, action="snap"))
        elif fact.kind == "extension":
            events.append(Event(date=fact.date, action="extend", until=dt.date.fromisoformat(fact.value)))
        elif fact.kind == "election":
            events.append(Event(date=fact.date, action="election", partners=(fact.iso,)))
        elif fact.kind == "order_of_july":
            events.append(Event(date=fact.date, action="order"))
        elif fact.kind == "letter":
            letters.setdefault(fact.date, {})[fact.iso] = fact.rate
    events += [Event(date=day, action="letters", rates=rates) for day, rates in letters.items()]
    return tuple(sorted(events, key=lambda event: (event.date, event.action)))
