"""Which assumptions matter, and how: size against spread, the largest named."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import morris_plane

NAN = float("nan")
COLUMNS = ["parameter", "label", "mu_star", "mu_star_low", "mu_star_high", "sigma", "mu"]


def screening(sizes, spread=0.5):
    size = np.asarray(sizes, dtype=float)
    frame = pd.DataFrame({"parameter": [f"a.p{k}" for k in range(len(size))], "mu_star": size, "sigma": spread * size})
    frame["label"] = [f"assumption {k}" for k in range(len(size))]
    frame["mu"] = size * (-1.0) ** np.arange(len(size))
    return frame.assign(mu_star_low=0.8 * size, mu_star_high=1.2 * size, more=1)


def points(fig):
    """Markers by place."""
    lines = [line for line in fig.axes[0].lines if len(line.get_xdata()) == 1]
    return {(line.get_xdata()[0], line.get_ydata()[0]): line.get_marker() for line in lines}


def named(fig):
    return {text.get_text() for text in fig.axes[0].texts if text.get_text()}


def test_a_point_stands_at_size_and_spread_and_its_marker_is_the_sign():
    frame = screening([4.0, 2.0, 1.0])
    frame.loc[2, "mu"] = 0.0
    fig = morris_plane(frame.iloc[::-1], PROVENANCE)
    assert points(fig) == {(4, 2): "^", (2, 1): "v", (1, 0.5): "o"}
    said = assert_legible(fig).replace(" | ", " ")
    for words in ("raises the advantage", "lowers it", "neither on average", "95 % intervals"):
        assert words in said


def test_intervals_lie_along_the_size():
    spans = [list(line.get_xdata()) for line in morris_plane(screening([4.0]), PROVENANCE).axes[0].lines]
    assert any(np.allclose(span, [3.2, 4.8]) for span in spans if len(span) == 2)


def test_the_largest_are_named():
    fig = morris_plane(screening([1.0, 9.0, 5.0, 0.1]), PROVENANCE, most=2)
    assert named(fig) == {"assumption 1", "assumption 2"}
    assert "of 4, the 2 largest are named" in assert_legible(fig).replace(" | ", " ")


def test_a_dashed_line_shows_where_spread_equals_size():
    lines = [line for line in morris_plane(screening([4.0]), PROVENANCE).axes[0].lines if line.get_linestyle() == "--"]
    assert [list(line.get_xdata()) == list(line.get_ydata()) for line in lines] == [True]


@pytest.mark.parametrize("size", [(7.2, 5.2), (3.6, 4.5)])
@pytest.mark.parametrize("seed", range(3))
def test_crowded_names_do_not_overlap(size, seed):
    rng = np.random.default_rng(seed)
    frame = screening(rng.exponential(3, 80)).assign(sigma=rng.exponential(2, 80))
    frame["label"] = [f"an assumption with a long name, {k}" for k in range(80)]
    fig = morris_plane(frame, PROVENANCE, size=size)
    assert_legible(fig)
    assert named(fig)


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (screening([]), "no assumption was varied"),
        (screening([NAN]), "no assumption was varied"),
        (screening([2.0]), "assumption 0"),
        (screening([2.0]).assign(label=None), "a.p0"),
        (screening([0.0, 0.0]), "neither on average"),
        (screening([2.0]).assign(mu_star_low=NAN, mu_star_high=NAN), "no intervals"),
    ],
    ids=["no rows", "all unknown", "one row", "no label", "nothing matters", "no intervals"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(morris_plane(frame, PROVENANCE))


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_named(column):
    with pytest.raises(ValueError, match=column):
        morris_plane(screening([2.0]).drop(columns=column), PROVENANCE)
