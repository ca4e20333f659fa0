"""Four questions for discussion that a player's own game raises."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from sim.lab.left import Left
from sim.lab.session import Standing
from sim.talks.situation import Side

__all__ = ["questions_for"]

#: Weeks before the last session in which a concession counts as late.
LATE = 2


def questions_for(at: Standing, left: Sequence[Left], own_gain: float) -> tuple[str, ...]:
    """Ask about the place in the queue, the package, the home front and the clock, from what happened."""
    return _place(own_gain), _package(at, left), _home(at), _clock(at)


def _place(own_gain: float) -> str:
    if abs(own_gain) < 0.05:
        return (
            "Your moves would have brought the same from the first place in the queue and from the last. What could "
            "have made the place matter, and why did it not?"
        )
    way = "gained" if own_gain > 0 else "lost"
    return (
        f"With the same moves the first place would have {way} USD {abs(own_gain):.1f} bn against the last one. Was it "
        "the terms, the weeks under tariffs, or having a deal at all?"
    )


def _package(at: Standing, left: Sequence[Left]) -> str:
    if at.deal is None:
        return (
            "You have no deal. Was there a package that both of you would have preferred, and who would have had to "
            "move first for it to be found?"
        )
    if not left:
        return (
            "You left nothing on the table: no other package would have been better for you and no worse for them. "
            "How did you find out what they cared about?"
        )
    total, most = sum(line.own for line in left), max(left, key=lambda line: line.own)
    return (
        f"USD {total:.1f} bn lay on the table that would have cost them nothing, most of it in {most.issue}. What did "
        "you believe about their wishes that was not so?"
    )


def _home(at: Standing) -> str:
    refused = [entry for entry in at.talks.record.log if entry.get("partner") == at.player.iso]
    failed = [entry for entry in refused if entry["event"] == "ratification_failed"]
    if failed:
        player = str(failed[0]["player"]).replace("_", " ")
        return (
            f"At home the {player} said no to what you had agreed. Could you have used that refusal at the table "
            "before it happened (Schelling: weakness at home as strength abroad)?"
        )
    return (
        "Which of those who must consent at home came nearest to saying no, and did the United States know it? Would "
        "it have helped you to tell them?"
    )


def _clock(at: Standing) -> str:
    own = [spoken for spoken in at.spoken if spoken.offer.by is Side.PARTNER]
    moves = [b.round for a, b in pairwise(own) if not np.array_equal(a.offer.levels, b.offer.levels)]
    if not moves:
        return "You never changed your offer. What did holding out bring, and what did it cost?"
    last = max(spoken.round for spoken in at.spoken)
    late = sum(round_ >= last - LATE for round_ in moves)
    return (
        f"{late} of your {len(moves)} changes of offer fell into the last {LATE + 1} weeks. Why do concessions bunch "
        "before a deadline, and who gains from it?"
    )
