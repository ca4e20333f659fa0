"""One table for two things: a run of the model and the talks of 2025 are laid out alike, to be measured alike.

Days count from 9 April 2025, the order that began the pause. A run knows weeks only; its days are their Wednesdays.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

import pandas as pd

from sim.ensemble.tables import SIGNED
from sim.scenario import Scenario
from sim.world import FrameworkDeal, load_calendar, load_deals, load_history, load_world

__all__ = ["COLUMNS", "RATE_OF_AUTOS", "ZERO", "calendar_rates", "day_of", "history", "letters", "runs_apart"]

ZERO = date(2025, 4, 9)
"""Day 0: the order of the pause."""
RATE_OF_AUTOS = 0.25
"""Duty on autos by proclamation, which a framework without a rate on autos leaves."""

COLUMNS = (
    *("iso", "opened", "signed", "sessions", "letter", "tariff", "auto_tariff"),
    *("defence", "fx", "investment", "market_access", "in_force", "by_calendar"),
)
"""Partner; days its talks opened and its deal was signed (blank if unknown, if none); sessions held; rate of a letter
of July; the signed text (blank without a deal); rate in force, and the rate that the calendar alone would give."""


def day_of(day: date) -> int:
    """Days from 9 April 2025."""
    return (day - ZERO).days


@cache
def letters() -> dict[str, float]:
    """Rates that the letters of July 2025 announced, by ISO code."""
    return {fact.iso: fact.rate for fact in load_calendar() if fact.kind == "letter"}


def history() -> pd.DataFrame:
    """Lay out the talks of 2025 as known by 1 August, in the columns of `COLUMNS`, one row a partner.

    On that day the pause was still on, so that all partners without a deal bore its rate. What is not known of a text
    is blank: currency and defence in those after 22 July.
    """
    return _history().copy()


@cache
def _history() -> pd.DataFrame:
    facts, pause = load_calendar(), next(fact.rate for fact in load_calendar() if fact.kind == "order")
    table = pd.DataFrame({"iso": [partner.iso3 for partner in load_world().partners]}).set_index("iso")
    deals = [fact for fact in facts if fact.kind == "deal"]
    for column, of in (("opened", [fact for fact in facts if fact.kind == "talks_open"]), ("signed", deals)):
        table[column] = pd.Series({fact.iso: float(day_of(fact.date)) for fact in of}).reindex(table.index)
    rounds = [fact.iso for fact in facts if fact.kind == "meeting" and fact.value.isdigit()]
    table["sessions"] = pd.Series(rounds).value_counts().reindex(table.index).astype(float)
    table["letter"] = pd.Series(letters()).reindex(table.index)
    table["tariff"] = pd.Series({fact.iso: fact.rate for fact in deals}).reindex(table.index)
    for issue in ("auto_tariff", "defence", "fx", "investment", "market_access"):
        terms = {deal.iso: _later(deal, issue) for deal in load_deals() if deal.signed}
        terms |= {term.iso: term.value for term in load_history() if term.issue == issue}
        table[issue] = pd.Series(terms).reindex(table.index)
    table["in_force"], table["by_calendar"] = table["tariff"].fillna(pause), pause
    return table.reset_index()[list(COLUMNS)]


def _later(deal: FrameworkDeal, issue: str) -> float:
    """Read an issue of a framework from its announcement; blank where that says nothing."""
    known = {
        "auto_tariff": RATE_OF_AUTOS if deal.agreed_auto_rate is None else deal.agreed_auto_rate,
        "investment": deal.investment_pledge or 0.0,
        "market_access": 1.0 if deal.market_access else float("nan"),
    }
    return known.get(issue, float("nan"))


def runs_apart(partners: pd.DataFrame, scenario: Scenario) -> Iterator[pd.DataFrame]:
    """Lay out every run of a table of partners as `history` lays out 2025, run by run.

    Parameters
    ----------
    partners : DataFrame
        Columns as in :class:`sim.study.Results`.
    scenario : Scenario
        What was run.
    """
    text = {signed: issue for issue, signed in SIGNED.items()}
    table = partners.rename(columns={"tariff": "in_force", "day": "signed"}).drop(columns="auto_tariff")
    table = table.rename(columns=text).reset_index(drop=True)
    table["letter"] = table["iso"].map(letters())
    table["by_calendar"] = table["iso"].map(calendar_rates(scenario, tuple(table["iso"].unique())))
    for issue in set(COLUMNS) - set(table.columns):
        table[issue] = float("nan")  # an issue that the scenario keeps off the table
    for _, run in table.groupby("replication", sort=True):
        yield run[list(COLUMNS)].reset_index(drop=True)


def calendar_rates(scenario: Scenario, isos: tuple[str, ...]) -> dict[str, float]:
    """General rate of each partner after the talks if it never signs: of the pause, 2 April, a letter or an order."""
    from sim.talks.clock import Timeline

    timeline, pause = Timeline.of(scenario.calendar), scenario.threat.pause_rate
    snaps = [snap for snap in timeline.snaps() if snap < scenario.clock.rounds]
    if not snaps:
        return dict.fromkeys(isos, pause)
    world = load_world()
    rates = {iso: max(world.partner(iso).rate_april2, pause) for iso in isos}
    for when, event in timeline.events:
        if event.announces and when <= snaps[-1]:
            rates |= {iso: rate for iso, rate in event.rates.items() if iso in rates}
    return rates
