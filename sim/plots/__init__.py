"""Figures: a DataFrame in, a matplotlib Figure out, one figure a function.

Nothing here touches pyplot, a display or a global state that outlives the call, so figures can be drawn in any thread.
"""

from sim.plots.advantage import advantage_by_position
from sim.plots.album import draw_all, trace_of
from sim.plots.outcomes import outcome_distributions
from sim.plots.saving import save
from sim.plots.signing import signing_curves, signing_times
from sim.plots.style import Provenance
from sim.plots.tariffs import rate_quantiles, tariffs_over_time
from sim.plots.utility_space import BargainingTrace, utility_space

__all__ = [
    "BargainingTrace",
    "Provenance",
    "advantage_by_position",
    "draw_all",
    "outcome_distributions",
    "rate_quantiles",
    "save",
    "signing_curves",
    "signing_times",
    "tariffs_over_time",
    "trace_of",
    "utility_space",
]
