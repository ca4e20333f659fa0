"""The report as a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.report.page import render
from sim.report.reading import read_dossier
from sim.study.whole import write_whole

__all__ = ["FILE", "Report", "write_report"]

FILE = "report.html"


@dataclass(frozen=True)
class Report:
    """A report that was written: where it is, its size in bytes, and how many figures it shows."""

    path: Path
    bytes: int
    figures: int


def write_report(folder: Path) -> Report:
    """Write `report.html` into the folder of a run or a study; the same folder gives the same bytes.

    Raises
    ------
    ResultsError
        If the folder is neither, or is incomplete.
    OSError
        If it cannot be written; an earlier report stays as it was.
    """
    dossier = read_dossier(folder)
    path = folder / FILE
    write_whole(path, render(dossier))
    return Report(path, path.stat().st_size, sum(len(section.plates) for section in dossier.sections))
