"""Payoffs at several trade elasticities, and between them."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import sim.world
from sim.world import PayoffBank, PayoffTables, Response, World, WorldDataError, load_world
from sim.world.answer_tables import FLOWS
from sim.world.bank import DATA, NODES, facts_hash, load_bank, save_bank, trade_model
from sim.world.grid import Grid, nodes_of, solve_grid
from sim.world.payoffs import april2_vector, data_hash

ARRAYS = ("gain", "home", "imports", "prices", "spill", "tilt")


def same(one: PayoffTables, other: PayoffTables) -> bool:
    flows = all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ARRAYS)
    return flows and all(np.array_equal(getattr(one.answers, name), getattr(other.answers, name)) for name in FLOWS)


def test_at_a_node_the_tables_are_those_that_were_solved(world: World) -> None:
    for k, eps in enumerate(NODES):
        tables = world.bank.at(eps)
        for name in ARRAYS:
            np.testing.assert_array_equal(getattr(tables, name), world.bank.arrays[name][k])
        np.testing.assert_array_equal(tables.answers.gain, world.bank.arrays["answer_gain"][k])


def test_every_node_belongs_to_the_data(world: World) -> None:
    for eps in NODES:
        assert world.bank.at(eps).data_hash == data_hash(trade_model(eps), world.economies)


@pytest.mark.parametrize("weeks", [0, 52, 208])
def test_the_source_setting_is_one_response_of_many(world: World, weeks: int) -> None:
    assert world.tables_over(Response(4.0, 4.0, 1.0), weeks) is world.tables


def test_between_two_nodes_the_tables_are_those_of_a_solve(world: World) -> None:
    """Tables of an elasticity that nobody solved for, against that world solved on a coarse grid."""
    grid = Grid(nodes_of(world.tables.rates[[0, 20, 40]], 3), world.tables.omegas[[0, 4, 8]])
    for eps in (0.57, 0.85, 1.5, 2.6, 3.6):
        economy, tables = trade_model(eps), world.bank.at(eps)
        april = economy.player_vector(april2_vector(world.economies))
        for iso in ("JPN", "VNM"):
            exact = solve_grid(economy, iso, april, Grid(np.array([0.0, 0.1, 0.2, 0.4]), grid.omegas))
            for name, flow in zip(("gain", "home", "imports", "prices"), exact, strict=True):
                read = getattr(tables, name)[tables.row[iso]][np.ix_([0, 10, 20, 40], [0, 4, 8])]
                assert np.abs(read - flow).max() < 1e-3 * np.ptp(flow), (eps, iso, name)


def test_the_mean_over_a_horizon_lies_between_short_and_long_run(world: World) -> None:
    response = Response(0.76, 2.0, 4.0)
    tables = world.tables_over(response, 208)
    w, short, long = response.weight(208), world.bank.at(0.76), world.bank.at(2.0)
    np.testing.assert_allclose(tables.gain, short.gain + w * (long.gain - short.gain), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(tables.tilt, short.tilt + w * (long.tilt - short.tilt), rtol=1e-12, atol=1e-9)
    assert same(world.tables_over(response, 0), short)
    assert world.tables_over(response, 208) is tables


def test_weight_of_the_long_run() -> None:
    response = Response(0.76, 2.0, 4.0)
    assert response.weight(0) == 0.0
    assert response.weight(208) == pytest.approx(math.exp(-1.0), abs=1e-12)
    steps = (np.arange(20_800) + 0.5) / 100.0
    assert response.weight(208) == pytest.approx(np.mean(1.0 - np.exp(-steps / 208.0)), abs=1e-9)
    assert 0.0 < response.weight(1e-9) < 1e-9
    assert Response(0.76, 2.0, 0.001).weight(208) > 0.999


@pytest.mark.parametrize(
    ("options", "said"),
    [({"short_run": 0.4}, "short_run = 0.4"), ({"long_run": 4.5}, "long_run = 4.5"), ({"years": 0.0}, "years = 0.0")],
)
def test_a_response_that_cannot_be_is_refused(options: dict[str, float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Response(**options)
    with pytest.raises(ValueError, match="weeks = -1"):
        Response().weight(-1)


def test_an_elasticity_beyond_the_nodes_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match=r"known from 0\.5 to 4"):
        world.bank.at(5.0)


def test_one_elasticity_serves_for_all_in_a_world_of_a_user(world: World) -> None:
    alone = replace(world, bank=PayoffBank.single(world.tables))
    assert same(alone.tables_over(Response(0.76, 2.0, 4.0), 208), world.tables)


def test_a_bank_comes_back_from_its_archive(world: World, tmp_path: Path) -> None:
    save_bank(world.bank, tmp_path / "bank.npz")
    again = load_bank(tmp_path / "bank.npz")
    assert (again.nodes, again.iso, again.hashes, again.facts) == (
        world.bank.nodes,
        world.bank.iso,
        world.bank.hashes,
        world.bank.facts,
    )
    assert same(again.at(1.1), world.bank.at(1.1))


def test_an_archive_that_does_not_fit_is_refused(world: World, tmp_path: Path) -> None:
    arrays = dict(world.bank.arrays) | {"prices": world.bank.arrays["prices"][:, :, :-1]}
    save_bank(replace(world.bank, arrays=arrays), tmp_path / "bank.npz")
    with pytest.raises(WorldDataError, match="prices has shape"):
        load_bank(tmp_path / "bank.npz")
    save_bank(replace(world.bank, hashes=world.bank.hashes[:-1]), tmp_path / "bank.npz")
    with pytest.raises(WorldDataError, match="5 fingerprints"):
        load_bank(tmp_path / "bank.npz")


def test_tables_made_from_other_facts_are_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Japan's rate of 2 April is mended, and the tables are not built anew."""
    mended = tuple(replace(x, rate_april2=0.25) if x.iso3 == "JPN" else x for x in world.economies)
    monkeypatch.setattr(sim.world, "load_economies", lambda: mended)
    with pytest.raises(WorldDataError, match=r"payoffs\.npz: made from other facts.*sim\.world\.build --payoffs"):
        load_world.__wrapped__()


def test_facts_that_the_trade_model_does_not_read_do_not_count(world: World) -> None:
    other = tuple(replace(x, troops=0, notes="") for x in world.economies)
    assert facts_hash(other) == world.bank.facts


def test_every_figure_of_trade_counts_and_no_comment_does(world: World, tmp_path: Path) -> None:
    trade, gdp = ((DATA / name).read_text() for name in ("trade.csv", "gdp.csv"))
    (tmp_path / "gdp.csv").write_text(gdp)
    (tmp_path / "trade.csv").write_text("# Another comment.\n" + trade)
    assert facts_hash(world.economies, tmp_path) == world.bank.facts
    (tmp_path / "trade.csv").write_text(trade[:-2] + "9\n")
    assert facts_hash(world.economies, tmp_path) != world.bank.facts


def test_facts_are_checked_at_once(world: World) -> None:
    start = time.perf_counter()
    facts_hash(world.economies)
    assert time.perf_counter() - start < 0.03


def test_building_again_leaves_the_last_digit_as_it_is(world: World, tmp_path: Path) -> None:
    """Another machine solves to other last bits; facts that changed are another matter."""
    from sim.world.build import _settled

    save_bank(world.bank, tmp_path / "payoffs.npz")
    gain = world.bank.arrays["gain"]
    moved = replace(world.bank, arrays=dict(world.bank.arrays) | {"gain": gain * np.float32(1.000005)})
    np.testing.assert_array_equal(_settled(moved, tmp_path / "payoffs.npz").arrays["gain"], gain)
    other = replace(moved, hashes=("other",) * len(NODES))
    assert _settled(other, tmp_path / "payoffs.npz") is other
    assert _settled(moved, tmp_path / "none.npz") is moved
