"""Questions put to the talks: twins by place, the advantage of being first, and the folder that keeps the answer."""

from sim.ensemble import Twin, places, run_twins
from sim.study.advantage import advantage, by_position, mean_interval, per_year
from sim.study.assumptions import assumptions
from sim.study.discovery import Box, DiscoveryError, cases, find_box
from sim.study.enough import run_until
from sim.study.kept import compare, list_results
from sim.study.patterns import PATTERNS, Pattern, observed
from sim.study.phase import Axis, axis_of, phase_map
from sim.study.regret import option_values, regrets
from sim.study.results import Results, ResultsError, collect, read_results, results_of, run_folder
from sim.study.scores import Score, pattern_summary, run_patterns, scores
from sim.study.sensitivity import morris, sobol
from sim.study.signs import mechanism_effects, only
from sim.study.swings import swings

__all__ = [  # noqa: RUF022  (grouped, as the reference page is)
    # twins
    "Twin",
    "places",
    "run_twins",
    # the answer
    "advantage",
    "by_position",
    "mean_interval",
    "per_year",
    # why order matters
    "mechanism_effects",
    "only",
    # what the answer hangs on
    "assumptions",
    "Axis",
    "axis_of",
    "phase_map",
    "morris",
    "sobol",
    "swings",
    "Box",
    "DiscoveryError",
    "cases",
    "find_box",
    "option_values",
    "regrets",
    # its folder
    "Results",
    "ResultsError",
    "collect",
    "read_results",
    "results_of",
    "run_folder",
    "run_until",
    # earlier runs
    "compare",
    "list_results",
    # the patterns of 2025
    "PATTERNS",
    "Pattern",
    "Score",
    "observed",
    "pattern_summary",
    "run_patterns",
    "scores",
]
