"""How far one run is from 2025, pattern by pattern, and what a run at given assumptions shows."""

from __future__ import annotations

import math

from sim.ensemble.engine import chosen_engine, tables_by
from sim.scenario import Scenario
from sim.study.patterns import PATTERNS, Pattern
from sim.study.ruler import history
from sim.study.scores import measure_runs
from sim.talks import prepare

__all__ = ["FARTHEST", "base_scenario", "distance", "measure_one", "misses", "observed_patterns"]

#: Misses count up to this many tolerances: one pattern that the model cannot reach must not decide the rest.
FARTHEST = 3.0
#: Scale of patterns that allow no miss: none where some was seen, or some where none was, counts as two tolerances.
YES_OR_NO = 0.5
#: Weeks of talks; the patterns look no further than 1 August, the week of round 15.
ROUNDS = 18


def base_scenario(scenario: Scenario) -> Scenario:
    """Shorten the talks to what the patterns look at; one run at the first place."""
    place = scenario.queue.position
    queue = scenario.queue.model_copy(update={"position": place[0] if isinstance(place, tuple) else place})
    clock = scenario.clock.model_copy(update={"rounds": min(ROUNDS, scenario.clock.rounds)})
    return scenario.model_copy(update={"queue": queue, "clock": clock, "replications": 1})


def measure_one(scenario: Scenario, replication: int) -> dict[str, float]:
    """Run once and measure every pattern."""
    setup = prepare(scenario)
    played = tables_by(chosen_engine(setup, 1), setup, range(replication, replication + 1), "partners")
    (row,) = measure_runs(played["partners"], scenario).to_dict("records")
    return {str(name): float(value) for name, value in row.items()}


def observed_patterns() -> dict[str, float]:
    """Every pattern of 2025."""
    seen = history()
    return {pattern.name: pattern.measure(seen) for pattern in PATTERNS}


def misses(values: dict[str, float], seen: dict[str, float]) -> dict[str, float]:
    """Distance of each pattern in tolerances, at most `FARTHEST`.

    What never comes or cannot be measured is that far; what a run knows by the week is not missed within the week.
    """
    return {pattern.name: _miss(pattern, values[pattern.name], seen[pattern.name]) for pattern in PATTERNS}


def _miss(pattern: Pattern, value: float, seen: float) -> float:
    if not math.isfinite(value):
        return FARTHEST
    return min(FARTHEST, max(0.0, abs(value - seen) - pattern.grain) / (pattern.tolerance or YES_OR_NO))


def distance(values: dict[str, float], seen: dict[str, float]) -> float:
    """Mean miss over all patterns, in tolerances."""
    found = misses(values, seen)
    return sum(found.values()) / len(found)
