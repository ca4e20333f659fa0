"""What a backtest counts over all partners: errors, signatures, pledges, Japan's rate, and rates on a bound."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.scenario import Scenario
from sim.study.backtest import AUGUST, BAND, JULY, Backtest
from sim.talks.setup import prepare
from sim.talks.terms import TARIFF
from sim.world import load_deals, round_of

__all__ = [
    "HEADLINE",
    "bounds",
    "errors",
    "errors_left_out",
    "errors_where_model_speaks",
    "japan_rates",
    "pledge_rank",
    "signatures",
]

#: A pledge below this counts as none, USD bn.
HEADLINE = 1.0
JAPAN = "JPN"


def errors(found: Backtest) -> dict[str, float]:
    """Mean absolute errors of general rates, in points, over the partners that are judged.

    `model` is that of the ensemble's medians, over the partners that sign in any run; `left_out` that of the weighted
    points, each partner left out in turn; the others are the benchmarks, in sample. Blank (nan) where there is nothing.
    """
    own = found.judged
    seen = own["seen"].to_numpy(float)
    inside = {name: benchmark.errors(seen)[0] for name, benchmark in found.benchmarks.items()}
    return {"model": _points(own["model"] - own["seen"]), "left_out": errors_left_out(found)["model"]} | {
        name: round(100.0 * value, 9) for name, value in inside.items()
    }


def errors_left_out(found: Backtest) -> dict[str, float]:
    """Mean absolute errors, in points, with every judged partner left out in turn: the model's and the benchmarks'."""
    own = found.judged
    apart = own["iso"].map({iso: one.rate for iso, one in found.left_out.items()}).astype(float)
    outside = {name: one.errors(own["seen"].to_numpy(float))[1] for name, one in found.benchmarks.items()}
    return {"model": _points(apart - own["seen"])} | {name: round(100.0 * value, 9) for name, value in outside.items()}


def errors_where_model_speaks(found: Backtest) -> dict[str, float]:
    """In-sample errors of the benchmarks, in points, over the partners of which the model has a rate."""
    own = found.judged
    known = own["model"].notna().to_numpy()
    return {name: _points((one.inside - own["seen"])[known]) for name, one in found.benchmarks.items()}


def _points(gaps: pd.Series) -> float:
    """Mean absolute gap of what is known, in points; blank where nothing is."""
    return round(float(100.0 * gaps.abs().mean()), 9)


def pledge_rank(found: Backtest) -> float:
    """Spearman correlation of pledges over the frameworks the model signs; below USD 1 bn is none; nan if all alike."""
    rows = found.partners
    rows = rows[rows["pledge"].notna()]
    seen, said = (rows[name].fillna(0.0) for name in ("pledge_observed", "pledge"))
    ranks = [values.where(values >= HEADLINE, 0.0).rank() for values in (seen, said)]
    if len(rows) < 2 or any(rank.nunique() < 2 for rank in ranks):
        return float("nan")
    return round(float(np.corrcoef(ranks[0], ranks[1])[0, 1]), 9)


def signatures(found: Backtest) -> list[dict[str, float | str | int]]:
    """Deals by the weeks of 9 July and 1 August, of the frameworks known by then and in all: observed, and in runs.

    Only partners at the table count, on both sides. What was known by 1 August counts also where the backtest is held
    against a table that leaves it out.
    """
    counted: list[dict[str, float | str | int]] = []
    known = (*load_deals(), *found.deals)
    week = {deal.iso: float(round_of(deal.framework_date)) for deal in known if deal.framework_date}
    week = {iso: when for iso, when in week.items() if iso in set(found.runs["iso"])}
    named = [iso for iso, when in week.items() if when <= AUGUST]
    for until, words in ((JULY, "2025-07-09"), (AUGUST, "2025-08-01")):
        for who, isos in (("frameworks", named), ("all", list(found.runs["iso"].unique()))):
            here = (found.runs["round"] <= until) & found.runs["iso"].isin(isos)
            each = here.groupby(found.runs["replication"]).sum().to_numpy(dtype=float)
            low, median, high = (int(x) for x in np.quantile(each, BAND, method="inverted_cdf"))
            seen = sum(when <= until for when in week.values())
            counted.append({"by": words, "of": who, "observed": seen, "median": median, "low": low, "high": high})
    return counted


def japan_rates(found: Backtest) -> dict[int, float]:
    """Share of runs, of those in which Japan signs, by its general rate in whole points."""
    own = found.runs[(found.runs["iso"] == JAPAN) & found.runs["deal"].astype(bool)]
    points, runs = np.unique((100.0 * own["signed_tariff"].to_numpy(float)).round().astype(int), return_counts=True)
    return {int(point): float(n) / len(own) for point, n in zip(points, runs, strict=True)}


def bounds(found: Backtest, scenario: Scenario) -> dict[str, float]:
    """How many rates lie on a bound of what could be agreed at all: there the model has chosen nothing.

    Counted apart are deals of partners for which there was one rate only (`single`), and deals at the base of partners
    with whom the United States have no deficit (`base`): nothing else was to be had.

    Returns
    -------
    dict
        `deals`, their number; `single` and `base`, shares of them; `low` and `high`, shares of the rest on the lowest
        and highest rate of their grid; `on_bound`, both.
    """
    ends = {}
    for terms in prepare(scenario).terms:
        grid = terms.grid[TARIFF, : terms.counts[TARIFF]]
        no_deficit = terms.economy.us_imports <= terms.economy.us_exports
        ends[terms.iso] = (grid[0], grid[-1], grid.size == 1, no_deficit)
    deals = found.runs[found.runs["deal"].astype(bool)]
    rates = deals["signed_tariff"].to_numpy(float)
    lowest, highest, one, surplus = (np.array([ends[iso][k] for iso in deals["iso"]]) for k in range(4))
    single = one.astype(bool)
    base = ~single & surplus.astype(bool) & np.isclose(rates, scenario.threat.pause_rate)
    rest = ~(single | base)
    low, high = (float(np.isclose(rates, end)[rest].mean()) if rest.any() else np.nan for end in (lowest, highest))
    apart = {name: float(hits.mean()) if hits.size else np.nan for name, hits in (("single", single), ("base", base))}
    return {"deals": len(deals), **apart, "low": low, "high": high, "on_bound": low + high}
