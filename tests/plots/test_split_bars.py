"""The exact split as bars: parts stack away from zero, the diamond is their sum."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible
from matplotlib.colors import to_rgba

from sim.plots import split_bars

LONG = "the Democratic Republic of São Tomé and Príncipe"
PARTS = ("coverage", "timing", "terms", "world")
NAN = float("nan")


def split(by_place, half=0.5, versus=80):
    """Parts by place (four numbers each), all intervals as wide."""
    rows = []
    for place, values in by_place.items():
        row = {"position": place, "versus": versus}
        for part, value in zip((*PARTS, "total"), (*values, sum(values)), strict=True):
            row |= {part: value, f"{part}_low": value - half, f"{part}_high": value + half}
        rows.append(row)
    return pd.DataFrame(rows)


def patches(fig):
    return [bar for bar in fig.axes[0].patches if bar.get_width() == pytest.approx(0.72)]


def bars(fig):
    return [(bar.get_y(), bar.get_y() + bar.get_height()) for bar in patches(fig)]


def test_gains_stack_up_and_losses_down():
    fig = split_bars(split({1: (4.0, 2.0, -3.0, -1.0)}), PROVENANCE)
    assert bars(fig) == [(0, 4.0), (4.0, 6.0), (0, -3.0), (-3.0, -4.0)]


def test_the_diamond_stands_at_the_total_with_its_interval():
    fig = split_bars(split({1: (4.0, 2.0, -3.0, -1.0)}), PROVENANCE, name="Japan")
    diamonds = [(line.get_xdata()[0], line.get_ydata()[0]) for line in fig.axes[0].lines if line.get_marker() == "D"]
    assert (0, 2.0) in diamonds
    assert (1, 0) in diamonds
    assert [1.5, 2.5] in [list(line.get_ydata()) for line in fig.axes[0].lines]
    text = assert_legible(fig)
    for words in ("Place 1 rather than 80 is worth +2.00 USD bn", "95 % intervals", "pays to be early", "to Japan"):
        assert words in text


def test_the_parts_are_named_in_plain_words_and_hatched():
    fig = split_bars(split({1: (4.0, 2.0, -3.0, -1.0)}), PROVENANCE)
    text = assert_legible(fig)
    for words in ("a deal or none", "same terms, other date", "same date, other terms", "same deal, other world"):
        assert words in text
    assert len({bar.get_hatch() for bar in patches(fig)}) == 4


def test_a_part_that_cannot_be_told_from_zero_is_pale():
    fig = split_bars(split({1: (4.0, 0.2, -3.0, -1.0)}), PROVENANCE)
    opacity = [to_rgba(bar.get_facecolor())[3] for bar in patches(fig)]
    assert opacity == [1.0, 0.35, 1.0, 1.0]
    assert "pale: interval covers zero" in assert_legible(fig)


def test_an_open_diamond_cannot_be_told_from_zero():
    fig = split_bars(split({1: (4.0, 0.0, -4.0, 0.1), 5: (3.0, 0.0, 0.0, 0.0)}), PROVENANCE)
    fills = [line.get_markerfacecolor() for line in fig.axes[0].lines if line.get_marker() == "D"][:2]
    assert (fills[0] == "white", fills[1] == "white") == (True, False)


def test_places_stand_in_order_whatever_the_order_of_rows():
    frame = split({40: (1.0, 0, 0, 0), 1: (5.0, 0, 0, 0), 10: (3.0, 0, 0, 0)}).assign(more=1)
    fig = split_bars(frame, PROVENANCE)
    assert [bar.get_height() for bar in sorted(patches(fig), key=lambda bar: bar.get_x())] == [5.0, 3.0, 1.0]
    assert [label.get_text() for label in fig.axes[0].get_xticklabels()] == ["1", "10", "40", "80"]


def test_eighty_places_stay_legible():
    frame = split({place: (80.0 - place, 1.0, -0.5 * place, 0.1) for place in range(1, 80)})
    assert "80" in assert_legible(split_bars(frame, PROVENANCE))
    assert_legible(split_bars(frame, PROVENANCE, size=(3.6, 4.5)))


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (split({80: (0, 0, 0, 0)}), "one place only: nothing to split"),
        (split({1: (1.0, 0, 0, 0)})[:0], "nothing to split"),
        (split({1: (NAN, NAN, NAN, NAN)}), "nothing to split"),
        (split({1: (1.0, 2.0, 0, 0)}, half=NAN), "pale"),
        (split({1: (0.0, 0.0, 0.0, 0.0)}, half=0.0), "worth 0 USD bn"),
    ],
    ids=["the reference alone", "no rows", "all unknown", "one twin", "all zero"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(split_bars(frame, PROVENANCE))


def test_a_narrow_page_with_a_long_name_stays_legible():
    assert_legible(split_bars(split({1: (4.0, 2, -3, -1), 40: (1, 1, 1, 1)}), PROVENANCE, name=LONG, size=(3.6, 4.5)))


@pytest.mark.parametrize("column", ["versus", "terms", "world_low", "total_high"])
def test_a_missing_column_is_named(column):
    with pytest.raises(ValueError, match=column):
        split_bars(split({1: (1.0, 0, 0, 0)}).drop(columns=column), PROVENANCE)


def test_all_that_is_drawn_lies_inside_the_axes():
    fig = split_bars(split({1: (40.0, 20.0, -30.0, -10.0)}), PROVENANCE)
    low, high = fig.axes[0].get_ylim()
    assert low < min(np.ravel(bars(fig))) < max(np.ravel(bars(fig))) < high
