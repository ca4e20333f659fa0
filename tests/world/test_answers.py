"""A partner taxes goods from the United States: what that does to both, exactly and in the tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.world import TradeWorld, World, WorldDataError, answer_change, april2_vector, load_tables
from sim.world.accuracy import answer_errors
from sim.world.answer_tables import FLOWS, AnswerTables, solve_answer, solve_flows
from sim.world.answers import answer_curve, answer_curves, choked
from sim.world.bank import save_bank
from sim.world.calibration import Calibration
from sim.world.lookup import by_rate

few = settings(max_examples=30, deadline=None, derandomize=True)


def two_economies(share: list[list[float]], spending: list[float]) -> TradeWorld:
    """The United States and one more, balanced: one elasticity of 4, no margins, labour supply or scale.

    `share` has origins in rows.
    """
    size, shares = np.array(spending), np.array(share)
    plain = Calibration(shares, size, size, np.zeros(2), np.zeros(2), np.ones(2), 0, 4.0, 0.0, 0.0)
    return TradeWorld(("USA", "AAA"), shares * size, size, plain)


def read(world: World, flow: str, iso: str, duty: float, rate: float = 0.2, omega: float = 0.6) -> float:
    tables = world.tables
    return float(answer_change(getattr(tables.answers, flow)[tables.row[iso]], tables.answers.steps, rate, omega, duty))


def exact(world: World, model: TradeWorld, iso: str, duties: list[float], rate: float = 0.2) -> np.ndarray:
    """Changes of the four flows, by answer, with the others at 0.6 of 2 April."""
    duties = [0.0, *duties]
    others = 0.6 * model.player_vector(april2_vector(world.economies))[:, None] * np.ones(len(duties))
    others[model.players.index(iso)] = rate
    flows = solve_flows(model, iso, others, np.array(duties))
    return flows[:, 1:] - flows[:, :1]


def test_measure_by_hand() -> None:
    """1.25^-3 is 0.512; beyond one half a duty counts as one half, 1 - (2/3)^3."""
    assert choked(0.0) == choked(-0.1) == 0.0
    assert choked(0.25) == pytest.approx(0.488)
    assert choked(0.9) == choked(0.5) == pytest.approx(1 - 8 / 27)


def test_lookup_by_hand() -> None:
    """Own rates 0 and 0.2, states 0 and 0.6: c_1 is 10 or 20 by rate, c_2 is 4 or 8 by state; r = 0.25 is x = 0.488."""
    table = np.zeros((3, 2, 2))
    table[0] = [[10.0, 10.0], [20.0, 20.0]]
    table[1] = [[4.0, 8.0], [4.0, 8.0]]
    steps = np.array([0.2, 0.6])
    assert answer_change(table, steps, 0.05, 0.3, 0.25) == pytest.approx(12.5 * 0.488 + 6.0 * 0.488**2)
    curve = answer_curve(table, steps, np.array([0.0, 0.05, 0.2]), 0.3, 0.25)
    assert curve == pytest.approx([10 * 0.488 + 6 * 0.488**2, 12.5 * 0.488 + 6 * 0.488**2, 20 * 0.488 + 6 * 0.488**2])


def test_twins_answer_each_other_like_a_mirror() -> None:
    """Two equal economies: answering alone is the mirror of taxing alone, and duties alike hurt both alike."""
    twins = two_economies([[0.8, 0.2], [0.2, 0.8]], [1000.0, 1000.0])
    duties = np.zeros((2, 3))
    duties[1] = [0.2, 0.0, 0.2]
    gain, home, bought, sold = solve_flows(twins, "AAA", duties, np.array([0.0, 0.2, 0.2]))
    assert (gain[0], home[0]) == pytest.approx((home[1], gain[1]), abs=1e-8)
    assert (bought[0], sold[0]) == pytest.approx((sold[1], bought[1]), rel=1e-9)
    assert gain[2] == pytest.approx(home[2], abs=1e-8)
    assert gain[2] < 0.0 < gain[1], "alone it pays, together both lose"


def test_small_economy_answers_best_with_the_textbook_rate() -> None:
    """Small, and selling everything at one elasticity: the best duty is 1 / eps, one quarter, and the table has it."""
    world = two_economies([[0.9998, 0.1], [0.0002, 0.9]], [5000.0, 10.0])
    tables = AnswerTables.stack([solve_answer(world, "AAA", np.zeros(2))], lambda values: values)
    rates = np.linspace(0.0, 0.5, 501)
    gains = [answer_change(tables.gain[0], tables.steps, 0.0, 0.0, r) for r in rates]
    assert rates[np.argmax(gains)] == pytest.approx(0.25, abs=0.01)
    assert answer_change(tables.home[0], tables.steps, 0.0, 0.0, 0.25) < 0.0


def test_shapes_and_grids(world: World) -> None:
    answers = world.tables.answers
    for flow in FLOWS:
        assert getattr(answers, flow).shape == (80, 3, 7, 3)
    assert answers.steps == pytest.approx([0.1, 0.6])
    assert (answers.rates[-1], answers.omegas[-1]) == pytest.approx((0.6, 1.2))


@pytest.mark.parametrize("flow", FLOWS)
def test_no_answer_changes_nothing_to_the_bit(world: World, flow: str) -> None:
    answers = world.tables.answers
    omegas, duties = np.linspace(0.0, 1.3, 80), np.zeros(80)
    assert {read(world, flow, iso, 0.0, e) for iso in world.tables.iso for e in (0.0, 0.13, 0.7)} == {0.0}
    curves = answer_curves(getattr(answers, flow), answers.steps, world.tables.rates, omegas, duties)
    assert curves.shape == (80, 61)
    assert not curves.any()


@few
@given(st.integers(0, 79), st.floats(0.0, 0.6), st.floats(0.0, 1.25), st.floats(0.0, 0.5))
def test_curves_are_the_single_readings(world: World, i: int, rate: float, omega: float, duty: float) -> None:
    answers, table = world.tables.answers, world.tables.answers.home[i]
    curve = answer_curve(table, answers.steps, np.array([rate]), omega, duty)
    assert curve[0] == pytest.approx(answer_change(table, answers.steps, rate, omega, duty), rel=1e-12, abs=1e-15)


def test_compiled_lookup_is_the_python_one(world: World) -> None:
    table, steps = world.tables.answers.gain[3], world.tables.answers.steps
    for rate, omega, duty in np.random.default_rng(0).uniform(0.0, 0.7, (30, 3)):
        here = answer_change(table, steps, rate, omega, duty)
        assert here == answer_change.py_func(table, steps, rate, omega, duty)


def test_the_united_states_lose_more_the_higher_the_answer(world: World) -> None:
    """Every partner, own rate and state: US welfare and US sales fall with r all the way to one half."""
    tables, duties = world.tables, np.linspace(0.0, 0.5, 26)
    for flow in ("home", "exports"):
        table = getattr(tables.answers, flow)
        for omega in (0.0, 0.6, 1.2):
            by_duty = [
                answer_curves(table, tables.answers.steps, tables.rates, np.full(80, omega), np.full(80, r))
                for r in duties
            ]
            assert (np.diff(by_duty, axis=0) < 0.0).all()


def test_an_answer_moves_more_money_in_the_united_states(world: World) -> None:
    """Every partner, with the others at 0.6 of 2 April and 20 per cent on itself; ten per cent is good for all."""
    for iso in world.tables.iso:
        for duty in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5):
            assert abs(read(world, "home", iso, duty)) > abs(read(world, "gain", iso, duty)), (iso, duty)
        assert read(world, "gain", iso, 0.1) > 0.0


def test_union_answers_twenty_with_twenty(world: World, economy: TradeWorld, model: TradeWorld) -> None:
    """A modest answer improves the Union's terms of trade; the United States lose eight times as much."""
    assert exact(world, economy, "EUU", [0.2])[:2, 0] == pytest.approx([9.9, -77.9], abs=0.1)
    gain, home, _, sold = exact(world, model, "EUU", [0.2])[:, 0]
    assert gain == pytest.approx(8.2, abs=0.1)
    assert home / gain < -8.0
    assert sold == pytest.approx(-140.0, abs=2.0)
    assert read(world, "gain", "EUU", 0.2) == pytest.approx(gain, abs=0.3)
    assert read(world, "home", "EUU", 0.2) == pytest.approx(home, rel=0.02)


@pytest.mark.parametrize(("iso", "highest"), [("EUU", 0.32), ("JPN", 0.35), ("VNM", 0.18), ("LSO", 0.20)])
def test_too_high_an_answer_hurts_who_gives_it(world: World, model: TradeWorld, iso: str, highest: float) -> None:
    """Best near ten per cent, worse than none from some rate on; what the search finds the table finds."""
    gain = exact(world, model, iso, [0.1, highest])[0]
    assert gain[0] > 0.0 > gain[1]
    duties = np.linspace(0.0, 0.5, 201)
    best = duties[np.argmax([read(world, "gain", iso, r) for r in duties])]
    others = {code: 0.6 * rate for code, rate in april2_vector(world.economies).items()} | {iso: 0.2}
    assert best == pytest.approx(model.best_response(iso, others, highest=0.5).rate, abs=0.01)


def test_who_is_small_hurts_itself_more_in_per_cent(world: World, model: TradeWorld) -> None:
    """At forty per cent Lesotho loses less money than it costs the United States, but a far larger share."""
    for iso in ("VNM", "LSO"):
        gain, home = exact(world, model, iso, [0.4])[:2, 0]
        own, us = (float(model.calibration.spending[model.row[code]]) for code in (iso, "USA"))
        assert home < gain < 0.0
        assert gain / own < 20.0 * home / us < 0.0


def test_table_is_exact_at_the_reference(world: World, model: TradeWorld) -> None:
    """Others at 0.6 of 2 April, own rate between knots: within 1.5 per cent of the range, US imports within 7."""
    duties = [0.03, 0.1, 0.25, 0.45]
    for iso in ("EUU", "JPN", "GBR", "VNM", "LSO"):
        solved = exact(world, model, iso, duties, rate=0.15)
        for flow, row in zip(FLOWS, solved, strict=True):
            mine = np.array([read(world, flow, iso, r, rate=0.15) for r in duties])
            assert np.abs(mine - row).max() < (0.07 if flow == "imports" else 0.015) * np.ptp(row), (iso, flow)


@pytest.mark.parametrize("kind", ["even", "talks"])
def test_errors_at_random_duties_are_small(world: World, model: TradeWorld, kind: str) -> None:
    errors = answer_errors(model, world.economies, world.tables, (24, 1, kind), {"EUU", "JPN", "VNM", "PHL", "LSO"})
    assert len(errors) == 5
    for found in errors.values():
        assert found["gain"].share() < 0.02
        assert found["home"].share() < 0.03
        assert max(found["imports"].share(), found["exports"].share()) < 0.05


def test_answered_world_by_the_tables(world: World, model: TradeWorld) -> None:
    """What the talks add up: h at the own rate, plus the change at the same rate, is the exact answered h."""
    tables, row = world.tables, world.tables.row["JPN"]
    others = 0.6 * model.player_vector(april2_vector(world.economies))[:, None] * np.ones(2)
    others[model.players.index("JPN")] = [0.10, 0.25]
    home = solve_flows(model, "JPN", others, np.array([0.0, 0.15]))[1]
    silent = by_rate(tables.home[row], 0.6, tables.omega_step)
    change = answer_curve(tables.answers.home[row], tables.answers.steps, tables.rates, 0.6, 0.15)
    assert (silent + change)[25] == pytest.approx(home[1] - home[0], rel=0.01)


@pytest.mark.parametrize("iso", ["JPN", "VNM"])
def test_one_partner_solved_again(world: World, model: TradeWorld, iso: str) -> None:
    april = model.player_vector(april2_vector(world.economies))
    for flow, again in zip(FLOWS, solve_answer(model, iso, april), strict=True):
        shipped = getattr(world.tables.answers, flow)[world.tables.row[iso]]
        np.testing.assert_allclose(again, shipped, rtol=2e-5, atol=1e-5 * np.abs(shipped).max())


def test_saved_answers_come_back_to_the_bit(world: World, tmp_path: Path) -> None:
    save_bank(world.bank, tmp_path / "t.npz")
    kept, again = world.tables.answers.arrays(), load_tables(tmp_path / "t.npz").answers.arrays()
    assert {name: values.tobytes() for name, values in kept.items()} == {
        name: values.tobytes() for name, values in again.items()
    }


def test_tables_without_answers_or_with_others_are_refused(world: World, tmp_path: Path) -> None:
    place = tmp_path / "t.npz"
    save_bank(world.bank, place)
    with np.load(place) as archive:
        arrays = dict(archive)
    np.savez(place, **{name: values for name, values in arrays.items() if name != "answer_home"})
    with pytest.raises(WorldDataError, match="arrays missing: answer_home"):
        load_tables(place)
    np.savez(place, **(arrays | {"answer_home": arrays["answer_home"][:, :, :2]}))
    with pytest.raises(
        WorldDataError, match=r"answer_home has shape \(6, 80, 2, 7, 3\) \(allowed: \(6, 80, 3, 7, 3\)\)"
    ):
        load_tables(place)
