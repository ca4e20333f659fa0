"""From a design through the values at its points to sensitivity indices; pure, whatever the values are of.

Designs and indices are SALib's (Iwanaga, Usher and Herman 2022).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.assumptions import label_of
from sim.study.calibration import Prior

__all__ = [
    "morris_indices",
    "morris_points",
    "natural",
    "noise_share",
    "sobol_indices",
    "sobol_points",
]

Floats = NDArray[np.float64]

#: Levels of every parameter in a screening; steps are two thirds of the range.
LEVELS = 4
#: Samples of the bootstrap behind the intervals of the indices.
RESAMPLES = 1000


def morris_points(priors: Sequence[Prior], trajectories: int, seed: int) -> Floats:
    """Lay out trajectories on which one parameter at a time takes a step (Morris 1991).

    Parameters
    ----------
    priors : sequence of Prior
        The K parameters.
    trajectories : int
        T of them, at least 2.
    seed : int
        Of the random starts.

    Returns
    -------
    ndarray (T (K + 1), K)
        On the scales of the priors; :func:`natural` turns them into values.
    """
    from SALib.sample import morris  # takes a second to import, and few ask for it

    return np.asarray(morris.sample(_problem(priors), trajectories, num_levels=LEVELS, seed=seed))


def morris_indices(priors: Sequence[Prior], points: Floats, values: Floats, seed: int) -> pd.DataFrame:
    """Elementary effects over the whole range of each parameter.

    Parameters
    ----------
    priors, points, seed
        As for and from :func:`morris_points`.
    values : ndarray (T (K + 1),)
        At the points.

    Returns
    -------
    DataFrame
        `parameter`, `label`; `mu_star`, the mean size of an effect (Campolongo, Cariboni and Saltelli 2007), with a
        95 per cent interval `mu_star_low`, `mu_star_high` that ends at 0; `sigma`, their spread; `mu`, their mean. In
        the unit of the values, by falling `mu_star`.
    """
    from SALib.analyze import morris

    how: dict[str, Any] = {"num_levels": LEVELS, "num_resamples": RESAMPLES, "seed": seed}
    found = morris.analyze(_problem(priors), points, values, **how)
    size, half = np.asarray(found["mu_star"], dtype=float), np.asarray(found["mu_star_conf"], dtype=float)
    frame = _named(priors).assign(
        mu_star=size,
        mu_star_low=np.maximum(0.0, size - half),
        mu_star_high=size + half,
        sigma=np.asarray(found["sigma"], dtype=float),
        mu=np.asarray(found["mu"], dtype=float),
    )
    return frame.sort_values("mu_star", ascending=False, kind="stable", ignore_index=True)


def sobol_points(priors: Sequence[Prior], base: int, seed: int) -> Floats:
    """Lay out a scrambled Sobol sequence and its mixtures (Saltelli et al. 2010).

    Parameters
    ----------
    priors : sequence of Prior
        The K parameters.
    base : int
        B, length of the sequence: a power of 2.
    seed : int
        Of the scrambling.

    Returns
    -------
    ndarray (B (K + 2), K)
        On the scales of the priors.

    Raises
    ------
    ValueError
        If the length is no power of 2.
    """
    from SALib.sample import sobol

    if base < 2 or base & (base - 1):
        raise ValueError(f"{base} is no power of 2")
    return np.asarray(sobol.sample(_problem(priors), base, calc_second_order=False, seed=seed))


def sobol_indices(priors: Sequence[Prior], values: Floats, seed: int) -> pd.DataFrame:
    """Shares of the variance over all ranges: of a parameter alone, and with all that it takes part in.

    Parameters
    ----------
    priors, seed
        As for :func:`sobol_points`.
    values : ndarray (B (K + 2),)
        At the points.

    Returns
    -------
    DataFrame
        `parameter`, `label`; `first`, `total` with 95 per cent intervals `first_low`, `first_high`, `total_low`,
        `total_high`, which may leave [0, 1] since estimates do. By falling `total`; NaN when the values do not vary.
    """
    from SALib.analyze import sobol

    frame, same = _named(priors), float(np.ptp(values)) == 0.0
    how: dict[str, Any] = {"calc_second_order": False, "num_resamples": RESAMPLES, "seed": seed}
    found = {} if same else sobol.analyze(_problem(priors), values, **how)
    nothing = np.full(len(priors), np.nan)
    for name, key in (("first", "S1"), ("total", "ST")):
        share, half = (np.asarray(found.get(k, nothing), dtype=float) for k in (key, f"{key}_conf"))
        frame = frame.assign(**{name: share, f"{name}_low": share - half, f"{name}_high": share + half})
    return frame.sort_values("total", ascending=False, kind="stable", ignore_index=True)


def natural(priors: Sequence[Prior], points: Floats) -> pd.DataFrame:
    """Values of points on the scales of the priors, one column a parameter; whole numbers are rounded."""
    columns = zip(priors, points.T, strict=True)
    return pd.DataFrame({prior.key: [prior.value(x) for x in column] for prior, column in columns})


def noise_share(sample: Floats) -> float:
    """Share of the variance of the means over settings that is chance: what other hands of luck would redraw.

    All settings play the same hands, so that a lucky hand lifts them all and is no noise; only what a hand does to
    one setting and not to the others is. By the analysis of variance of settings and hands without repetition.

    Parameters
    ----------
    sample : ndarray (S, R)
        R values under each of S settings.

    Returns
    -------
    float
        0 when the settings do not differ; NaN with a single value a setting.
    """
    settings, hands = sample.shape
    if hands < 2 or settings < 2:
        return float("nan")
    means = sample.mean(axis=1)
    rest = sample - means[:, None] - sample.mean(axis=0) + sample.mean()
    chance = float((rest**2).sum()) / ((settings - 1) * (hands - 1)) / hands
    spread = float(means.var(ddof=1))
    return min(1.0, chance / spread) if spread > 0.0 else 0.0


def _problem(priors: Sequence[Prior]) -> dict[str, Any]:
    """The parameters as SALib asks for them."""
    return {
        "num_vars": len(priors),
        "names": [prior.key for prior in priors],
        "bounds": [list(prior.ends) for prior in priors],
    }


def _named(priors: Sequence[Prior]) -> pd.DataFrame:
    return pd.DataFrame(
        {"parameter": [prior.key for prior in priors], "label": [label_of(prior.key) for prior in priors]}
    )
