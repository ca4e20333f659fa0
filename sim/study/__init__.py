"""Questions put to the talks: twins by place, the advantage of being first, and the folder that keeps the answer."""

from sim.study.advantage import advantage, by_position, mean_interval, per_year
from sim.study.patterns import PATTERNS, Pattern, observed
from sim.study.results import Results, ResultsError, collect, read_results, run_folder
from sim.study.scores import Score, pattern_summary, run_patterns, scores
from sim.study.signs import mechanism_effects, only
from sim.study.twins import Twin, places, run_twins

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
    "run_folder",
    # the patterns of 2025
    "PATTERNS",
    "Pattern",
    "Score",
    "observed",
    "pattern_summary",
    "run_patterns",
    "scores",
]
