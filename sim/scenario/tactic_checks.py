"""Whether the tactics that a scenario names exist and take their options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.scenario.errors import nearest
from sim.scenario.fault import fault
from sim.scenario.tactics import BUILT_IN, Choice, read_choice

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

__all__ = ["check_tactics"]

Keys = tuple[str | int, ...]


def check_tactics(scenario: Scenario) -> None:
    """Make every tactic once, as the talks will.

    Raises
    ------
    PydanticCustomError
        Naming the key of the name or of the option that will not do.
    """
    for path, choice in _choices(scenario):
        name, options = read_choice(choice)
        at_name = path if isinstance(choice, str) else (*path, "name")
        if name == BUILT_IN:
            if options:
                raise fault((*path, "options"), f"{BUILT_IN} goes by partners.beta and partners.reciprocity instead")
            continue
        _check(name, options, at_name, (*path, "options"))


def _choices(scenario: Scenario) -> Iterator[tuple[Keys, Choice]]:
    """Yield every tactic that the scenario names, with its place."""
    tactics = scenario.tactics
    yield ("tactics", "partners"), tactics.partners
    yield ("tactics", "united_states"), tactics.united_states
    yield from ((("tactics", "groups", n, "tactic"), group.tactic) for n, group in enumerate(tactics.groups))
    for code, override in scenario.partners.overrides.items():
        if override.tactic is not None:
            yield ("partners", "overrides", code, "tactic"), override.tactic


def _check(name: str, options: dict[str, object], at_name: Keys, at_options: Keys) -> None:
    """Find one tactic and make it."""
    from sim.bargaining.tactics.options import OptionError  # the schema must load without the tactics
    from sim.interop.by_name import find_kind, make_negotiator

    try:
        find_kind(name)
    except OptionError as error:
        near = error.nearest or nearest(name, [BUILT_IN])
        allowed = [BUILT_IN, *error.allowed] if ":" not in name and error.allowed else error.allowed
        raise fault(at_name, error.problem, allowed, near) from None
    try:
        make_negotiator(name, options)
    except OptionError as error:
        raise fault((*at_options, *error.path), error.problem, error.allowed, error.nearest) from None
