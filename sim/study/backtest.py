"""Predicted against observed: the frameworks of 2025 as an ensemble has them, and as naive benchmarks would.

Rates are fractions here, days count from Monday 14 April, pledges are USD bn. What an ensemble says of a partner's text
is the median over the runs in which it signs, by the end of the talks; `signed` is the share of all runs in which it
has signed by the week of 1 August.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.ensemble import Engine
from sim.ensemble.tables import SIGNED
from sim.scenario import Scenario
from sim.study.benchmarks import HIGH_INCOME, Benchmark, benchmarks, income, left_out
from sim.study.predicted import LeftOut, Predicted
from sim.study.ruler import ZERO
from sim.study.scores import run_measured
from sim.world import START, FrameworkDeal, load_deals, load_world, round_of

__all__ = [
    "AUGUST",
    "BAND",
    "MEASURES",
    "PARTS",
    "Backtest",
    "backtest_table",
    "figure_table",
    "left_out",
    "medians_of",
    "partner_rows",
    "run_backtest",
]

Floats = NDArray[np.float64]

#: What is kept of a run, and what each column is called in the table of partners of an ensemble.
PARTS = {"rate": SIGNED["tariff"], "auto": SIGNED["auto_tariff"], "pledge": "investment", "day": "day"}
KEPT = ("replication", "iso", "deal", "round", *PARTS.values())
BAND = (0.05, 0.5, 0.95)
BASE = 0.10
#: Weeks of 9 July and of 1 August.
JULY, AUGUST = round_of(date(2025, 7, 9)), round_of(date(2025, 8, 1))
BEGAN = (START - ZERO).days

#: What a figure compares: words, unit, part, and what turns it into the unit.
MEASURES = (
    ("general rate", "%", "rate", 100.0),
    ("rate on autos", "%", "auto", 100.0),
    ("signed, days after 14 April", "days", "day", 1.0),
    ("pledge", "USD bn", "pledge", 1.0),
)


@dataclass(frozen=True, eq=False)
class Backtest:
    """An ensemble beside the frameworks of 2025.

    Attributes
    ----------
    deals : tuple of FrameworkDeal
        What it is held against.
    runs : DataFrame
        A row a run and partner, the columns of `KEPT`.
    predicted : Predicted, optional
        Weighted points of a calibration, by which the model is judged on partners it has not seen.
    """

    deals: tuple[FrameworkDeal, ...]
    runs: pd.DataFrame
    predicted: Predicted | None = None

    @property
    def replications(self) -> int:
        """Runs of the ensemble."""
        return int(self.runs["replication"].nunique())

    @cached_property
    def frameworks(self) -> tuple[FrameworkDeal, ...]:
        """Deals that were signed, by date."""
        return tuple(sorted((deal for deal in self.deals if deal.signed), key=lambda deal: str(deal.framework_date)))

    @cached_property
    def others(self) -> tuple[FrameworkDeal, ...]:
        """Partners of the scenario that did not sign."""
        here = set(self.runs["iso"])
        return tuple(deal for deal in self.deals if not deal.signed and deal.iso in here)

    @cached_property
    def partners(self) -> pd.DataFrame:
        """The frameworks beside the ensemble and the benchmarks; see `partner_rows`."""
        rows = partner_rows(self.runs, self.frameworks)
        judged = self.judged
        for name, benchmark in self.benchmarks.items():
            rows[name] = rows["iso"].map(dict(zip(judged["iso"], benchmark.left_out, strict=True)))
        rows["left_out"] = rows["iso"].map({iso: found.rate for iso, found in self.left_out.items()})
        return rows

    @cached_property
    def judged(self) -> pd.DataFrame:
        """Partners whose rate of 2 April was above the base: `iso`, `april2`, `seen`, `rich`, `model` (rates)."""
        known = {partner.iso3: partner for partner in load_world().economies}
        rows = partner_rows(self.runs, self.frameworks).set_index("iso")["rate"]
        table = [
            (d.iso, d.april2_rate, d.agreed_rate, income(known[d.iso]) > HIGH_INCOME, rows[d.iso])
            for d in self.frameworks
            if d.iso in known and d.april2_rate is not None and d.april2_rate > BASE
        ]
        return pd.DataFrame(table, columns=["iso", "april2", "seen", "rich", "model"])

    @cached_property
    def benchmarks(self) -> dict[str, Benchmark]:
        """The naive benchmarks, through the partners that are judged."""
        own = self.judged
        return benchmarks(own["april2"].to_numpy(float), own["seen"].to_numpy(float), own["rich"].to_numpy(bool))

    @cached_property
    def left_out(self) -> dict[str, LeftOut]:
        """What the weighted points say of each judged partner without its own facts; empty without such points.

        A partner whose framework the calibration did not know has no facts in the weights, and is predicted as it is.
        """
        if self.predicted is None:
            return {}
        seen = {deal.iso for deal in load_deals() if deal.signed}
        return {
            iso: self.predicted.left_out(iso, rate) if iso in seen else LeftOut(self.predicted.rate(iso), np.nan)
            for iso, rate in zip(self.judged["iso"], self.judged["seen"], strict=True)
        }


def run_backtest(
    scenario: Scenario,
    deals: Sequence[FrameworkDeal] | None = None,
    predicted: Predicted | None = None,
    progress: Callable[[int, int], None] | None = None,
    engine: Engine = Engine.AUTO,
    notice: Callable[[str], None] | None = None,
) -> Backtest:
    """Run a scenario at its first place in the queue, to be held against the frameworks of 2025.

    Parameters
    ----------
    scenario : Scenario
        What is played.
    deals : sequence of FrameworkDeal, optional
        What it is held against; what was known by 1 August 2025 by default.
    predicted : Predicted, optional
        Weighted points, for partners left out.
    progress, engine, notice : optional
        As in :func:`sim.study.run_patterns`, which raises the same.
    """
    runs = run_measured(scenario, kept_of, progress, engine=engine, notice=notice)
    return Backtest(tuple(load_deals() if deals is None else deals), runs, predicted)


def kept_of(partners: pd.DataFrame, scenario: Scenario | None = None) -> pd.DataFrame:
    """Keep of a table of partners what a backtest needs, days counted from 14 April; any scenario is laid out alike."""
    kept = partners.reindex(columns=list(KEPT))
    return kept.assign(day=kept["day"] - BEGAN)


def partner_rows(runs: pd.DataFrame, deals: Sequence[FrameworkDeal]) -> pd.DataFrame:
    """Set deals beside an ensemble.

    Parameters
    ----------
    runs : DataFrame
        The columns of `KEPT`.
    deals : sequence of FrameworkDeal
        Signed or not.

    Returns
    -------
    DataFrame
        One row a deal: `iso`, `name`; of `rate`, `auto`, `pledge`, `day` what was observed (`rate_observed` ...), the
        median over the runs in which the partner signs (`rate` ...) and the ends of the 90 per cent band (`rate_low`,
        `rate_high` ...); `signed` by the week of 1 August and `signed_ever`, shares of runs; `rate_april2` and
        `rate_order`, the rate from 7 August of those without a framework.
    """
    of = dict(tuple(runs.groupby("iso", sort=False)))
    return pd.DataFrame([_row(deal, of.get(deal.iso, runs.iloc[:0])) for deal in deals])


def _row(deal: FrameworkDeal, runs: pd.DataFrame) -> dict[str, object]:
    seen = {
        "rate": deal.agreed_rate,
        "auto": deal.agreed_auto_rate,
        "pledge": deal.investment_pledge,
        "day": None if deal.framework_date is None else float((deal.framework_date - START).days),
    }
    row: dict[str, object] = {"iso": deal.iso, "name": deal.name}
    for part, column in PARTS.items():
        low, median, high = _band(runs.loc[runs["deal"].astype(bool), column])
        row |= {f"{part}_observed": np.nan if seen[part] is None else seen[part], part: median}
        row |= {f"{part}_low": low, f"{part}_high": high}
    row |= {"signed": _share(runs["round"] <= AUGUST), "signed_ever": _share(runs["deal"].astype(bool))}
    return row | {"rate_april2": _blank(deal.april2_rate), "rate_order": _blank(deal.rate_from_7_august)}


def _band(values: pd.Series) -> Floats:
    """Ends and middle of the values that are known; each is the value of some run."""
    known = values.dropna().to_numpy(dtype=float)
    if not known.size:
        return np.full(len(BAND), np.nan)
    return np.asarray(np.round(np.quantile(known, BAND, method="inverted_cdf"), 9))


def _share(hits: pd.Series) -> float:
    return float(hits.mean()) if len(hits) else float("nan")


def _blank(value: float | None) -> float:
    return float("nan") if value is None else value


def medians_of(partners: pd.DataFrame, deals: Sequence[FrameworkDeal] | None = None) -> pd.DataFrame:
    """What one ensemble predicts, in the columns of the file of weighted points.

    Parameters
    ----------
    partners : DataFrame
        Table of partners of an ensemble.
    deals : sequence of FrameworkDeal, optional
        Of whom; of those with a framework by 1 August by default.

    Returns
    -------
    DataFrame
        `iso`, `rate`, `auto_rate`, `pledge`, `day`, `signed`; `point` and `weight` are for the caller to add.
    """
    chosen = [deal for deal in load_deals() if deal.signed] if deals is None else deals
    rows = partner_rows(kept_of(partners), chosen).rename(columns={"auto": "auto_rate"})
    return rows[["iso", "rate", "auto_rate", "pledge", "day", "signed"]]


def backtest_table(partners: pd.DataFrame, deals: Sequence[FrameworkDeal] | None = None) -> pd.DataFrame:
    """Lay out the terms and dates of the frameworks of 2025 and those of an ensemble for a figure.

    Parameters
    ----------
    partners : DataFrame
        Table of partners of a run; its runs count alike.
    deals : sequence of FrameworkDeal, optional
        What it is held against; what was known by 1 August 2025 by default.

    Returns
    -------
    DataFrame
        One row a partner with a framework and a measure that is known of it: `iso`, `name`, `what`, `unit`, `observed`;
        `median`, `low`, `high` of the runs in which it signs (90 per cent band); `deal_share`, the share of these;
        `line`, `two_medians`: benchmarks through the other partners (general rates above the base only).
    """
    return figure_table(Backtest(tuple(load_deals() if deals is None else deals), kept_of(partners)))


def figure_table(found: Backtest) -> pd.DataFrame:
    """Lay out a backtest for a figure, as `backtest_table` does."""
    return pd.concat([_measured(found.partners, measure) for measure in MEASURES], ignore_index=True)


def _measured(partners: pd.DataFrame, measure: tuple[str, str, str, float]) -> pd.DataFrame:
    """Rows of one measure."""
    what, unit, part, times = measure
    known = partners[partners[f"{part}_observed"].notna()].reset_index(drop=True)
    table = known[["iso", "name"]].assign(what=what, unit=unit, observed=times * known[f"{part}_observed"])
    for column, of in {"median": part, "low": f"{part}_low", "high": f"{part}_high"}.items():
        table[column] = times * known[of]
    for name in ("line", "two_medians"):
        table[name] = times * known[name] if part == "rate" else np.nan
    return table.assign(deal_share=known["signed_ever"])
