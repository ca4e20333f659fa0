"""Retaliation: a partner without a deal answers duties with its own, and the United States go further.

A lever of the talks, not one of the seven reasons why order may matter. What the two duties do to both sides is read
in the payoff tables (:mod:`sim.world.answers`).
"""

from __future__ import annotations

from sim.compiled import compiled

__all__ = ["answering_duty", "escalated_rate"]


@compiled
def answering_duty(strength: float, rate: float, begins: float, week: float) -> float:
    """Duty of the partner on goods from the United States: r_t = strength * rate from its first week on, else 0.

    Parameters
    ----------
    strength : float
        0 turns the lever off, 1 is what was announced.
    rate : float
        The announced duty, a fraction on top of what was levied before.
    begins : float
        Week from which it is levied, in rounds; infinite for a partner that never answers.
    week : float
        The week asked about.

    Returns
    -------
    float
        A fraction; exactly 0.0 before the answer begins and at strength 0.
    """
    if strength <= 0.0 or week < begins:
        return 0.0
    return strength * rate


@compiled
def escalated_rate(threat: float, escalation: float, duty: float, highest: float) -> float:
    """Rate that the United States threaten with once answered: min(threat + escalation * r, highest).

    Parameters
    ----------
    threat : float
        The rate threatened without an answer, a fraction.
    escalation : float
        Points added for each point of the partner's duty: 1 matches it, more goes beyond; 0 ignores it.
    duty : float
        r, the partner's duty in force or announced, from :func:`answering_duty`.
    highest : float
        Rate that escalation stops at. It never lowers the threat: one that is above stays as it is.

    Returns
    -------
    float
        A fraction, at least `threat`; exactly `threat` without an answer or without escalation.
    """
    return max(threat, min(threat + escalation * duty, highest))
