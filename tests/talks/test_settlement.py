"""Outcomes valued by the trade model itself."""

from __future__ import annotations

import numpy as np
import pytest

from sim.scenario import parse_scenario
from sim.talks import TariffTalks, prepare
from sim.talks.settlement import exact_flows
from sim.talks.setup import response_of
from sim.world import april2_vector, load_economies
from sim.world.bank import trade_model

SMALL = """
name: small
title: Three partners
clock: {rounds: 6}
partners: {include: [JPN, KOR, GBR]}
"""


@pytest.fixture(scope="module")
def setup():
    return prepare(parse_scenario(SMALL))


def test_at_the_duties_of_2_april_it_is_the_world_of_2_april(setup) -> None:
    """On average over the horizon: between the solutions of the short and of the long run (E10)."""
    vector, response = april2_vector(load_economies()), response_of(setup.scenario)
    short, long = (trade_model(eps).solve(vector).gain for eps in (response.short_run, response.long_run))
    exact = short + response.weight(setup.scenario.clock.horizon) * (long - short)
    own = np.array([[vector[terms.iso] for terms in setup.terms]])
    assert exact_flows(setup, own, np.zeros_like(own))[0] == pytest.approx(
        [exact[terms.iso] for terms in setup.terms], rel=1e-5
    )


def test_equal_cases_are_alike_and_in_their_order(setup) -> None:
    low, high = setup.pause, setup.pause + 0.05
    flows = exact_flows(setup, np.array([high, low, high]), np.zeros((3, high.size)))
    assert flows[0] == pytest.approx(flows[2], rel=0, abs=0)
    assert (flows[1] > flows[0]).all()


def test_without_diversion_nobody_meets_the_others_new_tariffs() -> None:
    frozen = prepare(parse_scenario(SMALL + "mechanisms: {diversion: {strength: 0}}\n"))
    before, after = frozen.pause.copy(), frozen.pause.copy()
    after[1:] = 0.3
    flows = exact_flows(frozen, np.array([before, after]), np.zeros((2, before.size)))
    assert flows[1, 0] == pytest.approx(flows[0, 0], abs=1e-9)
    assert (flows[1, 1:] < flows[0, 1:]).all()


def test_the_tables_come_close_and_the_talks_do_not_change() -> None:
    everybody = "name: all\ntitle: Everybody\nclock: {rounds: 3}\n"
    read, solved = (TariffTalks(parse_scenario(everybody + more)).run() for more in ("", "settlement: exact\n"))
    assert [p.sessions for p in read.partners] == [p.sessions for p in solved.partners]
    for iso in ("JPN", "KOR", "EUU", "VNM"):
        assert read.partner(iso).value != solved.partner(iso).value
        assert read.partner(iso).value == pytest.approx(solved.partner(iso).value, rel=0.05, abs=0.7)
