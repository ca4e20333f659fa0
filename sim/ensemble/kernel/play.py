"""Whole runs of the compiled talks, one after the other."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiled import inlined, unlocked
from sim.ensemble.kernel.bundles import pointed
from sim.ensemble.kernel.facts import Facts
from sim.ensemble.kernel.ladders import forget
from sim.ensemble.kernel.records import LEVEL, Levels
from sim.ensemble.kernel.state import MOVES, WHOLE, begin, deal_hand
from sim.ensemble.kernel.talks import Talks
from sim.ensemble.kernel.week import count_weeks, step

__all__ = ["Outcomes", "new_outcomes", "play_block"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Outcomes(NamedTuple):
    """How runs ended: B replications at P places each, the place moving fastest.

    Attributes
    ----------
    wholes : record array (B P,)
        `WHOLE` at the end of every run.
    partners : record array (B P, N)
        `MOVES` at its end.
    levels, signed : ndarray (B P, N, K)
        Packages in force, and as they were signed.
    tracks : ndarray (B P, T)
        Levels agreed on tracks.
    focal, average : ndarray (B P, rounds)
        Effective rate of the focal partner, and of all on average, by week.
    deals : ndarray (B P, rounds)
        Deals signed so far.
    """

    wholes: Any
    partners: Any
    levels: Levels
    signed: Levels
    tracks: Ints
    focal: Floats
    average: Floats
    deals: Ints


def new_outcomes(facts: Facts, runs: int) -> Outcomes:
    """Make room for the outcomes of so many runs."""
    (n, k), rounds = facts.bilaterals.counts.shape, int(facts.law["rounds"][0])
    return Outcomes(
        wholes=np.zeros(runs, WHOLE),
        partners=np.zeros((runs, n), MOVES),
        levels=np.zeros((runs, n, k), LEVEL),
        signed=np.zeros((runs, n, k), LEVEL),
        tracks=np.zeros((runs, facts.tracks.partner.size), np.int64),
        focal=np.zeros((runs, rounds)),
        average=np.zeros((runs, rounds)),
        deals=np.zeros((runs, rounds), np.int64),
    )


@unlocked
def play_block(talks: Talks, opens: Ints, first: int, outcomes: Outcomes) -> None:
    """Play replications from `first` on at every place until the room for outcomes is full.

    Parameters
    ----------
    talks : Talks
        Where to play.
    opens : ndarray (P, N)
        Rounds in which talks open, by place of the focal partner.
    first : int
        First replication.
    outcomes : Outcomes
        Filled here.
    """
    places, inside = opens.shape[0], pointed(talks)
    for b in range(outcomes.wholes.size // places):
        deal_hand(inside.facts, inside.hand, first + b)
        forget(inside.ladders)
        for place in range(places):
            play(inside, opens[place], b * places + place, outcomes)


@inlined
def play(talks: Talks, opens: Ints, run: int, outcomes: Outcomes) -> None:
    """Play one run."""
    law, state = talks.facts.law[0], talks.state
    begin(talks.facts, state, opens)
    for t in range(law.rounds):
        step(talks)
        outcomes.focal[run, t] = state.partners[law.focal].rate
        outcomes.average[run, t] = state.whole[0].average
        outcomes.deals[run, t] = state.whole[0].deals
    count_weeks(talks, law.horizon)
    outcomes.wholes[run] = state.whole[0]
    for i in range(state.partners.size):
        outcomes.partners[run, i] = state.partners[i]
    outcomes.levels[run] = state.levels
    outcomes.signed[run] = state.signed
    for a in range(state.tracks.size):
        outcomes.tracks[run, a] = state.tracks[a].level
