"""Approximate Bayesian computation by sequential Monte Carlo, with pyABC (an optional extra, `calibration`).

Populations of assumptions move from the priors towards those whose runs are near 2025: each keeps what is nearer than
the middle of the one before (Toni et al. 2009; pyABC: Schälte et al. 2022).
"""

from __future__ import annotations

import itertools
import logging
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from numpy.typing import NDArray

from sim.ensemble.sealed import checked
from sim.study.calibration.priors import Prior

__all__ = ["Cloud", "Plan", "calibrate"]

#: Candidates of a round of evaluations; a number of its own, so that processes do not change what is drawn.
BATCH = 32
#: Points move by twice the covariance of their population (Beaumont et al. 2009). The library's own rule narrows with
#: the effective sample size: in a dozen dimensions a few points then carry all the weight, and it narrows further.
TWICE = 2.0
Simulator = Callable[[dict[str, float | int], int], dict[str, float]]
Distance = Callable[[Mapping[str, float]], float]
Report = Callable[[int, int, int], None]


@dataclass(frozen=True)
class Plan:
    """How long to go on.

    Attributes
    ----------
    particles : int
        Accepted points a population.
    populations : int
        Populations at most.
    evaluations : int
        Runs after which no further population is begun.
    seed : int
        Seed of all draws.
    jobs : int or None
        Processes; the numbers do not depend on it.
    """

    particles: int = 200
    populations: int = 6
    evaluations: int = 20_000
    seed: int = 2025
    jobs: int | None = None


@dataclass(frozen=True, eq=False)
class Cloud:
    """The last population that was finished.

    Attributes
    ----------
    points : DataFrame
        One row a particle, one column a parameter, in the schema's units.
    weights : ndarray
        Weight of each particle; they add to 1.
    epsilon : tuple of float
        Largest distance that each population accepted, in order.
    evaluations : int
        Runs in all.
    """

    points: pd.DataFrame
    weights: NDArray[np.float64]
    epsilon: tuple[float, ...]
    evaluations: int


def calibrate(
    priors: Sequence[Prior], simulate: Simulator, distance: Distance, plan: Plan, report: Report | None = None
) -> Cloud:
    """Move from the priors towards what is near.

    Parameters
    ----------
    priors : sequence of Prior
        The parameters.
    simulate : callable
        Takes parameters by key and a whole number that stands for luck; gives numbers by name.
    distance : callable
        Takes what `simulate` gave.
    plan : Plan
        How long to go on.
    report : callable, optional
        Called with the population, what it has accepted and what it shall accept.

    Raises
    ------
    ImportError
        If pyABC is not installed.
    KeyboardInterrupt
        If not even one population was finished; a later interrupt keeps those that were.
    """
    import pyabc

    logging.getLogger("ABC").setLevel(logging.WARNING)
    model = _Model(tuple(priors), simulate)
    abc = pyabc.ABCSMC(
        models=model,
        parameter_priors=pyabc.Distribution(
            **{model.name(p): pyabc.RV("uniform", p.ends[0], p.ends[1] - p.ends[0]) for p in priors}
        ),
        distance_function=_Distance(distance),
        population_size=plan.particles,
        eps=pyabc.MedianEpsilon(),
        sampler=_keyed_sampler(plan, report),
        transitions=pyabc.MultivariateNormalTransition(scaling=TWICE, bandwidth_selector=_whole),
    )
    with tempfile.TemporaryDirectory() as folder:
        history = abc.new(f"sqlite:///{Path(folder) / 'populations.db'}", {"seen": 0.0})
        try:
            abc.run(max_nr_populations=plan.populations, max_total_nr_simulations=plan.evaluations)
        except KeyboardInterrupt:
            if history.max_t < 0:
                raise
        return _cloud(history, model)


def _cloud(history: Any, model: _Model) -> Cloud:
    """Read the last population from the record."""
    frame, weights = history.get_distribution(m=0, t=history.max_t)
    told = history.get_all_populations()
    points = pd.DataFrame([model.values(row) for row in frame.to_dict("records")])
    epsilon = tuple(float(e) for e in told.loc[told["t"] >= 0, "epsilon"])
    return Cloud(points, np.asarray(weights, dtype=float), epsilon, int(history.total_nr_simulations))


class _Distance:
    """The distance in the shape pyABC asks for; what was observed is inside the function already."""

    def __init__(self, distance: Distance) -> None:
        self.distance = distance

    def __call__(self, x: Mapping[str, float], x_0: Mapping[str, float]) -> float:
        return self.distance(x)


class _Model:
    """The simulator in the shape pyABC asks for: points on the priors' scales under plain names."""

    __name__ = "talks"

    def __init__(self, priors: tuple[Prior, ...], simulate: Simulator) -> None:
        self.priors, self.simulate = priors, simulate

    @staticmethod
    def name(prior: Prior) -> str:
        """Name of a parameter without dots."""
        return prior.key.replace(".", "__")

    def values(self, point: Mapping[Any, float]) -> dict[str, float | int]:
        """Parameters in the schema's units, in the order of the priors."""
        return {p.key: p.value(point[self.name(p)]) for p in self.priors}

    def __call__(self, point: Mapping[str, float]) -> dict[str, float]:
        return self.simulate(self.values(point), int(np.random.randint(2**31 - 1)))  # noqa: NPY002  (seeded per draw)


def _draw(candidate: Callable[[], Any], key: tuple[int, ...]) -> Any:
    """Draw and run one candidate; the global generators, from which pyABC draws, are seeded by its number."""
    state = np.random.SeedSequence(key).generate_state(4)
    np.random.seed(state)  # noqa: NPY002
    random.seed(int(state[0]))
    return candidate()


def _keyed_sampler(plan: Plan, report: Report | None) -> Any:
    """Make a sampler whose k-th candidate is the same whoever computes it, accepted in the order of k."""
    from pyabc.sampler.base import Sampler

    class KeyedSampler(Sampler):  # type: ignore[misc]
        def sample_until_n_accepted(self, n: int, simulate_one: Any, t: int, **limits: Any) -> Any:
            sample, accepted = self._create_empty_sample(), 0
            self.nr_evaluations_ = 0
            for particle in _candidates(simulate_one, (plan.seed, t + 1), plan.jobs):
                self.nr_evaluations_ += 1
                sample.append(particle)
                accepted += bool(particle.accepted)
                if report is not None:
                    report(t, accepted, n)
                if accepted == n:
                    return sample
            raise AssertionError("candidates have no end")

    return KeyedSampler()


def _whole(points: float, dimension: int) -> float:
    """Take the covariance as it is, whatever the number of points."""
    return 1.0


def _candidates(candidate: Callable[[], Any], key: tuple[int, ...], jobs: int | None) -> Iterator[Any]:
    """Candidates in order, without end; a batch is finished before its first is used, so that none is cut off."""
    with Parallel(n_jobs=jobs or -1) as parallel:
        for batch in itertools.count():
            numbers = range(batch * BATCH, (batch + 1) * BATCH)
            yield from checked(parallel, (delayed(_draw)(candidate, (*key, k)) for k in numbers))
