"""What the calibration may move, and how far: assumptions of the schema, never facts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.scenario import parameters
from sim.scenario.errors import ScenarioError, figure, nearest
from sim.world.facts import read_facts

__all__ = ["PRIORS", "Prior", "load_priors", "markdown"]

PRIORS = Path(__file__).with_name("priors.csv")
SCALES = ("linear", "log")


@dataclass(frozen=True)
class Prior:
    """An even prior of one parameter, on a linear or a logarithmic scale.

    Attributes
    ----------
    key : str
        Dotted key of the schema.
    low, high : float
        Range, inside the schema's.
    scale : str
        ``linear`` or ``log``.
    why : str
        Why this range.
    whole : bool
        Whether the parameter is a whole number; values are rounded.
    default : float
        The schema's.
    """

    key: str
    low: float
    high: float
    scale: str
    why: str
    whole: bool
    default: float

    @property
    def ends(self) -> tuple[float, float]:
        """Ends of the range on its scale; those of a whole number reach half a unit further, so that all are alike."""
        low, high = (self.low - 0.499, self.high + 0.499) if self.whole else (self.low, self.high)
        return (float(np.log(low)), float(np.log(high))) if self.scale == "log" else (low, high)

    def value(self, x: float) -> float | int:
        """Value of a point on the prior's scale."""
        value = float(np.exp(x)) if self.scale == "log" else float(x)
        value = min(self.high, max(self.low, value))
        return round(value) if self.whole else value

    def point(self, value: float) -> float:
        """Point on the prior's scale of a value."""
        return float(np.log(value)) if self.scale == "log" else float(value)


def load_priors(path: str | Path | None = None) -> tuple[Prior, ...]:
    """Read the table of priors.

    Parameters
    ----------
    path : path, optional
        A table with the columns key, low, high, scale, why; the one shipped with the package by default.

    Raises
    ------
    ScenarioError
        If a key is no numeric assumption of the schema, or a range is empty or leaves the schema's.
    """
    source = PRIORS if path is None else Path(path)
    known = {row["key"]: row for row in parameters()}
    return tuple(_prior(row, known, source.name, n) for n, row in read_facts(source))


def _prior(row: dict[str, str], known: dict[str, dict[str, Any]], file: str, line: int) -> Prior:
    """Read one row."""
    key, here = row["key"], known.get(row["key"])
    if here is None:
        raise ScenarioError(f"no parameter {key!r}", file=file, line=line, key="key", nearest=nearest(key, list(known)))
    if here["range"] is None or isinstance(here["default"], bool):
        raise ScenarioError(f"{key} is not a number", file=file, line=line, key="key")
    if here["source"] != "assumption":
        raise ScenarioError(f"{key} is not an assumption but from: {here['source']}", file=file, line=line, key="key")
    low, high = (_number(row[name], file, line, name) for name in ("low", "high"))
    if row["scale"] not in SCALES:
        raise ScenarioError(f"unknown scale {row['scale']!r}", file=file, line=line, key="scale", allowed=SCALES)
    if not here["range"][0] <= low < high <= here["range"][1] or (row["scale"] == "log" and low <= 0.0):
        allowed = (f"{figure(here['range'][0])} to {figure(here['range'][1])}",)
        raise ScenarioError(f"{low:g} to {high:g} is no range", file=file, line=line, key="low", allowed=allowed)
    return Prior(key, low, high, row["scale"], row["why"], isinstance(here["default"], int), float(here["default"]))


def _number(text: str, file: str, line: int, key: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ScenarioError(f"{text!r} is not a number", file=file, line=line, key=key) from None


def markdown(priors: tuple[Prior, ...]) -> str:
    """Write the priors as a table for the documentation."""
    head = "| parameter | default | prior | scale | why this range |\n|---|---|---|---|---|\n"
    rows = (f"| `{p.key}` | {p.default:g} | {p.low:g} to {p.high:g} | {p.scale} | {p.why} |" for p in priors)
    return head + "\n".join(rows)
