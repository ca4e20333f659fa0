"""Every partner at once: who gains from being first, who pays, which order is best, and when to sign."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.ensemble import Engine, StoreError, ends
from sim.luck import Purpose, normal
from sim.scenario import load_scenario
from sim.study import (
    How,
    explain_gains,
    gains_by_mover,
    gains_of_others,
    hold_back,
    move_everybody,
    opening_and_signing,
    order_values,
    signing_grid_of,
    study_openings,
    study_orders,
)
from sim.study.backtest import left_out
from sim.study.explained import Explained, regress, with_patience
from sim.study.orders import OWN, _worth, named_orders, search_order
from sim.talks import Hand, Luck, TariffTalks, prepare
from sim.world import load_world

pytestmark = pytest.mark.xdist_group("compiled")
SMALL = ["replications=3"]


def test_everybody_is_moved_in_turn() -> None:
    scenario = load_scenario("classroom", SMALL)
    moves = move_everybody(scenario)
    gains = gains_by_mover(moves).set_index("iso")["mean"]
    japan = study_openings(scenario).advantage.iloc[0]["mean"]
    assert gains["JPN"] == pytest.approx(japan, abs=1e-12)
    korea = study_openings(load_scenario("classroom", [*SMALL, "queue.focal=KOR"])).advantage.iloc[0]["mean"]
    assert gains["KOR"] == pytest.approx(korea, abs=1e-12)
    assert len(gains) == 6


def test_what_others_gain_is_read_off_the_same_runs() -> None:
    scenario = load_scenario("classroom", SMALL)
    others = gains_of_others(move_everybody(scenario), "JPN").set_index("iso")["mean"]
    ends = [
        [TariffTalks(Hand(prepare(scenario), Luck(scenario.seed, r)), place, collect=False).run() for r in range(3)]
        for place in (1, 6)
    ]
    first, last = ([sum(p.us_value for p in model.partners) for model in runs] for runs in ends)
    assert others["USA"] == pytest.approx(np.mean(first) - np.mean(last))
    india = [[model.partner("IND").value for model in runs] for runs in ends]
    assert others["IND"] == pytest.approx(np.mean(india[0]) - np.mean(india[1]))
    assert set(others.index) == {"EUU", "KOR", "VNM", "IND", "GBR", "USA", "ALL"}


def test_both_drivers_tell_the_same() -> None:
    scenario = load_scenario("classroom", ["replications=1"])
    one, other = (move_everybody(scenario, How(engine=engine)) for engine in (Engine.COMPILED, Engine.MESA))
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_a_difference_between_the_drivers_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    how = How(engine=Engine.BOTH, jobs=1)
    move_everybody(load_scenario("classroom", ["replications=1"]), how)
    monkeypatch.setattr(ends, "_by_agents", lambda setups, opens, block: ends.Ends(*np.zeros((2, 1, 1, *opens.shape))))
    with pytest.raises(StoreError, match="replications 0 to 0 end differently"):
        move_everybody(load_scenario("classroom", ["replications=1"]), how)


def test_a_regression_by_hand() -> None:
    """y = 3 x: a standard deviation of x, which is the square root of 2, adds three of them; z adds nothing."""
    x = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    found = regress(pd.DataFrame({"x": x, "z": [1.0, -1.0, 0.0, -1.0, 1.0], "same": 7.0}), 3.0 * x)
    effects = found.effects.set_index("fact")["mean"]
    assert effects["x"] == pytest.approx(3.0 * 2**0.5)
    assert effects["z"] == pytest.approx(0.0, abs=1e-12)
    assert "same" not in effects.index
    assert found.r2 == pytest.approx(1.0)


def test_patience_is_told_from_luck_within_partners() -> None:
    """Made-up differences that are a partner's own level and minus its draw of haste: an effect of exactly one unit."""
    scenario = load_scenario("classroom")
    rows = []
    for iso, level in (("JPN", 1.0), ("KOR", 3.0)):
        economy = load_world().partner(iso)
        draws = np.array([normal(scenario.seed, r, economy.key, int(Purpose.STANCE), 0) for r in range(40)])
        shares = level - (draws - draws.mean())
        rows += [(r, iso, iso, share * economy.gdp, 0.0) for r, share in enumerate(shares)]
    moves = pd.DataFrame(rows, columns=["replication", "mover", "iso", "first", "last"])
    found = with_patience(Explained(pd.DataFrame(), 0.0, 2), moves, scenario).effects.iloc[0]
    assert (found["fact"], found["mean"]) == ("patience", pytest.approx(1.0))
    assert found["high"] - found["low"] == pytest.approx(0.0, abs=1e-9)


def test_gains_are_explained_by_facts_of_partners() -> None:
    isos = [terms.iso for terms in prepare(load_scenario("japan_first")).terms]
    rng = np.random.default_rng(1)
    found = explain_gains(pd.DataFrame({"iso": isos, "mean": rng.normal(size=len(isos))}))
    assert found.n == 80
    assert 0.0 <= found.r2 < 0.4
    assert set(found.effects["fact"]) == {"size", "dependence", "rate_april2", "autos", "deficit", "ally"}


def test_orders_are_compared_with_the_scenarios_own() -> None:
    table = study_orders(load_scenario("classroom", SMALL), proposals=0).set_index("order")
    assert table.loc[OWN, ["us", "us_low", "us_high", "all"]].tolist() == [0.0, 0.0, 0.0, 0.0]
    assert len(table) == 8


def test_a_search_is_no_worse_than_where_it_began() -> None:
    setup = prepare(load_scenario("classroom"))
    starts = list(named_orders(setup).values())
    found = search_order(setup, 0, starts, 16)
    assert sorted(found) == sorted(starts[0])
    assert _worth(setup, 0, [found])[0] >= _worth(setup, 0, starts).max() - 1e-9


def test_orders_by_hand() -> None:
    runs = pd.DataFrame(
        {"replication": [0, 0, 1, 1], "order": [OWN, "other"] * 2, "us": [1.0, 3.0, 2.0, 6.0], "all": [0.0, -1.0] * 2}
    )
    row = order_values(runs).set_index("order").loc["other"]
    assert (row["us"], row["all"]) == (3.0, -1.0)


def test_holding_back_is_told_apart_from_opening() -> None:
    runs = hold_back(load_scenario("classroom", SMALL), places=(1, 6), rounds=(0, 12, 15))
    assert len(runs) == 3 * 2 * 3
    grid = signing_grid_of(runs).set_index(["position", "sign_from"])
    assert grid.loc[(1, 0), "reference"]
    assert grid.loc[(1, 0), "mean"] == 0.0
    parts = opening_and_signing(runs, 15).set_index("part")["mean"]
    assert parts["total"] == pytest.approx(parts["open_early"] - parts["sign_late_first"] + parts["sign_late_last"])


def test_a_line_leaves_the_point_out_that_it_predicts() -> None:
    x = np.array([0.0, 1.0, 2.0, 3.0])
    assert left_out(x, np.array([0.0, 1.0, 2.0, 9.0]))[3] == pytest.approx(3.0)
    assert np.isnan(left_out(x[:3], x[:3])).all()
