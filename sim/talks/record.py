"""What happened, as data: the event log and the weekly figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.talks.delegation import names_of
from sim.talks.session import Exchange, Meeting
from sim.talks.table import Table

if TYPE_CHECKING:
    from sim.talks.agents import Deal, Partner
    from sim.talks.model import TariffTalks

__all__ = ["Record"]


@dataclass
class Record:
    """The log of a run.

    Attributes
    ----------
    narrate : bool
        Whether sessions and their offers are kept.
    log : list of dict
        Events in order: `round`, `event`, and what belongs to it.
    weekly : list of tuple
        Round, focal rate, average rate, deals so far; omega and spill of the world as the focal partner meets it, its
        answer (1 while in force), and what it pays a year beyond its tariffs, USD bn.
    tables : dict
        The table of each partner's latest session, by ISO code, when narrating.
    """

    narrate: bool
    log: list[dict[str, Any]] = field(default_factory=list)
    weekly: list[tuple[int, float, float, int, float, float, int, float]] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)

    def event(self, round_: int, event: str, **details: Any) -> None:
        """Note something that happened."""
        self.log.append({"round": round_, "event": event, **{k: v for k, v in details.items() if v is not None}})

    def session(self, round_: int, partner: Partner, table: Table, meeting: Meeting) -> None:
        """Note a meeting and its offers."""
        if self.narrate:
            self.tables[partner.iso] = table
            offers = [_exchange(exchange, table) for exchange in meeting.exchanges]
            who = names_of(table.present)
            self.event(round_, "session", partner=partner.iso, number=partner.sessions, attended=who, offers=offers)

    def deal(self, round_: int, partner: Partner, deal: Deal) -> None:
        """Note a signature."""
        self.event(
            round_,
            "deal",
            partner=partner.iso,
            package=partner.terms.package(deal.levels),
            gain=deal.gain,
            us_gain=deal.us_gain,
            sessions=deal.sessions,
            repriced=deal.repriced,
        )

    def week(self, model: TariffTalks) -> None:
        """Note the week's figures."""
        focal = model.partner(model.experiment.queue.focal)
        omega, spill = (float(number) for number in model.seen[focal.index, :2])
        seen = omega, spill, int(focal.answers), float(focal.yearly_cost())
        self.weekly.append((model.round, focal.effective_rate, model.average_rate, len(model.us.deals), *seen))


def _exchange(exchange: Exchange, table: Table) -> dict[str, Any]:
    """One offer with what it is worth to both, and the answer."""
    if exchange.offer is None:
        return {"step": exchange.step, "by": None}
    levels, decision = exchange.offer.levels, exchange.decision
    assert decision is not None
    return {
        "step": exchange.step,
        "by": exchange.offer.by.value,
        "package": table.terms.package(levels),
        "levels": [int(level) for level in levels],
        "partner_gain": table.partner_gain(levels),
        "us_gain": table.us_gain(levels),
        "accepted": decision.accepted,
        "reason": None if decision.reason is None else decision.reason.value,
        "short": decision.short,
        **_against(table, exchange),
    }


def _against(table: Table, exchange: Exchange) -> dict[str, str]:
    """Who at home is against an offer, and for the sake of which issue."""
    assert exchange.offer is not None
    found = table.win_set.opponent(exchange.offer.levels)
    return {} if found is None else {"player": found[0], "over": table.terms.issues[found[1]]}
