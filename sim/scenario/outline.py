"""The schema as a list of parameters, and what may stand at a key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from sim.scenario.errors import figure
from sim.scenario.fields import Section
from sim.scenario.preferences import NOT_OF_RATES, RATE_ISSUES, IssueTerms, default_issues
from sim.scenario.schema import Scenario

__all__ = ["Slot", "parameters", "slot"]

Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Slot:
    """What may stand at a key: its type, and the field that declares it (None for an item of a list or mapping)."""

    kind: Any
    field: FieldInfo | None = None

    @property
    def members(self) -> tuple[Slot, ...]:
        """The kinds a value may have, unions and annotations taken apart."""
        if get_origin(self.kind) in (Union, UnionType):
            return tuple(member for kind in get_args(self.kind) for member in Slot(kind, self.field).members)
        if get_origin(self.kind) is Annotated:
            kind, *notes = get_args(self.kind)
            field = next((note for note in notes if isinstance(note, FieldInfo)), self.field)
            return Slot(kind, field).members
        return (self,)

    @property
    def section(self) -> type[Section] | None:
        """The section that stands here, if one does."""
        return next(
            (slot.kind for slot in self.members if isinstance(slot.kind, type) and issubclass(slot.kind, Section)), None
        )

    @property
    def is_value(self) -> bool:
        """Whether a plain value may stand here as well as a section, or instead of it."""
        return any(slot.section is None and slot.kind is not NoneType for slot in self.members)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that may stand here."""
        return tuple(
            str(word) for slot in self.members if get_origin(slot.kind) is Literal for word in get_args(slot.kind)
        )

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Smallest and largest number that may stand here."""
        for slot in self.members:
            notes = [] if slot.field is None else slot.field.metadata
            low = [note.ge for note in notes if hasattr(note, "ge")]
            high = [note.le for note in notes if hasattr(note, "le")]
            if low and high:
                return low[0], high[0]
        return None

    @property
    def unit(self) -> str:
        """The unit of the number that stands here."""
        return _extra(self.field, "unit", "-")

    def inside(self, key: str | int) -> Slot | None:
        """Return what may stand at a key of this one, None where there is no such key."""
        for slot in self.members:
            origin, kinds = get_origin(slot.kind), get_args(slot.kind)
            if slot.section is not None and key in slot.section.model_fields:
                field = slot.section.model_fields[str(key)]
                return Slot(field.annotation, field)
            if (origin is dict and isinstance(key, str)) or (origin is tuple and isinstance(key, int)):
                return Slot(kinds[1] if origin is dict else kinds[0], self.field)
        return None

    def __str__(self) -> str:
        """Say in words what may stand here."""
        return " or ".join(dict.fromkeys(words for slot in self.members if (words := _words(slot))))


def _words(slot: Slot) -> str:
    """Say what one kind of value is."""
    span = "" if slot.bounds is None else f" from {figure(slot.bounds[0])} to {figure(slot.bounds[1])}"
    if slot.section is not None:
        return "a mapping"
    if slot.kind is NoneType:
        return ""
    if get_origin(slot.kind) is Literal:
        return " or ".join(slot.choices)
    names = {int: "a whole number" + span, float: "a number" + span, str: "text", dt.date: "a date such as 2025-07-09"}
    origins = {dict: "a mapping", tuple: "a list"}
    return names.get(slot.kind) or origins.get(get_origin(slot.kind), "something else")


def _extra(field: FieldInfo | None, name: str, default: str) -> str:
    """Read a note that `param` left in a field."""
    extra = None if field is None else field.json_schema_extra
    return str(extra[name]) if isinstance(extra, dict) and name in extra else default


def slot(path: Keys) -> Slot | None:
    """Return what may stand at a path of a scenario, None where there is no such key."""
    here: Slot | None = Slot(Scenario)
    for key in path:
        here = None if here is None else here.inside(key)
    return here


def parameters() -> list[dict[str, Any]]:
    """List every parameter of a scenario, in the order of the schema.

    Returns
    -------
    list of dict
        With ``key`` (dotted; ``<ISO>`` stands for a code, ``[]`` for an item of a list), ``unit``, ``default``,
        ``range`` (smallest and largest, None when not a number), ``choices`` (words that may stand there), ``source``
        and ``meaning``.
    """
    return [row for name, field in Scenario.model_fields.items() for row in _rows(name, field)]


def _rows(key: str, field: FieldInfo) -> Iterator[dict[str, Any]]:
    """Yield the parameters at a key."""
    here = Slot(field.annotation, field)
    if key == "issues":
        for name, terms in default_issues().items():
            for row in _section_rows(f"issues.{name}", IssueTerms, terms):
                if name not in RATE_ISSUES or row["key"].rsplit(".", 1)[-1] not in NOT_OF_RATES:
                    yield row
    elif key == "partners.overrides":
        yield from _item_rows("partners.overrides.<ISO>", here.inside("<ISO>"))
    elif key == "politics.veto_players":
        players = here.inside("<ISO>")
        yield from _item_rows(f"{key}.<ISO>.<name>", None if players is None else players.inside("<name>"))
    elif key in ("calendar", "tactics.groups"):
        yield _row(key, here)
        yield from _item_rows(f"{key}[]", here.inside(0))
    elif here.section is not None and not here.is_value:
        yield from _section_rows(key, here.section, field.get_default(call_default_factory=True))
    else:
        yield _row(key, here)


def _item_rows(key: str, item: Slot | None) -> Iterator[dict[str, Any]]:
    """Yield the parameters of a section that a scenario may hold any number of."""
    if item is not None and item.section is not None:
        yield from _section_rows(key, item.section, None)


def _section_rows(key: str, section: type[Section], value: Section | None) -> Iterator[dict[str, Any]]:
    """Yield the parameters of a section, with their defaults from its value."""
    for name, field in section.model_fields.items():
        for row in _rows(f"{key}.{name}", field):
            yield row if value is None or row["key"] != f"{key}.{name}" else {**row, "default": getattr(value, name)}


def _row(key: str, here: Slot) -> dict[str, Any]:
    """Make the row of one parameter."""
    field = here.field
    assert field is not None
    return {
        "key": key,
        "unit": here.unit,
        "default": None if field.is_required() else field.get_default(call_default_factory=True),
        "range": here.bounds,
        "choices": here.choices,
        "source": _extra(field, "source", "-"),
        "meaning": field.description or "",
    }
