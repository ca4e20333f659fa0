"""Valid scenarios at random, for hypothesis.

What fails carries the seed of its scenario in its title; ``python -m benchmarks.fuzz --replay SEED`` plays it again.
"""

from __future__ import annotations

from hypothesis import strategies as st

from sim.scenario import Scenario, random_scenario

__all__ = ["quick_scenarios", "scenarios"]

#: Partner-rounds of a scenario that a test has time to play a few times over, and rounds in which deals can be made.
MOST, LEAST = 400, 10


def scenarios() -> st.SearchStrategy[Scenario]:
    """Any valid scenario."""
    return st.integers(0, 99_999).map(random_scenario)


def quick_scenarios() -> st.SearchStrategy[Scenario]:
    """Scenarios that are played in a fraction of a second: alternating offers, and values from the tables."""
    return scenarios().filter(_quick)


def _quick(scenario: Scenario) -> bool:
    include, rounds = scenario.partners.include, scenario.clock.rounds
    short = include is not None and rounds >= LEAST and len(include) * rounds <= MOST
    return short and scenario.settlement == "tables" and scenario.session.protocol == "offers"
