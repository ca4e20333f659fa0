"""What a calibration ends in: the posterior, what it predicts, how good it is, and what the data can tell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.calibration.design import Space
from sim.study.calibration.distance import Ruler
from sim.study.calibration.naive import rated
from sim.study.calibration.posterior import DIGITS, PREDICTIONS, Posterior, weighted_quantile, write_table
from sim.study.calibration.sampling import Chains
from sim.study.calibration.search import Found
from sim.study.calibration.targets import BLOCKS, Target

__all__ = ["PARAMETERS", "QUALITY", "RECOVERY", "Result", "best_found", "parameters_of", "posterior_of", "quality_of"]

Floats = NDArray[np.float64]
Parts = NDArray[np.floating]

QUALITY, PARAMETERS, RECOVERY = "quality.csv", "parameters.csv", "recovery.csv"
#: Draws that are kept of the chains.
KEPT = 400
#: A posterior that leans on an end of a range with more than this share of its weight has too narrow a range.
LEANING = 0.2


@dataclass(frozen=True, eq=False)
class Result:
    """Everything that is written.

    Attributes
    ----------
    posterior : Posterior
        Weighted points.
    predictions : DataFrame
        What ensembles show at each of them, by partner.
    quality : DataFrame
        Distances of fresh ensembles at the defaults, over priors and posterior, and at the best point.
    parameters : DataFrame
        What has become of each parameter, and how well it was drawn.
    recovery : DataFrame
        What the data can tell.
    """

    posterior: Posterior
    predictions: pd.DataFrame
    quality: pd.DataFrame
    parameters: pd.DataFrame
    recovery: pd.DataFrame

    def write(self, folder: Path) -> list[Path]:
        """Write all of it under one header, the posterior last."""
        about = self.posterior.about
        tables = {
            PREDICTIONS: self.predictions,
            QUALITY: self.quality,
            PARAMETERS: self.parameters,
            RECOVERY: self.recovery,
        }
        written = [write_table(table, about, folder / name) for name, table in tables.items()]
        return [*written, self.posterior.write(folder / "posterior.csv")]


def posterior_of(space: Space, chains: Chains, best: Floats, about: dict[str, str]) -> Posterior:
    """Keep some draws of the chains, evenly, and the best point, which has no weight unless it was drawn.

    Parameters
    ----------
    space : Space
        The parameters.
    chains : Chains
        Where walkers have been, the first steps left out.
    best : ndarray (d,)
        The best point in the cube.
    about : dict
        Where it comes from.
    """
    cube, fit = chains.cube.reshape(-1, chains.cube.shape[-1]), chains.log_likelihood.reshape(-1)
    drawn = np.unique(np.linspace(0, len(cube) - 1, min(KEPT, len(cube))).astype(int))
    rows = _rounded(space.values(np.vstack([cube[drawn], best])))
    values, place, counts = np.unique(rows[:-1], axis=0, return_index=True, return_counts=True)
    weights, fits, one = counts / counts.sum(), fit[drawn][place], rows[-1]
    same = np.flatnonzero((values == one).all(axis=1))
    if same.size == 0:
        values, weights, fits = np.vstack([values, one]), np.append(weights, 0.0), np.append(fits, np.nan)
    points = pd.DataFrame([space.overrides(row) for row in values])
    return Posterior(points, weights, about, int(same[0]) if same.size else len(values) - 1, fits)


def _rounded(values: Floats) -> Floats:
    """Values as the file will hold them."""
    return np.array([[float(f"{value:.{DIGITS}g}") for value in row] for row in values])


def quality_of(ruler: Ruler, looked_at: tuple[Target, ...], cases: dict[str, tuple[Parts, Floats]]) -> pd.DataFrame:
    """Say how far fresh ensembles are from 2025.

    Parameters
    ----------
    ruler : Ruler
        Measures them.
    looked_at : tuple of Target
        In its order.
    cases : dict
        Ensembles (n, 4, T) and their weights (n,), by name.

    Returns
    -------
    DataFrame
        A row a measure, a column a case: weighted mean, 5th and 95th percentile of the distance, mean absolute error
        of the general rates above the base, share of the thirteen that have signed, and the root mean square miss of
        each block.
    """
    found = {}
    for name, (parts, weights) in cases.items():
        playable = np.isfinite(ruler.distance(parts))
        found[name] = _measures(ruler, looked_at, parts[playable], weights[playable])
    table = pd.DataFrame(found)
    return table.rename_axis("measure").reset_index()


def _measures(ruler: Ruler, looked_at: tuple[Target, ...], parts: Parts, weights: Floats) -> dict[str, float]:
    distance, weights = ruler.distance(parts), weights / weights.sum()
    low, high = weighted_quantile(distance, weights, (0.05, 0.95))
    names = [target.name for target in looked_at]
    rates = [names.index(f"{deal.iso}.rate") for deal in rated() if f"{deal.iso}.rate" in names]
    off = np.abs(parts[:, 0, rates].astype(float) - ruler.observed[rates])
    there = np.isfinite(off)
    shown = np.where(there, off, 0.0).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    signed = parts[:, 0, [k for k, target in enumerate(looked_at) if target.block == "signed"]].astype(float)
    squares = weights @ ruler.misses(parts) ** 2
    blocks = {block: [k for k, target in enumerate(looked_at) if target.block == block] for block in BLOCKS}
    return {
        "distance": float(weights @ distance),
        "distance, 5 %": low,
        "distance, 95 %": high,
        "rates off, points": float(weights @ shown),
        "rates shown": float(weights @ there.mean(axis=1)),
        "signed": float(weights @ signed.mean(axis=1)),
        **{f"miss, {block}": float(np.sqrt(squares[places].mean())) for block, places in blocks.items() if places},
    }


def parameters_of(space: Space, posterior: Posterior, chains: Chains, recovery: pd.DataFrame) -> pd.DataFrame:
    """Say what has become of every parameter.

    Returns
    -------
    DataFrame
        Columns key, default, best, median, low, high (90 per cent interval), narrower (how much of the prior's spread
        is gone, 0 to 1), r_hat, effective, renewed, at_ends, and tells (correlation of recovered with true in
        pretended talks).
    """
    found, best = posterior.summary(), posterior.best()
    leaning = posterior.at_the_ends(space.priors)
    told = recovery[recovery["case"] == "ensembles"].set_index("key")["correlation"]
    spread = chains.cube.reshape(-1, len(space.priors)).std(axis=0) * np.sqrt(12.0)
    rows = []
    columns = zip(space.priors, chains.r_hat(), chains.effective(), chains.renewed(), spread, strict=True)
    for prior, r_hat, effective, renewed, wide in columns:
        row = found.loc[prior.key]
        rows.append(
            {
                "key": prior.key,
                "default": prior.default,
                "best": best[prior.key],
                **{name: row[name] for name in ("median", "low", "high")},
                "narrower": max(0.0, 1.0 - float(wide)),
                "r_hat": float(r_hat),
                "effective": float(effective),
                "renewed": float(renewed),
                "at_ends": leaning[prior.key],
                "tells": float(told.get(prior.key, np.nan)),
            }
        )
    return pd.DataFrame(rows)


def best_found(chains: Chains) -> Found:
    """Return the points of chains as those of a search."""
    d = chains.cube.shape[-1]
    return Found(chains.cube.reshape(-1, d), chains.log_likelihood.reshape(-1))
