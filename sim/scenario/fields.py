"""How a parameter is declared: once, with unit, default, plausible range and source."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Section", "param"]


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
