"""The study for the screen: one table by place, one by mechanism."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from rich.table import Table

from sim import __version__
from sim.study.openings import Openings
from sim.study.split import PARTS
from sim.study.study import Study
from sim.study.words import interval

__all__ = ["study_screen"]


def study_screen(study: Study) -> Iterator[Table]:
    """Lay out the advantage by place with its parts, and the Shapley values."""
    scenario = study.scenario
    origin = f"seed {scenario.seed}, {study.twins} twins, version {__version__}. USD bn, present value; [95 %]"
    if study.openings is not None and len(study.openings.pairs):
        parts = ", and its parts" if len(study.openings.split) else ""
        yield _by_place(study.openings, scenario.title, f"{origin}. Advantage over the last place{parts}.")
    if study.shapley is not None:
        yield _by_mechanism(study, f"{origin}. First place over the last; the parts add up to all.")


def _by_place(openings: Openings, title: str, caption: str) -> Table:
    table = Table(title=title, caption=caption, header_style="bold")
    parts, rows = (PARTS, openings.split) if len(openings.split) else ((), _totals(openings))
    for head in ("places", "advantage [95 %]", *parts):
        table.add_column(head, justify="right", no_wrap=True)
    alike: dict[int, list[int]] = {}
    for place, one in openings.alike.items():
        alike.setdefault(one, []).append(place)
    for row in rows.to_dict("records"):
        places = alike.get(int(row["position"]))
        if places is None:
            continue
        span = str(places[0]) if len(places) == 1 else f"{places[0]}-{places[-1]}"
        total = interval(row["total"], row["total_low"], row["total_high"], "")
        table.add_row(span, total, *(f"{row[name]:+.2f}" for name in parts))
    return table


def _totals(openings: Openings) -> pd.DataFrame:
    """Advantage of all places but those that are like the last, where it is not split."""
    last = openings.alike[max(openings.alike)]
    rows = openings.advantage[openings.advantage["position"].map(openings.alike) != last]
    return rows.rename(columns={"mean": "total", "low": "total_low", "high": "total_high"})


def _by_mechanism(study: Study, caption: str) -> Table:
    assert study.shapley is not None
    table = Table(title="Shapley values", caption=caption, header_style="bold")
    table.add_column("part")
    table.add_column("value [95 %]", justify="right", no_wrap=True)
    for row in study.shapley.to_dict("records"):
        table.add_row(str(row["part"]), interval(row["mean"], row["low"], row["high"], ""))
    return table
