"""The patterns of the talks of 2025 that a run should show, each a number measured on one table (section 12).

The same functions measure a run and the talks themselves (`sim.study.ruler`), so an observed value is never typed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

import pandas as pd

from sim.study.ruler import day_of, history

__all__ = ["PATTERNS", "Pattern", "observed"]

BLANK, NEVER = float("nan"), float("inf")

PAUSE_ENDS = day_of(date(2025, 7, 9))
DEADLINES = (PAUSE_ENDS, day_of(date(2025, 8, 1)))
#: Sunday of the week of 22 July, for a run knows weeks only.
KNOWN = day_of(date(2025, 7, 27))
MAY_ENDS = day_of(date(2025, 5, 31))
RUN_UP = 14
WEEK = 3.0
RATE_OF_AUTOS = 0.25
SAME = 1e-9

SIGNERS = ("GBR", "VNM", "IDN", "PHL", "JPN")


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
    """

    name: str
    meaning: str
    unit: str
    measure: Callable[[pd.DataFrame], float]
    tolerance: float
    grain: float = 0.0


def observed(pattern: Pattern) -> float:
    """Value of a pattern in the talks of 2025, as known by 22 July."""
    return pattern.measure(history())


# ---------------------------------------------------------------- when deals were signed


def _deals(talks: pd.DataFrame, until: float = KNOWN) -> pd.DataFrame:
    """Partners that signed up to a day."""
    return talks[talks["signed"] <= until]


def _row(talks: pd.DataFrame, iso: str) -> pd.Series | None:
    """The row of a partner with a deal, None without one."""
    rows = talks[(talks["iso"] == iso) & talks["signed"].notna()]
    return None if rows.empty else rows.iloc[0]


def deals_by(talks: pd.DataFrame, until: float) -> float:
    """Deals signed up to a day."""
    return float(len(_deals(talks, until)))


def first_deal(talks: pd.DataFrame) -> float:
    """Days from 9 April to the first deal."""
    first = talks["signed"].min()
    return NEVER if pd.isna(first) else float(first)


def bunching(talks: pd.DataFrame) -> float:
    """Share of the deals by 22 July that fell less than two weeks before a deadline."""
    signed = _deals(talks)["signed"]
    near = sum((signed <= deadline) & (signed > deadline - RUN_UP) for deadline in DEADLINES)
    return _share(pd.Series(near > 0, index=signed.index))


def days_to_deal(talks: pd.DataFrame) -> float:
    """Days from opening to deal: median of the deals by 22 July whose talks opened by the end of May.

    Only partners whose opening date in 2025 is known, so that a run is asked about the same kind of partner.
    """
    deals = _deals(talks[talks["iso"].isin(_opening_known()) & (talks["opened"] <= MAY_ENDS)])
    return float((deals["signed"] - deals["opened"]).median())


@cache
def _opening_known() -> frozenset[str]:
    """Partners whose first day of talks is known."""
    return frozenset(history().dropna(subset="opened")["iso"])


def signers_of_2025(talks: pd.DataFrame) -> float:
    """How many of the five that signed by 22 July 2025 did."""
    return float(_deals(talks)["iso"].isin(SIGNERS).sum())


# ---------------------------------------------------------------- Japan


def waited(talks: pd.DataFrame, iso: str) -> float:
    """Days from opening to deal of one partner."""
    row = _row(talks, iso)
    return NEVER if row is None else float(row["signed"] - row["opened"])


def signed_before(talks: pd.DataFrame, iso: str) -> float:
    """Partners that signed in an earlier week than one does, or at all when it never signs."""
    row = _row(talks, iso)
    until = NEVER if row is None else _week(row["signed"])
    return float((_weeks(talks) < until).sum())


def _week(day: float) -> float:
    """Week of a day, weeks beginning on Mondays; day 5 is Monday 14 April."""
    return float((day - 5.0) // 7.0)


def _weeks(talks: pd.DataFrame) -> pd.Series:
    return (talks["signed"] - 5.0) // 7.0


# ---------------------------------------------------------------- what the texts say


def term(talks: pd.DataFrame, iso: str, issue: str) -> float:
    """What one partner's text says on an issue, or the sessions it took; blank without a deal."""
    row = _row(talks, iso)
    return BLANK if row is None else float(row[issue])


def some(talks: pd.DataFrame, iso: str, issue: str) -> float:
    """Whether one partner's text has anything of an issue, 1 or 0; blank without a deal."""
    value = term(talks, iso, issue)
    return BLANK if pd.isna(value) else float(value > SAME)


def share_with(talks: pd.DataFrame, issue: str) -> float:
    """Share of the texts by 22 July with anything of an issue."""
    values = _deals(talks)[issue].dropna()
    return _share(values > SAME)


def autos_kept(talks: pd.DataFrame) -> float:
    """Share of the texts by 22 July that leave autos at the rate of the proclamation."""
    return _share(_deals(talks)["auto_tariff"] > RATE_OF_AUTOS - SAME)


# ---------------------------------------------------------------- letters, and those without a deal


def signed_after_letter(talks: pd.DataFrame) -> float:
    """Partners with a letter that signed after the pause and by 22 July."""
    deals = _deals(talks)
    return float((deals["letter"].notna() & (deals["signed"] > PAUSE_ENDS)).sum())


def below_letter(talks: pd.DataFrame) -> float:
    """Share of the texts of partners with a letter, signed after the pause and by 22 July, below the letter's rate."""
    deals = _deals(talks)
    late = deals[deals["letter"].notna() & (deals["signed"] > PAUSE_ENDS)]
    return _share(late["tariff"] < late["letter"] - SAME)


def rate_of_calendar(talks: pd.DataFrame) -> float:
    """Share of the partners without a deal that bear the rate of the calendar."""
    rest = talks[talks["signed"].isna()]
    return _share((rest["in_force"] - rest["by_calendar"]).abs() < SAME)


def _share(hits: pd.Series) -> float:
    """Share of true values; blank where there are none to ask."""
    return float(hits.mean()) if len(hits) else BLANK


def _of(name: str, issue: str, unit: str, tolerance: float, meaning: str) -> Pattern:
    """Describe what the text of one partner says; the name begins with who that is."""
    iso = {"japan": "JPN", "britain": "GBR", "viet": "VNM", "indonesia": "IDN", "philippines": "PHL"}
    return Pattern(name, meaning, unit, partial(term, iso=iso[name.split("_")[0]], issue=issue), tolerance)


PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "frameworks_90_days", "deals by 9 July, the first 90 days", "deals", partial(deals_by, until=PAUSE_ENDS), 1.0
    ),
    Pattern("deals_by_22_july", "deals by the week of 22 July", "deals", partial(deals_by, until=KNOWN), 2.0),
    Pattern("first_deal", "9 April to the first deal", "days", first_deal, 21.0, WEEK),
    Pattern("bunching", "of the deals by 22 July, those less than two weeks before a deadline", "share", bunching, 0.2),
    Pattern("days_to_deal", "opening to deal, median of main partners", "days", days_to_deal, 14.0, WEEK),
    Pattern("signers_of_2025", "of GBR, VNM, IDN, PHL and JPN, signed by 22 July", "deals", signers_of_2025, 1.0),
    Pattern("japan_days", "opening to deal, Japan", "days", partial(waited, iso="JPN"), 17.5, WEEK),
    _of("japan_sessions", "sessions", "sessions", 2.0, "rounds of talks, Japan"),
    Pattern(
        "signed_before_japan", "partners that signed before Japan", "partners", partial(signed_before, iso="JPN"), 2.0
    ),
    _of("japan_tariff", "tariff", "rate", 0.02, "general rate, Japan"),
    _of("japan_autos", "auto_tariff", "rate", 0.02, "rate on autos, Japan"),
    _of("japan_pledge", "investment", "USD bn", 200.0, "investment pledged, Japan"),
    Pattern("japan_fx", "currency in the text, Japan", "share", partial(some, iso="JPN", issue="fx"), 0.0),
    Pattern(
        "japan_defence",
        "host-nation support in the text, Japan",
        "share",
        partial(some, iso="JPN", issue="defence"),
        0.0,
    ),
    Pattern(
        "japan_access",
        "market access in the text, Japan",
        "share",
        partial(some, iso="JPN", issue="market_access"),
        0.0,
    ),
    _of("britain_tariff", "tariff", "rate", 0.02, "general rate, United Kingdom"),
    _of("britain_autos", "auto_tariff", "rate", 0.02, "rate on autos, United Kingdom"),
    _of("viet_nam_tariff", "tariff", "rate", 0.03, "general rate, Viet Nam"),
    _of("indonesia_tariff", "tariff", "rate", 0.03, "general rate, Indonesia"),
    _of("philippines_tariff", "tariff", "rate", 0.03, "general rate, Philippines"),
    Pattern(
        "access_in_deals",
        "deals by 22 July with market access",
        "share",
        partial(share_with, issue="market_access"),
        0.2,
    ),
    Pattern(
        "pledge_in_deals",
        "deals by 22 July with an investment pledge",
        "share",
        partial(share_with, issue="investment"),
        0.2,
    ),
    Pattern("fx_in_deals", "deals by 22 July with a currency clause", "share", partial(share_with, issue="fx"), 0.1),
    Pattern(
        "defence_in_deals",
        "deals by 22 July with host-nation support",
        "share",
        partial(share_with, issue="defence"),
        0.1,
    ),
    Pattern("autos_kept", "deals by 22 July that leave autos at 25 %", "share", autos_kept, 0.2),
    Pattern(
        "signed_after_letter", "partners with a letter that then signed by 22 July", "deals", signed_after_letter, 2.0
    ),
    Pattern("below_letter", "of those, at a rate below the letter's", "share", below_letter, 0.1),
    Pattern(
        "rate_of_calendar", "partners without a deal that bear the calendar's rate", "share", rate_of_calendar, 0.0
    ),
)
"""All patterns, in the order in which they are told."""
