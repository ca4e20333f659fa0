"""The page a figure is drawn on: heading and legend above, provenance below, axes between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.transforms import BboxTransformTo, ScaledTranslation, Transform

from sim.plots.style import GREY, Provenance

__all__ = ["Heading", "Size", "clipped", "grow", "new_page", "say", "text_width", "title_axis", "title_panel"]

Size = tuple[float, float]

USUAL_TOP = 1.0
"""Height the heading and legend may take of the page before it grows, inches."""
MARGIN = 0.12
"""Free space at the edges of the page, inches."""
LEGEND_ROW = 0.19
"""Height of a row of the legend, inches."""
LEGEND_KEY = 0.55
"""Width of a legend's key and the gap behind its label, inches."""


@dataclass(frozen=True)
class Heading:
    """Title (what the figure asks or shows) and subtitle (how to read it)."""

    title: str
    subtitle: str


def new_page(size: Size, heading: Heading, provenance: Provenance | str, legend: Sequence[Artist] = ()) -> Figure:
    """Make a page with heading, legend and provenance; the axes added later fill what is left.

    Parameters
    ----------
    size : (float, float)
        Width and height, inches; the page gets higher if the heading needs more than `USUAL_TOP`.
    heading : Heading
        Title and subtitle; wrapped to the width.
    provenance : Provenance or str
        Goes to the foot.
    legend : sequence of Artist
        Labelled keys, in as many columns as fit.
    """
    fig = Figure(figsize=size)
    FigureCanvasAgg(fig)
    top = _write_down(fig, heading.title, MARGIN, FontProperties(size=11.5, weight="bold"), "black")
    top = _write_down(fig, heading.subtitle, top + 0.02, FontProperties(size=8.5), GREY)
    top = _set_legend(fig, legend, top + 0.05) if legend else top + 0.06
    foot = _write_foot(fig, str(provenance))
    _settle(fig, size[1] + max(0.0, top - USUAL_TOP), top, foot)
    return fig


def grow(fig: Figure, inches: float) -> None:
    """Make a page higher; heading, legend and foot keep their size and the axes get the room."""
    engine, height = fig.get_layout_engine(), float(fig.get_size_inches()[1])
    if isinstance(engine, ConstrainedLayoutEngine):
        _, bottom, _, high = engine.get()["rect"]
        _settle(fig, height + inches, (1 - bottom - high) * height, bottom * height)


def _settle(fig: Figure, height: float, top: float, foot: float) -> None:
    """Set the height of the page and keep `top` and `foot` inches free of axes."""
    width = float(fig.get_size_inches()[0])
    fig.set_size_inches(width, height)
    edge = MARGIN / 2 / width
    rect = (edge, foot / height, 1 - 2 * edge, 1 - (top + foot) / height)
    fig.set_layout_engine(ConstrainedLayoutEngine(rect=rect))


def title_panel(fig: Figure, ax: Axes, text: str, width: float) -> None:
    """Write the title of a panel `width` inches wide, in as many lines as it takes."""
    font = FontProperties(size=8.5, weight="bold")
    ax.set_title("\n".join(wrapped(fig, text, font, width)), loc="left")


def title_axis(fig: Figure, ax: Axes, text: str, width: float) -> None:
    """Name the horizontal axis of a panel `width` inches wide, in as many lines as it takes."""
    ax.set_xlabel("\n".join(wrapped(fig, text, FontProperties(size=8.5), width)))


def say(ax: Axes, words: str) -> None:
    """Say in words what there is to say, in place of empty axes."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, words, transform=ax.transAxes, ha="center", va="center", color=GREY, style="italic")


def text_width(fig: Figure, text: str, font: FontProperties) -> float:
    """Width of one line of text, inches."""
    canvas: Any = fig.canvas
    return float(canvas.get_renderer().get_text_width_height_descent(text, font, ismath=False)[0]) / fig.dpi


def wrapped(fig: Figure, text: str, font: FontProperties, width: float) -> list[str]:
    """Break a text into lines no wider than `width` inches (a single longer word is cut short)."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(fig, longer, font) <= width:
            lines[-1] = longer
        else:
            lines.append(clipped(fig, word, font, width))
    return lines


def clipped(fig: Figure, text: str, font: FontProperties, width: float) -> str:
    """Cut a text short, with an ellipsis, if it is wider than `width` inches."""
    if text_width(fig, text, font) <= width:
        return text
    while text and text_width(fig, text + "…", font) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def _from_top(fig: Figure) -> Transform:
    """Coordinates in inches from the upper left corner, upwards."""
    return fig.dpi_scale_trans + ScaledTranslation(0, 1, BboxTransformTo(fig.bbox))


def _write_down(fig: Figure, text: str, top: float, font: FontProperties, colour: str) -> float:
    """Write a paragraph `top` inches below the upper edge; return where it ends."""
    lines = wrapped(fig, text, font, fig.get_size_inches()[0] - 2 * MARGIN)
    step = font.get_size_in_points() * 1.3 / 72
    look: dict[str, Any] = {"ha": "left", "va": "top", "fontproperties": font, "color": colour}
    for i, line in enumerate(lines):
        fig.text(MARGIN, -(top + i * step), line, transform=_from_top(fig), **look)
    return top + len(lines) * step


def _write_foot(fig: Figure, text: str) -> float:
    """Write the provenance at the lower edge; return the height it takes, inches."""
    font = FontProperties(size=6.5)
    lines = wrapped(fig, text, font, fig.get_size_inches()[0] - 2 * MARGIN)
    look: dict[str, Any] = {"ha": "left", "va": "bottom", "fontproperties": font, "color": GREY}
    fig.text(MARGIN, 0.07, "\n".join(lines), transform=fig.dpi_scale_trans, **look)
    return 0.12 + 0.12 * len(lines)


def _set_legend(fig: Figure, keys: Sequence[Artist], top: float) -> float:
    """Set the legend `top` inches below the upper edge; return where it ends."""
    font = FontProperties(size=8)
    room = fig.get_size_inches()[0] - 2 * MARGIN
    labels = [clipped(fig, str(key.get_label()), font, room - LEGEND_KEY) for key in keys]
    widest = max(text_width(fig, label, font) for label in labels) + LEGEND_KEY
    columns = min(len(keys), max(1, int(room / widest)))
    look: dict[str, Any] = {"columnspacing": 1.2, "handletextpad": 0.6, "labelspacing": 0.45, "handlelength": 2.2}
    look |= {"loc": "upper left", "ncols": columns, "borderpad": 0, "borderaxespad": 0}
    fig.legend(keys, labels, bbox_to_anchor=(MARGIN, -top), bbox_transform=_from_top(fig), **look)
    return top + -(-len(keys) // columns) * LEGEND_ROW + 0.06
