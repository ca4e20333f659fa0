"""Luck as data: every draw is a pure function of its key, never of the order of evaluation.

A draw is keyed by (seed, replication, partner, purpose, round). Two runs that differ only in the queue therefore share
their luck draw by draw: they are twins. Nothing here keeps state, so any number of threads may draw at once.
"""

from __future__ import annotations

import math
from enum import IntEnum

import numpy as np

from sim.compiled import compiled

__all__ = ["Purpose", "normal", "uniform"]


class Purpose(IntEnum):
    """What a draw is for; each purpose has a stream of its own."""

    RESISTANCE = 1
    STANCE = 2
    PRICE_LEVEL = 3
    US_WEIGHT = 4
    TOUGHNESS = 5
    OPENER = 6
    REPRICING = 7
    SIGNAL = 8
    CLAUSE = 9
    ATTENDANCE = 10
    RATIFICATION = 11
    STATEMENT = 12
    STATEMENT_NOISE = 13
    ABSENCE = 14
    FIRST_WORD = 15
    RULING = 16
    TACTIC = 20


_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S27, _S30, _S31, _S11 = np.uint64(27), np.uint64(30), np.uint64(31), np.uint64(11)
_TWO_POW_53 = 9007199254740992.0
_BELOW_ONE = 1.0 - 1.0 / _TWO_POW_53


@compiled
def _mix(z: np.uint64) -> np.uint64:
    """Scramble 64 bits (the finaliser of SplitMix64: Steele, Lea and Flood, OOPSLA 2014)."""
    z = (z ^ (z >> _S30)) * _MIX_1
    z = (z ^ (z >> _S27)) * _MIX_2
    return z ^ (z >> _S31)


@compiled
def uniform(seed: int, replication: int, partner: int, purpose: int, index: int) -> float:
    """Draw from the open interval (0, 1).

    Parameters
    ----------
    seed, replication, partner, purpose, index : int
        The key. `partner` is the economy's own key, not its place in any list; `index` tells draws of one purpose
        apart: the round, or the number of the issue.

    Returns
    -------
    float
        Never 0 or 1.
    """
    z = _mix(np.uint64(seed) + _GOLDEN)
    z = _mix(z ^ (np.uint64(replication) + _GOLDEN))
    z = _mix(z ^ (np.uint64(partner) + _GOLDEN))
    z = _mix(z ^ (np.uint64(purpose) + _GOLDEN))
    z = _mix(z ^ (np.uint64(index) + _GOLDEN))
    return min((float(z >> _S11) + 0.5) / _TWO_POW_53, _BELOW_ONE)


@compiled
def normal(seed: int, replication: int, partner: int, purpose: int, index: int) -> float:
    """Draw from the standard normal distribution, by Box and Muller's transform of two keyed uniforms."""
    u = uniform(seed, replication, partner, purpose, 2 * index)
    v = uniform(seed, replication, partner, purpose, 2 * index + 1)
    return math.sqrt(-2.0 * math.log(u)) * math.cos(2.0 * math.pi * v)
