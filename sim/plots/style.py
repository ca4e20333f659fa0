"""The look all figures share: colours, type, and the line that says where the numbers come from."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import matplotlib.style

from sim import __version__
from sim.scenario import Scenario

__all__ = ["GREY", "INK", "OKABE_ITO", "Provenance", "Stroke", "end_strokes", "house_style"]

OKABE_ITO = {
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "green": "#009E73",
    "yellow": "#F0E442",
    "blue": "#0072B2",
    "vermillion": "#D55E00",
    "purple": "#CC79A7",
}
INK = "#1A1A1A"
GREY = "#595959"

_LOOK: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8.5,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.labelsize": 8.5,
    "axes.titlesize": 8.5,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.formatter.useoffset": False,
    "grid.color": "#E3E3E3",
    "grid.linewidth": 0.6,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "legend.fontsize": 8,
    "legend.frameon": False,
    "lines.linewidth": 1.6,
    "figure.dpi": 100,
    "savefig.dpi": 300,
    "svg.hashsalt": "first-mover",
}
_LOOKS: list[str | Path | dict[str, Any]] = ["default", _LOOK]
_LOCK = threading.RLock()


@dataclass(frozen=True)
class Provenance:
    """Where the numbers of a figure come from.

    Parameters
    ----------
    scenario : str
        Name of the scenario.
    seed : int
        Seed of the luck.
    replications : int
        Twins per position.
    version : str
        Version of the package.
    """

    scenario: str
    seed: int
    replications: int
    version: str

    @classmethod
    def of(cls, scenario: Scenario, twins: int | None = None) -> Provenance:
        """Return that of runs of a scenario, of as many twins as it says when silent."""
        return cls(scenario.name, scenario.seed, scenario.replications if twins is None else twins, __version__)

    def __str__(self) -> str:
        """Return the footer of a figure."""
        twins = "twin" if self.replications == 1 else "twins"
        run = f"{self.scenario} · seed {self.seed} · n = {self.replications} {twins} per position"
        return f"First Mover {self.version} · {run}"


@dataclass(frozen=True)
class Stroke:
    """How one series is drawn: a colour, and a dash and a marker that still differ in greyscale."""

    colour: str
    dash: Literal["-", "--", "-."]
    marker: str


def end_strokes(positions: list[int]) -> dict[int, Stroke]:
    """Strokes of the first and the last of some places in the queue; one stroke if they are one place."""
    first = Stroke(OKABE_ITO["blue"], "-", "o")
    last = Stroke(OKABE_ITO["vermillion"], "--", "s")
    return {max(positions): last} | {min(positions): first} if positions else {}


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the house style whatever the reader's own matplotlib settings are; one thread at a time."""
    with _LOCK, matplotlib.style.context(_LOOKS):
        yield
