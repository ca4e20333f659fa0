"""The calibration as tables: what matters for what, and the patterns before and after."""

from __future__ import annotations

import numpy as np
import pandas as pd
from rich.table import Table

from sim.study.calibration.screening import DISTANCE
from sim.study.scores import in_words, scores

__all__ = ["before_and_after", "influence_table"]

#: Rank correlations below this are not told apart from luck.
FAINT = 0.15
NAMED = 3


def influence_table(found: pd.DataFrame, chosen: list[str], caption: str) -> Table:
    """Lay out the rank correlation of parameters with the distance, and the patterns they move."""
    table = Table(title="What matters for the patterns", caption=caption, header_style="bold")
    for head, side in (("parameter", "left"), ("set", "left"), ("distance", "right"), ("moves most", "left")):
        table.add_column(head, justify=side)  # type: ignore[arg-type]
    for key in found[DISTANCE].abs().sort_values(ascending=False).index:
        row = found.loc[key].drop(DISTANCE)
        most = row[row.abs().sort_values(ascending=False).index][:NAMED]
        moved = ", ".join(f"{name} {value:+.2f}" for name, value in most.items() if abs(value) >= FAINT)
        table.add_row(str(key), "yes" if key in chosen else "", f"{found.loc[key, DISTANCE]:+.2f}", moved)
    return table


def before_and_after(ensembles: dict[str, pd.DataFrame], caption: str) -> Table:
    """Lay out every pattern in 2025 and in each ensemble: median, band, and whether it is hit."""
    compared = {name: scores(measured) for name, measured in ensembles.items()}
    table = Table(title="The patterns before and after", header_style="bold")
    hits = ", ".join(f"{name} {sum(s.hit for s in found)} of {len(found)}" for name, found in compared.items())
    table.caption = f"Hits: {hits}. Median [90 % band], * for a miss; {caption}."
    table.add_column("pattern")
    for head in ("2025", *compared):
        table.add_column(head, justify="right", no_wrap=True)
    for row in zip(*compared.values(), strict=True):
        pattern = row[0].pattern
        cells = [
            "-" if s.runs == 0 else _cell([s.median, s.low, s.high], pattern.unit) + (" " if s.hit else "*")
            for s in row
        ]
        table.add_row(pattern.name, in_words(row[0].observed, pattern.unit), *cells)
    return table


def _cell(values: list[float], unit: str) -> str:
    scale = 100.0 if unit == "rate" else 1.0
    form = "{:.2f}" if unit == "share" else "{:.0f}"
    median, low, high = (form.format(scale * value) if np.isfinite(value) else "never" for value in values)
    return f"{median} [{low}, {high}]"
