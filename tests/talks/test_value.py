"""(V1) to (V4) with numbers worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.talks.value import annuity, effective_rate, no_deal, one_off, partner_gain, relative_cut, weekly_factor


def test_a_year_at_no_interest_is_worth_one() -> None:
    assert annuity(0, 52, 1.0) == 1.0


def test_interest_makes_later_weeks_worth_less() -> None:
    delta = weekly_factor(0.05)
    assert delta**52 == pytest.approx(1 / 1.05)
    by_hand = sum(delta**s for s in range(13, 208)) / 52
    assert annuity(13, 208, delta) == pytest.approx(by_hand, rel=1e-12)


def test_an_empty_span_is_worth_nothing() -> None:
    assert annuity(208, 208, 0.99) == 0.0
    assert annuity(209, 208, 0.99) == 0.0


def test_spans_add_up() -> None:
    delta = weekly_factor(0.05)
    assert annuity(0, 13, delta) + annuity(13, 208, delta) == pytest.approx(annuity(0, 208, delta), rel=1e-12)


def test_autos_weigh_by_their_share() -> None:
    # 0.7 of the trade at 10 per cent, 0.3 at 25: 0.07 + 0.075
    assert effective_rate(0.10, 0.25, (0.7, 0.3)) == pytest.approx(0.145)
    # and if a fifth of all trade is exempt, a fifth less
    assert effective_rate(0.10, 0.25, (0.8 * 0.7, 0.8 * 0.3)) == pytest.approx(0.116)


def test_no_deal_mixes_pause_and_threat_by_credibility() -> None:
    # one unit before the deadline at -5 a year, three after it at 0.5 * -9 + 0.5 * -5 = -7, pain of 1 all along
    flows = np.array([-5.0, -9.0, 0.0])
    assert no_deal(np.array([1.0, 3.0, 0.0]), 0.5, flows, 1.0) == pytest.approx(-5 - 21 - 4)
    # and half a unit after a ruling at -2, with nothing more to bear
    assert no_deal(np.array([1.0, 3.0, 0.5]), 0.5, np.array([-5.0, -9.0, -2.0]), 1.0) == pytest.approx(-31)


def test_signing_gains_what_no_deal_would_have_lost() -> None:
    # four years at -4 with concessions of 1 a year, against a no deal of -30
    assert partner_gain(4.0, -4.0, 1.0, -30.0) == pytest.approx(10.0)


def test_a_cut_runs_from_the_threat_to_the_red_line() -> None:
    assert relative_cut(0.24, 0.15, 0.24) == 0.0
    assert relative_cut(0.15, 0.15, 0.24) == pytest.approx(1.0)
    assert relative_cut(0.10, 0.10, 0.10) == 1.0  # nothing to cut: all of it is given


def test_generosity_costs_by_precedent_and_an_early_deal_shows() -> None:
    # showcase 4, pi 0.1, slope 2 a year, A 3: full cut costs 0.1 * 3 * 2 * (1 - 0.5) = 0.3
    assert one_off(np.array([4.0, 0.1, 2.0]), 0.15, np.array([0.15, 0.25]), 3.0) == pytest.approx(3.7)
