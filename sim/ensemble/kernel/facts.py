"""A scenario as arrays: all that the compiled talks read and never change."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.kernel.calendar import Calendar, calendar_of
from sim.ensemble.kernel.cards import cards_of
from sim.ensemble.kernel.homes import Homes, homes_of
from sim.ensemble.kernel.law import law_of
from sim.ensemble.kernel.tracks_of import TrackFacts, track_facts_of
from sim.talks.delegation import PRESIDENT
from sim.talks.hub import worth_of_next
from sim.talks.ladders import through_rates
from sim.talks.preferences import issue_keys, mean_resistance
from sim.talks.queue import opening_rounds
from sim.talks.setup import Setup
from sim.talks.value import grips_of
from sim.world.outlook import Outlook

__all__ = ["Bilaterals", "Delegations", "Facts", "Worlds", "facts_of", "openings_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Bilaterals(NamedTuple):
    """What lies on the tables: `sim.talks.terms.Terms` of all partners, ragged rows padded.

    Attributes
    ----------
    counts : ndarray (N, K)
        Levels of each issue.
    grid, shares, cost, benefit : ndarray (N, K, L)
        As in `Terms`.
    by_gain, by_home : ndarray (N, K, L)
        Flows at the levels of both rates in the world as it begins.
    known : ndarray (N, K)
        Mean resistance.
    keys : ndarray (K,)
        Numbers that stand for the issues' names.
    supply : ndarray (K,)
        What there is of an issue for all partners together.
    rungs : int
        Most rungs a ladder can have.
    """

    counts: Ints
    grid: Floats
    shares: Floats
    cost: Floats
    benefit: Floats
    by_gain: Floats
    by_home: Floats
    known: Floats
    keys: Ints
    supply: Floats
    rungs: int


class Worlds(NamedTuple):
    """The payoff tables, and how partners resemble each other.

    Attributes
    ----------
    gain, home : ndarray (N, M, R)
        g_i and h_i by omega and own rate, so that a curve by own rate lies in one piece.
    steps : ndarray (2,)
        Spacing of both.
    grips : ndarray (R,)
        How far a tilt acts on h at each own rate.
    start : ndarray (N, 3)
        States of the world in round 0.
    outlook : Outlook
        What states of the world are read from.
    imports, headline, importance : ndarray (N,)
        US imports, how far a deal makes a headline, and the weight in the choice of whom to meet.
    alike : ndarray (N, N)
        Similarity.
    peers : ndarray (N, N)
        Who counts as comparable.
    scales : ndarray (N, K)
        Yearly benefit from the whole of an issue.
    answers : tuple of ndarray
        Changes of gain, home and imports by an answer, spacing of their knots, own rates, political weights.
    """

    gain: Floats
    home: Floats
    steps: Floats
    grips: Floats
    start: Floats
    outlook: Outlook
    imports: Floats
    headline: Floats
    importance: Floats
    alike: Floats
    peers: Bools
    scales: Floats
    answers: tuple[Floats, Floats, Floats, Floats, Floats, Floats]


class Delegations(NamedTuple):
    """Who comes for the United States.

    Attributes
    ----------
    mix : ndarray (N, B, K + 1)
        Weights by the bits of those present.
    attendance : ndarray (N, P)
        Probability that each principal attends.
    agenda : ndarray (2, K)
        Whether each issue may be conceded, without the President and with him.
    """

    mix: Floats
    attendance: Floats
    agenda: Bools


class Facts(NamedTuple):
    """Everything the compiled talks read.

    Attributes
    ----------
    law : record array (1,)
        Numbers of the scenario, `sim.ensemble.kernel.law.LAW`.
    cards : record array (N,)
        Numbers of each partner, `sim.ensemble.kernel.cards.CARD`.
    bilaterals, worlds, delegations, homes, calendar, tracks
        Arrays by theme.
    next_deal : ndarray (N + 1,)
        What one more deal is worth beyond its terms after n of them, USD bn.
    by_key : ndarray (N,)
        Partners in the order in which their sessions are held.
    by_importance : ndarray (N,)
        Partners by falling importance.
    """

    law: Any
    cards: Any
    bilaterals: Bilaterals
    worlds: Worlds
    delegations: Delegations
    homes: Homes
    calendar: Calendar
    tracks: TrackFacts
    next_deal: Floats
    by_key: Ints
    by_importance: Ints


def facts_of(setup: Setup) -> Facts:
    """Lay a scenario out as arrays."""
    n = len(setup.terms)
    keys = [terms.economy.key for terms in setup.terms]
    return Facts(
        law=law_of(setup),
        cards=cards_of(setup),
        bilaterals=_bilaterals(setup),
        worlds=_worlds(setup),
        delegations=_delegations(setup),
        homes=homes_of(setup),
        calendar=calendar_of(setup),
        tracks=track_facts_of(setup),
        next_deal=np.array([worth_of_next(setup.scenario, deals, n) for deals in range(n + 1)]),
        by_key=np.argsort(keys, kind="stable").astype(np.int64),
        by_importance=setup.by_importance,
    )


def openings_of(setup: Setup, places: tuple[int | None, ...]) -> Ints:
    """Rounds in which talks open by place of the focal partner, ndarray (places, N)."""
    return np.array([opening_rounds(setup, place) for place in places], dtype=np.int64)


def _bilaterals(setup: Setup) -> Bilaterals:
    terms, (gain, home) = setup.terms, setup.start_curves
    width = max(t.grid.shape[1] for t in terms)
    counts = np.array([t.counts for t in terms])

    def flows(curves: Floats) -> Floats:
        rows = [through_rates(t.grid, t.counts, t.duty, curve, t.steps) for t, curve in zip(terms, curves, strict=True)]
        return _padded(rows, width)

    return Bilaterals(
        counts=counts,
        grid=_padded([t.grid for t in terms], width, edge=True),
        shares=_padded([t.shares for t in terms], width, edge=True),
        cost=_padded([t.cost for t in terms], width),
        benefit=_padded([t.benefit for t in terms], width),
        by_gain=flows(gain),
        by_home=flows(home),
        known=np.array([mean_resistance(setup.scenario, t) for t in terms]),
        keys=issue_keys(terms[0]),
        supply=terms[0].supply,
        rungs=int((counts - 1).sum(axis=1).max()) + 1,
    )


def _padded(rows: list[Floats], width: int, *, edge: bool = False) -> Floats:
    """Bring arrays (K, L) to one width: with zeros, or repeating the last column."""
    wide = [np.pad(row, ((0, 0), (0, width - row.shape[1])), mode="edge" if edge else "constant") for row in rows]
    return np.ascontiguousarray(wide)


def _worlds(setup: Setup) -> Worlds:
    a = setup.answers
    return Worlds(
        gain=np.ascontiguousarray(setup.gain.transpose(0, 2, 1)),
        home=np.ascontiguousarray(setup.home.transpose(0, 2, 1)),
        steps=np.ascontiguousarray(setup.steps),
        grips=grips_of(np.ascontiguousarray(setup.steps), setup.gain.shape[1]),
        start=setup.start,
        outlook=setup.outlook,
        imports=setup.imports,
        headline=setup.headline,
        importance=setup.importance,
        alike=setup.alike,
        peers=np.array(setup.comparable, dtype=np.bool_),
        scales=setup.scales,
        answers=(a.gain, a.home, a.imports, a.steps, a.rates, a.weights),
    )


def _delegations(setup: Setup) -> Delegations:
    principals = setup.benches[0].voices.size
    return Delegations(
        mix=np.array([[bench.mix(present) for present in range(1 << principals)] for bench in setup.benches]),
        attendance=np.array([bench.attendance for bench in setup.benches]),
        agenda=np.array([setup.agenda(president) for president in (False, bool(PRESIDENT))]),
    )
