"""The report of a study: what `firstmover study` has written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.report.cells import estimate
from sim.report.dossier import Dossier, Number, Section
from sim.report.parts import changes, other_figures, plates, read_text, sheet
from sim.study import ResultsError
from sim.study.study_folder import FILE
from sim.study.whole import check_files, read_told

__all__ = ["study_dossier"]

NEEDED = (
    *("scenario", "title", "question", "focal_name", "seed", "replications", "version", "command"),
    *("answer", "changed", "numbers", "sections", "limits"),
)
AGAIN = "make the study again"
Told = Mapping[str, Any]


def study_dossier(folder: Path) -> Dossier:
    """Read the folder of a study.

    Raises
    ------
    ResultsError
        If what it tells cannot be read, or a table is not as it was written.
    """
    told = read_told(folder / FILE, NEEDED, AGAIN)
    check_files(folder, told, AGAIN)
    try:
        return _dossier(told, folder)
    except (KeyError, TypeError, AttributeError) as error:
        raise ResultsError(f"{folder / FILE}: not as a study writes it ({error}); {AGAIN}") from None


def _dossier(told: Told, folder: Path) -> Dossier:
    return Dossier(
        title=told["title"],
        question=told["question"],
        answer=told["answer"],
        numbers=tuple(_number(number) for number in told["numbers"]),
        sections=tuple(_sections(told, folder)),
        changed=changes((row["key"], row["default"], row["value"]) for row in told["changed"]),
        limits=tuple(told["limits"]),
        command=told["command"],
        provenance=(
            ("scenario", str(told["scenario"])),
            ("focal partner", str(told["focal_name"])),
            ("seed", str(told["seed"])),
            ("twins per place", str(told["replications"])),
            ("version of First Mover", str(told["version"])),
        ),
        scenario_text=read_text(folder / "scenario.yaml"),
    )


def _number(told: Told) -> Number:
    low, high = told.get("low"), told.get("high")
    bare = low is None or high is None or low != low  # JSON as Python writes it may have NaN
    return Number(
        label=told["label"],
        value=estimate(told["value"]),
        unit=told.get("unit") or "",
        interval="" if bare else f"{estimate(low)} to {estimate(high)}",
    )


def _sections(told: Told, folder: Path) -> Iterator[Section]:
    """The questions in their order; a figure that two of them name is shown by the first."""
    shown: list[str] = []
    for part in told["sections"]:
        stems = [stem for stem in dict.fromkeys(part["figures"]) if stem not in shown]
        shown.extend(stems)
        found, missing = plates(folder, stems)
        tables = {stem: sheet(folder, stem) for stem in dict.fromkeys(part["tables"])}
        lost = tuple(f"tables/{stem}.csv" for stem, table in tables.items() if table is None)
        sheets = tuple(table for table in tables.values() if table is not None)
        yield Section(part["title"], part["sentence"], found, sheets, tuple(part["notes"]), missing + lost)
    if (more := other_figures(folder, shown)) is not None:
        yield more
