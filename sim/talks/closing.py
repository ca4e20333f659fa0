"""From handshake to signature: the President's last word, then the partner's home."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.luck import Purpose, normal, uniform
from sim.talks.deal import Deal
from sim.talks.home import objection
from sim.talks.session import Meeting
from sim.talks.table import Table
from sim.talks.terms import TARIFF, Terms

if TYPE_CHECKING:
    from sim.talks.agents import Partner
    from sim.talks.model import TariffTalks

__all__ = ["close_deal", "pledge_of", "raised", "raised_ask"]

Ints = NDArray[np.int64]
PLEDGE = "investment"
ROUNDING = 1e-9  # USD bn


def close_deal(model: TariffTalks, partner: Partner, table: Table, meeting: Meeting) -> Deal | None:
    """Take an agreed package through repricing and ratification.

    Returns
    -------
    Deal or None
        None when the deal fails for this round: a side would sign against its own interest, the President asked for
        more than the partner can give, or somebody whose consent it needs says no after all.
    """
    assert meeting.agreed is not None
    levels, repriced = meeting.agreed.levels, False
    if reason := _void(table, levels):
        model.record.event(model.round, "void", partner=partner.iso, reason=reason)
        return None
    if not model.president_with(partner) and _reopens(model, partner):
        asked = raised_ask(table, levels, model.experiment.politics.reprice_step)
        if asked is not None:
            if not _bearable(table, asked):
                model.record.event(model.round, "repricing_failed", partner=partner.iso)
                return None
            levels, repriced = asked, True
    if not _ratified(model, partner, levels):
        return None
    luck, key = model.luck, partner.terms.economy.key
    draw = uniform(luck.seed, luck.replication, key, int(Purpose.CLAUSE), 0)
    return Deal(
        iso=partner.iso,
        round=model.round,
        levels=levels,
        gain=table.partner_gain(levels),
        us_gain=table.us_gain(levels),
        sessions=partner.sessions,
        clause=draw < model.experiment.mechanisms.parity.clause,
        repriced=repriced,
    )


def _ratified(model: TariffTalks, partner: Partner, levels: Ints) -> bool:
    """Whether all whose consent is needed say yes, and nothing of which there is only so much has run out meanwhile."""
    politics, luck, terms = model.experiment.politics, model.luck, partner.terms
    if (levels > model.win_set(partner).top).any():
        model.record.event(model.round, "sold_out", partner=partner.iso)
        return False
    if politics.ratification <= 0.0 or politics.ratification_noise <= 0.0:
        return True
    home = model.setup.homes[partner.index]
    key = (luck.seed, luck.replication, terms.economy.key, int(Purpose.RATIFICATION))
    draws = [normal(*key, model.round * len(home.players) + p) for p in range(len(home.players))]
    shares = terms.shares[np.arange(levels.size), levels]
    passes = home.passes(model.experiment, model.round)
    player, issue = objection(shares, passes, politics.ratification_noise * np.array(draws))
    if player < 0:
        return True
    model.record.event(
        model.round,
        "ratification_failed",
        partner=partner.iso,
        player=home.players[player],
        issue=terms.issues[issue],
    )
    return False


def raised_ask(table: Table, levels: Ints, step: float) -> Ints | None:
    """Package the President asks for instead: a larger pledge, or a higher rate where no pledge is left to raise.

    None when nothing more is to be had, or when more would hurt the United States themselves.
    """
    asked = raised(levels, table.terms.counts, pledge_of(table.terms), step)
    return asked if table.us_gain(asked) > table.us_gain(levels) else None


@compiled
def raised(levels: Ints, counts: Ints, pledge: int, step: float) -> Ints:
    """Package with more of the pledge, or a higher rate where no pledge is left to raise; the same when neither is.

    Parameters
    ----------
    levels, counts : ndarray (K,)
        The package, and the number of levels of each issue.
    pledge : int
        Which issue the pledge is.
    step : float
        What is asked for on top, as a share of the issue's range.
    """
    asked = levels.copy()
    for k in (pledge, TARIFF):
        top = counts[k] - 1
        if levels[k] < top:
            asked[k] = min(top, levels[k] + max(1, int(np.ceil(step * top))))
            break
    return asked


def pledge_of(terms: Terms) -> int:
    """Place of the pledge among the issues; of the general rate where there is none."""
    return terms.issues.index(PLEDGE) if PLEDGE in terms.issues else TARIFF


def _void(table: Table, levels: Ints) -> str:
    """Say why a package cannot be signed whatever was said at the table; nothing when it can."""
    if not table.admits(levels):
        return "outside the win-set of the partner"
    if table.partner_gain(levels) < -ROUNDING:
        return "worse than no deal for the partner"
    return "worse than no deal for the United States" if table.us_gain(levels) < -ROUNDING else ""


def _reopens(model: TariffTalks, partner: Partner) -> bool:
    """Whether the President re-opens the text in this round."""
    luck, key = model.luck, partner.terms.economy.key
    draw = uniform(luck.seed, luck.replication, key, int(Purpose.REPRICING), model.round)
    return draw < model.experiment.politics.reprice


def _bearable(table: Table, levels: Ints) -> bool:
    """Whether both can sign: no worse than no deal for either, and inside the win-set of the partner."""
    return table.partner_gain(levels) >= 0.0 and table.us_gain(levels) >= 0.0 and table.admits(levels)
