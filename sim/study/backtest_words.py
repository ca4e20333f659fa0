"""A backtest as plain data, and as tables and lines for a screen of 80 columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from rich import box
from rich.table import Table

from sim import __version__
from sim.scenario import Scenario, scenario_hash
from sim.study.backtest import PARTS, Backtest, partner_rows
from sim.study.backtest_counts import (
    bounds,
    errors,
    errors_left_out,
    errors_where_model_speaks,
    japan_rates,
    pledge_rank,
    signatures,
)
from sim.study.benchmarks import BENCHMARKS

__all__ = ["KNOWN", "NOT_CALIBRATED", "backtest_lines", "backtest_summary", "backtest_tables", "origin"]

KNOWN = "known by 1 August 2025"
NOT_CALIBRATED = "no weighted points, so the model cannot be judged on partners it has not seen"
#: Partners without a framework that a narrow screen shows.
SHOWN = 10
#: Fewer effective points than this say little of a partner that is left out.
FEW = 20
UNITS = {
    "rates": "fractions; medians over the runs in which the partner signs by the end of the talks, 90 % bands",
    "days": "from 14 April 2025; a run knows the week, and its days are Wednesdays",
    "pledges": "USD bn",
    "signed": "share of runs that have signed by the week of 1 August; signed_ever by the end of the talks",
    "errors": "mean absolute errors of general rates in points, over partners with a rate of 2 April above 10 %; "
    "benchmarks in sample, left_out the model with each partner left out in turn",
    "line, median, two_medians": "what benchmarks through the other partners say of this one, fractions",
}


def backtest_summary(scenario: Scenario, found: Backtest, deals: str = KNOWN) -> dict[str, Any]:
    """Return the comparison as plain data, null where nothing is known.

    Parameters
    ----------
    scenario : Scenario
        What was run.
    found : Backtest
        What came of it.
    deals : str
        Where the deals are from, in words.
    """
    columns = ["iso", "name", "signed", "signed_ever", "rate", "rate_low", "rate_high", "rate_april2", "rate_order"]
    others = partner_rows(found.runs, found.others).reindex(columns=columns)
    judged = found.judged
    return {
        "partners": _plain(found.partners.drop(columns="rate_order").to_dict("records")),
        "others": _plain(others.to_dict("records")),
        "errors": _plain(errors(found)),
        "errors_left_out": _plain(errors_left_out(found)),
        "errors_where_model_speaks": _plain(errors_where_model_speaks(found)),
        "judged": {"partners": list(judged["iso"]), "with_a_rate": int(judged["model"].notna().sum())},
        "left_out": _plain(_points(found)),
        "pledge_rank": _plain(pledge_rank(found)),
        "signatures": signatures(found),
        "japan_rates": [{"rate": point / 100.0, "share": share} for point, share in japan_rates(found).items()],
        "bounds": _plain(bounds(found, scenario)),
        "units": UNITS,
        "deals": deals,
        "scenario": scenario.name,
        "seed": scenario.seed,
        "replications": found.replications,
        "version": __version__,
        "hash": scenario_hash(scenario),
    }


def _points(found: Backtest) -> dict[str, Any] | None:
    """Say what the model was judged by on partners left out; None without it."""
    if found.predicted is None:
        return None
    effective = [one.effective for one in found.left_out.values() if not np.isnan(one.effective)]
    return {
        "points": found.predicted.points,
        "fewest_effective_points": min(effective, default=float("nan")),
        "other_facts": found.predicted.stale,
        "about": found.predicted.about,
    }


def origin(scenario: Scenario, found: Backtest) -> str:
    """Say where the numbers come from."""
    runs, digest = found.replications, scenario_hash(scenario)
    return f"{scenario.name}, hash {digest}, seed {scenario.seed}, {runs} runs, version {__version__}"


def backtest_tables(scenario: Scenario, found: Backtest, deals: str = KNOWN, wide: bool = False) -> Iterator[Table]:
    """Lay out the frameworks, the errors, and the partners that did not sign.

    Parameters
    ----------
    scenario : Scenario
        What was run.
    found : Backtest
        What came of it.
    deals : str
        Where the deals are from, in words.
    wide : bool
        Whether to show all columns and rows, which takes more than 80 columns.
    """
    yield _frameworks(scenario, found, deals, wide)
    yield _errors(found)
    if found.others:
        yield _others(found, wide)


def _frameworks(scenario: Scenario, found: Backtest, deals: str, wide: bool) -> Table:
    table = _table(f"{scenario.title}: frameworks {deals}, observed and in the runs")
    heads = {"rate": "rate, %", "auto": "autos, %", "pledge": "pledge, bn", "day": "day"}
    parts = [part for part in PARTS if wide or part != "auto"]
    table.add_column("partner", no_wrap=True)
    for part in parts:
        table.add_column(heads[part], justify="right", no_wrap=True)
        table.add_column("runs", justify="right", no_wrap=True)
    table.add_column("signed", justify="right")
    for name in BENCHMARKS if wide else ():
        table.add_column(name.replace("_", " "), justify="right")
    for row in found.partners.to_dict("records"):
        cells = [cell for part in parts for cell in _cells(row, part, wide or part == "rate")]
        naive = [_figure(100.0 * row[name], 1) for name in BENCHMARKS] if wide else []
        table.add_row(str(row["name"]), *cells, _percent(row["signed"]), *naive)
    table.caption = (
        "Medians over the runs in which the partner signs [90 % band]; day: from 14 April (a run knows the week); "
        "signed: share of runs that have signed by the week of 1 August."
    )
    if wide:
        table.caption += " The last columns are benchmarks through the other partners' rates, per cent."
    return table


def _errors(found: Backtest) -> Table:
    judged, inside, apart = found.judged, errors(found), errors_left_out(found)
    table = _table(f"Mean absolute error of general rates, points, {len(judged)} partners above 10 % on 2 April")
    table.add_column("")
    for head in ("in sample", "left out"):
        table.add_column(head, justify="right")
    for name, words in {"model": "the model's medians", **BENCHMARKS}.items():
        table.add_row(words, _figure(inside[name], 2), _figure(apart[name], 2))
    return table


def _others(found: Backtest, wide: bool) -> Table:
    rows = partner_rows(found.runs, found.others).sort_values("signed", ascending=False, kind="stable")
    shown = rows if wide else rows.head(SHOWN)
    table = _table(f"Partners that did not sign, the likeliest signers in the runs first ({len(shown)} of {len(rows)})")
    table.add_column("partner")
    for head in ("by order, %", "signs by 1 August", "ever", "then at, %"):
        table.add_column(head, justify="right")
    for row in shown.to_dict("records"):
        ever, then = _percent(row["signed_ever"]), _figure(100.0 * row["rate"])
        order = _figure(100.0 * row["rate_order"])
        table.add_row(str(row["name"]), order, _percent(row["signed"]), ever, then)
    return table


def backtest_lines(scenario: Scenario, found: Backtest) -> Iterator[str]:
    """Say in sentences what is counted over all partners, and where the numbers come from."""
    yield from _judgement(found)
    for row in signatures(found):
        who = "of the frameworks" if row["of"] == "frameworks" else "in all"
        band = f"{row['median']} [{row['low']}, {row['high']}]"
        yield f"Signed by the week of {row['by']} {who}: {band} in the runs, {row['observed']} observed."
    shares = ", ".join(f"{point} in {_percent(share)}" for point, share in japan_rates(found).items())
    yield f"Japan's rate in whole points: {shares or 'it never signs'}."
    yield f"Rank correlation of pledges (below USD 1 bn is none): {_figure(pledge_rank(found), 2)}."
    on = bounds(found, scenario)
    yield (
        f"Rates on a bound of their grid: {_percent(on['on_bound'])} of the deals ({_percent(on['low'])} on the lowest"
        f", {_percent(on['high'])} on the highest). Counted apart, of {on['deals']:,.0f} deals: "
        f"{_percent(on['single'])} with one rate to agree on, {_percent(on['base'])} at the base without a deficit."
    )
    yield f"{origin(scenario, found)}."


def _judgement(found: Backtest) -> Iterator[str]:
    """Say what the model is judged on, and what it cannot be."""
    silent = found.judged.loc[found.judged["model"].isna(), "iso"]
    if len(silent):
        same = ", ".join(f"{BENCHMARKS[name]} {_figure(e, 2)}" for name, e in errors_where_model_speaks(found).items())
        yield f"No run has a deal with {', '.join(silent)}: the model's error leaves them out. On the others: {same}."
    points = _points(found)
    if points is None:
        yield f"Left out: {NOT_CALIBRATED}."
        return
    fewest = points["fewest_effective_points"]
    few = " That is too few to say much." if fewest < FEW else ""
    if points["other_facts"]:
        yield "The weighted points were made from other facts than those at hand; `make calibrate` makes them anew."
    yield (
        f"Left out: {points['points']} weighted points, re-weighted as if a partner were unknown; at least "
        f"{_figure(fewest, 1)} effective points.{few}"
    )


def _table(title: str) -> Table:
    return Table(title=title, header_style="bold", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))


def _cells(row: dict[Any, Any], part: str, band: bool) -> tuple[str, str]:
    """What was observed of a part, and what the runs say."""
    times = 100.0 if part in ("rate", "auto") else 1.0
    seen, middle, low, high = (times * row[part + end] for end in ("_observed", "", "_low", "_high"))
    said = _figure(middle)
    return _figure(seen), f"{said} [{_figure(low)}, {_figure(high)}]" if band and not np.isnan(middle) else said


def _figure(value: float, digits: int = 0) -> str:
    return "-" if pd.isna(value) else f"{value:,.{digits}f}"


def _percent(share: float) -> str:
    return "-" if pd.isna(share) else f"{100.0 * share:.0f} %"


def _plain(value: Any) -> Any:
    """Turn nested data into what JSON knows; blanks are null."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, (float, np.floating)):
        return float(value) if np.isfinite(value) else None
    return value
