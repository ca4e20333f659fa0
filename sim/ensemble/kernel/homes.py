"""Win-sets of all partners, worked out for every season of their politics."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.talks.home import win_set_top
from sim.talks.setup import Setup

__all__ = ["Homes", "homes_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SEASONS = 4


class Homes(NamedTuple):
    """What partners can carry home.

    A season is 2 when an election is near, plus 1 when the partner's own word binds.

    Attributes
    ----------
    season : ndarray (rounds, N)
        Season of each partner by round.
    top : ndarray (N, 4, K)
        Highest level that passes, by season.
    lasting : ndarray (N, K)
        The same in quiet times, once a word that was given for a time has lapsed.
    passes : ndarray (N, 4, P, K)
        Shares that each player lets pass, by season.
    players : ndarray (N,)
        How many of the P there are.
    ties : ndarray (N, T, 2)
        Pairs of issues of which the first must not exceed the second.
    tied : ndarray (N,)
        How many of the T there are.
    """

    season: Ints
    top: Ints
    lasting: Ints
    passes: Floats
    players: Ints
    ties: Ints
    tied: Ints


def homes_of(setup: Setup) -> Homes:
    """Lay out the homes of all partners."""
    scenario, homes, k = setup.scenario, setup.homes, len(setup.terms[0].issues)
    rounds, n = scenario.clock.rounds, len(homes)
    most = max(len(home.players) for home in homes)
    passes = np.ones((n, SEASONS, most, k))
    top, lasting = np.zeros((n, SEASONS, k), np.int64), np.zeros((n, k), np.int64)
    ties = np.zeros((n, max(len(home.ties) for home in homes), 2), np.int64)
    season = np.zeros((rounds, n), np.int64)
    for i, (home, terms) in enumerate(zip(homes, setup.terms, strict=True)):
        for s in range(SEASONS):
            by_player = home.passes_in(scenario, near=s >= 2, bound=s % 2 == 1)
            passes[i, s, : len(home.players)] = by_player
            top[i, s], _ = win_set_top(by_player, terms.counts)
        lasting[i] = home.win_set(scenario, 0, terms.counts).lasting
        ties[i, : len(home.ties)] = home.ties
        season[:, i] = [2 * home.near(scenario, t) + home.bound(t) for t in range(rounds)]
    players = np.array([len(home.players) for home in homes])
    return Homes(season, top, lasting, passes, players, ties, np.array([len(home.ties) for home in homes]))
