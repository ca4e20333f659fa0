"""Those at home whose consent a package needs, and how much room each leaves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.lab.session import Standing, table_of
from sim.talks.home import Home
from sim.talks.story import issue_word, value_words
from sim.talks.terms import Terms

__all__ = ["Voice", "voices_on"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Voice:
    """A veto player, and what it makes of a package.

    Attributes
    ----------
    name : str
        Who it is.
    used : float
        How much of what it lets pass is used on the issue that is tightest, a share; above 1 it says no.
    objects : bool
        Whether it is expected to say no.
    reason : str
        Why, in a sentence.
    """

    name: str
    used: float
    objects: bool
    reason: str


def voices_on(at: Standing, levels: tuple[int, ...]) -> tuple[Voice, ...]:
    """Ask everybody at home about a package.

    The answer is what is expected (:func:`sim.talks.home.let_pass`); on the day itself each may let a little more or
    less pass. Who minds nothing is left out.
    """
    talks, player = at.talks, at.player
    home, terms = talks.setup.homes[player.index], table_of(at).terms
    passes = home.passes(talks.experiment, talks.round)
    near = home.near(talks.experiment, talks.round)
    shares = terms.shares[np.arange(len(levels)), list(levels)]
    minded = [p for p in range(len(home.players)) if (passes[p] < 1.0).any()]
    return tuple(_voice(home, p, passes[p], shares, (terms, near)) for p in minded)


def _voice(home: Home, p: int, passes: Floats, shares: Floats, where: tuple[Terms, bool]) -> Voice:
    terms, near = where
    used = np.array([_used(share, limit) for share, limit in zip(shares, passes, strict=True)])
    k = int(np.argmax(used))
    name, objects = home.players[p].replace("_", " "), bool(used[k] > 1.0 + 1e-9)
    tight = " before the election" if near and home.tightening[p] > 0.0 else ""
    limit = _limit_words(terms, k, float(passes[k]))
    if objects:
        reason = f"says no: {issue_word(terms.issues[k])} beyond {limit}{tight}"
    elif used[k] > 0.0:
        reason = f"lets {issue_word(terms.issues[k])} pass up to {limit}{tight}"
    else:
        reason = f"nothing here that it minds{tight}"
    return Voice(name, float(used[k]), objects, reason)


def _used(share: float, limit: float) -> float:
    """How much of a limit is used; nothing where there is none, and at zero where zero is all that passes."""
    if limit >= 1.0 or share <= 0.0:
        return 0.0
    return share / limit if limit > 0.0 else np.inf


def _limit_words(terms: Terms, k: int, limit: float) -> str:
    """The highest level within a limit, in words."""
    level = int(np.floor(limit * (int(terms.counts[k]) - 1) + 1e-9))
    return value_words(terms.issues[k], float(terms.grid[k, level]), terms.units[k])
