"""What runs show at assumptions drawn from somewhere: before and after the calibration."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
from joblib import Parallel, delayed

from sim.ensemble.sealed import checked
from sim.scenario import Scenario, scenario_at
from sim.study.calibration.distance import measure_one

__all__ = ["predict", "run_at"]

#: Luck of these runs, apart from that of the calibration, so that nothing is judged by the runs it was set to.
FIRST = 1_000_000

Values = dict[str, float | int]


def run_at(base: Scenario, values: Values, replication: int) -> dict[str, float]:
    """Run once with values laid over a scenario."""
    return measure_one(scenario_at(base, values), replication)


def predict(
    base: Scenario,
    points: Sequence[Values],
    progress: Callable[[int, int], None] | None = None,
    jobs: int | None = None,
) -> pd.DataFrame:
    """Run once at each of some points; one row a run, one column a pattern.

    An interrupt keeps the runs that were finished.
    """
    tasks = (delayed(run_at)(base, values, FIRST + k) for k, values in enumerate(points))
    measured: list[dict[str, float]] = []
    try:
        for done in checked(Parallel(n_jobs=jobs or -1, return_as="generator"), tasks):
            measured.append(done)
            if progress is not None:
                progress(len(measured), len(points))
    except KeyboardInterrupt:
        if not measured:
            raise
    return pd.DataFrame(measured)
