"""Where it pays to be first: cells by sign, the line between them, and what cannot be told."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible
from matplotlib.patches import Rectangle

from sim.plots import phase_map

NAN = float("nan")
WORDS = {"x": "Credibility of the threat (share)", "y": "Strength of the showcase (multiple of its usual strength)"}


def grid(xs=(0.2, 0.4, 0.6), ys=(1.0, 2.0), half=1.5):
    """The advantage rises with x by 10 a unit and is zero at 0.4."""
    rows = [(x, y, 10 * (x - 0.4)) for y in reversed(ys) for x in xs]
    frame = pd.DataFrame(rows, columns=["x", "y", "mean"])
    return frame.assign(low=frame["mean"] - half, high=frame["mean"] + half, more="kept")


def draw(frame, **more):
    return phase_map(frame, PROVENANCE, **WORDS, name="Japan", **more)


def cells(fig):
    return fig.axes[0].collections[0]


def hatched(fig):
    return sorted((p.get_x(), p.get_y()) for p in fig.axes[0].patches if isinstance(p, Rectangle) and p.get_hatch())


def test_cells_stand_at_their_values_and_the_scale_is_centred_on_zero():
    mesh = cells(draw(grid()))
    assert np.allclose(mesh.get_array(), [[-2, 0, 2], [-2, 0, 2]])
    assert (mesh.norm.vmin, mesh.norm.vmax) == (-2, 2)
    assert np.allclose(mesh.get_coordinates()[0, :, 0], [0.1, 0.3, 0.5, 0.7])
    assert np.allclose(mesh.get_coordinates()[:, 0, 1], [0.5, 1.5, 2.5])


def test_only_cells_whose_interval_covers_zero_are_hatched():
    assert np.allclose(hatched(draw(grid())), [(0.3, 0.5), (0.3, 1.5)])


def test_signs_are_written_so_that_colour_is_not_needed():
    marks = {line.get_marker(): list(line.get_xdata()) for line in draw(grid()).axes[0].lines}
    assert marks["+"] == [0.6, 0.6]
    assert marks["_"] == [0.2, 0.2]


def test_the_line_of_zero_lies_between_the_signs():
    fig = draw(grid((0.2, 0.6), (1.0, 2.0)))
    (line,) = [part for part in fig.axes[0].collections if "Contour" in type(part).__name__]
    assert np.allclose(line.get_paths()[0].vertices[:, 0], 0.4)
    assert "no advantage either way" in assert_legible(fig)


def test_the_scenario_is_starred():
    fig = draw(grid(), at=(0.5, 1.2))
    (star,) = [line for line in fig.axes[0].lines if line.get_marker() == "*"]
    assert (star.get_xdata()[0], star.get_ydata()[0]) == (0.5, 1.2)
    assert "the scenario's own values" in assert_legible(fig)


def test_values_that_rise_by_a_factor_are_evenly_spaced():
    ax = draw(grid((0.1, 0.2, 0.4, 0.8), (1.0, 2.0, 3.0))).axes[0]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "linear")


def test_missing_cells_are_said_not_to_be_run():
    fig = draw(grid().iloc[1:])
    assert np.ma.count_masked(cells(fig).get_array()) == 1
    text = assert_legible(fig)
    assert "not run" in text
    assert "first better in 2, worse in 1 of 5 cells" in text.replace(" | ", " ")


@pytest.mark.parametrize("size", [(6.6, 5.0), (3.6, 4.5)])
@pytest.mark.parametrize("count", [3, 40])
def test_every_size_is_legible(count, size):
    frame = grid(tuple(np.linspace(0, 1, count)), tuple(np.geomspace(0.01, 1000, count)))
    assert_legible(draw(frame, at=(0.5, 1.0), size=size))


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (grid()[:0], "no run to show"),
        (grid().assign(mean=NAN), "no run to show"),
        (grid((0.6,), (1.0,)), "first better in 1"),
        (grid((0.2, 0.6), (1.0,)), "first better in 1, worse in 1 of 2"),
        (grid().assign(low=NAN, high=NAN), "no intervals"),
        (grid().assign(mean=0.0, low=0.0, high=0.0), "not told apart from zero"),
    ],
    ids=["no rows", "all unknown", "one cell", "one row of cells", "one twin", "all zero"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(draw(frame)).replace(" | ", " ")


@pytest.mark.parametrize("column", ["x", "y", "mean", "low", "high"])
def test_a_missing_column_is_named(column):
    with pytest.raises(ValueError, match=column):
        draw(grid().drop(columns=column))
