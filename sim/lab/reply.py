"""What the United States answered: what changed in their ask, and why, as far as a player can tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.lab.seat import Spoken
from sim.lab.session import Standing, table_of
from sim.talks.situation import Refusal, Side
from sim.talks.story import issue_word, value_words
from sim.talks.table import Table

__all__ = ["Change", "Reply", "reply_of"]

Ints = NDArray[np.int64]
#: Weeks to the deadline from which on nobody is in a hurry, and within which everybody is.
FAR, NEAR = 6, 2
SMALL = 0.05  # USD bn


@dataclass(frozen=True)
class Change:
    """How one issue moved in the US ask: `towards` is +1 when they give way, -1 when they ask for more."""

    label: str
    before: str
    after: str
    towards: int


@dataclass(frozen=True)
class Reply:
    """An answer of the United States.

    Attributes
    ----------
    verdict : str
        What they say to one's last offer; empty when there was none.
    ask : str
        What their ask is, compared with the one before.
    why : str
        What explains it, from what is known at the table; their values stay hidden.
    changes : tuple of Change
        Issue by issue.
    """

    verdict: str
    ask: str
    why: str
    changes: tuple[Change, ...]


def reply_of(at: Standing) -> Reply:
    """Put the last answer of the United States in words."""
    asks, offers = _said(at, Side.US), _said(at, Side.PARTNER)
    now = at.turn.offer.levels if at.turn is not None and at.turn.offer is not None else None
    earlier = asks[-1].offer.levels if asks else None
    if now is None:
        return Reply(_verdict(offers), "It is yours to open this session.", "", ())
    if earlier is None:
        return Reply(_verdict(offers), "This is their first ask.", _pace(at, moved=False), ())
    changes = _changes(table_of(at), earlier, now)
    return Reply(_verdict(offers), _ask(table_of(at), earlier, now), _pace(at, bool(changes)), changes)


def _said(at: Standing, side: Side) -> list[Spoken]:
    return [spoken for spoken in at.spoken if spoken.offer.by is side]


def _verdict(offers: list[Spoken]) -> str:
    """What they made of the last offer, and whether it came nearer than the one before."""
    if not offers:
        return ""
    last = offers[-1].decision
    if last.accepted or last.reason is Refusal.NOT_READY:
        return "They would take your offer."
    said = {
        Refusal.BELOW_NO_DEAL: "They say no: for them your offer is worse than no deal.",
        Refusal.ASKS_MORE: "They say no: they expect to get more than this.",
    }.get(last.reason or Refusal.LEFT, "They say no.")
    return f"{said} {_nearer(offers)}".strip()


def _nearer(offers: list[Spoken]) -> str:
    """Compare the last offer with the one before, if both were refused for the same reason."""
    if len(offers) < 2 or offers[-1].decision.reason is not offers[-2].decision.reason:
        return ""
    if np.array_equal(offers[-1].offer.levels, offers[-2].offer.levels):
        return "You offered the same before."
    moved = offers[-2].decision.short - offers[-1].decision.short
    if abs(moved) < SMALL:
        return "It is as far from what they want as your last one."
    return f"It is {'nearer to' if moved > 0 else 'further from'} what they want than your last one."


def _ask(table: Table, earlier: Ints, now: Ints) -> str:
    """Say whether the ask is a step towards the player, at today's values."""
    if np.array_equal(earlier, now):
        return "Their ask is the same again."
    better = table.partner_gain(now) - table.partner_gain(earlier)
    if abs(better) < SMALL:
        return "They ask for other things, worth the same to you."
    step = "come towards you" if better > 0 else "ask for more"
    return f"They {step}: this is worth USD {abs(better):.1f} bn {'more' if better > 0 else 'less'} to you than before."


def _pace(at: Standing, moved: bool) -> str:
    """What the clock says about how they move: they concede with the time to the deadline, like everybody."""
    deadline = at.talks.setup.timeline.deadline(at.talks.round)
    if deadline is None:
        return "No deadline lies ahead: nothing presses either side but the tariffs in force."
    left = deadline - at.talks.round
    if left <= NEAR:
        return "The deadline is upon both of you: what is to be conceded is conceded now."
    if left >= FAR:
        why = "they have no reason to hurry" if not moved else "they look for terms that cost you less, not for an end"
        return f"The deadline is {left} weeks off; {why}."
    return f"{left} weeks are left; from here on both sides give way faster."


def _changes(table: Table, earlier: Ints, now: Ints) -> tuple[Change, ...]:
    """Issues of which the ask has moved; a lower level is less for the player to concede."""
    terms = table.terms
    changes = []
    for k in np.flatnonzero(earlier != now):
        before, after = (
            value_words(terms.issues[k], float(terms.grid[k, levels[k]]), terms.units[k]) for levels in (earlier, now)
        )
        changes.append(Change(issue_word(terms.issues[k]), before, after, 1 if now[k] < earlier[k] else -1))
    return tuple(changes)
