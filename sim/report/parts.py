"""The parts of a report that runs and studies have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import pandas as pd

from sim.report.captions import figure_caption, table_title
from sim.report.cells import grid, head, setting, single
from sim.report.dossier import Change, Plate, Section, Sheet
from sim.report.pictures import read_picture
from sim.scenario.outline import slot

__all__ = ["changes", "other_figures", "plates", "read_text", "sheet"]

MOST_ROWS = 200
"""Rows of a table that are printed; the rest is in its file."""
COMMON = ("versus", "twins")
"""Columns that are told once where all rows have the same."""


def plates(
    folder: Path, stems: Iterable[str], needed: Collection[str] | None = None
) -> tuple[tuple[Plate, ...], tuple[str, ...]]:
    """Read figures; return those that are there, and words for those that are needed (all when silent) and are not."""
    found, missing = [], []
    for stem in stems:
        title, reading = figure_caption(stem)
        picture = read_picture(folder / "figures", stem)
        source = f"figures/{stem}.csv"
        if picture is not None:
            found.append(Plate(stem, picture, title, reading, source if (folder / source).is_file() else ""))
        elif needed is None or stem in needed:
            missing.append(f"{title} (figures/{stem}.svg)")
    return tuple(found), tuple(missing)


def other_figures(folder: Path, shown: Collection[str]) -> Section | None:
    """Gather the figures in the folder that no section shows."""
    paths = [*(folder / "figures").glob("*.svg"), *(folder / "figures").glob("*.png")]
    there, _ = plates(folder, sorted({path.stem for path in paths} - set(shown)))
    return Section("More figures", "", there) if there else None


def sheet(folder: Path, stem: str) -> Sheet | None:
    """Read a table of a study; None if it is not there or not a table."""
    source = f"tables/{stem}.csv"
    try:
        table = pd.read_csv(folder / source)
    except (OSError, ValueError):
        return None
    same = [name for name in COMMON if len(table) > 1 and name in table and len(set(table[name])) == 1]
    heads, rows = grid(table.drop(columns=same))
    told = ", ".join(f"{head(name)} {single(name, table[name].iloc[0])}" for name in same)
    notes = [f"All rows: {told}."] if same else []
    if len(rows) > MOST_ROWS:
        notes.append(f"The first {MOST_ROWS} of {len(rows)} rows.")
    return Sheet(table_title(stem), heads, rows[:MOST_ROWS], " ".join(notes), source)


def changes(found: Iterable[tuple[str, str, str]]) -> tuple[Change, ...]:
    """Say what changed assumptions mean; each is a key with two values as JSON, the default first."""
    return tuple(
        Change(key, _meaning(key), setting(default), setting(value))
        for key, default, value in found
        if key != "question"
    )


def read_text(path: Path) -> str:
    """Read a text; empty where there is none."""
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _meaning(key: str) -> str:
    """What the schema says of a key; empty where it says nothing."""
    here = slot(tuple(key.split(".")))
    field = None if here is None else here.field
    return (field.description or "") if field is not None else ""
