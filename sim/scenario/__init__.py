"""What a run is: the schema, its parameters, and scenario files with errors that name the line."""

from sim.scenario.catalogue import catalogue
from sim.scenario.errors import ScenarioError
from sim.scenario.loader import dump, load_scenario, parse_scenario, scenario_at, scenario_hash, value_at
from sim.scenario.mechanisms import MECHANISMS, Mechanisms
from sim.scenario.outline import parameters
from sim.scenario.preferences import (
    CORE_ISSUES,
    RATE_ISSUES,
    IssueTerms,
    PartnerOverride,
    Partners,
    UnitedStates,
    default_issues,
)
from sim.scenario.sampler import random_scenario
from sim.scenario.schema import Clock, Event, Politics, Queue, Scenario, Session, Threat

__all__ = [  # noqa: RUF022  (grouped, as the reference page is)
    # a scenario file
    "catalogue",
    "dump",
    "load_scenario",
    "parse_scenario",
    "scenario_at",
    "value_at",
    "scenario_hash",
    "ScenarioError",
    # scenarios at random
    "random_scenario",
    # the whole and its sections
    "Scenario",
    "Clock",
    "Event",
    "Mechanisms",
    "Partners",
    "Politics",
    "Queue",
    "Session",
    "Threat",
    "UnitedStates",
    # parts of sections
    "IssueTerms",
    "PartnerOverride",
    "default_issues",
    # facts about the schema
    "CORE_ISSUES",
    "MECHANISMS",
    "RATE_ISSUES",
    "parameters",
]
