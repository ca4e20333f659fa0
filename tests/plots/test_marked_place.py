"""The place that is asked about, among all places."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from sim.plots import advantage_by_position

PLACES = pd.DataFrame(
    {
        "position": [1, 2, 3],
        "versus": 3,
        "mean": [2.0, 1.0, 0.0],
        "low": [1.0, 0.5, 0.0],
        "high": [3.0, 1.5, 0.0],
        "mean_per_year": [0.5, 0.25, 0.0],
        "low_per_year": [0.25, 0.125, 0.0],
        "high_per_year": [0.75, 0.375, 0.0],
    }
)


def rings(fig: Figure) -> list[tuple[float, float]]:
    return [(line.get_xdata()[0], line.get_ydata()[0]) for line in fig.axes[0].lines if line.get_fillstyle() == "none"]


def told(fig: Figure) -> str:
    return " ".join(text.get_text() for text in fig.texts)


def test_it_is_ringed_and_told() -> None:
    fig = advantage_by_position(PLACES, "made up", marked=2)
    assert rings(fig) == [(1, 1.0)]
    assert "Place 2 rather than 3: +1.00 USD bn" in told(fig)
    assert "place asked about" in [text.get_text() for text in fig.legends[0].get_texts()]


def test_the_earliest_is_told_when_none_is_asked_about() -> None:
    fig = advantage_by_position(PLACES, "made up")
    assert rings(fig) == []
    assert "Place 1 rather than 3" in told(fig)


def test_the_last_place_is_nothing_to_ring() -> None:
    fig = advantage_by_position(PLACES, "made up", marked=3)
    assert rings(fig) == []
    assert "Place 1 rather than 3" in told(fig)
