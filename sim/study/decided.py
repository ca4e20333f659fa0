"""Patterns that an input decides, and how hard the others are: neither kind of ease is to the model's credit."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim.study.pattern_measures import BASE, SAME
from sim.study.patterns import Pattern, observed
from sim.talks.setup import Setup
from sim.talks.terms import AUTO, TARIFF, Terms
from sim.world.errors import WorldDataError
from sim.world.facts import read_table

__all__ = ["STRENGTH", "WEAK", "decided_by", "kind_of", "load_strength"]

STRENGTH = Path(__file__).with_name("pattern_strength.csv")
WEAK = 0.8
"""A pattern that at least this share of settings drawn from the priors hit is weak: nearly any setting passes."""

ALWAYS = {"rate_of_calendar": "the calendar is an input, and who has no deal bears its rate by rule"}
#: Lowest rates that nobody had to draw a line for.
OPEN = {TARIFF: BASE, AUTO: 0.0}


def decided_by(pattern: Pattern, setup: Setup) -> str:
    """Say which input of a scenario decides a pattern; nothing when the talks do.

    A text is decided where its issue is not on the table of anybody it is about, where there is one value to agree on
    only, and where the value of 2025 is a red line: the lowest of its grid, above the lowest rate that is open to all.

    Parameters
    ----------
    pattern : Pattern
        What is measured.
    setup : Setup
        The scenario made ready.
    """
    if pattern.name in ALWAYS:
        return ALWAYS[pattern.name]
    terms = [own for own in setup.terms if not pattern.who or own.iso in pattern.who]
    if not pattern.issue or not terms:
        return ""
    if pattern.issue not in terms[0].issues:
        return f"{pattern.issue} is no issue of the talks"
    k = terms[0].issues.index(pattern.issue)
    if all(own.counts[k] == 1 for own in terms):
        return f"{pattern.issue} has one value to agree on"
    if k in OPEN and all(_red_line(own, k, observed(pattern)) for own in terms):
        return f"a red line on {pattern.issue} is drawn at the value of 2025"
    return ""


def _red_line(terms: Terms, k: int, seen: float) -> bool:
    """Whether the lowest rate of a grid is what was seen, and not open to everybody."""
    lowest = float(terms.grid[k, 0])
    return abs(lowest - seen) < SAME and lowest > OPEN[k] + SAME


def load_strength(path: str | Path | None = None) -> dict[str, float]:
    """Read by pattern which share of settings drawn from the priors hit it.

    Parameters
    ----------
    path : path, optional
        A table with the columns name, share; the one that `python -m sim.study.strength` has left in the package by
        default, and nothing where there is none.

    Raises
    ------
    WorldDataError
        If a share is none.
    """
    source = STRENGTH if path is None else Path(path)
    if path is None and not source.exists():
        return {}
    return {row["name"]: _share(row["share"], source.name, line) for line, row in read_table(source, ("name", "share"))}


def _share(text: str, file: str, line: int) -> float:
    try:
        share = float(text)
    except ValueError:
        share = np.nan
    if not 0.0 <= share <= 1.0:
        raise WorldDataError(file, f"{text!r} is no share", line, "share", "a number from 0 to 1")
    return share


def kind_of(pattern: Pattern, decided: str, strength: dict[str, float]) -> str:
    """Return `decided`, `weak`, `strong`, or `not measured` where nobody knows how hard the pattern is."""
    if decided:
        return "decided"
    share = strength.get(pattern.name)
    return "not measured" if share is None else "weak" if share >= WEAK else "strong"
