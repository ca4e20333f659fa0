"""Who sits for the United States at a table, and what that makes a concession worth to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.luck import Purpose, uniform
from sim.scenario import Scenario
from sim.scenario.delegation import HEADLINES, PRINCIPALS

__all__ = ["PRESIDENT", "Bench", "attending", "bench_of", "draw_attendance", "mixed_weights", "names_of"]

Floats = NDArray[np.float64]
PRESIDENT = 1  # the bit of the first principal
_ATTENDANCE = int(Purpose.ATTENDANCE)


@dataclass(frozen=True, eq=False)
class Bench:
    """The principals as numbers.

    Attributes
    ----------
    weights : ndarray (4, K + 1)
        What each makes of a dollar, by issue and, last, of headlines.
    voices : ndarray (4,)
        How much each counts.
    attendance : ndarray (4,)
        Probability that each attends, at a table of the partner's size.
    strength : float
        How far they differ.
    """

    weights: Floats
    voices: Floats
    attendance: Floats
    strength: float

    def mix(self, present: int) -> Floats:
        """Weights of the delegation when the principals whose bits are set are at the table, ndarray (K + 1,)."""
        return mixed_weights(self.weights, self.voices, present, self.strength)


def bench_of(scenario: Scenario, issues: tuple[str, ...], size: str) -> Bench:
    """Lay out the principals for a table over these issues with a `small`, `middle` or `large` partner."""
    delegation = scenario.united_states.delegation
    members = [getattr(delegation, name) for name in PRINCIPALS]
    return Bench(
        weights=np.array([[m.weights.get(issue, 1.0) for issue in (*issues, HEADLINES)] for m in members]),
        voices=np.array([m.voice for m in members]),
        attendance=np.array([getattr(m, size) for m in members]),
        strength=delegation.strength,
    )


def names_of(present: int) -> list[str]:
    """Names of the principals whose bits are set."""
    return [name for p, name in enumerate(PRINCIPALS) if (present >> p) & 1]


@compiled
def mixed_weights(weights: Floats, voices: Floats, present: int, strength: float) -> Floats:
    """Mean of the weights of those present, by voice: 1 + strength (mean - 1), ndarray (K + 1,).

    With nobody there officials speak for all alike: weights of 1.

    Parameters
    ----------
    weights : ndarray (P, K + 1)
        By principal and value component.
    voices : ndarray (P,)
        How much each counts, > 0.
    present : int
        Bit p is set when principal p is at the table.
    strength : float
        0: principals weigh alike, whoever comes.
    """
    out = np.ones(weights.shape[1])
    total = 0.0
    for p in range(voices.size):
        if (present >> p) & 1:
            total += voices[p]
    if total <= 0.0:
        return out
    for k in range(out.size):
        mean = 0.0
        for p in range(voices.size):
            if (present >> p) & 1:
                mean += voices[p] / total * weights[p, k]
        out[k] = 1.0 + strength * (mean - 1.0)
    return out


@compiled
def draw_attendance(seed: int, replication: int, partner: int, attendance: Floats, round_: int) -> int:
    """Bits of those whose draw is below their probability."""
    present = 0
    for p in range(attendance.size):
        if uniform(seed, replication, partner, _ATTENDANCE, round_ * attendance.size + p) < attendance[p]:
            present |= 1 << p
    return present


def attending(bench: Bench, key: tuple[int, int, int], round_: int, president: bool) -> int:
    """Draw who attends a session: a number with the bits of those present; the President comes when he is due.

    Where principals do not differ it does not matter who comes, and only the President is counted.

    Parameters
    ----------
    bench : Bench
        The principals.
    key : tuple of int
        Seed, replication and the partner's key.
    round_ : int
        The week.
    president : bool
        Whether the calendar brings him.
    """
    due = PRESIDENT if president else 0
    if bench.strength <= 0.0:
        return due
    return int(draw_attendance(*key, bench.attendance, round_)) | due
