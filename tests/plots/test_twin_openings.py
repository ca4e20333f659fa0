"""Twins of one game: the sentence by hand, the ring around the game as played, and legible when crowded."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import twin_openings

NAN = float("nan")
YOU, COMPUTER = "you, same moves", "computer"


def twins(values=(-45.2, -48.3, -62.0), opened=(1, 6, 12), played=1, who=YOU):
    frame = pd.DataFrame({"opened": opened, "value": values, "who": who})
    frame["deal"] = frame["value"] > -60
    frame["signed"] = np.where(frame["deal"], frame["opened"] + 9.0, NAN)
    return frame.assign(played=[k == played for k in range(len(frame))])


def both():
    return pd.concat([twins(), twins((-44.1, -46.3, -47.5), played=None, who=COMPUTER)], ignore_index=True)


def test_the_sentence_compares_the_same_moves_with_the_game_as_played():
    text = assert_legible(twin_openings(both(), PROVENANCE)).replace("\n", " ").replace("| ", "")
    assert "would have brought 3.10 more from week 1 and 13.7 less from week 12 than as played from week 6" in text


def test_the_game_as_played_has_a_ring_and_no_deal_is_hollow():
    ax = twin_openings(both(), PROVENANCE).axes[0]
    (ring,) = (line for line in ax.lines if line.get_color() == "none" and len(line.get_xdata()))
    assert (list(ring.get_xdata()), list(ring.get_ydata())) == ([6], [-48.3])
    hollow = [line for line in ax.lines if line.get_markerfacecolor() == "white"]
    assert [list(line.get_ydata()) for line in hollow] == [[-62.0], []]


def test_each_twin_says_when_it_was_signed():
    text = assert_legible(twin_openings(both(), PROVENANCE))
    assert text.count("signed week") == 5
    assert text.count("no deal") == 2  # once in the legend


def test_who_moves_is_told_apart_without_colour():
    keys = twin_openings(both(), PROVENANCE).legends[0].legend_handles[:2]
    assert len({(key.get_linestyle(), key.get_marker()) for key in keys}) == 2


@pytest.mark.parametrize("size", [(7.2, 4.2), (3.9, 4.5)])
@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (twins()[:0], "no twin was played"),
        (twins((NAN, NAN, NAN)), "no twin was played"),
        (twins((-40.0,), (6,), 0), "As played: −40.0"),
        (twins((-40.0, -40.0), (1, 6)), "no more from week 1 than"),
        (twins(played=None), "The same luck"),
        (twins(np.linspace(-50, -40, 16), range(1, 17)), "16"),
    ],
    ids=["no rows", "no values", "one", "all equal", "none played", "sixteen weeks"],
)
def test_awkward_data(frame, words, size):
    assert words in assert_legible(twin_openings(frame, PROVENANCE, size=size)).replace("\n", " ").replace("| ", "")


def test_the_order_of_rows_does_not_matter():
    one, other = (twin_openings(f, PROVENANCE) for f in (both(), both().iloc[[2, 0, 1, 5, 4, 3]]))
    for a, b in zip(one.axes[0].lines, other.axes[0].lines, strict=True):
        assert np.array_equal(a.get_xydata(), b.get_xydata())


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="played"):
        twin_openings(twins().drop(columns="played"), PROVENANCE)
