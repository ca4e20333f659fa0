"""The parts figures of advantages share: a stretched axis, strokes, and numbers in words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.plots.numbers import per_cent
from sim.plots.strokes import group_strokes, ordered_strokes
from sim.plots.wide_scale import linear_core

sizes = st.lists(st.floats(1e-6, 1e6), min_size=3, max_size=50)


@pytest.mark.parametrize(
    ("values", "core"),
    [
        ([1, 2, 3, 4], None),
        ([0, 0, 0, 1], None),
        ([1000, 1], None),
        ([np.nan, np.nan], None),
        ([1, 2, 3, -1000], 1.0),
        ([0.03, 0.05, 0.06, 40], 0.01),
        ([1e-9, 1e-9, 1e-9, 1], 1e-4),
    ],
    ids=["even", "zeros do not count", "too few", "unknown", "one far loss", "below one", "at most four decades"],
)
def test_when_the_axis_is_stretched_and_how_far_it_is_straight(values, core):
    assert linear_core(np.array(values, dtype=float)) == (None if core is None else pytest.approx(core))


@settings(max_examples=50, deadline=None)
@given(sizes)
def test_the_scale_does_not_depend_on_signs_and_its_core_is_smaller_than_the_largest(values):
    core = linear_core(np.array(values))
    assert core == linear_core(-np.array(values))
    assert core is None or core < max(values)


@pytest.mark.parametrize("strokes", [ordered_strokes, group_strokes])
def test_up_to_seven_strokes_differ_without_colour(strokes):
    assert len({(stroke.dash, stroke.marker) for stroke in strokes(7)}) == 7
    assert strokes(0) == []


def test_groups_without_an_order_never_look_alike():
    assert len(set(group_strokes(21))) == 21


def test_a_part_is_never_written_as_nothing_or_all():
    assert [per_cent(x) for x in (0, 0.001, 0.5, 0.999, 1)] == ["0 %", "<1 %", "50 %", ">99 %", "100 %"]
