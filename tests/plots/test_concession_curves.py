"""How both sides moved: what each asked for by week, and where they met."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import concession_curves

NAN = float("nan")


def offers(issues=("fx", "tariff"), weeks=(2, 4), agreed=True):
    """The partner rises from 0.1, the United States come down from 0.9; the last offer may be agreed."""
    rows = []
    for k, week in enumerate(weeks):
        for step, side in enumerate(("partner", "us")):
            last = agreed and week == weeks[-1] and side == "us"
            level = min(0.5, 0.1 + 0.3 * k) if side == "partner" else max(0.5, 0.9 - 0.4 * k)
            rows += [(week, step, side, issue, level, last) for issue in issues]
    frame = pd.DataFrame(rows, columns=["round", "step", "side", "issue", "level", "agreed"])
    return frame.assign(more=1).sample(frac=1, random_state=1)


def lines(ax):
    return {line.get_marker(): (list(line.get_xdata()), list(line.get_ydata())) for line in ax.lines}


def test_both_sides_move_in_the_order_of_time():
    ax = concession_curves(offers(), PROVENANCE).axes[0]
    assert np.allclose(lines(ax)["o"], ([2, 4], [0.1, 0.4]))
    assert np.allclose(lines(ax)["s"], ([2.85, 4.85], [0.9, 0.5]))


def test_the_sides_differ_in_dash_and_marker():
    ax = concession_curves(offers(), PROVENANCE).axes[0]
    assert {line.get_marker(): line.get_linestyle() for line in ax.lines if line.get_marker() != "*"} == {
        "o": "-",
        "s": "--",
    }


def test_a_star_marks_what_was_agreed():
    fig = concession_curves(offers(), PROVENANCE)
    assert np.allclose(lines(fig.axes[0])["*"], ([4.85], [0.5]))
    assert "agreed in the week of 12 May" in assert_legible(fig).replace(" | ", " ")


def test_without_a_deal_there_is_no_star():
    fig = concession_curves(offers(agreed=False), PROVENANCE, title="Talks that failed")
    assert lines(fig.axes[0])["*"] == ([], [])
    said = assert_legible(fig)
    assert "no deal" in said
    assert "Talks that failed" in said


def test_a_panel_an_issue_in_the_usual_order():
    fig = concession_curves(offers(("alaska_lng", "fx", "tariff")), PROVENANCE)
    assert [ax.get_title(loc="left") for ax in fig.axes] == ["General tariff", "Currency", "Alaska lng"]
    assert {ax.get_ylim() for ax in fig.axes} == {(-0.08, 1.08)}


@pytest.mark.parametrize("size", [(7.2, 5.0), (3.6, 4.5)])
@pytest.mark.parametrize("weeks", [(3,), tuple(range(60))])
def test_every_size_is_legible(size, weeks):
    issues = ("tariff", "auto_tariff", "defence", "fx", "investment", "market_access", "an_issue_with_a_long_name")
    assert_legible(concession_curves(offers(issues, weeks), PROVENANCE, size=size))


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (offers()[:0], "no offer was made"),
        (offers().assign(level=NAN), "no offer was made"),
        (offers(("fx",), (2,)).query("side == 'us'"), "the United States asks for"),
        (offers().assign(step=NAN), "no offer was made"),
    ],
    ids=["no rows", "all unknown", "one offer", "no order"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(concession_curves(frame, PROVENANCE))


@pytest.mark.parametrize("column", ["round", "step", "side", "issue", "level", "agreed"])
def test_a_missing_column_is_named(column):
    with pytest.raises(ValueError, match=column):
        concession_curves(offers().drop(columns=column), PROVENANCE)
