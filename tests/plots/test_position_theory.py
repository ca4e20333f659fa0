"""Theory beside simulation: the same places, zero in sight, and both units said."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, advantage, assert_legible
from matplotlib.colors import to_hex

from sim.plots import position_theory

LONG = "the Democratic Republic of São Tomé and Príncipe"
NAN = float("nan")
SAME = "USD bn, present value"


def theory(**curves):
    frames = [
        pd.DataFrame(
            {"curve": name, "place": np.arange(1, len(values) + 1), "advantage": np.asarray(values, dtype=float)}
        )
        for name, values in (
            curves or {"concave": [0.2, 0.1, 0.0], "linear": [0, 0, 0], "convex": [-0.2, -0.1, 0]}
        ).items()
    ]
    return pd.concat(frames, ignore_index=True)


def lines(ax):
    return {line.get_label(): line for line in ax.lines}


def test_two_units_take_two_panels_over_the_same_places():
    fig = position_theory(theory(), advantage((1, 2, 3)), PROVENANCE, name="Japan")
    upper, lower = fig.axes
    assert upper.get_xlim() == lower.get_xlim()
    text = assert_legible(fig)
    for words in ("share of the hub's total value", SAME, "theory: concave", "simulated", "Does Japan fare", "20 %"):
        assert words in text


def test_one_unit_takes_one_panel():
    fig = position_theory(theory(), advantage((1, 2, 3)), PROVENANCE, unit=SAME)
    assert len(fig.axes) == 1
    assert "Theory and simulation" in assert_legible(fig)


def test_curves_and_dots_stand_where_the_tables_say():
    fig = position_theory(
        theory(concave=[0.3, 0.1, 0.0]).sample(frac=1, random_state=2), advantage((1, 2, 3)), PROVENANCE
    )
    curve = next(line for line in fig.axes[0].lines if len(line.get_xdata()) == 3)
    assert (list(curve.get_xdata()), list(curve.get_ydata())) == ([1, 2, 3], [0.3, 0.1, 0.0])
    dots = [(line.get_xdata()[0], line.get_ydata()[0]) for line in fig.axes[1].lines if len(line.get_xdata()) == 1]
    assert dots == [(1, 6.0), (2, 1.5), (3, 0.0)]
    assert [4.0, 8.0] in [list(line.get_ydata()) for line in fig.axes[1].lines]


def test_both_panels_show_zero_and_its_sides():
    fig = position_theory(theory(), advantage((1, 2, 3)), PROVENANCE)
    for ax in fig.axes:
        assert ax.get_ylim()[0] < 0 < ax.get_ylim()[1]
        assert {text.get_text() for text in ax.texts} == {"↑ pays to be early", "↓ pays to be late"}


def test_curves_differ_in_dash_and_marker_and_none_looks_like_the_simulation():
    fig = position_theory(theory(), advantage((1, 2, 3)), PROVENANCE)
    keys = fig.legends[0].legend_handles
    assert len({(key.get_linestyle(), key.get_marker()) for key in keys[:3]}) == 3
    assert to_hex(keys[-1].get_color()) not in {to_hex(key.get_color()) for key in keys[:3]}


def test_a_dot_that_cannot_be_told_from_zero_is_open():
    frame = advantage((1, 2, 3), half=2.0)
    dots = [line for line in position_theory(theory(), frame, PROVENANCE).axes[1].lines if len(line.get_xdata()) == 1]
    assert [line.get_markerfacecolor() == "white" for line in dots] == [False, True, False]


def test_place_zero_is_not_on_the_axis():
    fig = position_theory(theory(concave=np.linspace(1, 0, 80)), advantage(), PROVENANCE)
    assert_legible(fig)
    assert fig.axes[1].get_xticks()[0] == 1
    assert fig.axes[1].get_xticks()[-1] == 80


@pytest.mark.parametrize(
    ("said", "found", "words"),
    [
        (theory()[:0], advantage((1, 2)), "nothing to show"),
        (theory(), advantage((1, 2))[:0], "nothing to show"),
        (theory()[:0], advantage((1, 2))[:0], "nothing to show"),
        (theory(), advantage((1, 2)).assign(mean=NAN), "nothing to show"),
        (theory(), advantage((1, 2)).assign(low=NAN, high=NAN), "open: covers zero"),
        (theory(linear=[0.0]), advantage((1,)), "theory: linear"),
    ],
    ids=["no theory", "no simulation", "neither", "all unknown", "one twin", "one place"],
)
@pytest.mark.parametrize("unit", ["share", SAME])
def test_awkward_data(said, found, words, unit):
    fig = position_theory(said, found, PROVENANCE, unit=unit)
    text = assert_legible(fig)
    assert words in text or unit == SAME


@pytest.mark.parametrize("unit", ["share of the hub's total value", SAME])
def test_a_narrow_page_with_a_long_name_stays_legible(unit):
    curves = theory(concave=np.linspace(1, 0, 80) ** 3, convex=-np.linspace(1, 0, 80))
    assert_legible(position_theory(curves, advantage(), PROVENANCE, name=LONG, unit=unit, size=(3.6, 4.5)))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="curve"):
        position_theory(theory().drop(columns="curve"), advantage(), PROVENANCE)
    with pytest.raises(ValueError, match="low"):
        position_theory(theory(), advantage().drop(columns="low"), PROVENANCE)
