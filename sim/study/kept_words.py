"""Earlier runs as tables to read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd
from rich.table import Table

from sim.ensemble.pruning import KeptRuns
from sim.study.results import Results
from sim.world import load_world

__all__ = ["changes_as_text", "comparison_table", "kept_as_data", "shelf_tables"]


def kept_as_data(runs: KeptRuns) -> dict[str, Any]:
    """Kept runs as plain data, for machines."""
    return {**asdict(runs), "folder": str(runs.folder)}


def shelf_tables(found: pd.DataFrame, runs: Sequence[KeptRuns]) -> list[Table]:
    """Lay out finished results, and the runs that are kept to go on from."""
    tables = []
    if not found.empty:
        shown = Table(
            title="Results", caption="Answer: advantage of a place over another, USD bn a year, with its 95 % interval."
        )
        for head in ("scenario", "seed", "twins", "version", "answer", "folder"):
            shown.add_column(head, overflow="fold")
        for row in found.to_dict("records"):
            cells = [row["scenario"], str(row["seed"]), str(row["replications"]), row["version"]]
            shown.add_row(*cells, _answer(row), row["folder"])
        tables.append(shown)
    if runs:
        kept = Table(
            title="Kept runs", caption="A run reads these first. `firstmover results prune` removes stale ones."
        )
        for head in ("scenario", "rules", "twins", "MB"):
            kept.add_column(head, justify="right" if head in ("twins", "MB") else "left", overflow="fold")
        for one in runs:
            rules = one.code if one.current else f"{one.code} (stale)"
            kept.add_row(one.name, rules, str(one.replications), f"{one.bytes / 1e6:.1f}")
        tables.append(kept)
    return tables


def comparison_table(found: pd.DataFrame, one: Results, two: Results) -> Table:
    """Lay out what the second run gives the focal partner more than the first."""
    name = load_world().partner(one.scenario.queue.focal).name
    paired = bool(found["paired"].all())
    how = "difference twin by twin (same seed)" if paired else "independent runs (different seeds)"
    caption = f"USD bn a year to {name}; {how}, with its 95 % interval, {int(found['twins'].max())} twins."
    table = Table(title=f"{two.scenario.name} against {one.scenario.name}", caption=caption)
    for head in ("place", "first run", "second run", "second less first"):
        table.add_column(head, justify="right")
    for row in found.to_dict("records"):
        gap = _interval(row["mean"], row["low"], row["high"])
        table.add_row(str(int(row["place"])), f"{row['one']:+.2f}", f"{row['two']:+.2f}", gap)
    return table


def changes_as_text(changes: Sequence[tuple[str, str, str]]) -> str:
    """Say in which parameters two runs differ, a line each."""
    if not changes:
        return "The two have the same parameters."
    return "\n".join(["They differ in", *(f"  {key}: {one or '-'}, then {two or '-'}" for key, one, two in changes)])


def _answer(row: dict[Any, Any]) -> str:
    """The headline of a run; its places first."""
    if row["mean"] is None or math.isnan(row["mean"]):
        return "one place"
    return f"{int(row['place'])} over {int(row['versus'])}: {_interval(row['mean'], row['low'], row['high'])}"


def _interval(mean: float, low: float, high: float) -> str:
    return f"{mean:+.2f}" if low is None or math.isnan(low) else f"{mean:+.2f} [{low:+.2f}, {high:+.2f}]"
