"""The solver against the equations: written down a second time, and one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plain_model import duties, solve_plainly, transfers

from sim.world import Equilibrium, TradeWorld, retaliation_formula
from sim.world.optimal import tariff_formula

Make = Callable[..., TradeWorld]
VARIANTS: dict[str, dict[str, Any]] = {
    "baseline": {},
    "eps 8": {"eps": 8.0},
    "pass-through 0.25": {"pass_through": 0.25},
    "kappa 0": {"kappa": 0.0},
    "kappa 1": {"kappa": 1.0},
    "psi from 0.3": {"psi_from": 0.3},
    "Eaton-Kortum": {"model": "eaton_kortum"},
    "transfers of own income": {"transfers": "own"},
    "eps 0.5, transfers of own income": {"eps": 0.5, "transfers": "own"},
}
ANSWERS = ("none", "reciprocal", "optimal", "uneven")


@pytest.fixture
def make(source: Path) -> Make:
    """Make the world of the source, with options."""
    files = [source / "trade" / f"{name}.csv" for name in ("trade_cepii", "gdp", "country_labels")]
    return lambda **options: TradeWorld.from_tables(*files, **options)


def answered(world: TradeWorld, answer: str) -> tuple[np.ndarray, np.ndarray | None]:
    """Make uneven duties, and what they are answered with."""
    n = len(world.iso)
    rng = np.random.default_rng(7)
    t = np.maximum(0.10, rng.uniform(-0.1, 0.55, n))
    back = {
        "none": None,
        "reciprocal": t,
        "optimal": np.full(n, retaliation_formula(world.calibration)),
        "uneven": rng.uniform(0.0, 0.4, n),
    }
    return t, back[answer]


def check_equations(world: TradeWorld, found: Equilibrium, t: np.ndarray, back: np.ndarray | None, use: str) -> None:
    """Put a solved world into (E1) to (E9) one by one."""
    cal, tight = world.calibration, {"rtol": 1e-9, "atol": 1e-9}
    w, P, L, W = (getattr(found, f"{x}_hat")[:, 0] for x in ("wage", "price", "labour", "welfare"))
    new_E, new_Y, R = found.spending[:, 0], found.income[:, 0], found.revenue_bn[:, 0]
    duty, X = duties(cal, t, back), found.flows().to_numpy()
    E = new_E / cal.spending
    a = (w * L**-cal.psi) ** -cal.eps
    top = cal.share * a[:, None] * (1 + duty) ** (-cal.eps * cal.phi)
    S = top.sum(axis=0)
    np.testing.assert_allclose(P, (E / w) ** (1 - cal.phi) * S ** (-1 / cal.eps), **tight)
    np.testing.assert_allclose(X, top / S * new_E / (1 + duty), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(R, (duty * X).sum(axis=0), **tight)
    np.testing.assert_allclose(new_Y, w * L * cal.income, **tight)
    np.testing.assert_allclose(new_Y, X @ (1 - cal.nu) + cal.nu * X.sum(axis=0), **tight)
    np.testing.assert_allclose(new_E, R + new_Y + transfers(cal, new_Y), **tight)
    share = R / new_Y if use == "tax_relief" else np.zeros_like(R)
    np.testing.assert_allclose(L, (w / P / (1 - share)) ** cal.kappa, **tight)
    delta = cal.spending / (cal.spending - cal.kappa * (1 - share) * cal.income / (1 + cal.kappa))
    np.testing.assert_allclose(W, delta * E / P + (1 - delta) * w * L / P, **tight)
    assert cal.spending @ P == pytest.approx(cal.spending.sum(), rel=1e-9)
    # The world spends what it earns and what it takes at its borders.
    assert new_E.sum() == pytest.approx(new_Y.sum() + R.sum(), rel=1e-9)
    abroad = X - np.diag(X.diagonal())
    np.testing.assert_allclose(found.exports[:, 0], abroad.sum(axis=1), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.imports[:, 0], abroad.sum(axis=0), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("use", ["tax_relief", "lump_sum"])
def test_every_equation_holds_in_every_variant(variant: str, use: Any) -> None:
    world = TradeWorld.default(**VARIANTS[variant])
    for answer in ANSWERS:
        t, back = answered(world, answer)
        check_equations(world, world.solve(t, back, revenue=use), t, back, use)


@pytest.mark.parametrize(
    ("variant", "use"), [("baseline", "tax_relief"), ("eps 8", "lump_sum"), ("Eaton-Kortum", "tax_relief")]
)
def test_every_equation_holds_on_the_source(make: Make, variant: str, use: Any) -> None:
    world = make(**VARIANTS[variant])
    for answer in ANSWERS:
        t, back = answered(world, answer)
        check_equations(world, world.solve(t, back, revenue=use), t, back, use)


SECOND = [
    ("baseline", "none", "tax_relief"),
    ("baseline", "optimal", "lump_sum"),
    ("eps 8", "uneven", "tax_relief"),
    ("pass-through 0.25", "reciprocal", "lump_sum"),
    ("Eaton-Kortum", "uneven", "lump_sum"),
    ("transfers of own income", "uneven", "tax_relief"),
]


@pytest.mark.parametrize(("variant", "answer", "use"), SECOND)
def test_a_second_solver_finds_the_same_world(variant: str, answer: str, use: Any) -> None:
    world = TradeWorld.default(**VARIANTS[variant])
    t, back = answered(world, answer)
    ours, theirs = world.solve(t, back, revenue=use), solve_plainly(world.calibration, t, back, use == "tax_relief")
    np.testing.assert_allclose(ours.welfare_hat[:, 0], theirs.W, atol=1e-8)
    np.testing.assert_allclose(ours.price_hat[:, 0], theirs.P, atol=1e-8)
    np.testing.assert_allclose(ours.labour_hat[:, 0], theirs.L, atol=1e-8)
    np.testing.assert_allclose(ours.flows(), theirs.X, rtol=1e-7, atol=1e-8)


def test_a_second_solver_agrees_on_the_source(make: Make, source: Path) -> None:
    world, t = make(), np.maximum(0.10, np.genfromtxt(source / "trade" / "tariffs.csv", skip_header=1))
    ours, theirs = world.solve(t, t), solve_plainly(world.calibration, t, t, relief=True)
    np.testing.assert_allclose(ours.welfare_hat[:, 0], theirs.W, atol=1e-8)


def test_eaton_kortum_by_its_own_formula() -> None:
    """With nu = 0 and phi = 1 income is sales, and real spending is (own share)^(-1 / eps) but for labour and scale."""
    world = TradeWorld.default(model="eaton_kortum", kappa=0.0, psi_from=1e-6)
    cal, result = world.calibration, world.solve(0.2)
    np.testing.assert_allclose(cal.income, cal.flows.sum(axis=1))
    own = result.flows().to_numpy().diagonal() / result.spending[:, 0]
    gains = (own / cal.share.diagonal()) ** (-1 / cal.eps)
    np.testing.assert_allclose(result.wage_hat[:, 0] / result.price_hat[:, 0], gains, rtol=1e-6)


def test_optimal_tariffs_of_the_source(make: Make) -> None:
    world = make()
    assert round(100 * tariff_formula(world.calibration), 1) == 21.8
    assert round(100 * tariff_formula(world.calibration, "income"), 1) == 18.5
    assert round(100 * retaliation_formula(world.calibration), 1) == 22.7
    found = {use: world.optimal_tariff(use, highest=0.4).search for use in ("tax_relief", "lump_sum")}  # type: ignore[arg-type]
    assert {use: round(100 * rate) for use, rate in found.items()} == {"tax_relief": 25, "lump_sum": 14}
