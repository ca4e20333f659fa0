"""Retaliation at the table: who answers with which duty, and what that does to the value of having no deal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.mechanisms import answering_duty, escalated_rate
from sim.scenario import Scenario
from sim.talks.terms import deficit_weight
from sim.world import Economy, PayoffTables
from sim.world.answers import answer_curves

__all__ = ["Answers", "answered", "answers_of"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Answers:
    """The partners' answers to a threat that is carried out.

    Attributes
    ----------
    duties : ndarray (N,)
        Duty that each would levy on goods from the United States; 0 for those that do not answer.
    escalation, ceiling : float
        What the United States add per point of it, and the highest rate they go to.
    gain, home, imports : ndarray (N, 3, P, Q)
        What answers change, from `sim.world.answer_tables`.
    steps : ndarray (2,)
        Spacing of those tables.
    rates : ndarray (K,)
        Own rates of the curves.
    weights : ndarray (N, 2)
        Political weights of the United States on revenue and on imports, by partner.
    """

    duties: Floats
    escalation: float
    ceiling: float
    gain: Floats
    home: Floats
    imports: Floats
    steps: Floats
    rates: Floats
    weights: Floats

    @property
    def any(self) -> bool:
        """Whether anybody would answer."""
        return bool(self.duties.any())

    def threat(self, i: int, rate: float) -> float:
        """General rate that the i-th partner faces when a threat of `rate` is carried out and it answers."""
        return float(escalated_rate(rate, self.escalation, self.duties[i], self.ceiling))

    def curves(self, gain: Floats, home: Floats, omegas: Floats) -> tuple[Floats, Floats]:
        """g_i and h_i by own rate once everybody's answer is in force, ndarrays (N, K).

        Parameters
        ----------
        gain, home : ndarray (N, K)
            The same without answers, USD bn a year.
        omegas : ndarray (N,)
            State of the world as each partner meets it.
        """
        if not self.any:
            return gain, home
        changes = [
            answer_curves(t, self.steps, self.rates, omegas, self.duties) for t in (self.gain, self.home, self.imports)
        ]
        return gain + changes[0], answered(home, changes[1], changes[2], self.rates, self.weights)


@compiled
def answered(home: Floats, change: Floats, imports: Floats, rates: Floats, weights: Floats) -> Floats:
    """h_i with political weights under an answer: h + dh + (w_R e - w_D) dM, ndarray (N, K), USD bn a year.

    Parameters
    ----------
    home, change, imports : ndarray (N, K)
        h_i with political weights without an answer, the change of h_i, and that of US imports.
    rates : ndarray (K,)
        Own rates.
    weights : ndarray (N, 2)
        On revenue, and on imports kept out.
    """
    out = np.empty(home.shape)
    for i in range(home.shape[0]):
        for k in range(home.shape[1]):
            out[i, k] = home[i, k] + change[i, k] + (weights[i, 0] * rates[k] - weights[i, 1]) * imports[i, k]
    return out


def answers_of(scenario: Scenario, economies: Sequence[Economy], tables: PayoffTables) -> Answers:
    """Lay out the answers of the partners in a run."""
    lever, us = scenario.retaliation, scenario.united_states
    isos = [economy.iso3 for economy in economies]
    rows = [tables.iso.index(iso) for iso in isos]
    duty = answering_duty(lever.strength, lever.rate, 0.0, 0.0)
    return Answers(
        duties=np.array([duty if iso in lever.partners else 0.0 for iso in isos]),
        escalation=lever.escalation,
        ceiling=lever.ceiling,
        gain=tables.answers.gain[rows],
        home=tables.answers.home[rows],
        imports=tables.answers.imports[rows],
        steps=tables.answers.steps,
        rates=tables.rates,
        weights=np.array([[us.revenue_weight, deficit_weight(scenario, economy)] for economy in economies]),
    )
