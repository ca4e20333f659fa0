"""The search: where the assumptions come nearest to 2025, by CMA-ES from several starts (Hansen 2016; package cma).

An evolution strategy moves a cloud of points by the ranks of what they show. It needs no slopes and bears noise, so
that ensembles suit it. Each start has luck of its own, that none lives on one lucky draw; the best of all are then
played anew with luck that no search has seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.study.calibration.bank import Bank
from sim.study.calibration.distance import Ruler

__all__ = ["FRESH", "Found", "Hunt", "best_of", "search"]

Floats = NDArray[np.float64]
Progress = Callable[[str], None]

#: First replication of ensembles that judge and that nothing was fitted to.
FRESH = 1_000_000
#: Log-likelihood of what cannot be played.
WORST = -1e9
#: First step of a search, in sides of the cube; starts lie this far apart, as a share of the cube's diagonal.
STEP, APART = 0.2, 0.15


@dataclass(frozen=True)
class Hunt:
    """How long to search.

    Attributes
    ----------
    starts : int
        Searches, from points that lie apart.
    generations, points : int
        Steps of each, and points of a step.
    runs : int
        Replications a point.
    finalists, fresh : int
        Points of the search, and as many of the chains, that are played anew, and replications each plays then.
    seed : int
        Seed of all draws.
    """

    starts: int = 4
    generations: int = 120
    points: int = 16
    runs: int = 64
    finalists: int = 12
    fresh: int = 256
    seed: int = 2025

    @property
    def played(self) -> int:
        """How many runs it plays at most."""
        return self.starts * self.generations * self.points * self.runs + 2 * self.finalists * self.fresh


@dataclass(frozen=True, eq=False)
class Found:
    """What a search has found.

    Attributes
    ----------
    cube : ndarray (n, d)
        All points, in the order in which they were asked for.
    log_likelihood : ndarray (n,)
        Of each, with the luck of its search.
    """

    cube: Floats
    log_likelihood: Floats


def search(bank: Bank, ruler: Ruler, hunt: Hunt, seeds: Found, say: Progress | None = None) -> Found:
    """Search from the best of some points.

    Parameters
    ----------
    bank : Bank
        Plays points.
    ruler : Ruler
        Measures them.
    hunt : Hunt
        How long.
    seeds : Found
        Points to begin from, such as a design of the priors; the best of them that lie apart are taken.
    say : callable, optional
        Told in words how far it is.

    Raises
    ------
    ImportError
        If cma is not installed.
    """
    found = [seeds]
    for start, place in enumerate(_starts(seeds.cube, seeds.log_likelihood, hunt.starts)):
        if say is not None:
            best = max(float(part.log_likelihood.max()) for part in found)
            say(f"search {start + 1} of {hunt.starts}, best log-likelihood so far {best:.1f}")
        found.append(_one(bank, ruler, hunt, start, place))
    return Found(np.concatenate([f.cube for f in found]), np.concatenate([f.log_likelihood for f in found]))


def _starts(cube: Floats, value: Floats, n: int) -> list[Floats]:
    """Pick the best points that do not lie together; what is missing is filled with the next best."""
    order = np.argsort(-value, kind="stable")
    apart = APART * np.sqrt(cube.shape[1])
    chosen: list[int] = []
    for k in order:
        if len(chosen) < n and all(np.linalg.norm(cube[k] - cube[c]) >= apart for c in chosen):
            chosen.append(int(k))
    chosen += [int(k) for k in order if k not in chosen][: n - len(chosen)]
    return [cube[k] for k in chosen]


def _one(bank: Bank, ruler: Ruler, hunt: Hunt, start: int, place: Floats) -> Found:
    """Search from one place with luck of its own."""
    import cma

    rng = np.random.default_rng((hunt.seed, start))
    options = {
        "bounds": [0.0, 1.0],
        "popsize": hunt.points,
        "maxiter": hunt.generations,
        "randn": lambda *shape: rng.standard_normal(shape),
        "seed": np.nan,
        "verbose": -9,
        "tolfun": 1e-3,
        "tolflatfitness": 20,
    }
    strategy = cma.CMAEvolutionStrategy(np.clip(place, 0.02, 0.98), STEP, options)
    cube, values = [], []
    while not strategy.stop():
        asked = strategy.ask()
        points = np.array(asked)
        value = np.maximum(ruler.log_likelihood(bank.ensembles(points, start * hunt.runs, hunt.runs)), WORST)
        strategy.tell(asked, [-float(v) for v in value])
        cube.append(points)
        values.append(value)
    return Found(np.concatenate(cube), np.concatenate(values))


def best_of(bank: Bank, ruler: Ruler, many: Sequence[Found], hunt: Hunt) -> Found:
    """Play the best points of searches and chains anew with fresh luck.

    Returns
    -------
    Found
        The finalists, best first.
    """
    cube = np.concatenate([_first(bank, found, hunt.finalists) for found in many])
    value = ruler.log_likelihood(bank.ensembles(cube, FRESH, hunt.fresh))
    order = np.argsort(-value, kind="stable")
    return Found(cube[order], value[order])


def _first(bank: Bank, found: Found, n: int) -> Floats:
    """Return the best n points that differ."""
    order = np.argsort(-found.log_likelihood, kind="stable")[: 50 * n]
    _, first = np.unique(bank.space.values(found.cube[order]), axis=0, return_index=True)
    return found.cube[order[np.sort(first)[:n]]]
