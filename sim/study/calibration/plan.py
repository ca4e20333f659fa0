"""How much is played, from the minutes that there are; the plan counts runs and never looks at a clock."""

from __future__ import annotations

from dataclasses import dataclass

from sim.study.calibration.sampling import Walk
from sim.study.calibration.search import Hunt

__all__ = ["Plan"]

#: Runs a minute that two cores play, cautiously.
A_MINUTE = 72_000
#: Shares of the time: the bank of the priors, the search, and sampling; the rest goes to fresh ensembles.
PRIORS, SEARCH, SAMPLING = 0.12, 0.26, 0.55
STARTS, POINTS, WALKERS_A_SIDE, FRESH = 4, 16, 3, 256


@dataclass(frozen=True)
class Plan:
    """What a calibration plays.

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
        """About how many ensembles there is time for."""
        return max(200, int(self.minutes * A_MINUTE / self.runs))

    @property
    def priors(self) -> int:
        """Points of the priors: a power of two, which a Sobol sequence fills evenly."""
        return int(1 << max(5, int(PRIORS * self.ensembles).bit_length() - 1))

    @property
    def hunt(self) -> Hunt:
        """How long to search."""
        generations = max(2, int(SEARCH * self.ensembles) // (STARTS * POINTS))
        return Hunt(STARTS, generations, POINTS, self.runs, fresh=FRESH, seed=self.seed)

    @property
    def walk(self) -> Walk:
        """How long to draw."""
        walkers = max(WALKERS_A_SIDE * self.sides // 2 * 2, 2 * (self.sides + 1))
        steps = max(6, int(SAMPLING * self.ensembles) // (2 * walkers))
        return Walk(walkers, steps, self.runs, self.seed)

    @property
    def played(self) -> int:
        """How many runs are played at most, but for those that judge the result."""
        return (self.priors + 1) * self.runs + self.hunt.played + self.walk.played
