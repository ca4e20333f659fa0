"""From a folder to what its report says."""

from __future__ import annotations

from pathlib import Path

from sim.report.dossier import Dossier
from sim.report.of_run import run_dossier
from sim.report.of_study import study_dossier
from sim.study import ResultsError
from sim.study.results import MANIFEST
from sim.study.study_folder import FILE as STUDY

__all__ = ["read_dossier"]


def read_dossier(folder: Path) -> Dossier:
    """Read the folder of a run or of a study.

    Raises
    ------
    ResultsError
        If it is neither, or is incomplete.
    """
    if (folder / STUDY).is_file():
        return study_dossier(folder)
    if (folder / MANIFEST).is_file():
        return run_dossier(folder)
    raise ResultsError(
        f"{folder}: neither a run nor a study (no {MANIFEST}, no {STUDY}); "
        "`firstmover run` and `firstmover study` print where they write"
    )
