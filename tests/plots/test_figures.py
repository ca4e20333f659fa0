"""Every figure, on ordinary and on awkward data: it says what it must, and nothing overlaps."""

import made_up
import numpy as np
import pandas as pd
import pytest
from made_up import DEADLINES, PLACES, PROVENANCE, assert_legible

from sim.plots import (
    advantage_by_position,
    mechanism_signs,
    outcome_distributions,
    signing_times,
    tariffs_over_time,
    utility_space,
)

LONG = "the Democratic Republic of São Tomé and Príncipe"
CROWD = [
    *DEADLINES,
    (13.0, "14 Jul: letters to fourteen governments with new rates"),
    (12.9, "13 Jul"),
    (39, "the last day"),
]
NAN = float("nan")


def test_advantage_shows_both_units_and_the_sides():
    fig = advantage_by_position(made_up.advantage(), PROVENANCE, name="Japan")
    text = assert_legible(fig)
    for words in ("USD bn, present value", "USD bn a year", "pays to be early", "pays to be late", "reference place"):
        assert words in text
    assert "Place 1 rather than 80: +6.00 USD bn" in text
    assert "First Mover 0.1.0 · japan_first · seed 2025 · n = 100 twins per position" in text


def test_advantage_has_a_dot_and_an_interval_for_each_place():
    ax = advantage_by_position(made_up.advantage(), PROVENANCE).axes[0]
    heights = [line.get_ydata() for line in ax.lines]
    assert next(list(y) for y in heights if len(y) == 2 and y[0] != y[1]) == [4.0, 8.0]
    assert sum(len(y) == 1 and line.get_marker() in "^vo" for line, y in zip(ax.lines, heights, strict=True)) == 5
    assert [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "D"] == [5]
    assert ax.get_ylim()[0] < 0 < ax.get_ylim()[1]


def test_marks_tell_early_late_and_undecided_apart_without_colour():
    frame = made_up.advantage()
    frame.loc[4, ["mean", "low", "high"]] = (-5, -6, -4)
    markers = [line.get_marker() for line in advantage_by_position(frame, PROVENANCE).axes[0].lines]
    assert {"^", "v", "o", "D"} <= set(markers)


def test_advantage_per_year_is_scaled_by_the_ratio_of_the_two_measures():
    fig = advantage_by_position(made_up.advantage(), PROVENANCE)
    fig.draw_without_rendering()
    ax = fig.axes[0]
    (side,) = ax.child_axes
    assert np.allclose(np.array(ax.get_ylim()) / 3.7, side.get_ylim())


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (made_up.advantage((1,)), "one place only: nothing to compare"),
        (made_up.advantage()[:0], "one place only: nothing to compare"),
        (made_up.advantage((1, 80)).assign(low=NAN, high=NAN), "no interval"),
        (made_up.advantage().assign(mean=0.0, low=0.0, high=0.0, mean_per_year=0.0), "not told apart from zero"),
        (made_up.advantage().assign(mean=NAN), "nothing to compare"),
        (made_up.advantage(tuple(range(1, 77))), "Place 1 rather than 76"),
    ],
    ids=["one place", "no rows", "one twin", "all equal", "all unknown", "76 places"],
)
def test_advantage_on_awkward_data(frame, words):
    fig = advantage_by_position(frame, PROVENANCE)
    assert words in assert_legible(fig)


def test_outcomes_show_value_and_four_terms_with_units():
    fig = outcome_distributions(made_up.outcomes(twins=30), PROVENANCE, name="Japan")
    text = assert_legible(fig)
    for words in (
        "USD bn, present value",
        "General tariff (%)",
        "Auto tariff (%)",
        "Pledge (USD bn)",
        "Date of signing",
    ):
        assert words in text
    dots = sum(len(cloud.get_offsets()) for cloud in fig.axes[0].collections if "Path" in type(cloud).__name__)
    assert dots == 30 * len(PLACES)


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (made_up.outcomes(twins=5, deals=0), "no deal in any run"),
        (made_up.outcomes((1,), twins=1, deals=1.1), "deal 100 %"),
        (made_up.outcomes(twins=4).assign(value=-3.0), "Each dot is a run"),
        (made_up.outcomes(twins=4).assign(auto_tariff=NAN), "not part\nof any deal"),
        (made_up.outcomes(tuple(range(1, 77)), twins=5), "Quantiles over runs"),
        (made_up.outcomes((1, 2), twins=201), "at most 200 a place"),
        (made_up.outcomes()[:0], "no runs"),
    ],
    ids=["no deal", "one run", "all equal", "an issue left out", "76 places", "many runs", "no rows"],
)
def test_outcomes_on_awkward_data(frame, words):
    fig = outcome_distributions(frame, PROVENANCE)
    assert words in assert_legible(fig)


def test_a_place_without_deals_is_crossed_out():
    frame = made_up.outcomes(twins=5, deals=1.1)
    frame.loc[frame["position"] == 10, ["deal", "tariff"]] = [False, NAN]
    panel = outcome_distributions(frame, PROVENANCE).axes[1]
    assert [list(line.get_xdata()) for line in panel.lines if line.get_marker() == "x"] == [[2]]


def test_signing_times_draw_the_curves_and_name_the_deadlines():
    fig = signing_times(made_up.partners(twins=5), DEADLINES, PROVENANCE, "JPN", name="Japan")
    text = assert_legible(fig)
    for words in ("9 Jul: pause ends", "place 1: Japan", "place 80: Japan", "14 Apr", "Still without a deal"):
        assert words in text
    lines = [line for line in fig.axes[0].lines if line.get_drawstyle() == "steps-post"]
    assert sorted(line.get_linestyle() for line in lines) == ["-", "--", "-."]


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (made_up.partners(twins=2, deals=0), "no deal in any run"),
        (made_up.partners((3,), twins=1), "1 run"),
        (made_up.partners(twins=2, isos=1, deals=1.1), "place 80: JPN"),
        (made_up.partners(twins=2).query("iso != 'JPN'"), "other partners"),
        (made_up.partners()[:0], "no runs"),
    ],
    ids=["no deal", "one run", "the focal partner alone", "the others alone", "no rows"],
)
def test_signing_times_on_awkward_data(frame, words):
    fig = signing_times(frame, CROWD, PROVENANCE, "JPN")
    assert words in assert_legible(fig)


def test_tariffs_show_two_fans_in_two_panels():
    fig = tariffs_over_time(made_up.weekly(twins=6), DEADLINES, PROVENANCE, name="Japan")
    text = assert_legible(fig)
    for words in ("at place 1", "at place 80", "All partners, weighted by trade", "20 %", "1 Aug: new rates", "14 Apr"):
        assert words in text
    for ax in fig.axes:
        assert len(ax.collections) == 4


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (made_up.weekly((3,), twins=1), "one run a place"),
        (made_up.weekly(twins=2).assign(focal_rate=0.0, average_rate=0.0), "at place 80"),
        (made_up.weekly(twins=2).assign(focal_rate=NAN, average_rate=NAN), "no runs"),
        (made_up.weekly()[:0], "no runs"),
    ],
    ids=["one run", "all zero", "all unknown", "no rows"],
)
def test_tariffs_on_awkward_data(frame, words):
    fig = tariffs_over_time(frame, CROWD, PROVENANCE)
    assert words in assert_legible(fig)


def test_utility_space_names_everything_in_it():
    fig = utility_space(made_up.trace(), PROVENANCE)
    text = assert_legible(fig)
    for words in (
        "Pareto frontier",
        "zone of possible agreement",
        "Nash point",
        "deal",
        "least gain",
        "USD bn",
        "12 offers",
    ):
        assert words in text
    numbers = {word for word, _ in made_up.words(fig)} & {str(step) for step in range(1, 13)}
    assert {"1", "12"} <= numbers


def _nothing():
    empty = made_up.trace(0, agreed=False)
    return type(empty)("Nothing", empty.offers, empty.frontier[:0])


def _apart():
    trace = made_up.trace(6, agreed=False)
    return type(trace)("Too far apart", trace.offers, trace.frontier, reservation=(44.0, 25.0))


def _stubborn():
    trace = made_up.trace(6, agreed=False)
    offers = trace.offers.assign(partner_gain=20.0, us_gain=10.0)
    return type(trace)("Nobody moves", offers, trace.frontier)


@pytest.mark.parametrize(
    ("trace", "words"),
    [
        (_nothing(), "no offer was made"),
        (made_up.trace(0, agreed=False), "no offers, no deal"),
        (made_up.trace(1), "1 offer,"),
        (made_up.trace(60), "60 offers"),
        (_apart(), "nothing that both sides would accept"),
        (_stubborn(), "1–5"),
    ],
    ids=["nothing", "no offers", "one offer", "sixty offers", "no zone", "the same offer again"],
)
def test_utility_space_on_awkward_data(trace, words):
    fig = utility_space(trace, PROVENANCE)
    assert words in assert_legible(fig)


@pytest.mark.parametrize(
    "draw",
    [
        lambda: advantage_by_position(made_up.advantage(), PROVENANCE, name=LONG, size=(3.6, 3.6)),
        lambda: outcome_distributions(made_up.outcomes(twins=4), PROVENANCE, name=LONG, size=(3.6, 6.5)),
        lambda: signing_times(made_up.partners(twins=2), CROWD, PROVENANCE, "JPN", name=LONG, size=(3.6, 4)),
        lambda: tariffs_over_time(made_up.weekly(twins=2), CROWD, PROVENANCE, name=LONG, size=(3.6, 5)),
        lambda: utility_space(made_up.trace(20, title=LONG), PROVENANCE, size=(3.6, 4)),
    ],
    ids=["advantage", "outcomes", "signing", "tariffs", "utility space"],
)
def test_narrow_pages_with_long_names_stay_legible(draw):
    assert_legible(draw())


@pytest.mark.parametrize(
    "draw",
    [
        lambda empty: advantage_by_position(empty, PROVENANCE),
        lambda empty: outcome_distributions(empty, PROVENANCE),
        lambda empty: signing_times(empty, [], PROVENANCE, "JPN"),
        lambda empty: tariffs_over_time(empty, [], PROVENANCE),
    ],
)
def test_a_missing_column_is_named(draw):
    with pytest.raises(ValueError, match="position"):
        draw(pd.DataFrame())


def signs(low=0.5):
    effect = np.array([0.0, -1.2, 0.2, -2.0, 1.6])
    frame = pd.DataFrame({"setting": ["none", "attention", "showcase", "precedent", "all"], "effect": effect})
    return frame.assign(effect_low=effect - low, effect_high=effect + low)


def test_mechanisms_tell_first_last_and_undecided_apart():
    fig = mechanism_signs(signs(), PROVENANCE, name="Japan")
    text = assert_legible(fig)
    for words in ("Why order matters to Japan", "the first gains", "the last gains", "not told apart", "all seven"):
        assert words in text
    assert [line.get_marker() for line in fig.axes[0].lines if line.get_marker() in "^vo"] == ["v", "o", "v", "^"]


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (signs().assign(effect_low=NAN, effect_high=NAN), "not told apart"),
        (signs(0.0), "the last gains"),
        (signs()[:1], "no mechanism to compare"),
        (signs()[:0], "no mechanism to compare"),
    ],
    ids=["one twin", "no luck", "waiting only", "no rows"],
)
def test_mechanisms_on_awkward_data(frame, words):
    assert words in assert_legible(mechanism_signs(frame, PROVENANCE))
