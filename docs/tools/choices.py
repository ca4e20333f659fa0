"""The tables of choices and results that the package ships, with as many rows as they have."""

from __future__ import annotations

import csv
from pathlib import Path

from docs.tools.marks import table

__all__ = ["CHOICES", "STUDY", "choice_table", "rows_of"]

STUDY = Path(__file__).parents[2] / "sim" / "study"
BY_CALIBRATION = "`make calibrate` ([the calibration](calibration.md))"
#: What is in a table, how it was made, and how far to trust it.
CHOICES = {
    "assumptions.csv": (
        "plausible ranges of the assumptions that the calibration leaves alone, with a reason each",
        "by judgement",
        "as ranges to vary, not as knowledge",
    ),
    "calibration/priors.csv": (
        "ranges of the assumptions that the calibration may move, with a reason each",
        "by judgement",
        "the same",
    ),
    "pattern_strength.csv": (
        "which share of settings drawn from the priors hits each pattern of 2025",
        "`python -m sim.study.strength`",
        "to five points or so: a hundred settings",
    ),
    "calibration/posterior.csv": (
        "weighted points whose runs come near the talks of 2025; the header has command, seed, version and date",
        BY_CALIBRATION,
        "as one good region, not as an estimate",
    ),
    "calibration/predictions.csv": (
        "what those points predict of each partner, and its part in their weights",
        BY_CALIBRATION,
        "medians of a few runs a point",
    ),
    "calibration/quality.csv": (
        "distances of the defaults, the priors, the posterior and the best point from the talks of 2025",
        BY_CALIBRATION,
        "from luck that chose nothing",
    ),
    "calibration/parameters.csv": (
        "prior, posterior and default of every parameter",
        BY_CALIBRATION,
        "as the posterior",
    ),
    "calibration/recovery.csv": (
        "how well pretended talks give back what they were played under",
        BY_CALIBRATION,
        "a few hundred cases",
    ),
}


def rows_of(name: str) -> int:
    """Return how many rows a table has, its head and remarks left out."""
    lines = (STUDY / name).read_text(encoding="utf-8").splitlines()
    return sum(1 for _ in csv.DictReader(line for line in lines if not line.startswith("#")))


def choice_table() -> str:
    """Return all of them in Markdown."""
    rows = ((f"`sim/study/{name}`", rows_of(name), *about) for name, about in CHOICES.items())
    return table(["table", "rows", "content", "how it was made", "how far to trust it"], rows)
