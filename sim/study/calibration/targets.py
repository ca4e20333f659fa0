"""What the calibration looks at: numbers of the talks of 2025 as known by 1 August, each with its error and weight.

Every partner that had a framework by 1 August is asked the same five questions: whether it has signed by then, its
general rate, its rate on autos, its pledge and its week. A few totals come beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sim.world import load_calendar, load_deals, round_of

__all__ = ["ASKED", "BLOCKS", "COUNTED", "Framework", "Target", "load_frameworks", "targets"]

#: Rate on autos, in per cent, of a partner whose text does not name one.
AUTOS = 25.0
#: What is asked of each partner, in this order.
ASKED = ("signed", "rate", "autos", "pledge", "week")
#: Days by which all deals are counted. A run knows weeks only, so that deals are counted to the Sunday.
COUNTED = {"deals_9_july": date(2025, 7, 9), "deals_22_july": date(2025, 7, 22), "deals_1_august": date(2025, 8, 1)}
#: More deals than this by 1 August are too many: some that were not announced as a framework may count as one.
AT_MOST = 20.0

#: Weight of each number of a block in the log-likelihood, and what the block is.
BLOCKS = {
    "rates": (1.0, "general rates of the thirteen, points"),
    "autos cut": (0.5, "rates on autos below 25, points"),
    "autos kept": (0.25, "rates on autos that stayed at 25, points"),
    "pledges": (1.0, "investment pledged, log of one plus USD bn"),
    "no pledges": (0.5, "none where none was pledged; all of the poor together"),
    "signed": (0.5, "share signed by 1 August"),
    "dates": (0.25, "weeks in which they sign, but for Japan"),
    "counts": (1.0, "deals by 9 July, 22 July and 1 August (20 at most), and of the thirteen"),
    "Japan": (1.0, "its week, and its sessions until then"),
}
#: Errors: points (of general rates, then of rates on autos), log of one plus USD bn, share, weeks, deals, sessions.
RATE, AUTO, PLEDGE, SHARE, WEEKS, DEALS_BY, SESSIONS = 1.0, 2.0, 0.5, 0.25, 2.0, (1.0, 2.0, 2.0), 2.0


@dataclass(frozen=True)
class Framework:
    """A deal of 2025 as announced.

    Attributes
    ----------
    iso : str
        The partner.
    day : date
        Day of the announcement.
    rate, auto_rate : float
        Per cent.
    pledge : float
        Investment, USD bn; 0 where none was announced.
    """

    iso: str
    day: date
    rate: float
    auto_rate: float
    pledge: float


@dataclass(frozen=True)
class Target:
    """A number of 2025 that an ensemble should show.

    Attributes
    ----------
    name, block : str
        What it is, as in ``JPN.rate``, and of which of the `BLOCKS`.
    observed, error : float
        Value and its standard error: of the reading, and of a model that is no more than one.
    upper : bool
        Whether it is a bound, so that less is no miss.
    """

    name: str
    block: str
    observed: float
    error: float
    upper: bool = False

    @property
    def weight(self) -> float:
        """Weight in the log-likelihood."""
        return BLOCKS[self.block][0]


def load_frameworks() -> tuple[Framework, ...]:
    """Return the deals that were announced by 1 August 2025, in the order of the facts."""
    return tuple(
        Framework(
            deal.iso,
            deal.framework_date,
            100.0 * deal.agreed_rate,
            AUTOS if deal.agreed_auto_rate is None else 100.0 * deal.agreed_auto_rate,
            deal.investment_pledge or 0.0,
        )
        for deal in load_deals()
        if deal.framework_date is not None and deal.agreed_rate is not None
    )


def targets(frameworks: Sequence[Framework] | None = None) -> tuple[Target, ...]:
    """List what is looked at, partner by partner, then the totals; of some deals of 2025, or of all."""
    deals = load_frameworks() if frameworks is None else tuple(frameworks)
    return (*(target for deal in deals for target in _of(deal)), *_totals(deals))


def _of(deal: Framework) -> list[Target]:
    """What one deal of 2025 shows, in the order of `ASKED`."""
    autos = "autos cut" if deal.auto_rate < AUTOS else "autos kept"
    return [
        Target(f"{deal.iso}.signed", "signed", 1.0, SHARE),
        Target(f"{deal.iso}.rate", "rates", deal.rate, RATE),
        Target(f"{deal.iso}.autos", autos, deal.auto_rate, AUTO),
        Target(f"{deal.iso}.pledge", "pledges" if deal.pledge else "no pledges", float(np.log1p(deal.pledge)), PLEDGE),
        Target(f"{deal.iso}.week", "Japan" if deal.iso == "JPN" else "dates", float(round_of(deal.day)), WEEKS),
    ]


def _totals(deals: Sequence[Framework]) -> list[Target]:
    weeks = np.array([round_of(deal.day) for deal in deals])
    by = {name: float((weeks <= round_of(day)).sum()) for name, day in COUNTED.items()}
    japan = any(deal.iso == "JPN" for deal in deals)
    met = sum(fact.kind == "meeting" and fact.iso == "JPN" and fact.value.isdigit() for fact in load_calendar())
    counts = [
        Target(name, "counts", AT_MOST if name == "deals_1_august" else by[name], error, name == "deals_1_august")
        for name, error in zip(COUNTED, DEALS_BY, strict=True)
    ]
    sessions = [Target("JPN.sessions", "Japan", float(met), SESSIONS)] if japan else []
    return [
        *counts,
        Target("signers", "counts", by["deals_1_august"], DEALS_BY[-1]),
        Target("poor.pledge", "no pledges", 0.0, PLEDGE),
        *sessions,
    ]
