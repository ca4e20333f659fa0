"""How an ensemble of runs compares with the patterns of 2025."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from joblib import delayed
from numpy.typing import NDArray
from rich.table import Table
from rich.text import Text

from sim import __version__
from sim.ensemble import Engine, chosen_engine
from sim.ensemble.engine import first_time, tables_by
from sim.ensemble.runner import in_parallel, workers
from sim.ensemble.shards import spans_of
from sim.scenario import Scenario, scenario_hash
from sim.study.decided import WEAK, decided_by, kind_of, load_strength
from sim.study.patterns import BLANK, PATTERNS, Pattern
from sim.study.ruler import history, runs_apart
from sim.talks.setup import Setup, prepare

__all__ = [
    "Score",
    "counts_in_words",
    "hits_by_kind",
    "in_figures",
    "in_words",
    "measure_runs",
    "pattern_summary",
    "patterns_page",
    "patterns_table",
    "run_measured",
    "run_patterns",
    "score",
    "scores",
]

Floats = NDArray[np.float64]
Measure = Callable[[pd.DataFrame, Scenario], pd.DataFrame]

#: Most runs that a progress bar moves by.
BLOCK = 10
#: What sums of rates and shares lose on the way.
LAST_BITS = 1e-9
#: Ends of the band of 90 per cent, and the middle.
LEVELS = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Score:
    """One pattern against an ensemble.

    Attributes
    ----------
    pattern : Pattern
        What is compared.
    observed : float
        Its value in 2025.
    median, low, high : float
        Median and 90 per cent band over the runs that have a value; the band is widened by the pattern's grain.
        Infinity where what is waited for never comes; nan when no run has a value.
    often : float
        Share of those runs within the pattern's tolerance of the observed value.
    runs : int
        Number of those runs.
    decided : str
        Which input decides the pattern; nothing when the talks do. It is then not counted.
    kind : str
        `decided`, `weak` (nearly any setting passes), `strong`, or `not measured`.
    prior : float
        Share of settings drawn from the priors that hit it; nan where nobody has measured it.
    """

    pattern: Pattern
    observed: float
    median: float
    low: float
    high: float
    often: float
    runs: int
    decided: str = ""
    kind: str = "not measured"
    prior: float = BLANK

    @property
    def counted(self) -> bool:
        """Whether it can be to the model's credit at all."""
        return not self.decided

    @property
    def hit(self) -> bool:
        """Whether the observed value lies inside the band."""
        return bool(self.low - LAST_BITS <= self.observed <= self.high + LAST_BITS)


def score(pattern: Pattern, seen: float, values: Floats) -> Score:
    """Compare the values of runs with what was seen; every quantile is the value of some run."""
    kept = values[~np.isnan(values)]
    if kept.size == 0:
        return Score(pattern, seen, BLANK, BLANK, BLANK, BLANK, 0)
    low, median, high = (float(q) for q in np.quantile(kept, LEVELS, method="inverted_cdf"))
    often = float(np.mean(np.abs(kept - seen) <= pattern.tolerance + 1e-9))
    return Score(pattern, seen, median, low - pattern.grain, high + pattern.grain, often, int(kept.size))


def measure_runs(partners: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Measure every pattern on every run: one row a run, one column a pattern."""
    tables = runs_apart(partners, scenario)
    return pd.DataFrame([{p.name: _rounded(p.measure(run)) for p in PATTERNS} for run in tables])


def scores(measured: pd.DataFrame, scenario: Scenario | None = None) -> list[Score]:
    """Score all patterns.

    Parameters
    ----------
    measured : DataFrame
        One row a run, one column a pattern.
    scenario : Scenario, optional
        What was run; without it nothing is said of what its inputs decide.
    """
    seen, strength = history(), load_strength()
    setup = None if scenario is None else prepare(scenario)
    found = []
    for p in PATTERNS:
        one = score(p, _rounded(p.measure(seen)), measured[p.name].to_numpy(dtype=float))
        why = "" if setup is None else decided_by(p, setup)
        kind, prior = kind_of(p, why, strength), strength.get(p.name, BLANK)
        found.append(replace(one, decided=why, kind=kind, prior=prior))
    return found


def hits_by_kind(compared: list[Score]) -> dict[str, tuple[int, int]]:
    """Count hits and patterns by kind; `counted` is all but those that an input decides."""
    of = {kind: [s for s in compared if s.kind == kind] for kind in ("strong", "weak", "not measured", "decided")}
    of = {"counted": [s for s in compared if s.counted], **of}
    return {kind: (sum(s.hit for s in own), len(own)) for kind, own in of.items()}


def run_patterns(
    scenario: Scenario,
    progress: Callable[[int, int], None] | None = None,
    jobs: int | None = None,
    engine: Engine = Engine.AUTO,
    notice: Callable[[str], None] | None = None,
) -> pd.DataFrame:
    """Run a scenario at its first place in the queue and measure every run.

    Parameters
    ----------
    scenario : Scenario
        What is played; its further places in the queue are not.
    progress : callable, optional
        Called with the runs done and their number.
    jobs : int, optional
        Threads or processes; the numbers do not depend on it.
    engine : Engine
        Which driver; the numbers do not depend on it either.
    notice : callable, optional
        Told in words what takes long before there is progress.

    Returns
    -------
    DataFrame
        One row a run, one column a pattern. After an interrupt, the runs finished by then.

    Raises
    ------
    KeyboardInterrupt
        If no run was finished.
    StoreError
        When the driver asked for cannot play the scenario.
    """
    return run_measured(scenario, measure_runs, progress, jobs, engine, notice)


def run_measured(
    scenario: Scenario,
    measure: Measure,
    progress: Callable[[int, int], None] | None = None,
    jobs: int | None = None,
    engine: Engine = Engine.AUTO,
    notice: Callable[[str], None] | None = None,
) -> pd.DataFrame:
    """Run a scenario at its first place in the queue, and measure the tables of partners block by block.

    The other parameters, what is returned and what is raised are those of :func:`run_patterns`.

    Parameters
    ----------
    scenario : Scenario
        What is played.
    measure : callable
        Makes of a table of partners and the scenario the rows that are kept; a function of a module.
    """
    place = scenario.queue.position
    first = scenario.queue.model_copy(update={"position": place[0] if isinstance(place, tuple) else place})
    setup = prepare(scenario.model_copy(update={"queue": first}))
    total = scenario.replications
    chosen = chosen_engine(setup, total, engine)
    if notice is not None and (words := first_time(chosen)):
        notice(words)
    blocks = spans_of(range(total), BLOCK)
    tasks = (delayed(_measure_block)(chosen, setup, block, measure) for block in blocks)
    frames = in_parallel(tasks, jobs or workers(setup, total, chosen), chosen, notice)
    finished: list[pd.DataFrame] = []
    try:
        for block, measured in zip(blocks, frames, strict=True):
            finished.append(measured)
            if progress is not None:
                progress(block.stop, total)
    except KeyboardInterrupt:
        if not finished:
            raise
    return pd.concat(finished, ignore_index=True)


def _measure_block(engine: Engine, setup: Setup, block: range, measure: Measure) -> pd.DataFrame:
    return measure(tables_by(engine, setup, block, "partners")["partners"], setup.scenario)


def pattern_summary(scenario: Scenario, measured: pd.DataFrame) -> dict[str, Any]:
    """Return the comparison as plain data; null stands for never and for nothing to measure."""
    compared = scores(measured, scenario)
    by_kind = hits_by_kind(compared)
    return {
        "patterns": [
            {"name": s.pattern.name, "observed": _plain(s.observed), "median": _plain(s.median)}
            | {"low": _plain(s.low), "high": _plain(s.high), "hit": s.hit}
            for s in compared
        ],
        "details": {
            s.pattern.name: {"meaning": s.pattern.meaning, "unit": s.pattern.unit, "tolerance": s.pattern.tolerance}
            | {"often": _plain(s.often), "runs": s.runs}
            | {"kind": s.kind, "decided_by": s.decided or None, "prior_share": _plain(s.prior)}
            for s in compared
        },
        "hits": by_kind["counted"][0],
        "of": by_kind["counted"][1],
        "by_kind": {kind: {"hits": hits, "of": of} for kind, (hits, of) in by_kind.items() if kind != "counted"},
        "scenario": scenario.name,
        "seed": scenario.seed,
        "replications": len(measured),
        "version": __version__,
        "hash": scenario_hash(scenario),
    }


def patterns_table(scenario: Scenario, measured: pd.DataFrame) -> Table:
    """Lay out the comparison, hit or miss."""
    compared = scores(measured, scenario)
    table = Table(title=f"{scenario.title}: what 2025 showed by 1 August, and the runs", header_style="bold")
    table.caption = _caption(scenario, measured, compared)
    table.add_column("pattern")
    for head in ("2025", "median", "90 % band", "close", "", "kind"):
        table.add_column(head, justify="right", no_wrap=True)
    for s in compared:
        unit = s.pattern.unit
        band = f"{in_figures(s.low, unit)} to {in_figures(s.high, unit)}" if s.runs else "-"
        close = f"{100 * s.often:.0f} %" if s.runs else "-"
        verdict = "-" if s.decided else "hit" if s.hit else Text("miss", style="bold")
        cells = in_words(s.observed, unit), in_words(s.median, unit), band, close, verdict, s.kind
        table.add_row(s.pattern.meaning, *cells)
    return table


def patterns_page() -> str:
    """Write the patterns as a table for the documentation."""
    seen = history()
    head = "| pattern | what it is | 2025 | close within |\n|---|---|---|---|\n"
    rows = (
        f"| `{p.name}` | {p.meaning} | {in_words(p.measure(seen), p.unit)} | {in_figures(p.tolerance, p.unit)} |"
        for p in PATTERNS
    )
    return head + "\n".join(rows)


def _caption(scenario: Scenario, measured: pd.DataFrame, compared: list[Score]) -> str:
    few = sum(s.runs < len(measured) for s in compared)
    partly = "" if not few else f" Runs without the deal in question are left out (in {few} of the patterns)."
    return (
        f"{counts_in_words(compared)} seed {scenario.seed}, {len(measured)} runs, "
        f"version {__version__}. A hit: the value of 2025 lies inside the runs' 90 % band. Close: share of runs within "
        f"the pattern's tolerance. Days count from the opening of a partner's talks or from 9 April; bands of days "
        f"include the whole week.{partly}"
    )


def counts_in_words(compared: list[Score]) -> str:
    """Say how many are hit, of which kind, and what is not counted."""
    by_kind = hits_by_kind(compared)
    (hits, of), decided = by_kind["counted"], by_kind["decided"][1]
    kinds = ", ".join(f"{h} of {n} {kind}" for kind in ("strong", "weak") for h, n in [by_kind[kind]] if n)
    apart = f" {decided} that an input decides are not counted." if decided else ""
    rule = f" Weak: at least {100 * WEAK:.0f} % of settings drawn from the priors hit it." if kinds else ""
    return f"{hits} of {of} hit{f' ({kinds})' if kinds else ''}.{apart}{rule}"


def in_words(value: float, unit: str) -> str:
    """Write a value in its unit."""
    words = {"rate": "{} %", "share": "{}", "USD bn": "USD {} bn"}.get(unit, f"{{}} {unit}")
    return words.format(in_figures(value, unit)) if np.isfinite(value) else in_figures(value, unit)


def in_figures(value: float, unit: str) -> str:
    """Write a value without its unit."""
    if not np.isfinite(value):
        return "-" if np.isnan(value) else "never"
    return {"rate": f"{100 * value:.0f}", "share": f"{value:.2f}"}.get(unit, f"{value:,.0f}")


def _rounded(value: float) -> float:
    """Take off the last bits of a grid, so that 15 per cent is 15 per cent."""
    return round(value, 9) if np.isfinite(value) else value


def _plain(value: float) -> float | None:
    return value if np.isfinite(value) else None
