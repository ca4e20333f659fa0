"""Waiting for a deal, group by group: the table worked by hand, the band, and the steps."""

import numpy as np
import pandas as pd
import pytest
from made_up import DEADLINES, PROVENANCE, assert_legible

from sim.plots import survival_curves, talks_survival

LONG = "Partners of the Association of Southeast Asian Nations"
NAN = float("nan")
GROUPS = {"allies": ["JPN", "KOR"], "others": ["VNM"]}


def partners(rounds_by_run):
    """One row a partner and replication; a round of None is no deal."""
    rows = [
        (1, replication, iso, signed is not None, NAN if signed is None else float(signed))
        for replication, run in enumerate(rounds_by_run)
        for iso, signed in run.items()
    ]
    return pd.DataFrame(rows, columns=["position", "replication", "iso", "deal", "round"])


TWO = partners([{"JPN": 1, "KOR": 2, "VNM": None}, {"JPN": 1, "KOR": None, "VNM": 0}])


def curve(group, last=30, start=0.0, step=0.03):
    rounds = np.arange(-1, last + 1)
    share = np.clip(1 - start - step * np.maximum(rounds, 0), 0, 1)
    low, high = np.clip(share - 0.05, 0, 1), np.clip(share + 0.05, 0, 1)
    return pd.DataFrame({"group": group, "round": rounds, "share": share, "low": low, "high": high})


def steps(fig):
    return [line for line in fig.axes[0].lines if line.get_drawstyle() == "steps-post"]


def test_the_share_without_a_deal_by_hand():
    table = survival_curves(TWO, GROUPS, 3).set_index(["group", "round"])["share"]
    assert list(table["allies"]) == [1.0, 1.0, 0.5, 0.25, 0.25]
    assert list(table["others"]) == [1.0, 0.5, 0.5, 0.5, 0.5]


def test_groups_can_be_given_by_code_too():
    by_code = pd.Series({"JPN": "allies", "KOR": "allies", "VNM": "others", "XXX": "nobody"})
    pd.testing.assert_frame_equal(survival_curves(TWO, by_code, 3), survival_curves(TWO, GROUPS, 3))


def test_the_band_is_over_replications_not_over_partners():
    alike = partners([{"JPN": 1, "KOR": None}] * 6)
    table = survival_curves(alike, {"allies": ["JPN", "KOR"]}, 2)
    assert (table["low"] == table["share"]).all()
    unlike = partners([{"JPN": 1, "KOR": 1}] * 3 + [{"JPN": None, "KOR": None}] * 3)
    last = survival_curves(unlike, {"allies": ["JPN", "KOR"]}, 2).iloc[-1]
    assert last["low"] < 0.2 < last["share"] < 0.8 < last["high"]


def test_the_band_covers_the_truth_about_as_often_as_it_says():
    rng = np.random.default_rng(4)
    held = []
    for _ in range(60):
        runs = [{"JPN": 1 if rng.random() < 0.4 else None} for _ in range(60)]
        last = survival_curves(partners(runs), {"Japan": ["JPN"]}, 1).iloc[-1]
        held.append(last["low"] <= 0.6 <= last["high"])
    assert np.mean(held) > 0.85


def test_the_same_runs_give_the_same_band():
    pd.testing.assert_frame_equal(survival_curves(TWO, GROUPS, 3), survival_curves(TWO, GROUPS, 3))


def test_one_replication_has_no_band_and_a_round_without_a_deal_does_not_count():
    frame = partners([{"JPN": 1, "KOR": 2}]).assign(deal=[True, False])
    table = survival_curves(frame, GROUPS, 3)
    assert table[["low", "high"]].isna().all(axis=None)
    assert table["share"].iloc[-1] == 0.5
    assert set(table["group"]) == {"allies"}


def test_steps_follow_the_table():
    fig = talks_survival(survival_curves(TWO, GROUPS, 3), PROVENANCE)
    allies, others = steps(fig)
    assert list(allies.get_ydata()) == [1.0, 1.0, 0.5, 0.25, 0.25]
    assert list(others.get_ydata()) == [1.0, 0.5, 0.5, 0.5, 0.5]
    assert list(allies.get_xdata()) == [0, 0, 1, 2, 3]
    assert allies.get_linestyle() != others.get_linestyle()


def test_deadlines_groups_and_what_the_band_is_are_named():
    frame = pd.concat([curve("allies"), curve("others", step=0.01)])
    text = assert_legible(talks_survival(frame, PROVENANCE, deadlines=DEADLINES))
    for words in ("9 Jul: pause ends", "allies: 10 % at the end", "others: 70 % at the end", "95 % band", "14 Apr"):
        assert words in text


def test_rows_in_any_order_draw_the_same_steps():
    frame = curve("allies")
    one, other = (steps(talks_survival(f, PROVENANCE))[0] for f in (frame, frame.sample(frac=1, random_state=1)))
    assert np.array_equal(one.get_ydata(), other.get_ydata())


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (curve("allies")[:0], "no runs"),
        (curve("allies").assign(share=NAN), "no runs"),
        (curve("allies", step=0.0), "no deal in any run"),
        (curve("allies").assign(low=NAN, high=NAN), "allies"),
        (curve("allies")[:1], "allies: 100 %"),
        (survival_curves(TWO, {}, 3), "no runs"),
    ],
    ids=["no rows", "all unknown", "no deal", "one run", "one week", "no groups"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(talks_survival(frame, PROVENANCE, deadlines=DEADLINES))


def test_many_groups_on_a_narrow_page_stay_legible():
    frame = pd.concat([curve(f"Group number {k} with a long name", step=0.01 + 0.003 * k) for k in range(8)])
    fig = talks_survival(frame, PROVENANCE, name=LONG, deadlines=DEADLINES, size=(3.6, 4.5))
    assert_legible(fig)
    assert len({(line.get_color(), line.get_linestyle(), line.get_marker()) for line in steps(fig)}) == 8


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="group"):
        talks_survival(curve("a").drop(columns="group"), PROVENANCE)
    with pytest.raises(ValueError, match="iso"):
        survival_curves(TWO.drop(columns="iso"), GROUPS, 3)
