"""The posterior: points drawn by how well they explain 2025, by an ensemble sampler (package emcee).

The prior is even in the cube; the likelihood is the synthetic one of `Ruler`. Walkers move along the differences of
others (ter Braak 2006; Nelson et al. 2014), now and then by a whole difference, from mode to mode; that needs no tuning
in a dozen dimensions. Two groups of walkers know nothing of each other, so that it can be told whether they have found
the same (Gelman and Rubin's R-hat).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.study.calibration.bank import Bank
from sim.study.calibration.distance import Ruler
from sim.study.calibration.search import Found

__all__ = ["CHAIN_LUCK", "GROUPS", "Chains", "Walk", "draw", "r_hat"]

Floats = NDArray[np.float64]
Say = Callable[[str], None]

#: First replication of the ensembles of all walkers: luck that no search has seen.
CHAIN_LUCK = 500_000
#: Groups of walkers that know nothing of each other.
GROUPS = 2
#: Share of the steps that is left out, since walkers still come from where they began.
BURNT = 1 / 3
#: Half-width of the cube around a starting point.
JITTER = 0.02


@dataclass(frozen=True)
class Walk:
    """How long to draw.

    Attributes
    ----------
    walkers : int
        Of each group; even, and at least twice the number of parameters.
    steps : int
        Of every walker.
    runs : int
        Replications a point.
    seed : int
        Seed of all draws.
    """

    walkers: int
    steps: int
    runs: int = 64
    seed: int = 2025

    @property
    def played(self) -> int:
        """How many runs it plays at most."""
        return GROUPS * self.walkers * (self.steps + 1) * self.runs


@dataclass(frozen=True, eq=False)
class Chains:
    """Where walkers have been.

    Attributes
    ----------
    cube : ndarray (G, S, W, d)
        Points by group, step and walker.
    log_likelihood : ndarray (G, S, W)
        Of each.
    accepted : float
        Share of the moves that were made.
    """

    cube: Floats
    log_likelihood: Floats
    accepted: float

    @property
    def kept(self) -> Chains:
        """The same without the first steps."""
        first = int(np.ceil(BURNT * self.cube.shape[1]))
        return Chains(self.cube[:, first:], self.log_likelihood[:, first:], self.accepted)

    def effective(self) -> Floats:
        """Effective number of draws of each parameter, ndarray (d,), by the variance of the means of walkers.

        It is the number of walkers when none has moved away from where it began.
        """
        groups, steps, walkers, d = self.cube.shape
        means = self.cube.mean(axis=1).reshape(-1, d).var(axis=0, ddof=1)
        every = self.cube.reshape(-1, d).var(axis=0)
        least, most = groups * walkers, groups * walkers * steps
        found: Floats = np.clip(least * np.divide(every, means, out=np.ones(d), where=means > 0), least, most)
        return found

    def renewed(self) -> Floats:
        """How often walkers have forgotten where they were, by parameter, ndarray (d,): once is not at all."""
        found: Floats = self.effective() / (self.cube.shape[0] * self.cube.shape[2])
        return found

    def r_hat(self) -> Floats:
        """R-hat of each parameter over halves of both groups, ndarray (d,)."""
        half, d = self.cube.shape[1] // 2, self.cube.shape[-1]
        parts = [self.cube[:, :half], self.cube[:, half : 2 * half]]
        return r_hat(np.concatenate([part.reshape(len(part), -1, d) for part in parts]))


def r_hat(parts: Floats) -> Floats:
    """Potential scale reduction of parts (M, n, d) that should be alike, ndarray (d,): 1 when they are."""
    within = parts.var(axis=1, ddof=1).mean(axis=0)
    between = parts.mean(axis=1).var(axis=0, ddof=1)
    n = parts.shape[1]
    ratio = np.divide(between, within, out=np.zeros_like(between), where=within > 0)
    found: Floats = np.sqrt((n - 1) / n + ratio)
    return found


def draw(bank: Bank, ruler: Ruler, walk: Walk, found: Found, say: Say | None = None) -> Chains:
    """Draw from the posterior, beginning around the best points of a search.

    Raises
    ------
    ImportError
        If emcee is not installed.
    """
    groups = []
    for group, places in enumerate(_places(found, walk)):
        if say is not None:
            say(f"drawing, group {group + 1} of {GROUPS}")
        groups.append(_group(bank, ruler, walk, group, places))
    cube, value, accepted = zip(*groups, strict=True)
    return Chains(np.array(cube), np.array(value), float(np.mean(accepted)))


def _places(found: Found, walk: Walk) -> Floats:
    """Where walkers begin, ndarray (G, W, d): points of the search as far below its best as draws should be.

    A Gaussian posterior lies half a chi-square below its top, with a degree of freedom for each parameter.
    """
    rng = np.random.default_rng((walk.seed, 1))
    wanted, d = GROUPS * walk.walkers, found.cube.shape[1]
    below = found.log_likelihood.max() - found.log_likelihood
    free, chosen = np.ones(below.size), []
    for depth in 0.5 * rng.chisquare(d, wanted):
        nearest = int(np.argmin(np.abs(below - depth) * free + (1.0 - free) * below.max()))
        free[nearest] = 0.0
        chosen.append(nearest)
    places = found.cube[chosen] + JITTER * rng.uniform(-1.0, 1.0, (wanted, d))
    inside: Floats = np.abs(np.mod(places + 1.0, 2.0) - 1.0)  # reflected at the faces of the cube
    return inside.reshape(walk.walkers, GROUPS, d).transpose(1, 0, 2)


def _group(bank: Bank, ruler: Ruler, walk: Walk, group: int, places: Floats) -> tuple[Floats, Floats, float]:
    """Move one group of walkers."""
    import emcee

    def log_posterior(cube: Floats) -> Floats:
        inside = ((cube >= 0.0) & (cube <= 1.0)).all(axis=1)
        value = np.full(len(cube), -np.inf)
        if inside.any():
            value[inside] = ruler.log_likelihood(bank.ensembles(cube[inside], CHAIN_LUCK, walk.runs))
        return value

    # The library's snooker move has half the exponent of its source, which narrows a spread in 14 dimensions by 12 %.
    moves = [(emcee.moves.DEMove(), 0.9), (emcee.moves.DEMove(gamma0=1.0), 0.1)]
    sampler = emcee.EnsembleSampler(walk.walkers, places.shape[1], log_posterior, moves=moves, vectorize=True)
    sampler.random_state = np.random.RandomState([walk.seed, group]).get_state()
    sampler.run_mcmc(places, walk.steps, skip_initial_state_check=True)
    return sampler.get_chain(), sampler.get_log_prob(), float(sampler.acceptance_fraction.mean())
