"""Questions put to the talks: twins by place, the advantage of being first, and the folder that keeps the answer."""

from sim.ensemble import Twin, places, run_twins
from sim.study.advantage import advantage, by_position, mean_interval, per_year
from sim.study.enough import run_until
from sim.study.kept import compare, list_results
from sim.study.patterns import PATTERNS, Pattern, observed
from sim.study.results import Results, ResultsError, collect, read_results, results_of, run_folder
from sim.study.scores import Score, pattern_summary, run_patterns, scores
from sim.study.signs import mechanism_effects, only

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
