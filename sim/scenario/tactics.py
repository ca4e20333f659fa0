"""Who bargains how: a tactic by name for a side, a group of partners or a single one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from sim.scenario.fields import Section, param
from sim.scenario.origin import origin_in

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

__all__ = [
    "BUILT_IN",
    "NAMES_CODE",
    "Choice",
    "TacticChoice",
    "TacticGroup",
    "Tactics",
    "chosen_for",
    "import_paths",
    "names_of",
    "read_choice",
]

#: The negotiator of the model itself, of `sim.talks.seats`.
BUILT_IN = "built_in"
#: The kind of error of a text that may not name code, and does.
NAMES_CODE = "names_code"


def _admitted(name: str, info: ValidationInfo) -> str:
    """Refuse an import path in a text that may not name any; it stands at the type, so that no place is forgotten."""
    if not origin_in(info.context).admits(name):
        raise PydanticCustomError(NAMES_CODE, "no code is loaded here")
    return name


Name = Annotated[str, Field(min_length=1, max_length=200, strict=True), AfterValidator(_admitted)]
Keys = tuple[str | int, ...]
Side = Literal["partner", "united_states"]
Size = Literal["small", "middle", "large"]


class TacticChoice(Section):
    """A tactic with options."""

    name: Name = param(..., "Name of the library, or an import path such as my_module:Stubborn")
    options: dict[str, Any] = param({}, "Its parameters; `knowledge` and `acceptance` are words or small mappings")


Choice = Name | TacticChoice


class TacticGroup(Section):
    """A tactic for some of the partners, or for the United States when they face these."""

    partners: tuple[str, ...] | None = param(None, "ISO codes of the group; all when not set")
    size: Size | None = param(None, "Only partners of this size, by session.middle_trade and session.large_trade")
    listed: bool | None = param(
        None, "Only partners of the list of 2 April (a rate above the pause rate), or only others"
    )
    side: Side = param("partner", "Whose tactic it is at these tables")
    tactic: Choice = param(..., "The tactic, by name or with options")

    @model_validator(mode="after")
    def _says_who(self) -> TacticGroup:
        if self.partners is None and self.size is None and self.listed is None:
            raise ValueError(
                "a group needs partners, size or listed; a whole side is tactics.partners or united_states"
            )
        return self


class Tactics(Section):
    """Tactics by side and group; a single partner's own is in partners.overrides."""

    partners: Choice = param(BUILT_IN, "Tactic of the partners")
    united_states: Choice = param(BUILT_IN, "Tactic of the United States")
    groups: tuple[TacticGroup, ...] = param(
        (), "Tactics of groups, which win over those of a side; later entries win over earlier ones"
    )


def read_choice(choice: Choice) -> tuple[str, dict[str, Any]]:
    """Return the name and the options of a choice."""
    return (choice, {}) if isinstance(choice, str) else (choice.name, choice.options)


def names_of(scenario: Scenario) -> Iterator[tuple[Keys, Choice]]:
    """Yield every tactic that a scenario names, with its place."""
    tactics = scenario.tactics
    yield ("tactics", "partners"), tactics.partners
    yield ("tactics", "united_states"), tactics.united_states
    yield from ((("tactics", "groups", n, "tactic"), group.tactic) for n, group in enumerate(tactics.groups))
    for code, override in scenario.partners.overrides.items():
        if override.tactic is not None:
            yield ("partners", "overrides", code, "tactic"), override.tactic


def import_paths(scenario: Scenario) -> frozenset[str]:
    """Return the import paths that a scenario names."""
    return frozenset(name for _, choice in names_of(scenario) if ":" in (name := read_choice(choice)[0]))


def chosen_for(scenario: Scenario, side: Side, iso: str, size: Size, listed: bool) -> Choice:
    """Return the tactic of a side at one table.

    Parameters
    ----------
    scenario : Scenario
        The experiment.
    side : {"partner", "united_states"}
        Whose tactic.
    iso, size, listed
        The partner: its code, how large it is, and whether it is on the list of 2 April.
    """
    override = scenario.partners.overrides.get(iso)
    if side == "partner" and override is not None and override.tactic is not None:
        return override.tactic
    for group in reversed(scenario.tactics.groups):
        if (
            group.side == side
            and (group.partners is None or iso in group.partners)
            and group.size in (None, size)
            and group.listed in (None, listed)
        ):
            return group.tactic
    return scenario.tactics.partners if side == "partner" else scenario.tactics.united_states
