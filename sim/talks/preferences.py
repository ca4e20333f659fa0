"""Private weights, and what each side guesses of the other's."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.luck import Purpose, normal
from sim.scenario import Scenario
from sim.talks.terms import TARIFF, Terms

__all__ = [
    "Luck",
    "Preferences",
    "draw_preferences",
    "draw_weights",
    "issue_keys",
    "lognormal",
    "mean_resistance",
    "price_level",
    "weigh",
]

Floats = NDArray[np.float64]

#: Draws that belong to no partner are keyed by this number.
NOBODY = 0
_PRICE_LEVEL = int(Purpose.PRICE_LEVEL)


@dataclass(frozen=True)
class Luck:
    """The key of a run's luck: twins have the same."""

    seed: int
    replication: int


@compiled
def lognormal(sd: float, z: float) -> float:
    """Weight of mean 1 and log-spread sd from a standard normal z."""
    return math.exp(sd * z - 0.5 * sd * sd)


@dataclass(frozen=True, eq=False)
class Preferences:
    """Values of both sides of one bilateral, USD bn a year by issue and level, all (K, L).

    Attributes
    ----------
    cost, benefit : ndarray
        True cost to the partner and benefit to the United States.
    cost_guess : ndarray
        Cost as the United States believe it, before they learn the common level of prices.
    benefit_guess : ndarray
        Benefit as the partner believes it.
    weights : ndarray (4, K)
        w, v, w as the United States guess it before they learn the common level, v as the partner guesses it.
    """

    cost: Floats
    benefit: Floats
    cost_guess: Floats
    benefit_guess: Floats
    weights: Floats

    def before(self, mix: Floats) -> Preferences:
        """Return the values where the delegation weighs issues by `mix`, ndarray (K,), which both sides can see."""
        return replace(self, benefit=mix[:, None] * self.benefit, benefit_guess=mix[:, None] * self.benefit_guess)


@compiled
def price_level(seed: int, replication: int, sd: float) -> float:
    """Log of the resistance that all partners share, hidden from the United States."""
    return sd * normal(seed, replication, NOBODY, _PRICE_LEVEL, 0)


def draw_preferences(scenario: Scenario, terms: Terms, luck: Luck) -> Preferences:
    """Draw the private weights w_ik and v_k and form the guesses.

    `skill` is the share of the log-distance between prior and truth that a side sees through.
    """
    partners, key = scenario.partners, (luck.seed, luck.replication)
    keys, known = issue_keys(terms), mean_resistance(scenario, terms)
    own = draw_weights(*key, terms.economy.key, int(Purpose.RESISTANCE), partners.resistance_sd, keys)
    delegation = draw_weights(*key, NOBODY, int(Purpose.US_WEIGHT), scenario.united_states.weight_sd, keys)
    weights = weigh(own, delegation, known, price_level(*key, partners.price_level_sd), partners.skill)
    return Preferences(
        cost=weights[0][:, None] * terms.cost,
        benefit=weights[1][:, None] * terms.benefit,
        cost_guess=weights[2][:, None] * terms.cost,
        benefit_guess=weights[3][:, None] * terms.benefit,
        weights=weights,
    )


@compiled
def draw_weights(seed: int, replication: int, who: int, purpose: int, sd: float, keys: NDArray[np.int64]) -> Floats:
    """One log-normal weight of mean 1 per issue, keyed by the issue's name so that an added issue changes no other."""
    out = np.empty(keys.size)
    for k in range(keys.size):
        out[k] = lognormal(sd, normal(seed, replication, who, purpose, keys[k]))
    out[TARIFF] = 1.0  # the general rate acts through the trade model, which knows no private weight
    return out


@compiled
def weigh(own: Floats, delegation: Floats, known: Floats, level: float, skill: float) -> Floats:
    """Form the weights of `Preferences`, ndarray (4, K), from what was drawn.

    Parameters
    ----------
    own, delegation : ndarray (K,)
        Draws of the partner and of the United States.
    known : ndarray (K,)
        Mean resistance by issue, as everybody knows it.
    level : float
        Log of the resistance that all partners share.
    skill : float
        Share of the log-distance between prior and truth that a side sees through.
    """
    out = np.empty((4, own.size))
    common = math.exp(level)
    for k in range(own.size):
        out[0, k] = known[k] * own[k] * common
        out[1, k] = delegation[k]
        out[2, k] = known[k] * own[k] ** skill
        out[3, k] = delegation[k] ** skill
    return out


def issue_keys(terms: Terms) -> NDArray[np.int64]:
    """Numbers that stand for the names of a bilateral's issues, ndarray (K,)."""
    return np.array([_issue_key(issue) for issue in terms.issues])


def mean_resistance(scenario: Scenario, terms: Terms) -> Floats:
    """Mean resistance by issue, as everybody knows it, ndarray (K,)."""
    override = scenario.partners.overrides.get(terms.iso)
    means = {} if override is None else override.resistance
    return np.array([means.get(issue, 1.0) for issue in terms.issues])


@cache
def _issue_key(issue: str) -> int:
    """Small number that stands for an issue's name."""
    value = 0
    for letter in issue:
        value = (value * 31 + ord(letter)) % 1_000_003
    return value
