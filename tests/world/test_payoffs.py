from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.world import TradeWorld, World, WorldDataError, april2_vector, interpolate, load_tables
from sim.world.accuracy import read_tables, table_errors
from sim.world.bank import save_bank
from sim.world.partners import Economy
from sim.world.payoffs import build_tables, data_hash
from sim.world.shelf import cache_folder, tables_of


def read(world: World, name: str, iso: str, rate: float, omega: float) -> float:
    tables = world.tables
    return float(interpolate(getattr(tables, name)[tables.row[iso]], rate, omega, tables.rate_step, tables.omega_step))


def test_shape_and_grids(world: World) -> None:
    tables = world.tables
    for name in ("gain", "home", "imports", "prices"):
        assert getattr(tables, name).shape == (80, 61, 11)
    assert tables.spill.shape == tables.tilt.shape == (80, len(tables.economies)) == (80, 88)
    assert tables.iso == tuple(x.iso3 for x in world.partners)
    np.testing.assert_allclose(np.diff(tables.rates), tables.rate_step)
    np.testing.assert_allclose(np.diff(tables.omegas), tables.omega_step)
    assert tables.rates[0] == tables.omegas[0] == 0.0


def test_tables_belong_to_the_data(world: World, model: TradeWorld) -> None:
    assert world.tables.data_hash == data_hash(model, world.economies)


def test_japan_and_the_threat(world: World, economy: TradeWorld) -> None:
    """Both lose if the threat is carried out; the US-preferred rate on Japan is near 15 per cent."""
    others = {code: 0.6 * rate for code, rate in april2_vector(world.economies).items()}
    low, middle, high = (economy.solve(others | {"JPN": rate}).gain for rate in (0.10, 0.15, 0.25))
    assert [middle["JPN"] - low["JPN"], middle["USA"] - low["USA"]] == pytest.approx([-5.0, 1.7], abs=0.3)
    assert [high["JPN"] - low["JPN"], high["USA"] - low["USA"]] == pytest.approx([-11.4, -4.7], abs=0.6)

    lose_15 = read(world, "gain", "JPN", 0.15, 0.6) - read(world, "gain", "JPN", 0.10, 0.6)
    lose_25 = read(world, "gain", "JPN", 0.25, 0.6) - read(world, "gain", "JPN", 0.10, 0.6)
    assert [lose_15, lose_25] == pytest.approx([-5.3, -11.8], abs=0.5)
    assert read(world, "home", "JPN", 0.15, 0.6) == pytest.approx(1.3, abs=0.3)
    assert read(world, "home", "JPN", 0.25, 0.6) == pytest.approx(-5.7, abs=0.3)
    best = world.tables.rates[np.argmax([read(world, "home", "JPN", e, 0.6) for e in world.tables.rates])]
    assert best == pytest.approx(0.14, abs=0.015)


def test_signs_of_the_tables(world: World) -> None:
    tables = world.tables
    assert (np.diff(tables.gain, axis=1) < 0).all(), "a higher own rate hurts"
    assert (np.diff(tables.imports, axis=1) < 0).all(), "a higher own rate buys less"
    assert (np.diff(tables.imports, axis=2) > 0).all(), "higher rates on the others divert trade here"
    assert (tables.home[:, 10] == 0.0).all(), "counted from 10 per cent"
    assert (tables.prices[:, 10] == 0.0).all(), "counted from 10 per cent"
    assert (np.diff(tables.prices[:, 15:], axis=1) > 0).all(), "a high rate makes life dearer in hours of work"
    assert np.abs(tables.gain[:, 0, 0]).max() < 1e-6, "no duty, no change"


@pytest.mark.parametrize("iso", ["VNM", "EUU"])
def test_one_partner_again(world: World, model: TradeWorld, iso: str) -> None:
    result = model.solve({code: 0.5 * rate for code, rate in april2_vector(world.economies).items()} | {iso: 0.2})
    k, rows = world.tables.row[iso], model.roster.rows(iso)
    assert world.tables.gain[k, 20, 4] == pytest.approx(result.gain_bn[rows].sum(), rel=2e-5)
    assert world.tables.imports[k, 20, 4] == pytest.approx(result.us_imports[rows].sum(), rel=2e-5)


def test_vector_of_april(world: World) -> None:
    vector = april2_vector(world.economies)
    japan = world.partner("JPN")
    assert vector["JPN"] == pytest.approx((1 - japan.auto_share) * 0.24 + japan.auto_share * 0.25)
    assert vector["CAN"] == vector["MEX"] == vector["RUS"] == 0.0
    assert vector["ROW"] == 0.10
    assert world.tables.april[world.tables.column["JPN"]] == pytest.approx(vector["JPN"], rel=1e-5)


@given(st.floats(-0.2, 1.0), st.floats(-0.5, 2.0))
def test_interpolation_of_a_plane_is_exact_inside_and_clamped_outside(rate: float, omega: float) -> None:
    x, y = np.meshgrid(0.05 * np.arange(13), 0.25 * np.arange(6), indexing="ij")
    table = 3.0 - 7.0 * x + 2.0 * y
    inside = 3.0 - 7.0 * min(max(rate, 0.0), 0.60) + 2.0 * min(max(omega, 0.0), 1.25)
    assert interpolate(table, rate, omega, 0.05, 0.25) == pytest.approx(inside, abs=1e-12)


def test_compiled_lookup_is_the_python_one(world: World) -> None:
    table = world.tables.gain[1]
    for rate, omega in np.random.default_rng(0).uniform(0.0, 0.7, (50, 2)):
        assert interpolate(table, rate, omega, 0.01, 0.25) == interpolate.py_func(table, rate, omega, 0.01, 0.25)


def test_saved_tables_come_back(world: World, tmp_path: Path) -> None:
    save_bank(world.bank, tmp_path / "t.npz")
    again = load_tables(tmp_path / "t.npz")
    assert again.iso == world.tables.iso
    np.testing.assert_array_equal(again.gain, world.tables.gain)
    np.savez(tmp_path / "bad.npz", iso=np.array(["JPN"]))
    with pytest.raises(WorldDataError, match="arrays missing"):
        load_tables(tmp_path / "bad.npz")


def test_tables_load_at_once() -> None:
    load_tables()
    start = time.perf_counter()
    load_tables()
    assert time.perf_counter() - start < 0.2


Pair = tuple[TradeWorld, tuple[Economy, ...]]


@pytest.fixture
def pair(model: TradeWorld, world: World, monkeypatch: pytest.MonkeyPatch) -> Pair:
    """Two partners in the world of all, with few draws to fit to."""
    monkeypatch.setattr("sim.world.departures.SPILL_DRAWS", 20)
    monkeypatch.setattr("sim.world.departures.TILT_DRAWS", 20)
    return model, tuple(x for x in world.economies if x.iso3 in ("JPN", "LSO") or not x.requested)


def test_coarse_build_agrees_with_the_shipped_tables(world: World, pair: Pair) -> None:
    done: list[str] = []
    tables = build_tables(*pair, np.array([0.0, 0.1]), np.array([0.0, 0.1]), progress=done.append)
    assert done == ["JPN", "LSO"]
    for iso in done:
        ours, shipped = tables.gain[tables.row[iso], :, 0], world.tables.gain[world.tables.row[iso], [0, 10], 0]
        np.testing.assert_allclose(ours, shipped, rtol=1e-5, atol=1e-5)


def test_other_worlds_are_solved_once(pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sim.world.grid.RATE_NODES", 5)
    done: list[str] = []
    first = tables_of(*pair, progress=done.append)
    second = tables_of(*pair, progress=done.append)
    assert done == ["JPN", "LSO"]
    for name in ("gain", "home", "spill", "tilt", "april"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
    (kept,) = cache_folder().iterdir()
    kept.write_bytes(b"broken")
    np.testing.assert_array_equal(tables_of(*pair).tilt, first.tilt)


def test_the_default_world_comes_from_the_package(world: World, model: TradeWorld) -> None:
    np.testing.assert_array_equal(tables_of(model, world.economies).gain, world.tables.gain)


def test_on_the_ray_of_april_the_tables_are_exact(world: World, model: TradeWorld) -> None:
    i, us = model.players.index("VNM"), model.players.index("USA")
    duties = model.player_vector(april2_vector(world.economies))[:, None] * np.array([[0.3, 0.85]])
    duties[i] = 0.2
    gain, home = read_tables(world.tables, "VNM", duties)
    anchored = duties.copy()
    anchored[i] = 0.1
    exact, base = model.player_gains(duties), model.player_gains(anchored)
    np.testing.assert_allclose(gain, exact[i], rtol=2e-3)
    np.testing.assert_allclose(home, exact[us] - base[us], rtol=2e-2)


@pytest.mark.parametrize("kind", ["even", "talks"])
def test_errors_of_the_tables_are_small(world: World, model: TradeWorld, kind: str) -> None:
    some = {"EUU", "JPN", "VNM", "GBR", "PHL", "LSO"}
    errors = table_errors(model, world.economies, world.tables, (24, 1, kind), some)
    assert len(errors) == 6
    for error in errors:
        assert error.gain.share() < 0.05
        assert error.home.share() < 0.05
        assert error.gain.share("p95") < 0.08
