"""Strokes for several series, told apart by lightness or hue, by dash and by marker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sim.plots.queue_axis import place_colours
from sim.plots.style import INK, OKABE_ITO, Stroke

__all__ = ["group_strokes", "look_of", "ordered_strokes"]

HUES = (*(OKABE_ITO[hue] for hue in ("blue", "orange", "vermillion", "sky", "purple", "green")), INK)
MARKERS = "osD^vPX"
DASHES: tuple[Literal["-", "--", "-."], ...] = ("-", "--", "-.")


def ordered_strokes(count: int) -> list[Stroke]:
    """Strokes for places in order, dark for early to light for late."""
    return _strokes(place_colours(count))


def group_strokes(count: int) -> list[Stroke]:
    """Strokes for groups without an order; beyond seven, hues come back with another dash."""
    return _strokes([HUES[k % len(HUES)] for k in range(count)])


def _strokes(colours: Sequence[str]) -> list[Stroke]:
    """Give each colour a dash and a marker."""
    return [Stroke(colour, DASHES[k % len(DASHES)], MARKERS[k % len(MARKERS)]) for k, colour in enumerate(colours)]


def look_of(stroke: Stroke) -> dict[str, Any]:
    """Colour, dash and marker of a stroke as matplotlib wants them."""
    return {"color": stroke.colour, "linestyle": stroke.dash, "marker": stroke.marker}
