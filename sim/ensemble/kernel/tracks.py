"""Sessions of issues on tracks of their own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.bargaining import accepts, best_attainable
from sim.bargaining.aspiration import aspiration
from sim.compiled import inner
from sim.ensemble.kernel.session import ask_next, elapsed, span
from sim.ensemble.kernel.state import PARTNER, US, restart
from sim.ensemble.kernel.table import haste, pressed
from sim.ensemble.kernel.talks import Talks
from sim.talks.tracks import sanctions, track_due, track_gains
from sim.talks.value import no_deal

__all__ = ["meet_apart", "snap_tracks", "yearly_apart", "yearly_from_apart"]

Floats = NDArray[np.float64]


@inner
def meet_apart(talks: Talks) -> None:
    """Hold the sessions of all tracks that are due."""
    for a in range(talks.state.tracks.size):
        since = talks.state.whole[0].round - talks.state.partners[talks.facts.tracks.partner[a]].opens
        if talks.state.tracks[a].level < 0 and track_due(since, talks.facts.law[0].track_interval):
            meet_track(talks, a)


@inner
def meet_track(talks: Talks, a: int) -> None:
    """Hold a session of a track."""
    facts, state, law = talks.facts, talks.state, talks.facts.law[0]
    i, track, gains = facts.tracks.partner[a], state.tracks[a], gains_of(talks, a)
    their_most = best_attainable(gains[3, 1:], gains[0, 1:], 0.0, 0.0)
    most = best_attainable(gains[1, 1:], gains[2, 1:], 0.0, 0.0)
    # the partner's favourite is the lowest level, that of the United States the highest
    sights = np.stack((gains[0, 1:], gains[3, 1:])), np.stack((gains[1, 1:][::-1], gains[2, 1:][::-1]))
    spans = (
        span(sights[PARTNER], (0.0, state.whole[0].belief * their_most)),
        span(sights[US], (talks.hand.toughness[0] * most, 0.0)),
    )
    betas = haste(talks, pressed(talks, state.partners[i].tariff_weeks), talks.hand.beta[i]), state.whole[0].haste
    mover = PARTNER if track.sessions % 2 == 0 else US
    track.sessions += 1
    for step in range(law.offers):
        tau, other, count = elapsed(talks, i, step), 1 - mover, facts.tracks.levels[a]
        timed = aspiration(tau, betas[mover])
        rung, _ = ask_next(state.track_seats[a, mover], sights[mover], spans[mover], (timed, law.gamma))
        if rung >= 0:
            level = rung + 1 if mover == PARTNER else count - 1 - rung
            worth = gains[other, level]
            remember_level(talks, a, other, level, gains)
            if worth >= spans[other][0]:
                timed = aspiration(tau, betas[other])
                _, ask = ask_next(state.track_seats[a, other], sights[other], spans[other], (timed, law.gamma))
                if accepts(worth, ask, spans[other][0]):
                    track.level = level
                    return
        mover = other


@inner
def remember_level(talks: Talks, a: int, side: int, level: int, gains: Floats) -> None:
    """Let a side note an offer on a track, and how far the other has moved since its last."""
    seat = talks.state.track_seats[a, side]
    if seat.heard:
        seat.conceded = max(0.0, gains[side, level] - gains[side, talks.state.track_heard[a, side]])
    talks.state.track_heard[a, side] = level
    seat.heard = 1


@inner
def gains_of(talks: Talks, a: int) -> Floats:
    """Gains by level, ndarray (4, L), as `sim.talks.tracks.track_gains` gives them."""
    facts, whole, law = talks.facts.tracks, talks.state.whole[0], talks.facts.law[0]
    i, k, n = facts.partner[a], facts.issue[a], facts.levels[a]
    spans, sanctioned = (whole.before, whole.after, whole.fallen), talks.state.tracks[a].sanctioned
    us_spans = whole.us_before, whole.us_after, whole.us_fallen
    numbers = (
        whole.annuity,
        no_deal(spans, law.credibility, sanctions(facts.sanction[a], sanctioned == 1), 0.0),
        no_deal(us_spans, law.credibility, sanctions(facts.price[a], sanctioned == 1), 0.0),
        whole.prices,
    )
    weights = talks.hand.weights[i, :, k].copy()
    return track_gains(weights, facts.cost[a, :n], facts.benefit[a, :n], numbers)


@inner
def snap_tracks(talks: Talks, i: int) -> None:
    """Carry out the threats of a partner's tracks."""
    for a in range(talks.facts.tracks.first[i], talks.facts.tracks.first[i + 1]):
        if talks.state.tracks[a].level < 0:
            talks.state.tracks[a].sanctioned = 1
            restart(talks.state.track_seats[a])


@inner
def yearly_apart(talks: Talks, i: int) -> float:
    """What a partner pays a year on its tracks: its commitments, or the sanctions, USD bn."""
    total, facts = 0.0, talks.facts.tracks
    for a in range(facts.first[i], facts.first[i + 1]):
        track = talks.state.tracks[a]
        if track.level >= 0:
            total += talks.hand.weights[i, 0, facts.issue[a]] * facts.cost[a, track.level]
        elif track.sanctioned:
            total += facts.sanction[a]
    return total


@inner
def yearly_from_apart(talks: Talks, i: int) -> float:
    """What the United States get a year on a partner's tracks, less their own cost of the sanctions, USD bn."""
    total, facts = 0.0, talks.facts.tracks
    for a in range(facts.first[i], facts.first[i + 1]):
        track = talks.state.tracks[a]
        if track.level >= 0:
            total += talks.hand.weights[i, 1, facts.issue[a]] * facts.benefit[a, track.level]
        elif track.sanctioned:
            total -= facts.price[a]
    return total
