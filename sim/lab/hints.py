"""Three hints, each for a price: what to trade, how much time there is, and what one's advisers would offer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.lab.session import Standing, table_of
from sim.lab.sight import clock_of
from sim.talks.situation import Side, Situation
from sim.talks.story import describe_package, issue_word
from sim.talks.table import Table
from sim.talks.value import flow

__all__ = ["HINTS", "PRICE", "Hint", "hint_of"]

Ints = NDArray[np.int64]
#: How many there are, and what each costs of a hundred points.
HINTS, PRICE = 3, 5
#: Part of an issue's range that a trial step goes.
STEP = 0.1


@dataclass(frozen=True)
class Hint:
    """A piece of advice; `levels` is a package to look at, where it has one."""

    title: str
    text: str
    levels: tuple[int, ...] | None = None


def hint_of(at: Standing, number: int) -> Hint:
    """Give the first, second or third hint, from what the player's side knows and believes.

    Raises
    ------
    ValueError
        When no decision is due, or there is no such hint.
    """
    if at.turn is None or not 1 <= number <= HINTS:
        raise ValueError("there is no such hint now")
    return (_what_to_trade, _how_much_time, _what_to_offer)[number - 1](at)


def _what_to_trade(at: Standing) -> Hint:
    """Which issue is believed to be worth most to them for what it costs the player."""
    table = table_of(at)
    base = _base(at, table)
    ratios = {k: _ratio(table, base, k) for k in range(base.size) if table.agenda[k] and table.terms.counts[k] > 1}
    ranked = sorted((k for k in ratios if ratios[k] is not None), key=lambda k: -(ratios[k] or 0.0))
    if len(ranked) < 2:
        return Hint("What to trade", "There is only one thing left to give: all that counts is how much of it.")
    best, worst = (issue_word(table.terms.issues[k]) for k in (ranked[0], ranked[-1]))
    gain = ratios[ranked[0]] or 0.0
    text = (
        f"As your delegation sees it, a step in {best} is worth most to them for what it costs you (USD {gain:.1f} bn "
        f"to them for every one of yours), a step in {worst} least. Give the one, keep the other."
    )
    return Hint("What to trade", text)


def _ratio(table: Table, base: Ints, k: int) -> float | None:
    """What a step in an issue is believed to bring them for what it costs; None when no step is left or it is free."""
    top = int(table.terms.counts[k]) - 1
    moved = base.copy()
    moved[k] = min(top, base[k] + max(1, round(STEP * top)))
    cost = table.partner_gain(base) - table.partner_gain(moved)
    if moved[k] == base[k] or cost <= 0.0:
        return None
    return (table.believed_us_gain(moved) - table.believed_us_gain(base)) / cost


def _base(at: Standing, table: Table) -> Ints:
    """Package from which a step is tried: one's own last offer, or nothing conceded."""
    said = [spoken.offer.levels for spoken in at.spoken if spoken.offer.by is Side.PARTNER]
    return said[-1] if said else np.zeros(table.terms.counts.size, dtype=np.int64)


def _how_much_time(at: Standing) -> Hint:
    """How many sessions a text still needs, and what the deadline would cost."""
    table, clock, threat = table_of(at), clock_of(at), at.player.threatened
    need = max(0, at.player.to_close - (at.player.sessions + 1))
    ready = "A text agreed today can be signed today."
    if need:
        ready = f"A text needs {need} more session{'s' if need > 1 else ''} before it can be signed."
    if clock.left is None:
        return Hint("How much time", f"{ready} No deadline lies ahead.")
    s, terms = table.stakes, table.terms
    then = terms.rate(threat, at.talks.experiment.threat.auto_rate)
    cost = flow(s.gain, terms.steps, at.player.effective_rate) - flow(s.gain, terms.steps, then)
    text = (
        f"{ready} {clock.left} weeks are left before the threat of {100 * threat:.0f} % is due; if it is carried "
        f"out, it costs you another USD {cost:.1f} bn a year. They know that too: it hurts them as well."
    )
    return Hint("How much time", text)


def _what_to_offer(at: Standing) -> Hint:
    """The package that one's own side believes they would just sign."""
    assert at.turn is not None
    situation, terms = at.turn.situation, table_of(at).terms
    rung = _best_believed(situation)
    package = situation.ladder[rung]
    units = dict(zip(terms.issues, terms.units, strict=True))
    words = describe_package(terms.package(package), units)
    worth = float(situation.mine[rung])
    text = f"Your advisers believe that they would sign this: {words}. It is worth USD {worth:+.1f} bn to you."
    return Hint("What to offer", text, tuple(int(level) for level in package))


def _best_believed(situation: Situation) -> int:
    """Rung that is best for the player among those believed to be enough for them, or else nearest to enough."""
    enough = (situation.theirs >= situation.theirs_least) & (situation.mine >= situation.least)
    if enough.any():
        return int(np.argmax(np.where(enough, situation.mine, -np.inf)))
    fair = situation.mine >= situation.least
    return int(np.argmax(np.where(fair, situation.theirs, -np.inf))) if fair.any() else 0
