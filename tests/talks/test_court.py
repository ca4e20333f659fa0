"""The courts: what falls, what stays, and what waiting is worth to whoever believes in them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from sim.scenario import Scenario, load_scenario
from sim.talks import TariffTalks
from sim.talks.auditing import audit
from sim.talks.court import dated_ruling, ruling_round
from sim.talks.value import annuity, outlook_without, weekly_factor


def small(**court: object) -> Scenario:
    words = [f"court.{key}={value}" for key, value in court.items()]
    return load_scenario("classroom", words)


def test_a_ruling_comes_on_its_date_by_hazard_or_never() -> None:
    assert ruling_round(1, 0, 0.0, -1, 208) == -1
    assert ruling_round(1, 0, 0.0, 8, 208) == 8
    assert ruling_round(1, 0, 9.0, 300, 208) == -1  # a date beyond the horizon
    rounds = np.array([ruling_round(7, n, 0.5, -1, 10_000) for n in range(4000)])
    assert np.mean(rounds < 52) == pytest.approx(1.0 - np.exp(-0.5), abs=0.02)
    assert ruling_round(7, 3, 0.5, -1, 10_000) == rounds[3]  # twins meet the same ruling


def test_the_time_ahead_is_split_and_adds_up() -> None:
    delta = weekly_factor(0.05)
    assert outlook_without(4, 13, 208, delta, 0.0) == (annuity(4, 13, delta), annuity(13, 208, delta), 0.0)
    spans = outlook_without(4, 13, 208, delta, 0.7)
    assert sum(spans) == pytest.approx(annuity(4, 208, delta))
    weeks = np.arange(4, 208)
    standing = delta**weeks * np.exp(-0.7 * (weeks - 4) / 52.0) / 52.0
    assert spans[0] == pytest.approx(standing[:9].sum())
    assert spans[1] == pytest.approx(standing[9:].sum())


def test_only_the_rate_on_autos_is_left_of_what_was_not_signed() -> None:
    scenario = small(date=dt.date(2025, 7, 21))
    assert dated_ruling(scenario) == 14
    talks = TariffTalks(scenario, narrate=True).run()
    for partner in talks.partners:
        if partner.deal is None or partner.deal.round >= 14:
            assert partner.deal is not None or partner.tariff == 0.0
        else:
            assert partner.tariff >= 0.10
    assert [e["event"] for e in talks.record.log if e["round"] == 14][:1] == ["ruling"]
    assert audit(talks) == []


def test_a_ruling_after_the_talks_still_counts() -> None:
    late, never = small(date=dt.date(2026, 4, 14)), small()
    with_ruling, without = TariffTalks(late).run(), TariffTalks(never).run()
    assert [p.status for p in with_ruling.partners] == [p.status for p in without.partners]
    for fallen, stands in zip(with_ruling.partners, without.partners, strict=True):
        if fallen.deal is None:
            assert fallen.value > stands.value
            assert fallen.tariff == 0.0
        else:
            assert fallen.tariff == stands.tariff
    assert audit(with_ruling) == []


def test_who_believes_in_the_courts_asks_for_more() -> None:
    scenarios = small(), small(partner_belief=3.0)
    without, with_belief = (TariffTalks(s) for s in scenarios)
    partner, doubter = without.partner("JPN"), with_belief.partner("JPN")
    calm = without.table(partner, without.look_around()).stakes.partner_no_deal
    hopeful = with_belief.table(doubter, with_belief.look_around()).stakes.partner_no_deal
    assert hopeful > calm
