"""Sessions between time-dependent tactics, in one compiled loop over the same rules."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.bargaining.acceptance import AcAspiration
from sim.bargaining.aspiration import aspiration
from sim.bargaining.domain import Domain
from sim.bargaining.sums import Halves, lowest_reaching, worth_of
from sim.bargaining.tactics.tactic import Tactic
from sim.bargaining.tactics.timed import SLACK, Boulware, Conceder, Linear, TimeDependent, timed_target
from sim.bargaining.view import View
from sim.compiled import compiled

__all__ = ["both_timed", "play_timed", "play_timed_tactics", "take_turn"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KNOWN = (TimeDependent, Boulware, Linear, Conceder)  # a subclass may have changed a rule


def both_timed(first: Tactic, second: Tactic) -> bool:
    """Whether the compiled loop knows both tactics."""
    return all(type(tactic) in KNOWN and type(tactic.acceptance) is AcAspiration for tactic in (first, second))


def play_timed_tactics(domain: Domain, first: Tactic, second: Tactic, rounds: int, opener: int) -> tuple[Ints, bool]:
    """Run a session.

    Returns
    -------
    offers : ndarray (n, 2)
        Keys of the halves of each offer, -1 for a pass.
    agreed : bool
        Whether the last one was accepted.
    """
    views = (domain.view(0), domain.view(1))
    for tactic, view in zip((first, second), views, strict=True):
        tactic.start(view)
    terms = np.array([_terms(view, tactic) for view, tactic in zip(views, (first, second), strict=True)])
    return play_timed(views[opener].halves, views[1 - opener].halves, terms[[opener, 1 - opener]], rounds)


@compiled
def take_turn(mine: Halves, terms: Floats, elapsed: float, offers: Ints) -> bool:
    """Answer the offer in the first row and, unless it is accepted, put one's own into the second."""
    aim = timed_target(aspiration(elapsed, terms[0]), terms[1], terms[2], terms[3], terms[4])
    if offers[0, 0] >= 0 and worth_of(mine, offers[0, 0], offers[0, 1]) >= aim:
        return True
    offers[1, 0], offers[1, 1] = lowest_reaching(mine, aim)
    return False


@compiled
def play_timed(opener: Halves, other: Halves, terms: Floats, rounds: int) -> tuple[Ints, bool]:
    """Alternate offers until one meets the other side's aim.

    Parameters
    ----------
    opener, other : Halves
        Utilities of both sides, the opener first.
    terms : ndarray (2, 5)
        Of each side: stance, floor, best, least and slack.
    rounds : int
        Rounds there are.
    """
    offers = np.full((2 * rounds + 1, 2), -1)  # before the first there is none, as after a pass
    for turn in range(2 * rounds):
        elapsed = (turn // 2 + 1.0) / (rounds + 1.0)
        if turn % 2 == 0:
            accepted = take_turn(opener, terms[0], elapsed, offers[turn : turn + 2])
        else:
            accepted = take_turn(other, terms[1], elapsed, offers[turn : turn + 2])
        if accepted:
            return offers[1 : turn + 1], True
    return offers[1:], False


def _terms(view: View, tactic: Tactic) -> tuple[float, float, float, float, float]:
    """Stance, floor, best, least and slack of a side."""
    assert isinstance(tactic, TimeDependent)
    return tactic.beta, view.floor, view.best, view.reservation - view.noise, SLACK * view.span
