"""Who binds at home: win-sets by player, and the end they set."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import win_sets
from sim.plots.win_sets import binding_players

NAN = float("nan")
COLUMNS = ["player", "issue", "low", "high", "season", "deal"]


def sets():
    rows = [
        ("farm_lobby", "market_access", 0.0, 0.3, "now", 0.25),
        ("cabinet", "market_access", 0.0, 0.8, "now", 0.25),
        ("farm_lobby", "market_access", NAN, NAN, "before the election", 0.25),
        ("cabinet", "market_access", 0.0, 0.6, "before the election", 0.25),
        ("farm_lobby", "tariff", 0.1, 1.0, "now", NAN),
        ("cabinet", "tariff", 0.2, 1.0, "now", NAN),
    ]
    return pd.DataFrame(rows, columns=COLUMNS).assign(more=1)


def crowd(players=20, issues=6):
    rng = np.random.default_rng(1)
    rows = [
        (f"a_player_with_a_long_name_{p}", f"issue_{i}", 0.0, rng.random(), season, 0.4)
        for p in range(players)
        for i in range(issues)
        for season in ("now", "before the election", "after it")
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def test_who_binds_by_hand():
    found = binding_players(sets())
    who = set(found[["player", "issue", "season", "end"]].itertuples(index=False, name=None))
    assert who == {
        ("farm_lobby", "market_access", "now", "high"),
        ("farm_lobby", "market_access", "before the election", "none"),
        ("cabinet", "tariff", "now", "low"),
    }


def test_nobody_binds_where_all_let_everything_pass():
    assert binding_players(sets().assign(low=0.0, high=1.0)).empty


def test_bars_reach_over_each_win_set():
    access = win_sets(sets(), PROVENANCE).axes[1]
    bars = [(b.get_x(), b.get_x() + b.get_width()) for b in access.containers[0]]
    assert np.allclose(bars, [(0, 0.3), (0, 0.8)])


def test_the_one_who_binds_is_marked_at_the_end_it_sets():
    tariff, access = win_sets(sets(), PROVENANCE).axes
    marks = {line.get_marker(): line.get_xdata()[0] for line in access.lines if line.get_marker() in "<>x"}
    assert marks == {"<": pytest.approx(0.33), "x": pytest.approx(0.03)}
    assert [line.get_marker() for line in tariff.lines] == [">"]


def test_the_deal_is_a_line_and_seasons_differ_in_hatch():
    fig = win_sets(sets(), PROVENANCE, title="What would pass in Japan?")
    access = fig.axes[1]
    assert [0.25, 0.25] in [list(line.get_xdata()) for line in access.lines]
    hatches = {bars[0].get_hatch() for bars in access.containers}
    assert len(hatches) == 2
    said = assert_legible(fig)
    for words in ("What would pass in Japan?", "the deal", "binds", "lets nothing pass", "farm lobby", "Market access"):
        assert words in said


@pytest.mark.parametrize("size", [(7.2, 5.2), (3.6, 4.5)])
@pytest.mark.parametrize("frame", [sets(), crowd()], ids=["two players", "twenty players"])
def test_every_size_is_legible(frame, size):
    assert_legible(win_sets(frame, PROVENANCE, size=size))


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (sets()[:0], "no veto player"),
        (sets().assign(player=None), "no veto player"),
        (sets().assign(low=NAN, high=NAN), "lets nothing pass"),
        (sets().assign(deal=NAN), "no deal"),
        (sets()[:1], "farm lobby"),
        (sets().assign(low=0.0, high=1.0), "now"),
    ],
    ids=["no rows", "no players", "nothing passes", "no deal", "one row", "all passes"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(win_sets(frame, PROVENANCE))


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_named(column):
    with pytest.raises(ValueError, match=column):
        win_sets(sets().drop(columns=column), PROVENANCE)
