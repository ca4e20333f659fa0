"""Two settings and their difference."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.figure import Figure

from sim.plots import picture, two_settings

ROWS = pd.DataFrame(
    {"setting": ["A", "B", "B less A"], "mean": [0.4, 0.1, -0.3], "low": [0.2, -0.1, -0.4], "high": [0.6, 0.3, -0.2]}
)


def words(fig: Figure) -> list[str]:
    return [text.get_text() for text in fig.axes[0].texts]


def test_rows_stand_in_their_order_from_the_top() -> None:
    ax = two_settings(ROWS, "made up", name="Japan").axes[0]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["A", "B", "B less A"]
    low, high = ax.get_ylim()
    assert low > high


def test_every_mean_is_written_with_its_sign() -> None:
    assert words(two_settings(ROWS, "made up")) == ["+0.400", "+0.100", "−0.300"]


def test_sides_differ_in_marker_and_what_covers_zero_is_open() -> None:
    lines = [line for line in two_settings(ROWS, "made up").axes[0].lines if len(line.get_xdata()) == 1]
    assert [line.get_marker() for line in lines] == ["^", "o", "v"]
    assert [line.get_markerfacecolor() == "white" for line in lines] == [False, True, False]


def test_nothing_to_show_is_said() -> None:
    assert words(two_settings(ROWS.iloc[:0], "made up")) == ["no run to show"]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="high"):
        two_settings(ROWS.drop(columns="high"), "made up")


def test_a_picture_is_the_same_twice() -> None:
    one, two = (picture(two_settings(ROWS, "made up")) for _ in range(2))
    assert one == two
    assert one.startswith(b"\x89PNG")
