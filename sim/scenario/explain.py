"""What pydantic found, said as one line about the file."""

from __future__ import annotations

from heapq import nsmallest
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sim.scenario.errors import ScenarioError, dotted, figure, nearest, show
from sim.scenario.marks import Keys, Marked
from sim.scenario.outline import Slot, parameters, slot
from sim.scenario.tactics import BUILT_IN, NAMES_CODE

__all__ = ["explain"]

#: Places that are named when several are wrong.
TOLD = 10

BEYOND = {"greater_than_equal": ("below", "ge"), "less_than_equal": ("above", "le")}


def explain(error: ValidationError, source: Marked) -> ScenarioError:
    """Turn the first thing pydantic found, by line, into a `ScenarioError` that counts the rest.

    A text of a stranger may be wrong in thousands of places, so no finding is held against another.

    Parameters
    ----------
    error : pydantic.ValidationError
        Raised by `Scenario`.
    source : Marked
        The data it was given and where they were written.
    """
    found = [(_path(details, source.data), details) for details in error.errors(include_url=False)]
    above = {path[:n] for path, _ in found for n in range(len(path))}  # there only wrong members of a union complain
    deepest = [item for item in found if item[0] not in above]
    path, details = min(deepest, key=lambda item: _rank(item[0], item[1], source))
    mark = source.at(path)
    problem, allowed, near = _said(path, details)
    return ScenarioError(
        problem,
        file=mark.file,
        line=mark.line,
        key=dotted(path),
        allowed=allowed,
        nearest=near,
        also=_also([other for other, _ in deepest if other != path], source),
    )


def _also(paths: list[Keys], source: Marked) -> list[str]:
    """Name the next few places that are wrong, in the order of the file, and count the rest."""
    places = [*dict.fromkeys(paths)]
    first = nsmallest(TOLD - 1, places, key=lambda path: source.at(path).line or 0)
    more = len(places) - len(first)
    return [*map(dotted, first), *([f"... and {more:,} more"] if more else [])]


def _rank(path: Keys, details: ErrorDetails, source: Marked) -> tuple[float, bool]:
    """Order findings by line; of those about one value a range comes before a type."""
    line = source.at(path).line
    return (float("inf") if line is None else line, details["type"] not in BEYOND)


def _path(details: ErrorDetails, data: Any) -> Keys:
    """Return the keys of a finding, without the names of union members that pydantic puts between them."""
    if details["type"] == "scenario":
        return tuple(details["ctx"]["path"])
    path: list[str | int] = []
    *parents, last = details["loc"] or ("",)
    for part in parents:
        if _holds(data, part):
            path.append(part)
            data = data[part]
    if details["type"] == "missing" or _holds(data, last):
        path.append(last)
    return tuple(path)


def _holds(data: Any, part: str | int) -> bool:
    """Tell whether a part of a location is a key of a mapping or the index of a list's item."""
    if isinstance(data, list):
        return isinstance(part, int)
    return isinstance(data, dict) and part in data


def _said(path: Keys, details: ErrorDetails) -> tuple[str, tuple[str, ...], str]:
    """Return problem, allowed values and the nearest one."""
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    here = slot(path) or Slot(str)
    if kind == "scenario":
        return context["problem"], context["allowed"], context["nearest"]
    if kind == "extra_forbidden":
        return _unknown_key(path)
    if kind == NAMES_CODE:
        return _names_code()
    if kind == "missing":
        return f"is missing ({here.field.description if here.field else here})", (), ""
    if kind == "value_error":
        return str(context["error"]), (), ""
    if kind == "finite_number":
        return f"{show(value)} is not a finite number", (str(here),), ""
    if kind in BEYOND:
        return _beyond(value, here, *BEYOND[kind], context)
    if kind == "string_too_long":
        return f"{show(value)} has more than {context['max_length']} letters", (), ""
    if kind == "string_pattern_mismatch":
        return f"{show(value)} is not a short name: small letters, digits and _, beginning with a letter", (), ""
    return _wrong(value, here)


def _unknown_key(path: Keys) -> tuple[str, tuple[str, ...], str]:
    """Say which keys there are; a key that belongs elsewhere is named with its place."""
    *parents, last = path
    above = slot(tuple(parents))
    allowed = () if above is None or above.section is None else tuple(above.section.model_fields)
    near = nearest(str(last), allowed) or next((key for key in _keys() if key.rsplit(".", 1)[-1] == last), "")
    return "unknown key", allowed, near


def _names_code() -> tuple[str, tuple[str, ...], str]:
    """Say which tactics there are for a text that may name no code."""
    from sim.bargaining.tactics.catalogue import NAMED  # the schema must load without the tactics

    return "no code is loaded here; choose a tactic of the library", (BUILT_IN, *NAMED), ""


def _keys() -> list[str]:
    """Return the dotted keys that can be written as they are."""
    return [row["key"] for row in parameters() if "[" not in row["key"] and "<" not in row["key"]]


def _beyond(
    value: float, here: Slot, word: str, limit: str, context: dict[str, Any]
) -> tuple[str, tuple[str, ...], str]:
    """Say which limit a number passes; per cent written for a fraction is the usual slip."""
    low, high = here.bounds or (float("-inf"), float("inf"))
    said = f"{show(value)} is {word} {figure(context[limit])}"
    if here.unit == "fraction" and value > 1 and low <= value / 100 <= high:
        return f"{said}; a rate is a fraction, {value / 100:g} means {value:g} %", (), ""
    return said, (f"{figure(low)} to {figure(high)}",), ""


def _wrong(value: Any, here: Slot) -> tuple[str, tuple[str, ...], str]:
    """Say that a word or a type will not do."""
    if isinstance(value, str) and here.choices and not here.bounds:
        return f"{show(value)} is not one of the choices", here.choices, nearest(value, here.choices)
    if value is None:
        return f"is empty; expected {here}", (), ""
    found = show(value)
    if isinstance(value, float) and found.lstrip("-").isdecimal():
        found += ".0"  # a whole number with a point is none
    return f"expected {here}, got {found}", (), ""
