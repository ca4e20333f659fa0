"""What a run or 2025 itself shows, measured on one table (`sim.study.ruler`): days count from 9 April 2025."""

from __future__ import annotations

from datetime import date
from functools import cache

import pandas as pd

from sim.study.benchmarks import HIGH_INCOME, income
from sim.study.ruler import RATE_OF_AUTOS, day_of, history
from sim.world import load_economies, requesting

__all__ = [
    "AUGUST",
    "BLANK",
    "HEADLINE",
    "KNOWN",
    "NEVER",
    "PAUSE_ENDS",
    "SIGNERS",
    "WEEK",
    "autos_kept",
    "below_letter",
    "bunching",
    "days_to_deal",
    "deals_between",
    "deals_by",
    "deals_until",
    "first_deal",
    "pledges_of_rich",
    "poor_without_pledge",
    "rate_of_calendar",
    "rich",
    "share_with",
    "signed_after_letter",
    "signed_before",
    "signers_by_august",
    "signers_of_2025",
    "some",
    "term",
    "tier",
    "tier_of",
    "tiers_apart",
    "waited",
]

BLANK, NEVER = float("nan"), float("inf")

PAUSE_ENDS = day_of(date(2025, 7, 9))
DEADLINES = (PAUSE_ENDS, day_of(date(2025, 8, 1)))
#: Saturday of the week of 22 July, for a run knows weeks only; the deal of Sunday 27 July belongs to the next days.
KNOWN = day_of(date(2025, 7, 26))
#: Sunday of the week of 1 August.
AUGUST = day_of(date(2025, 8, 3))
MAY_ENDS = day_of(date(2025, 5, 31))
RUN_UP = 14
WEEK = 3.0
SAME = 1e-9
BASE = 0.10

SIGNERS = ("GBR", "VNM", "IDN", "PHL", "JPN")
#: A pledge below this is none, USD bn.
HEADLINE = 1.0


# ---------------------------------------------------------------- when deals were signed


def deals_until(talks: pd.DataFrame, until: float = KNOWN) -> pd.DataFrame:
    """Partners that signed up to a day."""
    return talks[talks["signed"] <= until]


def _row(talks: pd.DataFrame, iso: str) -> pd.Series | None:
    """The row of a partner with a deal, None without one."""
    rows = talks[(talks["iso"] == iso) & talks["signed"].notna()]
    return None if rows.empty else rows.iloc[0]


def deals_between(talks: pd.DataFrame, after: float, until: float) -> float:
    """Deals signed after one day and up to another."""
    return deals_by(talks, until) - deals_by(talks, after)


def deals_by(talks: pd.DataFrame, until: float) -> float:
    """Deals signed up to a day."""
    return float(len(deals_until(talks, until)))


def first_deal(talks: pd.DataFrame) -> float:
    """Days from 9 April to the first deal."""
    first = talks["signed"].min()
    return NEVER if pd.isna(first) else float(first)


def bunching(talks: pd.DataFrame, until: float = KNOWN) -> float:
    """Share of the deals up to a day that fell less than two weeks before a deadline."""
    signed = deals_until(talks, until)["signed"]
    near = sum((signed <= deadline) & (signed > deadline - RUN_UP) for deadline in DEADLINES)
    return _share(pd.Series(near > 0, index=signed.index))


def days_to_deal(talks: pd.DataFrame, until: float = KNOWN) -> float:
    """Days from opening to deal: median of the deals up to a day whose talks opened by the end of May.

    Only partners whose opening date in 2025 is known, so that a run is asked about the same kind of partner.
    """
    deals = deals_until(talks[talks["iso"].isin(_opening_known()) & (talks["opened"] <= MAY_ENDS)], until)
    return float((deals["signed"] - deals["opened"]).median())


@cache
def _opening_known() -> frozenset[str]:
    """Partners whose first day of talks is known."""
    return frozenset(history().dropna(subset="opened")["iso"])


def signers_of_2025(talks: pd.DataFrame) -> float:
    """How many of the five that signed by 22 July 2025 did."""
    return float(deals_until(talks)["iso"].isin(SIGNERS).sum())


def signers_by_august(talks: pd.DataFrame) -> float:
    """How many of the partners with a framework by 1 August 2025 have signed by then."""
    return float(deals_until(talks, AUGUST)["iso"].isin(_signers()).sum())


@cache
def _signers() -> frozenset[str]:
    """Partners with a framework."""
    return frozenset(history().dropna(subset="signed")["iso"])


# ---------------------------------------------------------------- rich and poor, by 1 August


@cache
def rich() -> frozenset[str]:
    """Partners of high income."""
    return frozenset(partner.iso3 for partner in requesting(load_economies()) if income(partner) > HIGH_INCOME)


@cache
def _listed() -> frozenset[str]:
    """Partners with a rate of their own on 2 April, above the base."""
    return frozenset(partner.iso3 for partner in requesting(load_economies()) if partner.rate_april2 > BASE)


def tier(talks: pd.DataFrame, of_rich: bool) -> float:
    """Median general rate of the deals by 1 August of rich or of poor partners whose rate of 2 April was above 10 %."""
    deals = deals_until(talks, AUGUST)
    return float(deals.loc[deals["iso"].isin(tier_of(of_rich)), "tariff"].median())


def tier_of(of_rich: bool) -> tuple[str, ...]:
    """Rich or poor partners whose rate of 2 April was above 10 per cent."""
    return tuple(sorted(iso for iso in _listed() if (iso in rich()) == of_rich))


def tiers_apart(talks: pd.DataFrame) -> float:
    """By how much the poor pay a higher rate than the rich."""
    return tier(talks, of_rich=False) - tier(talks, of_rich=True)


def pledges_of_rich(talks: pd.DataFrame) -> float:
    """Share of the pledges by 1 August that are those of rich partners."""
    deals = deals_until(talks, AUGUST)
    return _share(deals.loc[deals["investment"] >= HEADLINE, "iso"].isin(rich()))


def poor_without_pledge(talks: pd.DataFrame) -> float:
    """Share of the texts of poor partners by 1 August that name no pledge."""
    deals = deals_until(talks, AUGUST)
    return _share(deals.loc[~deals["iso"].isin(rich()), "investment"].fillna(0.0) < HEADLINE)


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
    values = deals_until(talks)[issue].dropna()
    return _share(values > SAME)


def autos_kept(talks: pd.DataFrame) -> float:
    """Share of the texts by 22 July that leave autos at the rate of the proclamation."""
    return _share(deals_until(talks)["auto_tariff"] > RATE_OF_AUTOS - SAME)


# ---------------------------------------------------------------- letters, and those without a deal


def signed_after_letter(talks: pd.DataFrame) -> float:
    """Partners with a letter that signed after the pause and by 22 July."""
    deals = deals_until(talks)
    return float((deals["letter"].notna() & (deals["signed"] > PAUSE_ENDS)).sum())


def below_letter(talks: pd.DataFrame) -> float:
    """Share of the texts of partners with a letter, signed after the pause and by 22 July, below the letter's rate."""
    deals = deals_until(talks)
    late = deals[deals["letter"].notna() & (deals["signed"] > PAUSE_ENDS)]
    return _share(late["tariff"] < late["letter"] - SAME)


def rate_of_calendar(talks: pd.DataFrame) -> float:
    """Share of the partners without a deal that bear the rate of the calendar."""
    rest = talks[talks["signed"].isna()]
    return _share((rest["in_force"] - rest["by_calendar"]).abs() < SAME)


def _share(hits: pd.Series) -> float:
    """Share of true values; blank where there are none to ask."""
    return float(hits.mean()) if len(hits) else BLANK
