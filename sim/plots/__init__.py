"""Figures: a DataFrame in, a matplotlib Figure out, one figure a function.

Nothing here touches pyplot, a display or a global state that outlives the call, so figures can be drawn in any thread.
The albums of a whole run and of a study need the talks and so Mesa; they are imported when they are asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.plots.advantage import advantage_by_position
from sim.plots.backtest import backtest
from sim.plots.classroom import class_overlay
from sim.plots.concessions import concession_curves
from sim.plots.explained import explained_by
from sim.plots.gains import partner_gains
from sim.plots.mechanisms import mechanism_signs
from sim.plots.morris import morris_plane
from sim.plots.offer_path import offer_path
from sim.plots.orders import order_values
from sim.plots.others import others_loss
from sim.plots.outcomes import outcome_distributions
from sim.plots.paired import paired_differences
from sim.plots.parity import parity_cascade
from sim.plots.percentile import percentile_strip, share_below
from sim.plots.phase_map import phase_map
from sim.plots.position_theory import position_theory
from sim.plots.regret import regret_bars
from sim.plots.ridges import value_by_signing_week
from sim.plots.saving import picture, save
from sim.plots.sensitivity import sensitivity_bars
from sim.plots.signing import signing_curves, signing_times
from sim.plots.signing_grid import signing_grid
from sim.plots.split import split_bars
from sim.plots.style import Provenance
from sim.plots.survival import survival_curves, talks_survival
from sim.plots.tariffs import rate_quantiles, tariffs_over_time
from sim.plots.tornado import tornado
from sim.plots.twins import twin_openings
from sim.plots.two_settings import two_settings
from sim.plots.utility_space import BargainingTrace, utility_space
from sim.plots.value_left import value_left
from sim.plots.waterfall import shapley_waterfall
from sim.plots.widths import interval_width
from sim.plots.win_sets import win_sets
from sim.plots.winners import winners_and_losers
from sim.plots.world_tiles import world_tiles

if TYPE_CHECKING:
    from sim.plots.album import draw_all, trace_of
    from sim.plots.study_album import draw_study

__all__ = [
    "BargainingTrace",
    "Provenance",
    "advantage_by_position",
    "backtest",
    "class_overlay",
    "concession_curves",
    "draw_all",
    "draw_study",
    "explained_by",
    "interval_width",
    "mechanism_signs",
    "morris_plane",
    "offer_path",
    "order_values",
    "others_loss",
    "outcome_distributions",
    "paired_differences",
    "parity_cascade",
    "partner_gains",
    "percentile_strip",
    "phase_map",
    "picture",
    "position_theory",
    "rate_quantiles",
    "regret_bars",
    "save",
    "sensitivity_bars",
    "shapley_waterfall",
    "share_below",
    "signing_curves",
    "signing_grid",
    "signing_times",
    "split_bars",
    "survival_curves",
    "talks_survival",
    "tariffs_over_time",
    "tornado",
    "trace_of",
    "twin_openings",
    "two_settings",
    "utility_space",
    "value_by_signing_week",
    "value_left",
    "win_sets",
    "winners_and_losers",
    "world_tiles",
]


def __getattr__(name: str) -> Any:
    """Import the albums on first use."""
    album = {"draw_all": "album", "trace_of": "album", "draw_study": "study_album"}.get(name)
    if album is not None:
        return getattr(import_module(f"sim.plots.{album}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
