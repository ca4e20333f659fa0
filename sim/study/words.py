"""The answer as text: one sentence and one table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table

from sim.study.results import Results
from sim.world import date_of, load_world

__all__ = ["answer", "answer_of", "interval", "ordinal", "positions_table"]

TITLES = {
    "tariff": "tariff",
    "auto_tariff": "autos",
    "defence": "defence",
    "fx": "FX",
    "investment": "pledge",
    "market_access": "access",
}
ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def answer(results: Results) -> str:
    """Answer the question in one sentence, with its interval."""
    name = load_world().partner(results.scenario.queue.focal).name
    rows = results.advantage.to_dict("records")
    if len(rows) < 2:
        only = results.positions.to_dict("records")[0]
        return f"{name}'s outcome is worth {interval(only['value'], only['value_low'], only['value_high'])} in all."
    return answer_of(name, rows[0])


def answer_of(name: str, row: Mapping[Any, Any]) -> str:
    """Say in one sentence what a row of the advantage by place means to a partner."""
    worth = interval(row["mean_per_year"], row["low_per_year"], row["high_per_year"])
    apart = row["low"] > 0 or row["high"] < 0
    verdict = "cannot be told from no difference" if not apart else "pays" if row["mean"] > 0 else "costs"
    places = f"{ordinal(int(row['position']))} rather than {ordinal(int(row['versus']))}"
    return f"Opening {places} {verdict}: worth {worth} a year to {name}."


def positions_table(results: Results) -> Table:
    """Lay out the outcome by place: deals, dates, terms, value; with several places the advantage over the last."""
    compared = len(results.positions) > 1
    table = Table(title=results.scenario.title, caption=_caption(results), header_style="bold", expand=False)
    issues = (TITLES.get(issue, issue.replace("_", " ")) for issue in results.issues)
    for head in ("place", "deals", "signed", *issues, "value", *(["advantage [95 %]"] if compared else [])):
        table.add_column(head, justify="right", no_wrap=True)
    gains = {int(gain["position"]): gain for gain in results.advantage.to_dict("records")}
    for row in results.positions.to_dict("records"):
        cells = [str(int(row["position"])), f"{100 * row['deal_rate']:.0f} %", _date(row["round"])]
        cells += [*_terms(row, results), f"{row['value']:+.1f}"]
        table.add_row(*cells, *([_against(gains[int(row["position"])])] if compared else []))
    return table


def _against(gain: Mapping[Any, Any]) -> str:
    """Advantage of a place over the one it is compared with."""
    if int(gain["versus"]) == int(gain["position"]):
        return "reference"
    return interval(gain["mean"], gain["low"], gain["high"], unit="")


def _terms(row: Mapping[Any, Any], results: Results) -> Iterator[str]:
    """Average terms of the deals signed."""
    for issue in results.issues:
        value = float(row[issue])
        spec = results.scenario.issues.get(issue)
        if math.isnan(value):
            yield "-"
        elif issue in ("tariff", "auto_tariff"):
            yield f"{100 * value:.1f} %"
        elif spec is not None and spec.unit != "share":
            yield f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
        else:
            yield f"{value:.2f}"


def _caption(results: Results) -> str:
    from sim import __version__

    n, asked = results.replications, results.scenario.replications
    cut = "" if n == asked else f" (interrupted, {asked} asked for)"
    return (
        f"seed {results.scenario.seed}, {n} twins per place{cut}, version {__version__}. Value and advantage: USD bn, "
        "present value of the whole horizon against the world before 2 April. Terms: means over deals; pledge USD bn, "
        "defence USD bn a year, FX and access shares of the range."
    )


def interval(mean: float, low: float, high: float, unit: str = "USD bn ") -> str:
    """Write a mean with its interval."""
    if math.isnan(low):
        return f"{unit}{mean:+.2f}"
    return f"{unit}{mean:+.2f} [{low:+.2f}, {high:+.2f}]"


def _date(round_: float) -> str:
    return "-" if math.isnan(round_) else f"{date_of(round(round_)):%-d %b}"


def ordinal(n: int) -> str:
    """Write a place, as in 1st."""
    suffix = "th" if 10 <= n % 100 <= 20 else ORDINALS.get(n % 10, "th")
    return f"{n}{suffix}"
