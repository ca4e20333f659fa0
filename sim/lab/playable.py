"""What can be played by hand: scenarios of the catalogue, and their seats."""

from __future__ import annotations

from functools import cache

from sim.lab.room import name_of
from sim.scenario import Scenario, catalogue, load_scenario
from sim.scenario.codes import requesting

__all__ = ["USUAL", "playable", "seats_of"]

#: The scenario for lessons.
USUAL = "classroom"


@cache
def playable() -> dict[str, Scenario]:
    """Return the scenarios of the catalogue that can be played by hand, the one for lessons first."""
    found = {name: load_scenario(name) for name in (USUAL, *(name for name in catalogue() if name != USUAL))}
    return {name: scenario for name, scenario in found.items() if scenario.session.protocol == "offers"}


def seats_of(scenario: Scenario) -> dict[str, str]:
    """Names of all partners that can be played, by code, in the order of names."""
    isos = requesting() if scenario.partners.include is None else scenario.partners.include
    return dict(sorted(((iso, name_of(iso)) for iso in isos), key=lambda pair: pair[1]))
