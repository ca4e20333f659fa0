"""A scenario is the whole experiment: same file, same seed, same numbers, anywhere."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, model_validator

from sim.scenario.around import Announcements, Retaliation, Tracks
from sim.scenario.calendar import Event, calendar_of_2025
from sim.scenario.checks import check
from sim.scenario.fault import fault
from sim.scenario.fields import Day, Section, param
from sim.scenario.mechanisms import Mechanisms
from sim.scenario.origin import origin_in
from sim.scenario.politics import Politics
from sim.scenario.preferences import CORE_ISSUES, RATE_ISSUES, IssueTerms, Partners, UnitedStates, default_issues
from sim.scenario.tactics import Tactics

__all__ = ["Clock", "Court", "Event", "Politics", "Position", "Queue", "Scenario", "Session", "Threat", "TradeResponse"]

Place = Annotated[int, Field(ge=1, le=500, strict=True)] | Literal["last"]
Position = Place | tuple[Place, ...] | None
#: Letters of a name: folders are called by it, with a hash and a seed behind.
NAME = 80
ISSUE_NAME = re.compile(r"^[a-z][a-z0-9_]*$")


class Clock(Section):
    """How long the talks and the value of their outcome last."""

    rounds: int = param(40, "Weekly rounds of talks from 14 April 2025", unit="weeks", bounds=(1, 150))
    horizon: int = param(
        208, "S: weeks over which outcomes are valued", unit="weeks", bounds=(52, 520), source="one presidential term"
    )
    common: bool = param(
        True,
        "Whether time pressure runs for everybody from the first round, rather than from the opening of its talks",
    )
    patience: int = param(
        13, "Weeks over which a side gives way when no deadline lies ahead", unit="weeks", bounds=(1, 208)
    )
    extension: int = param(
        0, "Weeks by which both sides expect an announced deadline to be moved", unit="weeks", bounds=(0, 52)
    )
    discount_rate: float = param(0.05, "r: discount rate of both sides", unit="1/yr", bounds=(0.0, 0.5))


class Queue(Section):
    """The treatment: when each partner's talks open."""

    focal: str = param("JPN", "The partner whose place in the queue is varied (ISO code)")
    position: Position = param(
        None, "Place of the focal partner; a list varies it, `last` is the end, silent keeps the order"
    )
    per_week: int = param(
        6,
        "Talks that open each week, in queue order",
        unit="partners/week",
        bounds=(1, 200),
        source="6 partners a week planned (press, 25 April 2025)",
    )
    sign_from: int = param(
        0, "Round before which the focal partner signs nothing, whatever has been agreed", unit="round", bounds=(0, 150)
    )
    opens: Literal["staggered", "together", "calendar"] = param(
        "staggered", "Talks open by place, all in round 0, or on the dates of 2025 where known and by place elsewhere"
    )
    order: Literal["importance", "listed"] | tuple[str, ...] = param(
        "importance", "Order of the others: by two-way trade, as listed in the facts, or ISO codes to put first"
    )


class Session(Section):
    """One meeting."""

    protocol: Literal["offers", "nash"] = param(
        "offers",
        "Alternating offers, or the asymmetric Nash solution at the current disagreement point (a benchmark of theory)",
    )
    power: float = param(0.5, "Bargaining weight of the United States under `nash`", bounds=(0.0, 1.0))
    offers: int = param(4, "Most offers exchanged in a session", unit="offers", bounds=(1, 50))
    opener: Literal["turns", "drawn"] = param(
        "drawn", "Who makes the first offer of a session: the sides in turn, or by a draw for every session"
    )
    to_close_small: int = param(3, "Sessions before a small partner's text can close", unit="sessions", bounds=(1, 50))
    to_close_middle: int = param(4, "The same for middling partners", unit="sessions", bounds=(1, 50))
    to_close_large: int = param(
        7, "The same for large partners", unit="sessions", bounds=(1, 50), source="Japan needed eight rounds in 2025"
    )
    middle_trade: float = param(20.0, "Two-way trade that makes a partner middling", unit="USD bn", bounds=(0.0, 1e4))
    large_trade: float = param(100.0, "Two-way trade that makes a partner large", unit="USD bn", bounds=(0.0, 1e4))


class TradeResponse(Section):
    """How strongly trade answers tariffs, and how soon (E10)."""

    short_run: float = param(
        0.76,
        "eps_S: trade elasticity at once",
        bounds=(0.5, 4.0),
        source="about 0.8 within a year (Boehm, Levchenko and Pandalai-Nayar, AER 2023)",
    )
    long_run: float = param(
        2.0,
        "eps_L: trade elasticity in the long run",
        bounds=(0.5, 4.0),
        source="1.75 to 2.25 after seven to ten years (the same); 4 in the source of the trade model",
    )
    years: float = param(4.0, "T: years in which two thirds of the way is gone", unit="years", bounds=(0.1, 50.0))
    exemptions: bool = param(
        True, "Whether trade that pays no duty (medicines, chips, energy ...) is left out of effective rates"
    )


class Court(Section):
    """The law on which the general rates stand is challenged; if it falls, only the rates on autos and deals stay."""

    hazard: float = param(
        0.0, "lambda: rate at which the courts strike the duties down; 0 never", unit="1/yr", bounds=(0.0, 10.0)
    )
    date: Day | None = param(None, "The day on which they do, instead of a hazard", unit="date")
    us_belief: float = param(
        0.0, "The hazard that the United States believe in when they value no deal", unit="1/yr", bounds=(0.0, 10.0)
    )
    partner_belief: float = param(0.0, "The hazard that partners believe in", unit="1/yr", bounds=(0.0, 10.0))


class Threat(Section):
    """What happens without a deal."""

    credibility: float = param(0.437, "rho: believed probability that the threat is carried out", bounds=(0.0, 1.0))
    pause_rate: float = param(
        0.10, "General rate during the pause", unit="fraction", bounds=(0.0, 1.0), source="order of 9 April 2025"
    )
    auto_rate: float = param(
        0.25, "Rate on autos without a deal", unit="fraction", bounds=(0.0, 1.0), source="proclamation of 26 March 2025"
    )


def merged_issues(given: dict[Any, Any]) -> dict[Any, Any]:
    """Return the default issues with the given terms laid over them."""
    merged: dict[Any, Any] = dict(default_issues())
    for name, terms in given.items():
        if name == "tariff":
            raise fault(
                ("issues", name), "the general rate is always negotiated and takes no terms here; see united_states"
            )
        if not isinstance(name, str) or not ISSUE_NAME.match(name):
            raise fault(
                ("issues", str(name)), "an issue is named with small letters, digits and _, beginning with a letter"
            )
        if isinstance(terms, dict) and name in merged:
            terms = {**merged[name].model_dump(), **terms}
        merged[name] = terms
    return merged


class Scenario(Section):
    """All that a run is."""

    name: str = Field(
        pattern=r"^[a-z][a-z0-9_]*$", max_length=NAME, description="Short name, also the folder of its results"
    )
    title: str = Field(description="One line")
    question: str = Field(default="Does it pay to be first?", description="What the scenario asks")
    seed: int = param(2025, "Seed of all luck", bounds=(0, 2**31 - 1))
    replications: int = param(24, "Twins per position", unit="runs", bounds=(1, 10_000_000))
    settlement: Literal["tables", "exact"] = param(
        "tables", "How final outcomes are valued: from the payoff tables the talks read, or by the trade model itself"
    )
    clock: Clock = Clock()
    queue: Queue = Queue()
    session: Session = Session()
    threat: Threat = Threat()
    response: TradeResponse = TradeResponse()
    court: Court = Court()
    united_states: UnitedStates = UnitedStates()
    partners: Partners = Partners()
    issues: dict[str, IssueTerms] = Field(
        default_factory=default_issues, description="Issues on top of the general rate"
    )
    mechanisms: Mechanisms = Mechanisms()
    politics: Politics = Politics()
    tracks: Tracks = Tracks()
    announcements: Announcements = Announcements()
    retaliation: Retaliation = Retaliation()
    tactics: Tactics = Tactics()
    calendar: tuple[Event, ...] = Field(
        default_factory=calendar_of_2025, description="Dated events; those of 2025 when not set"
    )

    @model_validator(mode="before")
    @classmethod
    def _issues_change_the_default(cls, data: Any) -> Any:
        """Lay the issues given over the default ones, key by key; a new name declares a new issue."""
        if not isinstance(data, dict) or not isinstance(data.get("issues"), dict):
            return data
        return {**data, "issues": merged_issues(data["issues"])}

    @model_validator(mode="after")
    def _parts_fit_together(self, info: ValidationInfo) -> Scenario:
        check(self, origin_in(info.context))
        return self

    @property
    def extra_issues(self) -> tuple[str, ...]:
        """Issues the scenario declares beyond the six of the model."""
        return tuple(name for name in self.issues if name not in CORE_ISSUES)

    @property
    def value_issues(self) -> tuple[str, ...]:
        """Issues that are not rates, core first."""
        core = tuple(name for name in CORE_ISSUES if name in self.issues and name not in RATE_ISSUES)
        return core + self.extra_issues
