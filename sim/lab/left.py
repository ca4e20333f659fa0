"""Value left on the table: what the player could have had while the United States got no less."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.bargaining import merge_frontiers
from sim.talks.packages import nash_package, options_of
from sim.talks.story import issue_word, value_words
from sim.talks.table import Table
from sim.talks.terms import AUTO, TARIFF

__all__ = ["Left", "left_on_table"]

Ints = NDArray[np.int64]
#: A step between packages that brings less than this is not worth telling, USD bn.
NOTHING = 0.005


@dataclass(frozen=True)
class Left:
    """One issue on the way from what was signed to what would have been better.

    Attributes
    ----------
    issue : str
        Its name in words; the two rates act together and are one line.
    signed, better : str
        The values, in words.
    own, us : float
        What the step brings to the player and to the United States, USD bn, present value.
    """

    issue: str
    signed: str
    better: str
    own: float
    us: float


def left_on_table(table: Table, signed: Ints | None) -> tuple[Left, ...]:
    """Compare what was signed with the best package for the player that leaves the United States as well off.

    Only what the player could carry home counts. Without a deal the Nash solution stands for the better package, and
    the lines say what each issue would have brought over no deal.

    Parameters
    ----------
    table : Table
        The player's last table, at the true values of both sides.
    signed : ndarray (K,) or None
        The package by level.

    Returns
    -------
    tuple of Left
        Issues that differ; none when the deal was efficient, or when no deal would have been good for both.
    """
    better = nash_package(table, 0.5) if signed is None else _best_for_player(table, signed)
    if better is None:
        return ()
    start = np.zeros(better.size, dtype=np.int64) if signed is None else signed
    groups = [(TARIFF, AUTO), *((k,) for k in range(AUTO + 1, better.size))]
    lines = [_line(table, group, start, better, signed is None) for group in groups]
    return tuple(line for line in lines if abs(line.own) > NOTHING or abs(line.us) > NOTHING)


def _best_for_player(table: Table, signed: Ints) -> Ints | None:
    """Best package for the player on the frontier at which the United States get no less than from the signed one."""
    groups = options_of(table, inside=True)
    if not all(len(group.levels) for group in groups):
        return None
    front, choices = merge_frontiers([group.gains for group in groups])
    fair = front[:, 1] >= table.us_gain(signed) - NOTHING
    if not fair.any():
        return None
    best = int(np.argmax(np.where(fair, front[:, 0], -np.inf)))
    if front[best, 0] <= table.partner_gain(signed) + NOTHING:
        return None
    levels = np.zeros(signed.size, dtype=np.int64)
    for group, choice in zip(groups, choices[best], strict=True):
        levels[list(group.issues)] = group.levels[choice]
    return levels


def _line(table: Table, group: tuple[int, ...], start: Ints, better: Ints, anew: bool) -> Left:
    """What moving some issues from one package to another brings, all others as in the first."""
    moved = start.copy()
    moved[list(group)] = better[list(group)]
    before, after = table.gains_of(np.array([start, moved]))
    own, us = after if anew and TARIFF in group else after - before
    name = "general tariff and autos" if TARIFF in group else issue_word(table.terms.issues[group[0]])
    signed = "no deal" if anew else _words(table, group, start)
    return Left(name, signed, _words(table, group, better), float(own), float(us))


def _words(table: Table, group: tuple[int, ...], levels: Ints) -> str:
    terms = table.terms
    return " and ".join(value_words(terms.issues[k], float(terms.grid[k, levels[k]]), terms.units[k]) for k in group)
