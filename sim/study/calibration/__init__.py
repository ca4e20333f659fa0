"""Setting the assumptions to the patterns of 2025: priors, screening, approximate Bayesian computation, posterior.

``python -m sim.study.calibration`` does it all again; `docs/calibration.md` says what it found.
"""

from sim.study.calibration.distance import base_scenario, distance, measure_one, misses, observed_patterns
from sim.study.calibration.posterior import Posterior, read_posterior
from sim.study.calibration.priors import Prior, load_priors

__all__ = [
    "Posterior",
    "Prior",
    "base_scenario",
    "distance",
    "load_priors",
    "measure_one",
    "misses",
    "observed_patterns",
    "read_posterior",
]
