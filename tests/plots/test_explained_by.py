"""Coefficients about zero: sorted by size, named, and qualified by what they explain."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import explained_by

NAN = float("nan")


def effects(means, half=0.1):
    means = np.asarray(means, dtype=float)
    facts = [f"fact_{k}" for k in range(len(means))]
    return pd.DataFrame({"fact": facts, "mean": means, "low": means - half, "high": means + half})


def dots(fig):
    return [line for line in fig.axes[0].lines if len(line.get_xdata()) == 1]


def names(fig):
    return [label.get_text() for label in fig.axes[0].get_yticklabels()]


def test_the_strongest_fact_is_on_top_whatever_its_sign():
    fig = explained_by(effects([0.2, -0.6, 0.05]).assign(more=1), PROVENANCE)
    assert names(fig) == ["fact 1", "fact 0", "fact 2"]
    assert [line.get_xdata()[0] for line in dots(fig)] == [-0.6, 0.2, 0.05]
    assert [line.get_marker() for line in dots(fig)] == ["v", "^", "o"]


def test_intervals_and_zero_are_drawn():
    lines = [list(line.get_xdata()) for line in explained_by(effects([0.25]), PROVENANCE).axes[0].lines]
    assert [0.15, 0.35] in lines
    assert [0, 0] in lines


def test_labels_take_the_place_of_keys():
    fig = explained_by(effects([0.2, -0.6]).assign(label=["Share of autos", None]), PROVENANCE)
    assert names(fig) == ["fact 1", "Share of autos"]


def test_the_subtitle_says_how_many_partners_and_how_much_is_explained():
    text = assert_legible(explained_by(effects([0.2, -0.6]), PROVENANCE, r2=0.428, n=79)).replace(" | ", " ")
    for words in ("over 79 partners", "explain 43 % of the variance", "R² = 0.43", "95 % intervals"):
        assert words in text
    assert "R²" not in assert_legible(explained_by(effects([0.2]), PROVENANCE))


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (effects([0.3]), "more of it, more gain"),
        (effects([]), "nothing to explain it by"),
        (effects([NAN]), "nothing to explain it by"),
        (effects([0.1, 0.2], half=NAN), "not told apart from zero"),
        (effects([0.0, 0.0], half=0.0), "not told apart from zero"),
    ],
    ids=["one fact", "no rows", "all unknown", "no intervals", "all zero"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(explained_by(frame, PROVENANCE))


@pytest.mark.parametrize("size", [(6.6, 4.2), (3.6, 4.5)])
def test_many_long_facts_stay_legible(size):
    frame = effects(np.linspace(-0.6, 0.7, 30)).assign(label="A fact that takes very many words to describe in full")
    assert_legible(explained_by(frame, PROVENANCE, r2=0.4, n=79, size=size))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="fact"):
        explained_by(effects([0.1]).drop(columns="fact"), PROVENANCE)
