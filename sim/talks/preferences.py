"""Private weights, and what each side guesses of the other's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.luck import Purpose, normal
from sim.scenario import Scenario
from sim.talks.terms import TARIFF, Terms

__all__ = ["Luck", "Preferences", "draw_preferences", "lognormal", "price_level"]

Floats = NDArray[np.float64]

#: Draws that belong to no partner are keyed by this number.
NOBODY = 0


@dataclass(frozen=True)
class Luck:
    """The key of a run's luck: twins have the same."""

    seed: int
    replication: int


@compiled
def lognormal(sd: float, z: float) -> float:
    """Weight of mean 1 and log-spread sd from a standard normal z."""
    return float(np.exp(sd * z - 0.5 * sd * sd))


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


def price_level(scenario: Scenario, luck: Luck) -> float:
    """Log of the resistance that all partners share, hidden from the United States."""
    sd = scenario.partners.price_level_sd
    return sd * normal(luck.seed, luck.replication, NOBODY, int(Purpose.PRICE_LEVEL), 0)


def draw_preferences(scenario: Scenario, terms: Terms, luck: Luck) -> Preferences:
    """Draw the private weights w_ik and v_k and form the guesses.

    `skill` is the share of the log-distance between prior and truth that a side sees through.
    """
    partners = scenario.partners
    own = _weights(luck, terms, Purpose.RESISTANCE, partners.resistance_sd, terms.economy.key)
    delegation = _weights(luck, terms, Purpose.US_WEIGHT, scenario.united_states.weight_sd, NOBODY)
    known = _mean_resistance(scenario, terms)
    common = float(np.exp(price_level(scenario, luck)))
    weights = np.array([known * own * common, delegation, known * own**partners.skill, delegation**partners.skill])
    return Preferences(
        cost=weights[0][:, None] * terms.cost,
        benefit=weights[1][:, None] * terms.benefit,
        cost_guess=weights[2][:, None] * terms.cost,
        benefit_guess=weights[3][:, None] * terms.benefit,
        weights=weights,
    )


def _weights(luck: Luck, terms: Terms, purpose: Purpose, sd: float, who: int) -> Floats:
    """One weight of mean 1 for each issue, keyed by the issue's name so that an added issue changes no other draw."""
    keys = np.array([_issue_key(issue) for issue in terms.issues])
    draws = _draw_weights(luck.seed, luck.replication, who, int(purpose), sd, keys)
    draws[TARIFF] = 1.0  # the general rate acts through the trade model, which knows no private weight
    return draws


@compiled
def _draw_weights(seed: int, replication: int, who: int, purpose: int, sd: float, keys: NDArray[np.int64]) -> Floats:
    """One log-normal weight of mean 1 per key."""
    out = np.empty(keys.size)
    for k in range(keys.size):
        out[k] = lognormal(sd, normal(seed, replication, who, purpose, keys[k]))
    return out


def _mean_resistance(scenario: Scenario, terms: Terms) -> Floats:
    """Mean resistance by issue, as everybody knows it."""
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
