"""The courts: the law on which the general rates stand may fall, and with it every rate that no deal has fixed."""

from __future__ import annotations

import math

from sim.compiled import compiled
from sim.luck import Purpose, uniform
from sim.scenario import Scenario
from sim.talks.clock import effective_round
from sim.talks.preferences import NOBODY

__all__ = ["NEVER", "dated_ruling", "ruling_round"]

#: A round that does not come.
NEVER = -1
_RULING = int(Purpose.RULING)


@compiled
def ruling_round(seed: int, replication: int, hazard: float, dated: int, horizon: int) -> int:
    """Round in which the duties fall; -1 when they stand for the whole horizon.

    Parameters
    ----------
    seed, replication : int
        Key of the draw: twins share it.
    hazard : float
        Rate a year; the waiting time is exponential.
    dated : int
        The round of a dated ruling, which comes before the hazard; -1 for none.
    horizon : int
        Weeks that are valued.
    """
    when = float(dated)
    if dated < 0:
        if hazard <= 0.0:
            return NEVER
        when = math.floor(-52.0 * math.log(1.0 - uniform(seed, replication, NOBODY, _RULING, 0)) / hazard)
    return int(when) if when < horizon else NEVER


def dated_ruling(scenario: Scenario) -> int:
    """Round of the ruling that a scenario dates; -1 for none."""
    return NEVER if scenario.court.date is None else effective_round(scenario.court.date)
