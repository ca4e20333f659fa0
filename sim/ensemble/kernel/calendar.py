"""The calendar by round: what happens to whom."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.talks.setup import Setup

__all__ = ["NEVER", "Calendar", "calendar_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

#: A round that does not come.
NEVER = -1


class Calendar(NamedTuple):
    """Dated events.

    Attributes
    ----------
    deadline : ndarray (rounds,)
        Next round in which the threat will be carried out, as announced; `NEVER` when none lies ahead.
    snaps, busy : ndarray (rounds,)
        Whether it is carried out, and whether any letter or recall goes out.
    letters : ndarray (rounds, N)
        Rate that a letter announces; not a number without one.
    recalls : ndarray (rounds, N)
        Whether an event brings a partner that walked out back.
    meets : ndarray (rounds, N)
        Whether a meeting is fixed by date.
    president : ndarray (rounds, N)
        Whether the President sits at the table.
    """

    deadline: Ints
    snaps: Bools
    busy: Bools
    letters: Floats
    recalls: Bools
    meets: Bools
    president: Bools


def calendar_of(setup: Setup) -> Calendar:
    """Lay out the calendar of a scenario."""
    timeline, rounds = setup.timeline, setup.scenario.clock.rounds
    isos = [terms.iso for terms in setup.terms]
    deadlines = [timeline.deadline(t) for t in range(rounds)]
    letters = np.full((rounds, len(isos)), np.nan)
    recalls = np.zeros((rounds, len(isos)), np.bool_)
    meets, president = recalls.copy(), recalls.copy()
    for t in range(rounds):
        meetings = timeline.meetings(t)
        meets[t] = [iso in meetings for iso in isos]
        president[t] = [meetings.get(iso, False) for iso in isos]
        for event in timeline.at(t):
            if event.announces:
                letters[t] = [event.rates.get(iso, letters[t, i]) for i, iso in enumerate(isos)]
        back = timeline.called_back(t, isos)
        recalls[t] = [iso in back for iso in isos]
    for t in setup.scenario.politics.president_rounds:
        if t < rounds:
            president[t, isos.index(setup.scenario.queue.focal)] = True
    return Calendar(
        deadline=np.array([NEVER if when is None else when for when in deadlines]),
        snaps=np.isin(np.arange(rounds), timeline.snaps()),
        busy=(recalls | ~np.isnan(letters)).any(axis=1),
        letters=letters,
        recalls=recalls,
        meets=meets,
        president=president,
    )
