"""What the data can tell: parameters recovered from pretended talks, by one stored bank of prior ensembles.

A hundred calibrations of pretended talks would take weeks. Instead a part of the bank is held out and pretends to be
2025, with errors of observation drawn for each; the rest is weighted anew for every one of them. With a dozen
parameters plain weights collapse, since no point of the bank is near in all of them at once. So it goes in three steps:
a ridge regression of the parameters on what ensembles show (and its squares) makes one number for each parameter
(Fearnhead and Prangle 2012); the nearest points by these are weighted by their nearness; and a local linear regression
moves each of them to where it would lie had it shown the same (Beaumont, Zhang and Balding 2002), on the scale of the
logit, so that none leaves its range.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["BINS", "CASES", "LEVELS", "Recovered", "recover", "recovery_table", "shown_by"]

Floats = NDArray[np.float64]

#: Share of a bank that pretends to be 2025, and how many at most; share of the rest that is near.
HELD_OUT, MOST, NEAR = 0.125, 400, 0.3
#: Strengths of the ridge that are tried, by generalised cross-validation.
RIDGES = tuple(10.0**k for k in range(-2, 5))
#: Parts of a bank, each of which is summed up by a regression on the others.
FOLDS = 5
LEVELS = (0.5, 0.8, 0.9)
BINS = 10
#: Who pretends to be 2025, and what it is compared with.
CASES = {
    "ensembles": ("mean", "mean"),
    "runs taken for ensembles": ("first", "mean"),
    "runs": ("first", "first"),
}
#: Nothing lies nearer to an end of its range than this, for the logit.
EDGE = 1e-3


@dataclass(frozen=True, eq=False)
class Recovered:
    """Parameters of pretended talks as they were and as they were found.

    Attributes
    ----------
    truth, mean, rank : ndarray (J, d)
        In the cube; the rank is the weight below the truth.
    """

    truth: Floats
    mean: Floats
    rank: Floats

    def coverage(self, level: float) -> Floats:
        """Share of truths inside the central interval of a level, ndarray (d,)."""
        inside: Floats = (np.abs(self.rank - 0.5) <= level / 2).mean(axis=0)
        return inside

    def correlation(self) -> Floats:
        """Correlation of found with true, ndarray (d,): 0 where the data tell nothing."""
        true, found = self.truth - self.truth.mean(axis=0), self.mean - self.mean.mean(axis=0)
        sizes = np.sqrt((true**2).sum(axis=0) * (found**2).sum(axis=0))
        told: Floats = np.divide((true * found).sum(axis=0), sizes, out=np.zeros(sizes.shape), where=sizes > 1e-12)
        return told

    def histogram(self) -> Floats:
        """Share of ranks in each of `BINS` bins, ndarray (bins, d); even where all is well."""
        bins = np.minimum((self.rank * BINS).astype(int), BINS - 1)
        return np.array([(bins == k).mean(axis=0) for k in range(BINS)])


def shown_by(parts: NDArray[np.floating], errors: Floats, which: str, rng: np.random.Generator) -> Floats:
    """What would be observed of ensembles (n, 4, T): their means, or one run of each, and an error of observation."""
    seen = parts[:, 0 if which == "mean" else 3].astype(float)
    found: Floats = seen + errors * rng.standard_normal(seen.shape)
    return found


def recover(cube: Floats, seen: Floats, pretended: Floats, seed: int = 2025) -> Recovered:
    """Find the parameters of pretended talks from the rest of a bank.

    Parameters
    ----------
    cube : ndarray (n, d)
        Points of the prior.
    seen : ndarray (n, T)
        What is observed of each, blank where it is not shown.
    pretended : ndarray (n, T)
        What would be observed of each if it were 2025; the same or, for instance, one run.
    seed : int
        Who is held out.
    """
    n = len(cube)
    held = np.random.default_rng((seed, n)).permutation(n)[: min(MOST, max(1, int(HELD_OUT * n)))]
    rest = np.setdiff1d(np.arange(n), held)
    inside = np.clip(cube, EDGE, 1.0 - EDGE)
    logits = np.log(inside / (1.0 - inside))
    near, wanted = _in_few_numbers(seen[rest], logits[rest], pretended[held])
    scale = np.maximum(near.std(axis=0), 1e-9)
    found = [_one(near / scale, logits[rest], w / scale, logits[h]) for w, h in zip(wanted, held, strict=True)]
    mean, rank = (np.array(part) for part in zip(*found, strict=True))
    return Recovered(cube[held], mean, rank)


def _in_few_numbers(seen: Floats, logits: Floats, pretended: Floats) -> tuple[Floats, Floats]:
    """One number a parameter for what was seen (n, d) and for what is pretended (J, d).

    No point is summed up by a regression that has seen it, lest the bank look more certain than it is.
    """
    features = _Features(seen)
    x, other = features(seen), features(pretended)
    near, wanted, fold = np.zeros(logits.shape), np.zeros((len(other), logits.shape[1])), np.arange(len(x)) % FOLDS
    for k in range(FOLDS):
        coefficients = _ridge(x[fold != k], logits[fold != k])
        near[fold == k] = x[fold == k] @ coefficients
        wanted += other @ coefficients / FOLDS
    return near, wanted


class _Features:
    """What regressions read: standardised numbers, their squares, and a one; blanks stand at the mean."""

    def __init__(self, seen: Floats) -> None:
        there = np.isfinite(seen)
        n = np.maximum(there.sum(axis=0), 1)
        self.mean = np.where(there, seen, 0.0).sum(axis=0) / n
        spread = np.sqrt(np.where(there, (seen - self.mean) ** 2, 0.0).sum(axis=0) / n)
        self.spread = np.where(spread > 1e-9, spread, 1.0)

    def __call__(self, seen: Floats) -> Floats:
        z = np.clip(np.where(np.isfinite(seen), (seen - self.mean) / self.spread, 0.0), -4.0, 4.0)
        return np.column_stack([np.ones(len(z)), z, z**2 - 1.0])


def _ridge(x: Floats, y: Floats) -> Floats:
    """Coefficients (F, d) of a ridge regression, each column with the strength that cross-validates best."""
    u, s, vt = np.linalg.svd(x, full_matrices=False)
    inner, n = u.T @ y, len(x)
    best, score = np.zeros((x.shape[1], y.shape[1])), np.full(y.shape[1], np.inf)
    for strength in RIDGES:
        shrink = s**2 / (s**2 + strength)
        residual = ((y - u @ (shrink[:, None] * inner)) ** 2).sum(axis=0)
        generalised = residual / n / (1.0 - shrink.sum() / n) ** 2
        better = generalised < score
        coefficients = vt.T @ ((s / (s**2 + strength))[:, None] * inner)
        best[:, better], score[better] = coefficients[:, better], generalised[better]
    return best


def _one(near: Floats, logits: Floats, wanted: Floats, truth: Floats) -> tuple[Floats, Floats]:
    """Mean in the cube and rank of the truth for one pretended summer."""
    gap = near - wanted
    far = np.sqrt((gap**2).sum(axis=1))
    k = max(2 * (near.shape[1] + 1), int(NEAR * len(near)))
    chosen = np.argsort(far, kind="stable")[:k]
    reach = far[chosen[-1]] * (1 + 1e-9) + 1e-12
    weights = 1.0 - (far[chosen] / reach) ** 2
    root = np.sqrt(weights)[:, None]
    x = np.column_stack([np.ones(len(chosen)), gap[chosen]])
    slopes = np.linalg.lstsq(root * x, root * logits[chosen], rcond=None)[0]
    weights = weights / weights.sum()
    free = 1.0 - x.shape[1] * float((weights**2).sum())  # residuals of a fit are too small by this
    fitted = x @ slopes
    moved = slopes[0] + (logits[chosen] - fitted) / np.sqrt(max(free, 0.1))
    mean = weights @ (1.0 / (1.0 + np.exp(-moved)))
    below = (weights[:, None] * ((moved < truth) + 0.5 * (moved == truth))).sum(axis=0)
    return mean, below


def recovery_table(
    keys: Sequence[str], cube: Floats, parts: NDArray[np.floating], errors: Floats, seed: int
) -> pd.DataFrame:
    """Measure how well every parameter is recovered in each of the `CASES`.

    Returns
    -------
    DataFrame
        Columns case, key, correlation, cover_50, cover_80, cover_90, and the shares of ranks rank_1 to rank_10.
    """
    playable = ~np.isnan(parts[:, 2]).all(axis=1)
    cube, parts = cube[playable], parts[playable]
    rows: list[dict[str, float | str]] = []
    for number, (case, (pretends, compared)) in enumerate(CASES.items()):
        rng = np.random.default_rng((seed, 77, number))
        seen = shown_by(parts, errors, compared, rng)
        found = recover(cube, seen, seen if pretends == compared else shown_by(parts, errors, pretends, rng), seed)
        covers, ranks = [found.coverage(level) for level in LEVELS], found.histogram()
        for k, (key, tells) in enumerate(zip(keys, found.correlation(), strict=True)):
            named: dict[str, float | str] = {"case": case, "key": key, "correlation": float(tells)}
            named |= {f"cover_{level:.0%}".rstrip("%"): float(c[k]) for level, c in zip(LEVELS, covers, strict=True)}
            rows.append(named | {f"rank_{bin + 1}": float(ranks[bin, k]) for bin in range(BINS)})
    return pd.DataFrame(rows)
