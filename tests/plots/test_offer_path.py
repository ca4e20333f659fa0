"""The path of the offers: each issue in its own unit, the sentence by hand, and legible when crowded."""

import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import offer_path

NAN = float("nan")
ISSUES = [
    ("tariff", "General tariff", "fraction", 0.10, 0.20, 0.24),
    ("investment", "Investment pledge", "USD bn", 150.0, 700.0, 0.0),
    ("market_access", "Market access", "share", 0.1, 0.8, NAN),
]


def offers(weeks=(3, 5, 6), steps=4, agreed=True, issues=ISSUES):
    rows = []
    last = (weeks[-1], steps - 1) if weeks else None
    for k, week in enumerate(weeks):
        for step in range(steps):
            moved = 0.5 * (k * steps + step + 1) / (len(weeks) * steps)
            for issue, label, unit, own, us, quo in issues:
                by = "partner" if step % 2 == 0 else "us"
                value = own + moved * (us - own) if by == "partner" else us - moved * (us - own)
                rows.append((week, step, by, issue, label, value, unit, agreed and (week, step) == last, quo))
    columns = ["week", "step", "by", "issue", "label", "value", "unit", "accepted", "status_quo"]
    return pd.DataFrame(rows, columns=columns)


def test_each_issue_has_a_panel_in_its_own_unit():
    fig = offer_path(offers(), PROVENANCE, name="Japan")
    text = assert_legible(fig)
    for words in (
        "General tariff, per cent",
        "Investment pledge, USD bn",
        "Market access, per cent",
        "offers of Japan",
    ):
        assert words in text.replace("\n", " ")
    tariff = fig.axes[0]
    assert tariff.yaxis.get_major_formatter()(0.15, 0) == "15"
    assert fig.axes[1].yaxis.get_major_formatter()(550.0, 0) == "550"


def test_the_sentence_counts_offers_not_rows():
    text = assert_legible(offer_path(offers(), PROVENANCE)).replace("\n", " ")
    assert "6 offers to the United States and 6 offers from them; the last one accepted in week 6" in text
    assert "none was accepted" in assert_legible(offer_path(offers(agreed=False), PROVENANCE))


def test_a_session_lies_around_the_middle_of_its_week_and_the_star_at_what_was_accepted():
    ax = offer_path(offers(), PROVENANCE).axes[0]
    sides = [line for line in ax.lines if line.get_marker() in "os"]
    assert sides[0].get_xdata()[0] == pytest.approx(2.6)
    assert sides[1].get_xdata()[-1] == pytest.approx(6.4)
    (star,) = (line for line in ax.lines if line.get_marker() == "*")
    assert list(star.get_ydata()) == [pytest.approx(0.15)]


def test_steps_may_be_counted_through_all_weeks():
    frame = offers()
    through = frame.assign(step=frame["step"] + 4 * frame["week"])
    paths = [[line.get_xydata().tolist() for line in offer_path(f, PROVENANCE).axes[0].lines] for f in (frame, through)]
    assert paths[0] == paths[1]


def test_the_status_quo_is_a_line_where_there_is_one():
    axes = offer_path(offers(), PROVENANCE).axes
    levels = [[line.get_ydata()[0] for line in ax.lines if line.get_linestyle() == ":"] for ax in axes[:3]]
    assert levels == [[0.24], [0.0], []]
    assert "status quo" not in assert_legible(offer_path(offers().drop(columns="status_quo"), PROVENANCE))


@pytest.mark.parametrize("size", [(7.2, 4.6), (3.9, 5.0)])
@pytest.mark.parametrize(
    "frame",
    [
        offers(range(1, 17)),
        offers((3,), 1),
        offers((9,), 2, agreed=False),
        offers(issues=[(*ISSUES[0][:3], 0.15, 0.15, 0.15)]),
        offers(issues=[(f"i{k}", f"An issue with the long name {k}", "USD bn a year", 0, k, 0) for k in range(7)]),
    ],
    ids=["sixteen weeks", "one offer", "one session", "nobody moves", "seven issues"],
)
def test_short_and_long_talks_stay_legible(frame, size):
    assert_legible(offer_path(frame, PROVENANCE, size=size))


def test_without_offers_it_says_so():
    assert "no offer was made" in assert_legible(offer_path(offers()[:0], PROVENANCE))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="unit"):
        offer_path(offers().drop(columns="unit"), PROVENANCE)
