"""Scenario discovery: which combinations of assumptions make it a disadvantage to be first.

Boxes of assumptions are found by the patient rule induction method (Friedman and Fisher 1999; Bryant and Lempert 2010),
for which the optional package PRIM is needed (the extra `discovery`). The table of cases stands by itself: written as
CSV, other programs read it. With EMA Workbench, for one::

    from ema_workbench.analysis import prim
    cases = pandas.read_csv("cases.csv")
    box = prim.Prim(cases.drop(columns=["mean", "low", "high"]), cases["mean"] < 0, threshold=0.5).find_box()
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.scenario import Scenario
from sim.study.advantage import mean_interval
from sim.study.assumptions import assumptions, label_of
from sim.study.calibration import Prior
from sim.study.calibration.screening import design
from sim.study.settings import Progress, differences, settings_at

__all__ = ["ANSWER", "Box", "DiscoveryError", "cases", "find_box"]

#: Columns of a table of cases that are no assumptions.
ANSWER = ("mean", "low", "high")
#: Cases of a study.
CASES = 400
#: A restriction that as many random cases would meet by chance more often than this is dropped.
CHANCE = 0.05
#: Smallest share of all cases that a box may hold.
SMALLEST = 0.05


class DiscoveryError(ValueError):
    """No box can be found."""


@dataclass(frozen=True, eq=False)
class Box:
    """A combination of assumptions in which something is the case more often than elsewhere.

    Attributes
    ----------
    coverage : float
        Share of the cases of interest that are in the box.
    density : float
        Share of the cases in the box that are of interest.
    mass : float
        Share of all cases that are in the box.
    limits : DataFrame
        One row an assumption that the box restricts: `parameter`, `label`, `low`, `high` (the outermost cases in it),
        `quasi_p`, how likely it is to find so many of the cases of interest without this restriction by chance.
    trajectory : DataFrame
        All boxes on the way, from everything to the densest: `coverage`, `density`, `mass`, `restricted` (how many
        assumptions), `chosen`.
    """

    coverage: float
    density: float
    mass: float
    limits: pd.DataFrame
    trajectory: pd.DataFrame


def cases(
    scenario: Scenario,
    priors: Sequence[Prior] = (),
    progress: Progress | None = None,
    *,
    number: int = CASES,
    root: Path | None = None,
    jobs: int | None = None,
) -> pd.DataFrame:
    """Play worlds that are spread evenly over the plausible ranges of assumptions.

    Parameters
    ----------
    scenario, priors, progress, root, jobs
        As for :func:`sim.study.sensitivity.morris`.
    number : int
        How many worlds, a Latin hypercube drawn by the scenario's seed.

    Returns
    -------
    DataFrame
        One row a world: a column for every assumption, named by its key; `mean`, `low`, `high`, the advantage of
        being first there with its 95 per cent interval, USD bn, present value.
    """
    points = design(tuple(priors) or assumptions(), number, scenario.seed)
    found = differences(settings_at(scenario, points), progress, root=root, jobs=jobs)
    answers = pd.DataFrame([mean_interval(sample) for sample in found], columns=list(ANSWER))
    return pd.concat([points, answers], axis=1)


def find_box(points: pd.DataFrame, interesting: NDArray[np.bool_]) -> Box:
    """Find the box that holds many of the cases of interest and little else.

    Of all boxes on the library's way inwards the one is chosen whose coverage and density have the highest harmonic
    mean; then restrictions that may well be chance are dropped, all but the surest.

    Parameters
    ----------
    points : DataFrame
        One column an assumption; at least 2 N cases.
    interesting : ndarray (N,)
        Whether the case is of interest, as in ``cases["mean"] < 0``.

    Raises
    ------
    DiscoveryError
        When PRIM is not installed, or all cases or none are of interest.
    """
    wanted = np.asarray(interesting, dtype=bool)
    if wanted.all() or not wanted.any():
        raise DiscoveryError(f"{'all' if wanted.all() else 'none'} of {wanted.size} cases are of interest: no box")
    box = _prim().Prim(points, wanted.astype(float), threshold=0.5, threshold_type=">", mass_min=SMALLEST).find_box()
    path = box.peeling_trajectory
    best = int((2.0 / (1.0 / path["coverage"].clip(1e-9) + 1.0 / path["density"].clip(1e-9))).to_numpy().argmax())
    box.select(best)
    _drop_chance(box)
    limits = pd.DataFrame(
        {
            "parameter": [str(key) for key in box.limits.index],
            "label": [label_of(str(key)) for key in box.limits.index],
            "low": box.limits["min"].to_numpy(dtype=float),
            "high": box.limits["max"].to_numpy(dtype=float),
            "quasi_p": box.limits["qp values"].to_numpy(dtype=float),
        }
    )
    trajectory = path[["coverage", "density", "mass"]].astype(float)
    trajectory = trajectory.assign(restricted=path["res dim"].astype(int), chosen=np.arange(len(path)) == best)
    return Box(float(box.coverage), float(box.density), float(box.mass), limits, trajectory)


def _drop_chance(box: Any) -> None:
    """Take away the least certain restriction as long as it may well be chance."""
    while len(box.limits) > 1 and float(box.limits["qp values"].max()) > CHANCE:
        box.drop_restriction(box.limits["qp values"].idxmax())


def _prim() -> Any:
    """Import the library, or say where it is to be had."""
    try:
        import prim
    except ImportError:
        raise DiscoveryError("boxes need the package PRIM: pip install 'first-mover[discovery]'") from None
    return prim
