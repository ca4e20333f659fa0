"""First Mover: does it pay to be first? The tariff talks of 2025 as an agent-based simulation.

What a notebook needs is here by name and imported when it is first used::

    import sim
    scenario = sim.load_scenario("classroom")
    study = sim.run_study(scenario, ["places", "why"])
    table = sim.study_tables(study)["advantage"]
    figure = sim.advantage_by_position(table, sim.Provenance.of(scenario), name="Japan")
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

#: Where each name of the interface lives.
_HOMES = {
    "sim.scenario": ("Scenario", "catalogue", "load_scenario", "parse_scenario"),
    "sim.talks": ("TariffTalks",),
    "sim.study": ("Results", "Study", "collect", "run_study", "run_twins", "study_tables"),
    "sim.plots": ("Provenance", "advantage_by_position", "draw_study", "save", "shapley_waterfall", "split_bars"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    """Import a name of the interface on first use."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """List the interface."""
    return sorted({*globals(), *_HOME})
