"""Every closed form against published cases, to nine digits."""

from __future__ import annotations

from typing import Any

import pytest

from sim.bargaining import aspiration
from sim.bargaining.theory import (
    kalai_smorodinsky_power,
    nash_in_nash,
    nash_power,
    nash_transfer,
    pie_crossing,
    rubinstein,
    rubinstein_continuous,
    rubinstein_limit,
    sequential_hub_myopic,
    stahl,
)


def near(value: Any) -> Any:
    return pytest.approx(value, abs=1e-9)


def test_rubinstein(closed_form: dict[str, Any]) -> None:
    for case in closed_form["rubinstein"]["cases"]:
        shares = rubinstein(case["d1"], case["d2"])
        assert shares == near((case["first_mover_share"], case["responder_share"]))
        assert rubinstein(case["d2"], case["d1"])[0] == near(case["second_mover_as_proposer"])


def test_finite_horizon(closed_form: dict[str, Any]) -> None:
    for case in closed_form["finite_alternating"]["cases"]:
        assert stahl(case["d1"], case["d2"], case["T"])[0] == near(case["first_mover_share"])


def test_short_intervals(closed_form: dict[str, Any]) -> None:
    for case in closed_form["rubinstein_limit"]["cases"]:
        share = rubinstein_continuous(case["r1"], case["r2"], case["dt"])[0]
        assert share == near(case["first_mover_share"])
        assert rubinstein_limit(case["r1"], case["r2"])[0] == near(case["gnbs_limit"])


def test_linear_transfers(closed_form: dict[str, Any]) -> None:
    for case in closed_form["nash_linear_transfer"]["cases"]:
        assert nash_transfer(case["pie"], tuple(case["d"]), case["alpha"]) == near(tuple(case["share"]))


def test_risk_aversion(closed_form: dict[str, Any]) -> None:
    for case in closed_form["risk_aversion"]["cases"]:
        assert nash_power(case["a"], case["b"]) == near(case["nash_x"])
        assert kalai_smorodinsky_power(case["a"], case["b"]) == near(case["ks_x"])


def test_nash_in_nash(closed_form: dict[str, Any]) -> None:
    for case in closed_form["nash_in_nash"]["cases"]:
        n = case["n"]
        deals = nash_in_nash(
            lambda a: 10.0 * len(a) - 1.5 * len(a) * (len(a) - 1),
            lambda i, a: -2.0 if i in a else 0.0,
            range(n),
            case["beta"],
        )
        for deal, wanted in zip(deals, case["deals"], strict=True):
            assert deal.hub_marginal == near(wanted["dV"])
            assert deal.transfer == near(wanted["p_hub_to_spoke"])
            assert deal.partner_gain == near(wanted["spoke_gain"])
            assert deal.hub_gain == near(wanted["hub_marginal_gain"])


def test_myopic_hub(closed_form: dict[str, Any]) -> None:
    cases = closed_form["sequential_hub"]["cases"]
    result = sequential_hub_myopic(lambda n: 10.0 * n - 1.5 * n * (n - 1), len(cases), own=-2.0)
    assert result.transfers == near(tuple(case["transfer_myopic"] for case in cases))
    assert result.first_mover_advantage > 0.0


def test_aspirations(closed_form: dict[str, Any]) -> None:
    for case in closed_form["faratin"]["cases"]:
        assert aspiration(case["t"], 1.0 / case["e"]) == near(case["aspiration"])


def test_crossing_on_a_pie(closed_form: dict[str, Any]) -> None:
    for case in closed_form["faratin_pie_crossing"]["cases"]:
        crossing = pie_crossing(1.0 / case["e1"], 1.0 / case["e2"])
        assert crossing.time == near(case["t"])
        assert crossing.shares == near((case["share1"], case["share2"]))
