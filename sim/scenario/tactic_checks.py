"""Whether the tactics that a scenario names exist and take their options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.scenario.errors import nearest
from sim.scenario.fault import fault
from sim.scenario.origin import Origin
from sim.scenario.tactics import BUILT_IN, names_of, read_choice

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

__all__ = ["check_tactics"]

Keys = tuple[str | int, ...]


def check_tactics(scenario: Scenario, origin: Origin) -> None:
    """Make every tactic once, as the talks will.

    This imports what an import path names; those of a text that may name none have been refused before.

    Raises
    ------
    PydanticCustomError
        Naming the key of the name or of the option that will not do.
    """
    for path, choice in names_of(scenario):
        name, options = read_choice(choice)
        if name != BUILT_IN and scenario.session.protocol != "offers":
            said = f"nobody makes offers where session.protocol is {scenario.session.protocol}, so no tactic has effect"
            raise fault(path, said, [BUILT_IN])
        at_name = path if isinstance(choice, str) else (*path, "name")
        if name == BUILT_IN:
            if options:
                raise fault((*path, "options"), f"{BUILT_IN} goes by partners.beta and partners.reciprocity instead")
            continue
        _find(name, at_name, origin)
        _make(name, options, (*path, "options"))


def _find(name: str, path: Keys, origin: Origin) -> None:
    """Find one tactic."""
    from sim.bargaining.tactics.options import OptionError  # the schema must load without the tactics
    from sim.interop.by_name import find_kind

    try:
        find_kind(name)
    except OptionError as error:
        near = error.nearest or nearest(name, [BUILT_IN])
        allowed = [BUILT_IN, *error.allowed] if ":" not in name and error.allowed else error.allowed
        raise fault(path, error.problem, [word for word in allowed if origin.admits(word)], near) from None


def _make(name: str, options: dict[str, object], path: Keys) -> None:
    """Make one tactic."""
    from sim.bargaining.tactics.options import OptionError
    from sim.interop.by_name import make_negotiator

    try:
        make_negotiator(name, options)
    except OptionError as error:
        raise fault((*path, *error.path), error.problem, error.allowed, error.nearest) from None
