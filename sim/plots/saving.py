"""Figures as files: the picture twice, and the numbers in it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from sim.plots.style import house_style

__all__ = ["picture", "save"]

DOTS_PER_INCH = 200
"""Of files."""
ON_SCREEN = 120
"""Of pictures for a screen."""


def save(fig: Figure, folder: Path | str, stem: str, data: pd.DataFrame) -> list[Path]:
    """Write a figure as PNG (200 dpi) and SVG and its data as CSV; the same figure gives the same bytes.

    Parameters
    ----------
    fig : Figure
        What to write.
    folder : path
        Where to; made if need be.
    stem : str
        Name of the files without ending.
    data : DataFrame
        The plotted data; its index is not written.

    Returns
    -------
    list of Path
        The files `stem.png`, `stem.svg` and `stem.csv`.

    Raises
    ------
    OSError
        If a file cannot be written.
    """
    home = Path(folder)
    home.mkdir(parents=True, exist_ok=True)
    png, svg, csv = (home / f"{stem}{ending}" for ending in (".png", ".svg", ".csv"))
    with house_style():
        fig.savefig(png, dpi=DOTS_PER_INCH, metadata={"Software": None}, pil_kwargs={"compress_level": 3})
        fig.set_layout_engine("none")  # the page is laid out by now; a second pass would only cost time
        _settle(fig)
        fig.savefig(svg, metadata={"Date": None, "Creator": "First Mover"})
    data.to_csv(csv, index=False, lineterminator="\n")
    return [png, svg, csv]


def _settle(fig: Figure) -> None:
    """Put all panels on a grid finer than any eye.

    The solver of the layout leaves last bits that differ from process to process; names in the SVG are made of them.
    """
    for ax in fig.axes:
        ax.set_position(np.round(ax.get_position(original=True).bounds, 9))


def picture(fig: Figure, dots: int = ON_SCREEN) -> bytes:
    """Return a figure as PNG for a screen, `dots` to the inch; the same figure gives the same bytes.

    It is drawn once, where `savefig` draws what has a layout twice.
    """
    stream = BytesIO()
    fig.set_dpi(dots)
    canvas: Any = FigureCanvasAgg(fig)
    with house_style():
        canvas.draw()
    Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB").save(stream, "PNG", compress_level=1)
    return stream.getvalue()
