"""How much is played, from the minutes that there are; the plan counts ensembles, never looks at a clock."""

from __future__ import annotations

from dataclasses import dataclass

from sim.study.calibration.search import Hunt

__all__ = ["Plan"]

#: Ensembles of 64 runs a minute that two cores play, cautiously.
A_MINUTE = 500
RUNS = 64
#: Shares of the time: the bank of the priors, the search, and sampling; the rest goes to fresh ensembles.
PRIORS, SEARCH, SAMPLING = 0.15, 0.30, 0.45
STARTS, POINTS, WALKERS_A_SIDE = 4, 16, 3


@dataclass(frozen=True)
class Plan:
    """What a calibration plays, as numbers of ensembles.

    Attributes
    ----------
    minutes : float
        Of two cores, about.
    runs : int
        Replications an ensemble.
    sides : int
        Parameters.
    seed : int
        Seed of all draws.
    """

    minutes: float
    runs: int
    sides: int
    seed: int

    @property
    def ensembles(self) -> int:
        """About how many ensembles are played in all."""
        return max(200, int(self.minutes * A_MINUTE * RUNS / self.runs))

    @property
    def priors(self) -> int:
        """Points of the priors: a power of two, which a Sobol sequence fills evenly."""
        return 1 << max(4, int(PRIORS * self.ensembles).bit_length() - 1)

    @property
    def hunt(self) -> Hunt:
        """How long to search."""
        generations = max(2, int(SEARCH * self.ensembles) // (STARTS * POINTS))
        return Hunt(STARTS, generations, POINTS, self.runs, seed=self.seed)

    @property
    def walkers(self) -> int:
        """Chains that are drawn side by side; an even number."""
        return max(WALKERS_A_SIDE * self.sides // 2 * 2, 2 * (self.sides + 1))

    @property
    def steps(self) -> int:
        """Steps of every chain."""
        return max(4, int(SAMPLING * self.ensembles) // self.walkers)
