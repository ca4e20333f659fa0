"""Scenario discovery: which combinations of assumptions make it a disadvantage to be first.

Boxes of assumptions are found by the patient rule induction method (Friedman and Fisher 1999; Bryant and Lempert 2010),
for which the optional package PRIM is needed (the extra `discovery`). The table of cases stands by itself: written as
CSV, other programs read it. With EMA Workbench, for one::

    from ema_workbench.analysis import prim
    cases = pandas.read_csv("cases.csv")
    box = prim.Prim(cases.drop(columns=["mean", "low", "high"]), cases["mean"] < 0, threshold=0.5).find_box()
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from sim.study.calibration.design import design
from sim.study.settings import Progress, differences, settings_at

__all__ = ["ANSWER", "Box", "DiscoveryError", "cases", "find_box", "prim_package", "quasi_p"]

Bools = NDArray[np.bool_]

#: Columns of a table of cases that are no assumptions.
ANSWER = ("mean", "low", "high")
LIMITS = ("parameter", "label", "low", "high", "quasi_p")
#: Cases of a study.
CASES = 400
#: Quasi-p-value that a restriction may have, shared out among all assumptions that might have been restricted.
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
        One row an assumption that the box restricts, none when nothing can be told: `parameter`, `label`, `low`, `high`
        (the outermost cases that are let in), and `quasi_p` as :func:`quasi_p` says.
    trajectory : DataFrame
        All boxes on the way, from everything to the densest, as they were found: `coverage`, `density`, `mass`,
        `restricted` (how many assumptions); `chosen` marks the one that became this box.
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


def find_box(points: pd.DataFrame, interesting: Bools, chance: float | None = None) -> Box:
    """Find the box that holds many of the cases of interest and little else.

    Every box on the library's way inwards is freed of restrictions that may well be chance, the least certain one
    first; of what is left the one is chosen whose coverage and density have the highest harmonic mean.

    Parameters
    ----------
    points : DataFrame
        One column an assumption, one row a case, N of them.
    interesting : ndarray (N,)
        Whether the case is of interest, as in ``cases["mean"] < 0``.
    chance : float, optional
        Largest quasi-p-value that a restriction may have. When silent :data:`CHANCE` by the number of assumptions, so
        that a box is hardly ever made of luck alone; 0.05 is usual, and finds boxes in noise where they are many.

    Raises
    ------
    DiscoveryError
        When PRIM is not installed, or all cases or none are of interest.
    """
    wanted = np.asarray(interesting, dtype=bool)
    if wanted.all() or not wanted.any():
        raise DiscoveryError(f"{'all' if wanted.all() else 'none'} of {wanted.size} cases are of interest: no box")
    found = (
        prim_package()
        .Prim(points, wanted.astype(float), threshold=0.5, threshold_type=">", mass_min=SMALLEST)
        .find_box()
    )
    path = found.peeling_trajectory
    most = CHANCE / points.shape[1] if chance is None else chance
    boxes = [_sure(points, wanted, _within(found, i, points), most) for i in range(len(path))]
    scores = [_score(wanted, inside) for _, inside in boxes]
    limits, inside = boxes[best := int(np.argmax(scores))]
    trajectory = path[["coverage", "density", "mass"]].astype(float)
    trajectory = trajectory.assign(restricted=path["res dim"].astype(int), chosen=np.arange(len(path)) == best)
    coverage, density = wanted[inside].sum() / wanted.sum(), wanted[inside].mean()
    return Box(float(coverage), float(density), float(inside.mean()), limits, trajectory)


def quasi_p(wanted: Bools, within: Mapping[str, Bools]) -> dict[str, float]:
    """Probability of so many cases of interest in a box if one of its restrictions did nothing, for each of them.

    A one-sided binomial test against the share of cases of interest in the box without the restriction (Bryant and
    Lempert 2010). Counted here, since the library rounds its counts down.

    Parameters
    ----------
    wanted : ndarray (N,)
        Whether the case is of interest.
    within : mapping of str to ndarray (N,)
        Whether it keeps to the limits of each assumption that is restricted.
    """
    from scipy.stats import binom

    inside, found = _inside(wanted, within), {}
    for key in within:
        wider = _inside(wanted, {other: kept for other, kept in within.items() if other != key})
        found[key] = float(binom.sf(wanted[inside].sum() - 1, inside.sum(), wanted[wider].mean()))
    return found


def _within(found: Any, i: int, points: pd.DataFrame) -> dict[str, Bools]:
    """Which cases keep to each limit of the i-th box on the way."""
    found.select(i)
    limits = found.limits
    return {
        str(key): points[key].between(limits.loc[key, "min"], limits.loc[key, "max"]).to_numpy() for key in limits.index
    }


def _sure(points: pd.DataFrame, wanted: Bools, within: dict[str, Bools], most: float) -> tuple[pd.DataFrame, Bools]:
    """Limits of a box without restrictions that may well be chance, and which cases are in it."""
    chances = quasi_p(wanted, within)
    while chances and max(chances.values()) > most:
        within = {key: kept for key, kept in within.items() if key != max(chances, key=lambda name: chances[name])}
        chances = quasi_p(wanted, within)
    rows = [
        (key, label_of(key), float(points[key][kept].min()), float(points[key][kept].max()), chances[key])
        for key, kept in sorted(within.items(), key=lambda item: chances[item[0]])
    ]
    return pd.DataFrame(rows, columns=list(LIMITS)), _inside(wanted, within)


def _inside(wanted: Bools, within: Mapping[str, Bools]) -> Bools:
    """Which cases keep to all limits."""
    return np.asarray(np.logical_and.reduce([np.ones_like(wanted), *within.values()]), dtype=bool)


def _score(wanted: Bools, inside: Bools) -> float:
    """Harmonic mean of coverage and density."""
    return float(2.0 * wanted[inside].sum() / (wanted.sum() + inside.sum()))


def prim_package() -> Any:
    """Import the library, or say where it is to be had."""
    try:
        import prim
    except ImportError:
        raise DiscoveryError("boxes need the package PRIM: pip install 'first-mover[discovery]'") from None
    return prim
