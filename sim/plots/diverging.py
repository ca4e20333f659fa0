"""A colour scale for numbers of both signs, white at zero."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, Normalize, to_rgb
from numpy.typing import NDArray

from sim.plots.style import OKABE_ITO

__all__ = ["centred", "diverging_map", "ink_on"]


def diverging_map() -> LinearSegmentedColormap:
    """Colours from orange (below zero) over white to dark blue: the two ends differ in lightness too."""
    stops = ["#B35900", OKABE_ITO["orange"], "#FFFFFF", OKABE_ITO["sky"], "#003A5D"]
    return LinearSegmentedColormap.from_list("late_early", stops)


def centred(values: NDArray[np.float64]) -> Normalize:
    """Scale symmetric about zero that holds all values; from -1 to 1 if there are none but zeros."""
    finite = np.abs(values[np.isfinite(values)])
    reach = float(finite.max(initial=0.0)) or 1.0
    return Normalize(-reach, reach)


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on a colour (relative luminance, sRGB)."""
    rgb = np.asarray(to_rgb(colour))
    linear = np.where(rgb <= 0.03928, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return "black" if float(linear @ (0.2126, 0.7152, 0.0722)) > 0.18 else "white"
