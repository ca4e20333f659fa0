"""What can be moved in Explore: six numbers that matter most, and every other assumption."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sim.lab.question import own_value, patience_of
from sim.scenario import Scenario, parameters
from sim.scenario.errors import figure
from sim.study.assumptions import assumptions, label_of, prior_of
from sim.world import load_world

__all__ = ["Slider", "by_section", "drawer", "main_sliders"]

#: Sections of a scenario, as headings.
SECTIONS = {
    "clock": "Clock and patience with the clock",
    "session": "Sessions",
    "threat": "The threat",
    "united_states": "The United States",
    "partners": "The partners",
    "issues": "Issues",
    "mechanisms": "Why order may matter",
    "politics": "Politics",
    "tracks": "Issues on tracks of their own",
    "announcements": "Announcements",
    "retaliation": "Retaliation",
}
#: The main ones: key, what it is called, what moving it means.
MAIN: tuple[tuple[str, str, str], ...] = (
    (
        "mechanisms.attention.capacity",
        "US capacity",
        "How many sessions a week the United States can hold. Few: partners wait for a seat at the table.",
    ),
    (
        "mechanisms.precedent.strength",
        "Precedent",
        "How much the United States mind that what they grant to one is asked for by all. 0 is not at all.",
    ),
    (
        "mechanisms.pressure.strength",
        "Pressure",
        "How much the pain of tariffs that last wears both sides down. 0 is not at all.",
    ),
    (
        "mechanisms.parity.strength",
        "Parity",
        "How much it counts for a partner that nobody like it got better terms. 0 is not at all.",
    ),
)


@dataclass(frozen=True)
class Slider:
    """A number that can be moved.

    Attributes
    ----------
    key, label, unit : str
        Dotted key, what it is called, and its unit (empty for a pure number).
    low, high, step : float
        Plausible range, widened to where the scenario stands; the step of the slider.
    value : float
        The scenario's own.
    meaning, source : str
        What it does, and where the default and the range come from.
    section : str
        Heading in the drawer.
    whole, logarithmic : bool
        Only whole numbers; moved by factors.
    """

    key: str
    label: str
    unit: str
    low: float
    high: float
    step: float
    value: float
    meaning: str
    source: str
    section: str
    whole: bool
    logarithmic: bool

    def is_about(self, words: str) -> bool:
        """Whether all of some words occur in its name, key or meaning."""
        here = f"{self.label} {self.key} {self.meaning} {self.section}".lower().replace("_", " ")
        return all(word in here for word in words.lower().replace("_", " ").split())


def main_sliders(scenario: Scenario) -> tuple[Slider, ...]:
    """Return the sliders that are always in sight, but for the place in the queue; only what the scenario has."""
    name = load_world().partner(scenario.queue.focal).name
    patience = (
        patience_of(scenario),
        f"Patience of {name}",
        f"Small is patient: {name} gives way only near the deadline. Large is in a hurry: it gives way early.",
    )
    found = (_slider(scenario, *row, from_plausible=row[0] == patience[0]) for row in (patience, *MAIN))
    return tuple(slider for slider in found if slider is not None)


def drawer(scenario: Scenario) -> tuple[Slider, ...]:
    """Return a slider for every assumption that a scenario has, in the order of the schema."""
    found = (_slider(scenario, prior.key) for prior in assumptions())
    return tuple(slider for slider in found if slider is not None)


def _slider(
    scenario: Scenario, key: str, label: str = "", meaning: str = "", *, from_plausible: bool = False
) -> Slider | None:
    """Make the slider of a number, None where the scenario has none."""
    own = own_value(scenario, key)
    if own is None:
        return None
    prior, row = prior_of("partners.beta" if from_plausible else key), _rows().get(_generic(key), {})
    low, high = _ends(key, prior.low, prior.high, own)
    logarithmic = prior.scale == "log" and low > 0.0 and not prior.whole
    unit, span = str(row.get("unit", "-")), row.get("range")
    allowed = "" if not span else f" The schema allows {figure(span[0])} to {figure(span[1])}."
    origin = str(row.get("source", "-"))
    return Slider(
        key=key,
        label=label or _first_up(label_of(key)),
        unit="" if unit == "-" else unit,
        low=low,
        high=high,
        step=1.0 if prior.whole else _step(high - low),
        value=float(own),
        meaning=meaning or str(row.get("meaning", "")),
        source=f"Default: {'an assumption' if origin == '-' else origin}. Range: {prior.why}.{allowed}",
        section=SECTIONS.get(key.partition(".")[0], _first_up(key.partition(".")[0])),
        whole=prior.whole,
        logarithmic=logarithmic,
    )


def _ends(key: str, low: float, high: float, own: float) -> tuple[float, float]:
    """Ends of a slider: the plausible range, or the part of the schema's that is worth a look, and where it stands."""
    if key == "mechanisms.attention.capacity":
        high = min(high, 20.0)
    if key == "mechanisms.pressure.strength":
        high = min(high, 3.0)
    return min(low, own), max(high, own)


def _step(span: float) -> float:
    """Return a round step, a hundredth of a span or a little less."""
    for step in (100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005):
        if step <= span / 50.0:
            return step
    return span / 50.0


def _generic(key: str) -> str:
    """Return the key as the schema lists it, with a placeholder for a partner's code."""
    parts = key.split(".")
    return ".".join([*parts[:2], "<ISO>", *parts[3:]]) if key.startswith("partners.overrides.") else key


@cache
def _rows() -> dict[str, dict[str, Any]]:
    """Rows of the schema by key."""
    return {row["key"]: row for row in parameters()}


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


def by_section(sliders: Iterable[Slider], keep: Callable[[Slider], bool]) -> dict[str, list[Slider]]:
    """Group those that are kept by their section, in order."""
    found: dict[str, list[Slider]] = {}
    for slider in filter(keep, sliders):
        found.setdefault(slider.section, []).append(slider)
    return found
