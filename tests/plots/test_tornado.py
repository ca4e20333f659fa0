"""One assumption at a time: the widest swing on top, the settings beside its ends."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import tornado

NAN = float("nan")
ENDS = ["at_low_low", "at_low_high", "at_high_low", "at_high_high"]
COLUMNS = ["parameter", "label", "low_value", "high_value", "at_low", "at_high", *ENDS, "base"]


def swings(lows, highs, half=0.5):
    frame = pd.DataFrame({"at_low": np.asarray(lows, dtype=float), "at_high": np.asarray(highs, dtype=float)})
    for end in ("at_low", "at_high"):
        frame[f"{end}_low"], frame[f"{end}_high"] = frame[end] - half, frame[end] + half
    frame["parameter"] = [f"a.p{k}" for k in range(len(frame))]
    frame["label"] = [f"assumption {k}" for k in range(len(frame))]
    return frame.assign(low_value="off", high_value=0.25, base=2.0, more=1)


def marks(fig, marker):
    (line,) = [line for line in fig.axes[0].lines if line.get_marker() == marker]
    return list(line.get_xdata())


def rows_of(fig):
    return [label.get_text() for label in fig.axes[0].get_yticklabels()]


def settings(fig):
    """What is written beside the bars: text, place and side."""
    return [(text.get_text(), text.xy[0], text.get_ha()) for text in fig.axes[0].texts]


def test_the_widest_swing_is_on_top_whatever_its_direction():
    fig = tornado(swings([1, 4, 2], [3, -1, 2.5]), PROVENANCE)
    assert rows_of(fig) == ["assumption 1", "assumption 0", "assumption 2"]
    assert marks(fig, "o") == [4, 1, 2]
    assert marks(fig, "D") == [-1, 3, 2.5]
    assert fig.axes[0].get_ylim()[0] > fig.axes[0].get_ylim()[1]


def test_settings_stand_outside_their_own_end():
    assert settings(tornado(swings([1], [3]), PROVENANCE)) == [("off", 0.5, "right"), ("0.25", 3.5, "left")]
    assert settings(tornado(swings([3], [1]), PROVENANCE)) == [("0.25", 0.5, "right"), ("off", 3.5, "left")]


def test_zero_and_the_scenario_itself_are_drawn():
    fig = tornado(swings([1], [3]), PROVENANCE, name="Japan")
    lines = {tuple(line.get_xdata()): line.get_linestyle() for line in fig.axes[0].lines}
    assert (lines[0, 0], lines[2, 2]) == ("-", "--")
    said = assert_legible(fig)
    assert "the scenario's own settings: +2.00 USD bn" in said
    assert "worth to Japan" in said


@pytest.mark.parametrize("size", [(7.2, 4.8), (3.6, 4.5)])
@pytest.mark.parametrize("setting", ["a joint statement of both ministers", 123456.789])
def test_eighty_assumptions_are_legible(size, setting):
    rng = np.random.default_rng(1)
    frame = swings(rng.normal(0, 10, 80), rng.normal(0, 10, 80)).assign(high_value=setting)
    frame["label"] = [f"an assumption with a rather long name, {k}" for k in range(80)]
    assert_legible(tornado(frame, PROVENANCE, size=size))


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (swings([], []), "no assumption was moved"),
        (swings([NAN], [1.0]), "no assumption was moved"),
        (swings([2.0], [2.0], half=0.0), "assumption 0"),
        (swings([0.0], [0.0], half=NAN).assign(base=0.0), "no intervals"),
        (swings([1.0], [3.0]).assign(base=NAN), "thin lines: 95 % intervals"),
        (swings([1.0], [3.0]).assign(label=None, low_value=None, high_value=NAN), "a.p0"),
    ],
    ids=["no rows", "an end unknown", "no swing", "one twin", "no base", "no words"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(tornado(frame, PROVENANCE))


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_named(column):
    with pytest.raises(ValueError, match=column):
        tornado(swings([1.0], [3.0]).drop(columns=column), PROVENANCE)
