"""What is said in public after a session, and what the others make of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.compiled import compiled
from sim.luck import Purpose, normal, uniform
from sim.talks.session import Meeting
from sim.talks.situation import Side
from sim.talks.table import Table
from sim.talks.toughness import after_statement

if TYPE_CHECKING:
    from sim.talks.agents import Partner
    from sim.talks.model import TariffTalks

__all__ = ["announce", "progress", "what_is_said"]

#: From which progress on what is said.
WORDS = ((0.75, "big progress"), (0.4, "constructive talks"), (-math.inf, "no point of agreement yet"))


@compiled
def progress(gap: float, whole: float) -> float:
    """Share of the distance between both sides' first offers that is behind them, in [0, 1]."""
    if whole <= 0.0:
        return 1.0
    return min(1.0, max(0.0, 1.0 - gap / whole))


def what_is_said(share: float) -> str:
    """Words for a share of progress."""
    return next(words for least, words in WORDS if share >= least)


def announce(model: TariffTalks, partner: Partner, table: Table, meeting: Meeting) -> None:
    """End a session with a statement, perhaps, from which the others learn how tough the United States are.

    A statement says how near an agreement is, blurred, and between the lines it is a signal of chi: the truth, what the
    delegation adds to sound tougher (`spin`, which nobody sees through), and noise.
    """
    said, luck, key = model.experiment.announcements, model.luck, partner.terms.economy.key
    draw = uniform(luck.seed, luck.replication, key, int(Purpose.STATEMENT), model.round)
    if said.strength <= 0.0 or draw >= said.frequency:
        return
    z = normal(luck.seed, luck.replication, key, int(Purpose.STATEMENT_NOISE), model.round)
    believed, truth = model.toughness_belief, model.us.toughness
    model.toughness_belief = after_statement(said.strength, believed, truth, said.spin, (said.noise, z))
    near = _near(table, meeting) + 0.1 * z
    model.record.event(model.round, "statement", partner=partner.iso, words=what_is_said(near))


def _near(table: Table, meeting: Meeting) -> float:
    """How near to each other the last offers are, by what they are worth to the partner."""
    if meeting.in_principle is not None:
        return 1.0
    last = {exchange.offer.by: exchange.offer.levels for exchange in meeting.exchanges if exchange.offer is not None}
    if len(last) < len(Side):
        return 0.0
    firsts = [table.partner_gain(ladder.levels[0]) for ladder in table.ladders]
    gap = table.partner_gain(last[Side.PARTNER]) - table.partner_gain(last[Side.US])
    return float(progress(gap, firsts[0] - firsts[1]))
