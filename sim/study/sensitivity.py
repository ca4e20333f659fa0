"""Which assumptions the advantage of being first hangs on: screening by Morris, variance by Sobol."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from sim.scenario import Scenario
from sim.study.assumptions import assumptions
from sim.study.calibration import Prior
from sim.study.indices import morris_indices, morris_points, natural, noise_share, sobol_indices, sobol_points
from sim.study.settings import Progress, differences, settings_at

__all__ = ["morris", "sobol"]

#: Trajectories of a screening, and length of the sequence behind the indices of Sobol.
TRAJECTORIES, BASE = 10, 128


def morris(
    scenario: Scenario,
    priors: Sequence[Prior] = (),
    progress: Progress | None = None,
    *,
    trajectories: int = TRAJECTORIES,
    root: Path | None = None,
    jobs: int | None = None,
) -> pd.DataFrame:
    """Screen assumptions: what a step in one of them does to the advantage, whatever the others are.

    Parameters
    ----------
    scenario : Scenario
        Gives the focal partner, the places compared, what is not varied, the seed, and the number of twins a point.
    priors : sequence of Prior
        From :func:`sim.study.assumptions.assumptions`; all of them when empty. K of them.
    progress, root, jobs
        As for :func:`sim.study.settings.values_at_ends`.
    trajectories : int
        T; T (K + 1) settings are played.

    Returns
    -------
    DataFrame
        As :func:`sim.study.indices.morris_indices` says, in USD bn, present value, for the whole range of a
        parameter; and `noise`, the share of the variance over the settings that is chance (one number). What cannot
        act in the scenario has exactly 0, since luck is shared.
    """
    varied = tuple(priors) or assumptions()
    points = morris_points(varied, trajectories, scenario.seed)
    found = differences(settings_at(scenario, natural(varied, points)), progress, root=root, jobs=jobs)
    return morris_indices(varied, points, found.mean(axis=1), scenario.seed).assign(noise=noise_share(found))


def sobol(
    scenario: Scenario,
    priors: Sequence[Prior],
    progress: Progress | None = None,
    *,
    base: int = BASE,
    root: Path | None = None,
    jobs: int | None = None,
) -> pd.DataFrame:
    """Share the variance of the advantage over some assumptions out among them.

    Parameters
    ----------
    scenario, progress, root, jobs
        As for :func:`morris`.
    priors : sequence of Prior
        The K assumptions that vary, best those that a screening found to matter.
    base : int
        B, a power of 2; B (K + 2) settings are played.

    Returns
    -------
    DataFrame
        As :func:`sim.study.indices.sobol_indices` says; and `noise`, the share of the variance that is chance (one
        number). An index below it says no more than that the parameter matters less than luck.

    Raises
    ------
    ValueError
        If the length is no power of 2.
    """
    points = sobol_points(priors, base, scenario.seed)
    found = differences(settings_at(scenario, natural(priors, points)), progress, root=root, jobs=jobs)
    return sobol_indices(priors, found.mean(axis=1), scenario.seed).assign(noise=noise_share(found))
