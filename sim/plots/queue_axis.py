"""The axis of places in the queue: evenly spaced, whatever the places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

__all__ = ["place_colours", "queue_axis", "thinned"]


def queue_axis(ax: Axes, places: Sequence[int], width: float, labels: Sequence[str] | None = None) -> None:
    """Label the slots 0, 1, 2, ... of an axis with places in the queue, leaving out what does not fit.

    Parameters
    ----------
    ax : Axes
        Axes in which slot k stands for the k-th place.
    places : sequence of int
        The places, ascending.
    width : float
        Width of the axes, inches.
    labels : sequence of str, optional
        Texts for the ticks; the places themselves if left out.
    """
    texts = [str(place) for place in places] if labels is None else list(labels)
    half = [0.036 * max(len(line) for line in text.split("\n")) + 0.028 for text in texts]
    kept = thinned(half, width / max(len(places), 1))
    ax.set_xticks(kept, [texts[k] for k in kept])
    ax.set_xlim(-0.6, len(places) - 0.4)
    ax.set_xlabel("Place in the queue (1 = first)")


def place_colours(count: int) -> list[str]:
    """Colours for places in order, dark for early to light for late (cividis)."""
    cividis = matplotlib.colormaps["cividis"]
    return [to_hex(cividis(share)) for share in np.linspace(0.0, 0.75, count)]


def thinned(half: Sequence[float], pitch: float) -> list[int]:
    """Slots to label: every s-th and the last, s the least at which slots `pitch` inches apart do not touch."""
    last = len(half) - 1
    for s in range(1, last + 1):
        kept = [*(k for k in range(0, last, s) if last - k >= s), last]
        if all(half[a] + half[b] <= (b - a) * pitch for a, b in pairwise(kept)):
            return kept
    return sorted({0, last})
