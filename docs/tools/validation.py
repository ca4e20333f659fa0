"""Tables of the page of validation that are worked out anew whenever the page is written, and whenever it is tested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from benchmarks.oracles import CLOSED_FORMS, closed_forms
from benchmarks.published import DIGITS, Row, authors_rates, rows, without_taiwan
from docs.tools.marks import table
from sim.ensemble import Store, fill
from sim.scenario import Scenario, load_scenario
from sim.study import Score, advantage, run_patterns, scores
from sim.study.scores import counts_in_words, in_figures, in_words
from sim.study.split import PARTS, paths_of, split_runs, split_table
from sim.talks import prepare

__all__ = [
    "HEADLINES",
    "closed_form_table",
    "headline",
    "headline_table",
    "interval",
    "paper_table",
    "pattern_table",
    "played",
    "printed_rows",
    "speed_table",
    "within",
]

RESULTS = Path(__file__).parents[2] / "benchmarks" / "RESULTS.md"
WHO = {"USA": "United States", "rest": "others"}
USES = {"tax_relief": "tax relief", "lump_sum": "lump sum"}
#: Scenarios of the headline, and how many twins it is said with.
HEADLINES = {"japan_first": 2000, "classroom": 500}
#: A difference below this is that of the last bits.
NOTHING = 1e-9


def printed_rows(found: Iterable[Row]) -> str:
    """Return published rows, each above what comes out, and in how many columns the printed digits do."""
    head = ["per cent", "", "welfare", "deficit", "exports", "imports", "employment", "prices", "digits met"]

    def lines() -> Iterator[list[str]]:
        for row in found:
            pairs = zip(row.published, DIGITS, strict=True)
            printed = (f"{value:.{digits}f}" for value, digits in pairs)
            yield [f"{WHO[row.who]}, {USES[row.use]}", "printed", *printed, ""]
            yield ["", "found", *(f"{value:.3f}" for value in row.found), f"{row.digits_met()} of {len(row.found)}"]

    return table(head, lines())


def paper_table() -> str:
    """Return the published figures of the trade model beside those of the shipped table."""
    return printed_rows(rows(without_taiwan(), authors_rates()))


def within(distance: float) -> str:
    """Say how large a difference is, the same on every machine."""
    return "below 1e-9" if distance < NOTHING else f"{distance:.1e}"


def closed_form_table() -> str:
    """Return the closed forms beside the cases of the literature."""
    kinds = zip(closed_forms(), CLOSED_FORMS.values(), strict=True)
    lines = ([row.what, f"`{source}`", row.figures, within(row.distance)] for row, (_, source, _) in kinds)
    return table(["closed form", "source", "figures", "largest difference"], lines)


def pattern_table() -> str:
    """Return the patterns of 2025 beside 200 runs."""
    scenario = load_scenario("april_2025", ["replications=200"])
    compared = scores(run_patterns(scenario), scenario)

    def lines() -> Iterator[list[str]]:
        for one in compared:
            unit, meaning = one.pattern.unit, one.pattern.meaning
            seen = in_words(one.observed, unit)
            middle, low, high = (in_figures(value, unit) for value in (one.median, one.low, one.high))
            close, prior = (f"{100 * share:.0f} %" for share in (one.often, one.prior))
            yield [meaning, seen, middle, f"{low} to {high}", close, _verdict(one), one.kind, prior]

    head = ["pattern", "2025", "median", "90 % band", "close", "", "kind", "priors"]
    return f"{table(head, lines())}\n\n**{counts_in_words(compared)}**"


def _verdict(one: Score) -> str:
    return "" if one.decided else "hit" if one.hit else "**miss**"


def played(scenario: Scenario) -> dict[str, pd.DataFrame]:
    """Play a scenario and return what became of the focal partner, by table; nothing is kept."""
    with TemporaryDirectory() as folder:
        store = Store.of(Path(folder), scenario)
        fill(scenario, store, level="focal")
        return store.tables(range(scenario.replications), "focal")


@lru_cache
def headline(name: str) -> pd.Series:
    """Return what first rather than last is worth in a scenario, and its split: one row of both tables."""
    scenario = load_scenario(name, [f"replications={HEADLINES[name]}", "queue.position=[1,last]"])
    tables = played(scenario)
    paths = paths_of(tables["outcomes"], tables["weekly"])
    first, last = sorted(paths)
    parts = split_runs(prepare(scenario), paths[first], paths[last]).assign(position=first, versus=last)
    worth = advantage(tables["outcomes"], scenario).set_index("position").loc[first]
    return pd.concat([worth, split_table(parts).loc[0, list(PARTS)]])


def headline_table() -> str:
    """Return the answer and its parts for the scenarios of the headline."""
    head = ["scenario", "twins", "first rather than last, USD bn", "a year", "coverage", "timing", "terms", "world"]
    return table(head, (_headline_row(name) for name in HEADLINES))


def _headline_row(name: str) -> list[object]:
    row = headline(name)
    parts = (f"{round(row[part], 2) + 0.0:+.2f}" for part in PARTS)  # a rounded -0.001 is no minus zero
    return [f"`{name}`", f"{HEADLINES[name]:,}", interval(row), interval(row, "_per_year"), *parts]


def interval(row: pd.Series, unit: str = "") -> str:
    """Return a mean and its interval, in USD bn; `unit` is the ending of their columns."""
    return "{:+.2f} [{:+.2f}, {:+.2f}]".format(*(row[f"{end}{unit}"] for end in ("mean", "low", "high")))


def speed_table() -> str:
    """Return the first table of the benchmarks with what it says above it."""
    _, about, rest = RESULTS.read_text(encoding="utf-8").split("\n\n", 2)
    return f"{about}\n\n{rest.split(chr(10) * 2, 1)[0]}"
