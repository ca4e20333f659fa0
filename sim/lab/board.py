"""The issues as a player sees them: what can be chosen, what is in force, what was last asked and offered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.lab.session import Standing, table_of
from sim.talks.situation import Side
from sim.talks.story import issue_word, value_words
from sim.talks.table import Table
from sim.talks.terms import AUTO, TARIFF

__all__ = ["Cell", "Worth", "board_of", "last_offer", "worth_of"]

Ints = NDArray[np.int64]
PER_CENT = 100.0


@dataclass(frozen=True)
class Cell:
    """One issue on the board.

    Attributes
    ----------
    key, label : str
        The issue, and its name in words.
    numbers : tuple of float
        Value of every level as it is shown: per cent, or USD bn.
    suffix : str
        Unit of these numbers.
    words : tuple of str
        Every level in words.
    open : bool
        Whether there is something to choose.
    in_force : str
        What holds without a deal.
    asked, offered : int or None
        Level of the last US ask, and of one's own last offer.
    passes : int
        Highest level that everybody at home is expected to let pass.
    """

    key: str
    label: str
    numbers: tuple[float, ...]
    suffix: str
    words: tuple[str, ...]
    open: bool
    in_force: str
    asked: int | None
    offered: int | None
    passes: int


@dataclass(frozen=True)
class Worth:
    """What a package is worth to the player.

    Attributes
    ----------
    gain : float
        Gain over no deal, USD bn, present value (V3).
    rate : float
        Effective rate, a fraction.
    exports : float
        Yearly loss of income from this rate against the world before 2 April, USD bn, 0 or more as a rule.
    costs : tuple of float
        Yearly cost of every issue beyond that, USD bn.
    """

    gain: float
    rate: float
    exports: float
    costs: tuple[float, ...]


def board_of(at: Standing) -> tuple[Cell, ...]:
    """Lay out the board of the session at hand."""
    table = table_of(at)
    asked, offered = last_offer(at, Side.US), last_offer(at, Side.PARTNER)
    return tuple(_cell(at, table, k, asked, offered) for k in range(table.terms.counts.size))


def last_offer(at: Standing, side: Side) -> Ints | None:
    """Return what a side last put on the table, as levels; None when it has said nothing yet."""
    if side is Side.US and at.turn is not None and at.turn.offer is not None:
        return at.turn.offer.levels
    said = [spoken.offer.levels for spoken in at.spoken if spoken.offer.by is side]
    return said[-1] if said else None


def worth_of(at: Standing, levels: tuple[int, ...]) -> Worth:
    """Value a package as the player does, at the table of the session at hand."""
    table, package = table_of(at), np.array(levels, dtype=np.int64)
    terms, costs = table.terms, table.preferences.cost
    rate = terms.rate(float(terms.grid[TARIFF, package[TARIFF]]), float(terms.grid[AUTO, package[AUTO]]))
    own = tuple(float(costs[k, level]) for k, level in enumerate(levels))
    return Worth(table.partner_gain(package), rate, -table.yearly_flow(package), own)


def _cell(at: Standing, table: Table, k: int, asked: Ints | None, offered: Ints | None) -> Cell:
    terms, count = table.terms, int(table.terms.counts[k])
    key, unit, values = terms.issues[k], terms.units[k], [float(x) for x in table.terms.grid[k, :count]]
    scale = PER_CENT if unit == "share" else 1.0
    return Cell(
        key=key,
        label=issue_word(key),
        numbers=tuple(round(scale * value, 6) for value in values),
        suffix="%" if unit == "share" else unit,
        words=tuple(value_words(key, value, unit) for value in values),
        open=bool(table.agenda[k]) and count > 1,
        in_force=_in_force(at, k),
        asked=None if asked is None else int(asked[k]),
        offered=None if offered is None else int(offered[k]),
        passes=int(table.win_set.top[k]),
    )


def _in_force(at: Standing, k: int) -> str:
    """What holds without a deal: the rates of the day, and nothing conceded."""
    rates = {TARIFF: at.player.tariff, AUTO: at.player.auto_tariff}
    return f"{PER_CENT * rates[k]:.0f} %" if k in rates else "none"
