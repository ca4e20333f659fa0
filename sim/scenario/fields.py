"""How a parameter is declared: once, with unit, default, plausible range and source."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sim.scenario.errors import show

__all__ = ["Day", "Section", "param"]


def _day(value: object) -> object:
    """Let through what is written as a day; pydantic would take a number for seconds since 1970."""
    if (
        value is None
        or isinstance(value, dt.date)
        or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value))
    ):
        return value
    raise ValueError(f"expected a date such as 2025-07-09, got {show(value)}")


Day = Annotated[dt.date, BeforeValidator(_day)]


class Section(BaseModel):
    """A group of parameters: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def param(
    default: Any,
    meaning: str,
    *,
    unit: str = "-",
    bounds: tuple[float, float] | None = None,
    source: str = "assumption",
) -> Any:
    """Declare a parameter.

    Parameters
    ----------
    default : Any
        The value when the scenario is silent.
    meaning : str
        One sentence for the parameter table.
    unit : str
        Unit of the value; ``-`` for pure numbers.
    bounds : (float, float), optional
        Smallest and largest plausible value; validation refuses what lies outside.
    source : str
        Where the default comes from; ``assumption`` where it is one.
    """
    # Strict, since a lax number would take `true` for 1 and the text "5" for 5.
    limits: dict[str, Any] = {} if bounds is None else {"ge": bounds[0], "le": bounds[1], "strict": True}
    extra: dict[str, Any] = {"unit": unit, "source": source}
    return Field(default=default, description=meaning, json_schema_extra=extra, **limits)  # type: ignore[call-overload]
