"""At home: the veto players whose consent a package needs (the two-level game of Putnam 1988)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.scenario import Scenario
from sim.talks.clock import Timeline
from sim.talks.terms import AUTO, TARIFF, Terms

__all__ = ["OWN_WORD", "Home", "WinSet", "admitted", "home_of", "let_pass", "objection", "win_set_top", "within_supply"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: The negotiators' own word ("no major concessions"), which binds like a veto player.
OWN_WORD = "own word"


@dataclass(frozen=True, eq=False)
class WinSet:
    """What a partner can carry home.

    Attributes
    ----------
    top : ndarray (K,)
        Highest level of each issue that passes.
    lasting : ndarray (K,)
        The same once an election is over and a word that was given for a time has lapsed.
    by : ndarray (K,)
        Which player holds it there, -1 for nobody.
    ties : ndarray (T, 2)
        Pairs of issues of which the first must not exceed the second in value.
    players : tuple of str
        Their names.
    """

    top: Ints
    lasting: Ints
    by: Ints
    ties: Ints
    players: tuple[str, ...]

    def opponent(self, levels: Ints) -> tuple[str, int] | None:
        """Name the player who is against a package, and the issue; None when nobody is or only a tie is broken."""
        over = np.flatnonzero(levels > self.top)
        if not over.size or self.by[over[0]] < 0:
            return None
        return self.players[self.by[over[0]]], int(over[0])


@dataclass(frozen=True, eq=False)
class Home:
    """A partner's veto players.

    Attributes
    ----------
    players : tuple of str
        The P names; the partner's own word is the last.
    limits : ndarray (P, K)
        Largest share of each issue's range that passes.
    tightening : ndarray (P,)
        Share of the limits withdrawn before an election.
    elections : tuple of int
        Rounds that begin after an election.
    word_until : int or None
        Round from which its own word no longer binds; None when it always does.
    ties : ndarray (T, 2)
        Pairs of issues of which the first must not exceed the second.
    """

    players: tuple[str, ...]
    limits: Floats
    tightening: Floats
    elections: tuple[int, ...]
    word_until: int | None
    ties: Ints

    def passes(self, scenario: Scenario, round_: int) -> Floats:
        """Shares of every range that each player lets pass in a round, ndarray (P, K)."""
        return self.passes_in(scenario, near=self.near(scenario, round_), bound=self.bound(round_))

    def near(self, scenario: Scenario, round_: int) -> bool:
        """Whether an election is near."""
        weeks = scenario.politics.election_weeks
        return any(election - weeks <= round_ < election for election in self.elections)

    def bound(self, round_: int) -> bool:
        """Whether the partner's own word binds."""
        return self.word_until is None or round_ < self.word_until

    def passes_in(self, scenario: Scenario, *, near: bool, bound: bool) -> Floats:
        """What passes when an election is near or not, and the partner's own word binds or not."""
        out = let_pass(self.limits, self.tightening, float(near), scenario.politics.ratification)
        out[-1] = self.limits[-1] if bound else 1.0
        return out

    def win_set(self, scenario: Scenario, round_: int, counts: Ints) -> WinSet:
        """Return what can be carried home in a round."""
        top, by = win_set_top(self.passes(scenario, round_), counts)
        lasting, _ = win_set_top(self.passes_in(scenario, near=False, bound=self.word_until is None), counts)
        return WinSet(top, lasting, by, self.ties, self.players)


@compiled
def let_pass(limits: Floats, tightening: Floats, near: float, strength: float) -> Floats:
    """Share of an issue's range that each veto player lets pass: 1 - strength (1 - limit (1 - near tightening)).

    Parameters
    ----------
    limits : ndarray (P, K)
        What it lets pass in quiet times, in [0, 1].
    tightening : ndarray (P,)
        Share of it withdrawn before an election.
    near : float
        1 when an election is near, else 0.
    strength : float
        0: nobody is asked, everything passes.

    Returns
    -------
    ndarray (P, K)
        1 where the player does not mind the issue at all, election or not.
    """
    out = np.ones(limits.shape)
    for p in range(limits.shape[0]):
        for k in range(limits.shape[1]):
            if limits[p, k] < 1.0:
                out[p, k] = 1.0 - strength * (1.0 - limits[p, k] * (1.0 - near * tightening[p]))
    return out


@compiled
def win_set_top(passes: Floats, counts: Ints) -> tuple[Ints, Ints]:
    """Highest level of each issue that all players let pass, and who holds it there (-1: nobody); ndarrays (K,)."""
    top = np.empty(counts.size, dtype=np.int64)
    by = np.full(counts.size, -1, dtype=np.int64)
    for k in range(counts.size):
        least = 1.0
        for p in range(passes.shape[0]):
            if passes[p, k] < least:
                least, by[k] = passes[p, k], p
        top[k] = int(np.floor(least * (counts[k] - 1) + 1e-9))
    return top, by


@compiled
def within_supply(top: Ints, grid: Floats, left: Floats) -> Ints:
    """Highest level of each issue when only so much is left of it, ndarray (K,); `left` is infinite without a limit."""
    out = top.copy()
    for k in range(top.size):
        while out[k] > 0 and grid[k, out[k]] > left[k] + 1e-9:
            out[k] -= 1
    return out


@compiled
def admitted(levels: Ints, top: Ints, grid: Floats, ties: Ints) -> bool:
    """Whether a package is inside a win-set: no level above its top, no tie broken."""
    for k in range(levels.size):
        if levels[k] > top[k]:
            return False
    for t in range(ties.shape[0]):
        part, whole = ties[t, 0], ties[t, 1]
        if grid[part, levels[part]] > grid[whole, levels[whole]] + 1e-9:
            return False
    return True


@compiled
def objection(shares: Floats, passes: Floats, slips: Floats) -> tuple[int, int]:
    """First veto player who, as it turns out, does not let a package pass, and the issue; (-1, -1) when all consent.

    Parameters
    ----------
    shares : ndarray (K,)
        z of every issue of the package.
    passes : ndarray (P, K)
        From :func:`let_pass`.
    slips : ndarray (P,)
        How much more each player lets pass than was expected, in shares of the range; negative for less.
    """
    for p in range(passes.shape[0]):
        for k in range(shares.size):
            if passes[p, k] < 1.0 and shares[k] > passes[p, k] + slips[p] + 1e-9:
                return p, k
    return -1, -1


def home_of(scenario: Scenario, terms: Terms, timeline: Timeline) -> Home:
    """Lay out who must consent in a partner's home."""
    players = scenario.politics.players_of(terms.iso)
    override = scenario.partners.overrides.get(terms.iso)
    word = {} if override is None else override.limits
    limits = [
        [limit.get(issue, 1.0) for issue in terms.issues] for limit in (*(p.limits for p in players.values()), word)
    ]
    until = None if override is None or override.limits_until is None else timeline.round_of(override.limits_until)
    autos = [(AUTO, TARIFF)] if terms.iso in scenario.politics.all_tariffs else []
    return Home(
        players=(*players, OWN_WORD),
        limits=np.array(limits),
        tightening=np.array([*(player.tightening for player in players.values()), 0.0]),
        elections=timeline.elections(terms.iso),
        word_until=until,
        ties=np.array([*terms.earmarks, *autos], dtype=np.int64).reshape(-1, 2),
    )
