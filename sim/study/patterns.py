"""The patterns of the talks of 2025 that a run should show, each a number measured on one table (section 12).

The same functions measure a run and the talks themselves (`sim.study.pattern_measures`), so an observed value is never
typed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from sim.study import pattern_measures as of
from sim.study.pattern_measures import AUGUST, BLANK, KNOWN, PAUSE_ENDS, WEEK
from sim.study.ruler import history

__all__ = ["BLANK", "PATTERNS", "Pattern", "observed"]


@dataclass(frozen=True)
class Pattern:
    """A number that 2025 showed and that every run shows too.

    Attributes
    ----------
    name, meaning, unit : str
        What it is; the unit is one of days, deals, sessions, partners, share, rate, USD bn.
    measure : callable
        Takes a table with the columns of `sim.study.ruler.COLUMNS`; gives the number, blank (nan) where a run has
        nothing to measure, infinity where what it waits for never came.
    tolerance : float
        A run within this of the observed value is said to reproduce it; also the scale of a miss in the calibration.
    grain : float
        How much of the number a run cannot know: three days where it knows the week.
    issue : str
        The issue of a text that it reads, if it reads one: a grid of one value decides it (`sim.study.decided`).
    who : tuple of str
        Whose texts these are; everybody's when empty.
    """

    name: str
    meaning: str
    unit: str
    measure: Callable[[pd.DataFrame], float]
    tolerance: float
    grain: float = 0.0
    issue: str = ""
    who: tuple[str, ...] = ()


def observed(pattern: Pattern) -> float:
    """Value of a pattern in the talks of 2025, as known by 1 August."""
    return pattern.measure(history())


ISO = {
    **{"japan": "JPN", "britain": "GBR", "viet": "VNM", "indonesia": "IDN", "philippines": "PHL"},
    **{"korea": "KOR", "eu": "EUU"},
}


def _of(name: str, issue: str, unit: str, tolerance: float, meaning: str) -> Pattern:
    """Describe what the text of one partner says; the name begins with who that is."""
    iso = ISO[name.split("_")[0]]
    return Pattern(
        name, meaning, unit, partial(of.term, iso=iso, issue=issue), tolerance, issue=_in_text(issue), who=(iso,)
    )


def _some(name: str, issue: str, meaning: str) -> Pattern:
    """Describe whether the text of one partner has anything of an issue."""
    iso = ISO[name.split("_")[0]]
    return Pattern(name, meaning, "share", partial(of.some, iso=iso, issue=issue), 0.0, issue=issue, who=(iso,))


def _with(name: str, issue: str, tolerance: float, meaning: str) -> Pattern:
    """Describe how many of the texts by 22 July have anything of an issue."""
    return Pattern(name, meaning, "share", partial(of.share_with, issue=issue), tolerance, issue=issue)


def _in_text(issue: str) -> str:
    return "" if issue == "sessions" else issue


PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "frameworks_90_days", "deals by 9 July, the first 90 days", "deals", partial(of.deals_by, until=PAUSE_ENDS), 1.0
    ),
    Pattern("deals_by_22_july", "deals by the week of 22 July", "deals", partial(of.deals_by, until=KNOWN), 2.0),
    Pattern("deals_by_1_august", "deals by the week of 1 August", "deals", partial(of.deals_by, until=AUGUST), 3.0),
    Pattern(
        "last_week",
        "deals from 27 July to 1 August",
        "deals",
        partial(of.deals_between, after=KNOWN, until=AUGUST),
        2.0,
    ),
    Pattern("first_deal", "9 April to the first deal", "days", of.first_deal, 21.0, WEEK),
    Pattern(
        "bunching", "of the deals by 22 July, those less than two weeks before a deadline", "share", of.bunching, 0.2
    ),
    Pattern(
        "bunching_by_august",
        "of the deals by 1 August, those less than two weeks before a deadline",
        "share",
        partial(of.bunching, until=AUGUST),
        0.2,
    ),
    Pattern(
        "days_to_deal",
        "opening to deal, median of main partners that sign by 22 July",
        "days",
        of.days_to_deal,
        14.0,
        WEEK,
    ),
    Pattern(
        "days_to_deal_by_august",
        "opening to deal, median of main partners that sign by 1 August",
        "days",
        partial(of.days_to_deal, until=AUGUST),
        14.0,
        WEEK,
    ),
    Pattern("signers_of_2025", "of GBR, VNM, IDN, PHL and JPN, signed by 22 July", "deals", of.signers_of_2025, 1.0),
    Pattern(
        "signers_by_august", "of the thirteen with a framework, signed by 1 August", "deals", of.signers_by_august, 2.0
    ),
    Pattern("japan_days", "opening to deal, Japan", "days", partial(of.waited, iso="JPN"), 17.5, WEEK),
    _of("japan_sessions", "sessions", "sessions", 2.0, "rounds of talks, Japan"),
    Pattern(
        "signed_before_japan",
        "partners that signed before Japan",
        "partners",
        partial(of.signed_before, iso="JPN"),
        2.0,
    ),
    _of("japan_tariff", "tariff", "rate", 0.02, "general rate, Japan"),
    _of("japan_autos", "auto_tariff", "rate", 0.02, "rate on autos, Japan"),
    _of("japan_pledge", "investment", "USD bn", 200.0, "investment pledged, Japan"),
    _some("japan_fx", "fx", "currency in the text, Japan"),
    _some("japan_defence", "defence", "host-nation support in the text, Japan"),
    _some("japan_access", "market_access", "market access in the text, Japan"),
    _of("eu_tariff", "tariff", "rate", 0.02, "general rate, European Union"),
    _of("eu_autos", "auto_tariff", "rate", 0.02, "rate on autos, European Union"),
    _of("eu_pledge", "investment", "USD bn", 250.0, "investment pledged, European Union"),
    _of("korea_tariff", "tariff", "rate", 0.02, "general rate, Korea"),
    _of("korea_autos", "auto_tariff", "rate", 0.02, "rate on autos, Korea"),
    _of("korea_pledge", "investment", "USD bn", 150.0, "investment pledged, Korea"),
    _of("britain_tariff", "tariff", "rate", 0.02, "general rate, United Kingdom"),
    _of("britain_autos", "auto_tariff", "rate", 0.02, "rate on autos, United Kingdom"),
    _of("viet_nam_tariff", "tariff", "rate", 0.03, "general rate, Viet Nam"),
    _of("indonesia_tariff", "tariff", "rate", 0.03, "general rate, Indonesia"),
    _of("philippines_tariff", "tariff", "rate", 0.03, "general rate, Philippines"),
    Pattern(
        "rate_of_rich",
        "general rate of rich partners above 10 % on 2 April, median",
        "rate",
        partial(of.tier, of_rich=True),
        0.01,
        issue="tariff",
        who=of.tier_of(of_rich=True),
    ),
    Pattern(
        "rate_of_poor",
        "general rate of poor partners above 10 % on 2 April, median",
        "rate",
        partial(of.tier, of_rich=False),
        0.01,
        issue="tariff",
        who=of.tier_of(of_rich=False),
    ),
    Pattern("tiers_apart", "by how much the poor pay a higher rate than the rich", "rate", of.tiers_apart, 0.015),
    Pattern("pledges_of_rich", "of the pledges by 1 August, those of rich partners", "share", of.pledges_of_rich, 0.1),
    Pattern(
        "poor_without_pledge",
        "deals of poor partners by 1 August without a pledge",
        "share",
        of.poor_without_pledge,
        0.2,
    ),
    _with("access_in_deals", "market_access", 0.2, "deals by 22 July with market access"),
    _with("pledge_in_deals", "investment", 0.2, "deals by 22 July with an investment pledge"),
    _with("fx_in_deals", "fx", 0.1, "deals by 22 July with a currency clause"),
    _with("defence_in_deals", "defence", 0.1, "deals by 22 July with host-nation support"),
    Pattern("autos_kept", "deals by 22 July that leave autos at 25 %", "share", of.autos_kept, 0.2),
    Pattern(
        "signed_after_letter",
        "partners with a letter that then signed by 22 July",
        "deals",
        of.signed_after_letter,
        2.0,
    ),
    Pattern("below_letter", "of those, at a rate below the letter's", "share", of.below_letter, 0.1),
    Pattern(
        "rate_of_calendar", "partners without a deal that bear the calendar's rate", "share", of.rate_of_calendar, 0.0
    ),
)
"""All patterns, in the order in which they are told."""
