"""Who sits on the side of the United States, and what each of them cares about."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from sim.scenario.fields import Section, param

__all__ = ["HEADLINES", "PRINCIPALS", "Delegation", "Principal"]

Weight = Annotated[float, Field(ge=0.0, le=10.0, strict=True)]

PRINCIPALS = ("president", "treasury", "commerce", "trade_representative")

#: The value component beside the issues: the political win of a deal as such.
HEADLINES = "headlines"


class Principal(Section):
    """One of the delegation."""

    weights: dict[str, Weight] = param(
        {}, "What it makes of a dollar by issue, and of `headlines`; 1 where it says nothing"
    )
    voice: float = param(1.0, "How much it counts among those at the table", bounds=(0.01, 10.0))
    large: float = param(0.0, "Probability that it attends a session with a large partner", bounds=(0.0, 1.0))
    middle: float = param(0.0, "The same with a middling partner", bounds=(0.0, 1.0))
    small: float = param(0.0, "The same with a small partner", bounds=(0.0, 1.0))


class Delegation(Section):
    """The principals. Those who attend a session mix their weights; the President comes only when the calendar says so.

    How often each meets large partners is how often each met Japan in its eight rounds (press, April to July 2025).
    """

    strength: float = param(
        1.0, "How far principals differ: 0 all weigh alike, 1 as their weights say", bounds=(0.0, 1.0)
    )
    president: Principal = Principal(weights={"defence": 2.0, "investment": 1.3, HEADLINES: 2.0}, voice=3.0)
    treasury: Principal = Principal(weights={"fx": 2.0, "investment": 1.1}, large=0.75, middle=0.3)
    commerce: Principal = Principal(weights={"investment": 1.3, "auto_tariff": 1.2}, large=1.0, middle=0.4, small=0.1)
    trade_representative: Principal = Principal(
        weights={"market_access": 1.5, "investment": 0.8}, large=0.4, middle=0.9, small=1.0
    )

    @model_validator(mode="before")
    @classmethod
    def _lay_over_the_default(cls, data: Any) -> Any:
        """Change of a principal only what is named."""
        if not isinstance(data, dict):
            return data
        known = {name: cls.model_fields[name].default.model_dump() for name in PRINCIPALS}
        named = {
            name: {**known[name], **terms} for name, terms in data.items() if name in known and isinstance(terms, dict)
        }
        return {**data, **named}
