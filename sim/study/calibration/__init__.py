"""Setting the assumptions to the talks of 2025: priors, ensembles, search, sampling, posterior.

``python -m sim.study.calibration`` does it all again; `docs/calibration.md` says what it found.
"""

from sim.study.calibration.distance import Ruler
from sim.study.calibration.ensemble import Talks, base_scenario
from sim.study.calibration.posterior import Posterior
from sim.study.calibration.priors import Prior, load_priors
from sim.study.calibration.targets import Target, targets

__all__ = [
    "Posterior",
    "Prior",
    "Ruler",
    "Talks",
    "Target",
    "base_scenario",
    "load_priors",
    "targets",
]
