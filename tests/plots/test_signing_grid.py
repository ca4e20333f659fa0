"""When to sign: cells in their places, a scale about zero, and doubts hatched."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible, words
from matplotlib.colors import to_rgb

from sim.plots import signing_grid
from sim.plots.diverging import centred, diverging_map, ink_on

LONG = "the Democratic Republic of São Tomé and Príncipe"
NAN = float("nan")


def grid(cells, half=0.5, reference=(80, 4)):
    """Means by (place, week); the reference is zero without an interval."""
    rows = [
        (place, week, mean, mean - half, mean + half, (place, week) == reference)
        for (place, week), mean in cells.items()
    ]
    frame = pd.DataFrame(rows, columns=["position", "sign_from", "mean", "low", "high", "reference"])
    frame.loc[frame["reference"], ["mean", "low", "high"]] = (0.0, NAN, NAN)
    return frame


FOUR = {(80, 4): 0.0, (1, 12): 4.0, (1, 4): 0.2, (80, 12): -2.0}


def cells(fig):
    """Filled cells by their middle."""
    return {
        (patch.get_x() + 0.5, patch.get_y() + 0.5): to_rgb(patch.get_facecolor())
        for patch in fig.axes[0].patches
        if patch.get_fill()
    }


def test_the_earliest_place_is_on_top_and_weeks_run_to_the_right():
    fig = signing_grid(grid(FOUR).assign(more=1), PROVENANCE)
    ax = fig.axes[0]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["1", "80"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["4\n12 May", "12\n7 Jul"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_gains_are_blue_losses_orange_and_the_reference_white():
    painted = cells(signing_grid(grid(FOUR), PROVENANCE))
    red, _, blue = painted[1, 0]
    assert blue > red
    red, _, blue = painted[1, 1]
    assert red > blue
    assert painted[0, 1] == pytest.approx((1, 1, 1), abs=0.02)


def test_cells_that_cannot_be_told_from_the_reference_are_hatched():
    fig = signing_grid(grid(FOUR), PROVENANCE)
    hatched = [(patch.get_x() + 0.5, patch.get_y() + 0.5) for patch in fig.axes[0].patches if patch.get_hatch()]
    assert hatched == [(0, 0)]


def test_the_numbers_stand_in_their_cells_when_they_fit():
    fig = signing_grid(grid(FOUR), PROVENANCE, name="Japan")
    written = {text.get_text(): text.get_position() for text in fig.axes[0].texts}
    assert written == {"0": (0, 1), "+4.0": (1, 0), "+0.2": (0, 0), "−2.0": (1, 1)}
    text = assert_legible(fig).replace(" | ", " ")
    assert "Best: place 1, not before the week of 7 Jul (+4.00)" in text


def test_small_cells_carry_signs_in_place_of_numbers():
    many = {(place, week): week - 20.0 for place in range(1, 41) for week in range(10, 32)}
    fig = signing_grid(grid(many, half=0.1), PROVENANCE)
    assert_legible(fig)
    assert {text.get_text() for text in fig.axes[0].texts} == {"+", "−"}
    assert all((text.get_position()[0] > 10) == (text.get_text() == "+") for text in fig.axes[0].texts)
    assert_legible(signing_grid(grid(many), PROVENANCE, name=LONG, size=(3.6, 4.5)))


def test_cells_that_were_not_played_are_named():
    three = {key: value for key, value in FOUR.items() if key != (1, 4)}
    assert "not played" in assert_legible(signing_grid(grid(three), PROVENANCE))
    assert "not played" not in assert_legible(signing_grid(grid(FOUR), PROVENANCE))


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (grid(FOUR)[:1], "reference"),
        (grid(FOUR)[:0], "no cell was played"),
        (grid(FOUR).assign(mean=NAN), "no cell was played"),
        (grid(FOUR, half=NAN), "not told apart from the reference"),
        (grid(dict.fromkeys(FOUR, 0.0)), "0"),
        (grid({(1, 4): 1234.0, (5, 4): -1.0}), "+1234"),
    ],
    ids=["the reference alone", "no rows", "all unknown", "one twin", "all zero", "large numbers"],
)
def test_awkward_data(frame, said):
    assert said in assert_legible(signing_grid(frame, PROVENANCE))


def test_a_narrow_page_stays_legible():
    some = {(place, week): 0.1 * week - place / 20 for place in (1, 5, 10, 20, 40, 80) for week in range(4, 31, 2)}
    fig = signing_grid(grid(some), PROVENANCE, name=LONG, size=(3.6, 4.5))
    assert_legible(fig)
    assert len(words(fig)) > 10


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="sign_from"):
        signing_grid(grid(FOUR).drop(columns="sign_from"), PROVENANCE)


def test_the_scale_is_white_at_zero_and_its_ends_differ_in_lightness():
    norm = centred(np.array([-3.0, 1.0, NAN]))
    assert (norm.vmin, norm.vmax) == (-3.0, 3.0)
    low, middle, high = (np.array(diverging_map()(x)[:3]) for x in (0.0, 0.5, 1.0))
    assert middle == pytest.approx((1, 1, 1), abs=0.02)
    assert low.sum() > high.sum() + 0.3


def test_ink_reads_on_light_and_on_dark():
    assert (ink_on("#FFFFFF"), ink_on("#003A5D")) == ("black", "white")
