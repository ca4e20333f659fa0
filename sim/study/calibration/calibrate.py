"""A whole calibration: the bank of the priors, the search, the chains, and fresh ensembles that judge them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.study.calibration.bank import Bank
from sim.study.calibration.coverage import recovery_table
from sim.study.calibration.design import sobol
from sim.study.calibration.distance import Ruler
from sim.study.calibration.ensemble import Talks
from sim.study.calibration.plan import Plan
from sim.study.calibration.posterior import WEIGHT
from sim.study.calibration.predictions import COLUMNS, predict
from sim.study.calibration.result import Result, best_found, parameters_of, posterior_of, quality_of
from sim.study.calibration.sampling import Chains, draw
from sim.study.calibration.search import WORST, Found, best_of, search

__all__ = ["JUDGE", "PRIOR_LUCK", "Said", "Sought", "calibrate", "seek"]

Floats = NDArray[np.float64]

#: First replications of the bank of the priors, where every point has luck of its own, and of what judges the result.
PRIOR_LUCK, JUDGE = 10_000_000, 2_000_000
#: Replications that judge the two single points, the defaults and the best.
MANY = 512
ORDER = ("defaults", "priors", "posterior", "best")


class Said(Protocol):
    """Somebody who is told how far it is."""

    def say(self, words: str) -> None:
        """Hear what is under way."""

    def told(self, runs: int) -> None:
        """Hear of runs that were played."""


@dataclass(frozen=True, eq=False)
class Sought:
    """What comes before the chains.

    Attributes
    ----------
    prior : ndarray (n, d)
        Points of the prior in the cube.
    parts : ndarray (n, 4, T)
        Their ensembles.
    found : Found
        Points of the search, those of the prior among them.
    """

    prior: Floats
    parts: NDArray[np.float32]
    found: Found


def seek(bank: Bank, ruler: Ruler, plan: Plan, said: Said) -> Sought:
    """Fill the bank of the priors, and search from its best points and from the defaults."""
    said.say("ensembles of the priors")
    prior = sobol(plan.sides, plan.priors, plan.seed)
    firsts = [PRIOR_LUCK + k * plan.runs for k in range(len(prior))]
    parts = bank.ensembles(prior, firsts, plan.runs)
    bank.write()
    usual = bank.space.defaults()[None]
    seeds = np.vstack([usual, prior])
    shown = np.concatenate([bank.ensembles(usual, PRIOR_LUCK, plan.runs), parts])
    start = Found(seeds, np.maximum(ruler.log_likelihood(shown), WORST))
    found = search(bank, ruler, plan.hunt, start, said.say)
    bank.write()
    return Sought(prior, parts, found)


def calibrate(bank: Bank, talks: Talks, ruler: Ruler, plan: Plan, about: dict[str, str], said: Said) -> Result:
    """Calibrate from beginning to end; what the bank holds already is not played again.

    Parameters
    ----------
    bank : Bank
        Plays and keeps ensembles of `talks`.
    talks : Talks
        What is calibrated.
    ruler : Ruler
        Measures how far ensembles are from 2025.
    plan : Plan
        How much is played.
    about : dict
        Where it comes from, for the header of all files.
    said : Said
        Is told how far it is.
    """
    sought = seek(bank, ruler, plan, said)
    chains = draw(bank, ruler, plan.walk, sought.found, said.say).kept
    said.say("playing the best points anew")
    best = best_of(bank, ruler, [sought.found, best_found(chains)], plan.hunt)
    bank.write()
    posterior = posterior_of(bank.space, chains, best.cube[0], about | _how(plan, chains, len(bank)))
    said.say("judging with fresh luck")
    parts, table = predict(talks, posterior.every(), (JUDGE, plan.runs), bank.jobs, said.told)
    table[WEIGHT] = posterior.weights[table["point"]]
    table["fit"] = _fits(ruler, talks, parts).reshape(-1)
    said.say("pretended talks")
    recovery = recovery_table(bank.space.keys, sought.prior, sought.parts, ruler.errors, plan.seed)
    cases = _judged(bank, best.cube[0]) | {
        "priors": (sought.parts, np.ones(len(sought.parts))),
        "posterior": (parts, posterior.weights),
    }
    quality = quality_of(ruler, talks.looked_at, {name: cases[name] for name in ORDER})
    parameters = parameters_of(bank.space, posterior, chains, recovery)
    return Result(posterior, table[list(COLUMNS)], quality, parameters, recovery)


def _fits(ruler: Ruler, talks: Talks, parts: NDArray[np.float32]) -> Floats:
    """Log-likelihood of what each partner shows, up to a constant, by point: ndarray (n, partners)."""
    owners = [target.name.split(".")[0] for target in talks.looked_at]
    counted = [[owner == deal.iso for owner in owners] for deal in talks.asked]
    alone = [replace(ruler, weights=np.where(mine, ruler.weights, 0.0)).log_likelihood(parts) for mine in counted]
    return np.stack(alone, axis=1)


def _judged(bank: Bank, best: Floats) -> dict[str, tuple[NDArray[np.float32], Floats]]:
    """Ensembles of the defaults and of the best point with luck that has chosen nothing."""
    points = np.vstack([bank.space.defaults(), best])
    parts = bank.ensembles(points, JUDGE, MANY)
    return {name: (parts[[k]], np.ones(1)) for k, name in enumerate(("defaults", "best"))}


def _how(plan: Plan, chains: Chains, ensembles: int) -> dict[str, str]:
    """How the posterior was drawn, in words."""
    (groups, steps, walkers, _), hunt = chains.cube.shape, plan.hunt
    effective = chains.effective()
    return {
        "ensembles": f"{ensembles} of {plan.runs} runs and more",
        "priors": f"{plan.priors} points",
        "search": f"CMA-ES, {hunt.starts} starts, {hunt.generations} generations of {hunt.points} at most",
        "chains": f"{groups} groups of {walkers} walkers, {steps} steps kept of {plan.walk.steps}",
        "moves accepted": f"{chains.accepted:.0%}",
        "effective draws": f"{effective.min():.0f} to {effective.max():.0f}",
        "walkers renewed": f"{chains.renewed().min():.1f} times at least",
        "largest R-hat": f"{chains.r_hat().max():.3f}",
    }
