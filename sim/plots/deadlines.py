"""Dated events as labelled vertical lines."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from sim.plots.page import clipped, grow, text_width
from sim.plots.style import GREY, INK

__all__ = ["Deadline", "mark_deadlines", "shown_deadlines"]

Deadline = tuple[float, str]
ROW = 10.5
"""Height of a row of labels, points."""
USUAL = 31.5
"""Height of labels the page has room for before it grows, points."""
SIZE = 7.0
"""Type size of a label, points."""


def shown_deadlines(deadlines: Sequence[Deadline], last: float) -> list[Deadline]:
    """Deadlines between round 0 and round `last`, in order, each once."""
    return sorted({(float(when), label) for when, label in deadlines if 0 <= when <= last})


def mark_deadlines(fig: Figure, ax: Axes, deadlines: Sequence[Deadline], *, labelled: bool = True) -> float:
    """Draw each deadline as a dotted line with its label above the axes, in rows so that none overlaps.

    Parameters
    ----------
    fig : Figure
        The page; its layout is settled here to know how wide the axes are.
    ax : Axes
        Axes with time in rounds; their limits must be final.
    deadlines : sequence of (round, label)
        What to mark; those outside the axes are left out.
    labelled : bool
        Whether to write the labels.

    Returns
    -------
    float
        Height the labels take above the axes, points.
    """
    shown = shown_deadlines(deadlines, ax.get_xlim()[1])
    for when, _ in shown:
        ax.axvline(when, color=GREY, linestyle=":", linewidth=1.0, zorder=1)
    if labelled and shown:
        fig.draw_without_rendering()
        height = ROW * _write_labels(fig, ax, shown)
        grow(fig, max(0.0, height - USUAL) / 72)
        return height
    return 0.0


def _write_labels(fig: Figure, ax: Axes, shown: Sequence[Deadline]) -> int:
    """Write labels from right to left, each in the lowest row where it is free; return the number of rows."""
    font = FontProperties(size=SIZE)
    width = ax.get_position().width * fig.get_size_inches()[0]
    start, stop = ax.get_xlim()
    taken: list[list[tuple[float, float]]] = []
    for when, label in reversed(shown):
        text = clipped(fig, label, font, 0.9 * width)
        x, long = (when - start) / (stop - start) * width, text_width(fig, text, font) + 0.1
        left = max(min(x, width - long), 0.0)
        row = _free_row(taken, (left, left + long))
        _write_label(ax, text, when, (72 * (left - x), 4 + row * ROW))
    return len(taken)


def _free_row(taken: list[list[tuple[float, float]]], span: tuple[float, float]) -> int:
    """Take the lowest row in which `span` meets no other span; a new one if need be."""
    for row, spans in enumerate(taken):
        if all(span[1] <= low or high <= span[0] for low, high in spans):
            spans.append(span)
            return row
    taken.append([span])
    return len(taken) - 1


def _write_label(ax: Axes, text: str, when: float, shift: tuple[float, float]) -> None:
    """Write one label, shifted by some points from the top of its line, with a leader down to it."""
    top = (when, 1.0)
    coords = ax.get_xaxis_transform()
    leader = {"arrowstyle": "-", "color": GREY, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", top, (0, shift[1] + 0.7 * SIZE), coords, "offset points", leader, annotation_clip=False, zorder=2)
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.3}
    place = (shift[0] + 2.5, shift[1])
    ax.annotate(text, top, place, coords, "offset points", fontsize=SIZE, color=INK, bbox=paper, annotation_clip=False)
