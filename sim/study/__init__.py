"""Questions put to the talks: twins by place, the advantage of being first, and the folder that keeps the answer."""

from sim.ensemble import Twin, places, run_twins
from sim.study.advantage import advantage, by_position, gap_interval, interval_widths, mean_interval, per_year
from sim.study.asking import How
from sim.study.assumptions import assumptions
from sim.study.backtest import Backtest, backtest_table, medians_of, run_backtest
from sim.study.backtest_words import backtest_summary
from sim.study.discovery import Box, DiscoveryError, cases, find_box
from sim.study.enough import run_until
from sim.study.explained import Explained, explain_gains
from sim.study.holding import hold_back, opening_and_signing, signing_grid_of
from sim.study.hub_theory import theory_curves
from sim.study.kept import compare, list_results
from sim.study.movers import gains_by_mover, gains_of_others, move_everybody
from sim.study.openings import Openings, like_places, study_openings
from sim.study.orders import order_values, study_orders
from sim.study.patterns import PATTERNS, Pattern, observed
from sim.study.phase import Axis, axis_of, phase_map
from sim.study.predicted import Predicted, read_predicted, write_predicted
from sim.study.regret import option_values, regrets
from sim.study.results import Results, ResultsError, collect, read_results, results_of, run_folder
from sim.study.scores import Score, hits_by_kind, pattern_summary, run_patterns, scores
from sim.study.sensitivity import morris, sobol
from sim.study.shapley import set_values, sets_table, shapley, shapley_values
from sim.study.signs import mechanism_effects, only
from sim.study.split import split_runs, split_table
from sim.study.study import QUESTIONS, Study, run_study
from sim.study.study_folder import study_folder, study_tables, write_study
from sim.study.swings import swings

__all__ = [  # noqa: RUF022  (grouped, as the reference page is)
    # twins
    "Twin",
    "places",
    "run_twins",
    # the answer
    "advantage",
    "by_position",
    "interval_widths",
    "gap_interval",
    "mean_interval",
    "per_year",
    # the study of order
    "QUESTIONS",
    "How",
    "Study",
    "run_study",
    "study_folder",
    "study_tables",
    "write_study",
    # by place, and where it comes from
    "Openings",
    "like_places",
    "study_openings",
    "split_runs",
    "split_table",
    "theory_curves",
    # why
    "set_values",
    "sets_table",
    "shapley",
    "shapley_values",
    # everybody
    "Explained",
    "explain_gains",
    "gains_by_mover",
    "gains_of_others",
    "move_everybody",
    "order_values",
    "study_orders",
    # when to sign
    "hold_back",
    "opening_and_signing",
    "signing_grid_of",
    # each mechanism alone
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
    "hits_by_kind",
    "observed",
    "pattern_summary",
    "run_patterns",
    "scores",
    # the frameworks of 2025
    "Backtest",
    "Predicted",
    "backtest_summary",
    "backtest_table",
    "medians_of",
    "read_predicted",
    "run_backtest",
    "write_predicted",
]
