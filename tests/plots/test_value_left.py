"""Value left on the table: the bars and their sum by hand, and legible with few, many and odd issues."""

import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import value_left


def rows(gains=((4.0, -1.5), (-2.0, 6.0), (0.0, 0.0))):
    names = [("General tariff", "15 %", "12 %"), ("Investment pledge", "400 bn", "550 bn"), ("Currency", "0", "0")]
    frame = pd.DataFrame([names[k % 3] for k in range(len(gains))], columns=["issue", "signed", "better"])
    return frame.assign(own=[own for own, _ in gains], us=[us for _, us in gains])


def test_each_side_has_a_bar_an_issue_and_one_for_all_together():
    ax = value_left(rows(), PROVENANCE).axes[0]
    widths = [[bar.get_width() for bar in side] for side in ax.containers]
    assert widths == [[4.0, -2.0, 0.0, 2.0], [-1.5, 6.0, 0.0, 4.5]]


def test_the_total_is_in_words_and_rows_say_the_move():
    text = assert_legible(value_left(rows(), PROVENANCE, name="Japan"))
    total = "Together +2.00 for Japan, +4.50 for the United States, +6.50 in all"
    assert total in text.replace(" | ", " ")
    assert "General tariff\n15 % → 12 %" in text
    assert "Currency\n0, as signed" in text


def test_the_sides_differ_without_colour():
    one, other = value_left(rows(), PROVENANCE).axes[0].containers
    assert one[0].get_hatch() != other[0].get_hatch()


@pytest.mark.parametrize("size", [(7.2, 4.4), (3.9, 4.4)])
@pytest.mark.parametrize(
    "frame",
    [
        rows(((1.0, 1.0),)),
        rows(((0.0, 0.0),)),
        rows(((-4.0, 9.0), (-2.0, 1.0))),
        rows(((-4.0, -9.0), (-0.001, -1.0))),
        rows(((1e-9, 123.4),) * 9),
    ],
    ids=["one issue", "nothing", "one side loses", "both lose", "many issues"],
)
def test_few_many_and_odd_issues_stay_legible(frame, size):
    assert_legible(value_left(frame, PROVENANCE, size=size, name="you"))


def test_without_rows_it_says_so():
    assert "nothing was signed" in assert_legible(value_left(rows(()), PROVENANCE))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="better"):
        value_left(rows().drop(columns="better"), PROVENANCE)
