"""Beliefs about the other side, given or learnt from its offers."""

from sim.bargaining.knowledge.bayesian import Bayesian
from sim.bargaining.knowledge.frequency import Frequency
from sim.bargaining.knowledge.given import Partial, Perfect, Prior
from sim.bargaining.knowledge.knowledge import Knowledge

__all__ = ["Bayesian", "Frequency", "Knowledge", "Partial", "Perfect", "Prior"]
