"""What a partner signs, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled

__all__ = ["Deal", "Status", "may_sign"]

Ints = NDArray[np.int64]


class Status(StrEnum):
    """Where a partner stands."""

    WAITING = "waiting"
    TALKING = "talking"
    SIGNED = "signed"
    WALKED_OUT = "walked out"


@dataclass(frozen=True, eq=False)
class Deal:
    """A signed package.

    Attributes
    ----------
    iso : str
        The partner.
    round : int
        Week of signing.
    levels : ndarray (K,)
        The package by level.
    gain, us_gain : float
        Gains of both sides over no deal at signing, USD bn.
    sessions : int
        Meetings it took.
    clause : bool
        Whether later comparable rates carry over.
    repriced : bool
        Whether the President asked for more at the last minute and got it.
    """

    iso: str
    round: int
    levels: Ints
    gain: float
    us_gain: float
    sessions: int
    clause: bool
    repriced: bool


@compiled
def may_sign(sessions: int, to_close: int, president: int, now: int, sign_from: int) -> bool:
    """Whether what a session agrees on can be signed: the text is ready, or the President there, and it is time.

    Parameters
    ----------
    sessions, to_close : int
        Sessions held, this one included, and how many a text takes.
    president : int
        1 when the President sits at the table, else 0.
    now, sign_from : int
        The round, and the first in which the partner signs anything.
    """
    return (sessions >= to_close or president != 0) and now >= sign_from
