"""Whole runs of the compiled talks, one after the other."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiled import inlined, inner, unlocked
from sim.ensemble.kernel.bundles import pointed
from sim.ensemble.kernel.facts import Facts
from sim.ensemble.kernel.ladders import forget
from sim.ensemble.kernel.records import LEVEL, Levels
from sim.ensemble.kernel.state import MOVES, WEEK, WHOLE, begin, deal_hand
from sim.ensemble.kernel.talks import Talks
from sim.ensemble.kernel.week import count_weeks, paid, step, strike_down

__all__ = ["Outcomes", "new_outcomes", "play_block", "spread"]

Ints = NDArray[np.int64]


class Outcomes(NamedTuple):
    """How runs ended: B replications under S laws at P places each, the place moving fastest.

    Attributes
    ----------
    wholes : record array (B S P,)
        `WHOLE` at the end of every run.
    partners : record array (B S P, N)
        `MOVES` at its end.
    levels, signed : ndarray (B S P, N, K)
        Packages in force, and as they were signed.
    tracks : ndarray (B S P, T)
        Levels agreed on tracks.
    weeks : record array (B S P, rounds)
        `WEEK` as every round ended.
    """

    wholes: Any
    partners: Any
    levels: Levels
    signed: Levels
    tracks: Ints
    weeks: Any


def new_outcomes(facts: Facts, runs: int) -> Outcomes:
    """Make room for the outcomes of so many runs."""
    (n, k), rounds = facts.bilaterals.counts.shape, int(facts.law["rounds"][0])
    return Outcomes(
        wholes=np.zeros(runs, WHOLE),
        partners=np.zeros((runs, n), MOVES),
        levels=np.zeros((runs, n, k), LEVEL),
        signed=np.zeros((runs, n, k), LEVEL),
        tracks=np.zeros((runs, facts.tracks.partner.size), np.int64),
        weeks=np.zeros((runs, rounds), WEEK),
    )


def spread(outcomes: Outcomes, which: Ints, replications: int) -> Outcomes:
    """Give every place the outcome of the run it shares with all that open their talks in the same weeks.

    Parameters
    ----------
    outcomes : Outcomes
        Of so many replications at Q openings that differ.
    which : ndarray (P,)
        Of these, that of each place.
    replications : int
        B.

    Returns
    -------
    Outcomes
        B P runs.
    """
    each = outcomes.wholes.size // replications
    runs = (np.arange(replications)[:, None] * each + which.reshape(-1)[None, :]).reshape(-1)
    return Outcomes(*(part[runs] for part in outcomes))


@unlocked
def play_block(talks: Talks, laws: Any, opens: Ints, first: int, outcomes: Outcomes) -> None:
    """Play replications from `first` on, under every law at every place, until the room for outcomes is full.

    Parameters
    ----------
    talks : Talks
        Where to play; its own law is written over.
    laws : record array (S,)
        `LAW` of scenarios that differ in nothing else, as those do in which mechanisms are switched on and off.
    opens : ndarray (P, N)
        Rounds in which talks open, by place of the focal partner.
    first : int
        First replication.
    outcomes : Outcomes
        Filled here.
    """
    sets, places, inside = laws.size, opens.shape[0], pointed(talks)
    for b in range(outcomes.wholes.size // (sets * places)):
        deal_hand(inside.facts, inside.hand, first + b)
        forget(inside.ladders)
        for n in range(sets * places):
            inside.facts.law[0] = laws[n // places]
            play(inside, opens[n % places], b * sets * places + n, outcomes)


@inlined
def play(talks: Talks, opens: Ints, run: int, outcomes: Outcomes) -> None:
    """Play one run."""
    law, state = talks.facts.law[0], talks.state
    begin(talks.facts, state, opens)
    for t in range(law.rounds):
        step(talks)
        note_week(talks, outcomes.weeks[run, t])
    if talks.hand.ruling[0] >= law.rounds:  # after the talks, while their outcome is still valued
        count_weeks(talks, talks.hand.ruling[0])
        state.whole[0].round = talks.hand.ruling[0]
        strike_down(talks)
    count_weeks(talks, law.horizon)
    state.whole[0].round = law.rounds
    outcomes.wholes[run] = state.whole[0]
    for i in range(state.partners.size):
        outcomes.partners[run, i] = state.partners[i]
    outcomes.levels[run] = state.levels
    outcomes.signed[run] = state.signed
    for a in range(state.tracks.size):
        outcomes.tracks[run, a] = state.tracks[a].level


@inner
def note_week(talks: Talks, week: Any) -> None:
    """Write the week's figures down."""
    focal, state = talks.facts.law[0].focal, talks.state
    partner = state.partners[focal]
    week.rate, week.average, week.deals = partner.rate, state.whole[0].average, state.whole[0].deals
    week.omega, week.spill = state.states[focal, 0], state.states[focal, 1]
    week.paid, week.answers = paid(talks, focal), partner.answers
