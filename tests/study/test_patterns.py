"""Each pattern on a table small enough to read, and on 2025 itself."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from sim.study.patterns import PATTERNS, observed
from sim.study.ruler import COLUMNS, history

NAMED = {pattern.name: pattern for pattern in PATTERNS}
NO = float("nan")
TEXT = {"tariff": 0.15, "auto_tariff": 0.15, "defence": 0.0, "fx": 0.0, "investment": 0.0, "market_access": 0.0}


def partner(iso: str, signed: float = NO, **more: float) -> dict:
    """A partner whose talks opened on 16 April (day 7) and that signed, if it did, on a day from 9 April."""
    text = dict.fromkeys(TEXT, NO) if math.isnan(signed) else TEXT
    row = {"iso": iso, "opened": 7.0, "signed": signed, "sessions": 3.0, "letter": NO, **text}
    return row | {"in_force": 0.10, "by_calendar": 0.10} | more


def measured(name: str, *partners: dict) -> float:
    return NAMED[name].measure(pd.DataFrame(list(partners), columns=list(COLUMNS)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("frameworks_90_days", 2),  # United Kingdom 8 May, Viet Nam 2 July
        ("deals_by_22_july", 5),
        ("first_deal", 29),  # 9 April to 8 May
        ("bunching", 0.6),  # 2 July before 9 July, 22 July twice before 1 August; not 8 May, not 15 July
        ("days_to_deal", 87),  # the middle of 81, 84, 90 and 97
        ("signers_of_2025", 5),
        ("japan_days", 97),  # 16 April to 22 July
        ("japan_sessions", 8),
        ("signed_before_japan", 3),  # the Philippines on the same day
        ("japan_tariff", 0.15),
        ("japan_autos", 0.15),
        ("japan_pledge", 550),
        ("japan_fx", 0),
        ("japan_defence", 0),
        ("japan_access", 1),
        ("britain_tariff", 0.10),
        ("britain_autos", 0.10),
        ("viet_nam_tariff", 0.20),
        ("indonesia_tariff", 0.19),
        ("philippines_tariff", 0.19),
        ("access_in_deals", 1),
        ("pledge_in_deals", 0.2),
        ("fx_in_deals", 0),
        ("defence_in_deals", 0),
        ("autos_kept", 0.6),
        ("signed_after_letter", 3),  # Indonesia, Japan, the Philippines
        ("below_letter", 1),
        ("rate_of_calendar", 1),
    ],
)
def test_the_talks_of_2025(name: str, value: float) -> None:
    assert observed(NAMED[name]) == pytest.approx(value, abs=1e-12)


def test_the_list_above_is_whole_and_names_are_told_apart() -> None:
    assert len(NAMED) == len(PATTERNS) == 28


def test_history_is_a_table_like_any_other() -> None:
    table = history()
    assert tuple(table.columns) == COLUMNS
    assert sorted(table.loc[table["signed"].notna(), "iso"]) == ["GBR", "IDN", "JPN", "PHL", "VNM"]
    assert table["signed"].max() == 104  # nothing after 22 July


def test_deals_are_counted_up_to_their_day() -> None:
    runs = (partner("GBR", 91), partner("VNM", 98), partner("JPN", 105), partner("IND", 112), partner("KOR"))
    assert measured("frameworks_90_days", *runs) == 1
    assert measured("deals_by_22_july", *runs) == 3
    assert measured("signers_of_2025", *runs) == 3
    assert measured("first_deal", *runs) == 91
    assert measured("first_deal", partner("KOR")) == math.inf


@pytest.mark.parametrize(("day", "near"), [(77, 0), (78, 1), (91, 1), (98, 0), (100, 0), (101, 1), (105, 1)])
def test_bunching_looks_back_two_weeks_from_9_july_and_1_august(day: float, near: float) -> None:
    assert measured("bunching", partner("GBR", day)) == near


def test_bunching_without_deals_is_nothing_to_measure() -> None:
    assert math.isnan(measured("bunching", partner("GBR")))


def test_the_wait_is_the_median_over_partners_whose_opening_is_known() -> None:
    deals = (partner("JPN", 105), partner("VNM", 77), partner("KHM", 91), partner("GBR", 20), partner("KOR", 112))
    assert measured("days_to_deal", *deals) == 84  # 98, 70, 84; Britain's opening is not known, Korea's deal too late
    assert measured("days_to_deal", partner("JPN", 105), partner("THA", 105, opened=85.0)) == 98  # opened in July


def test_japan_is_asked_for_its_own_row() -> None:
    text = {"sessions": 9.0, "auto_tariff": 0.12, "investment": 400.0, "fx": 0.5, "market_access": 0.1}
    talks = (partner("GBR", 30), partner("PHL", 103), partner("JPN", 105, **text), partner("IND", 200))
    expected = {
        "japan_days": 98,
        "japan_sessions": 9,
        "signed_before_japan": 1,  # day 103 is in Japan's own week
        "japan_tariff": 0.15,
        "japan_autos": 0.12,
        "japan_pledge": 400,
        "japan_fx": 1,
        "japan_defence": 0,
        "japan_access": 1,
    }
    assert {name: measured(name, *talks) for name in expected} == expected


def test_a_japan_that_never_signs_waits_for_ever_and_has_no_text() -> None:
    talks = (partner("GBR", 30), partner("JPN"))
    assert measured("japan_days", *talks) == math.inf
    assert measured("signed_before_japan", *talks) == 1
    assert all(math.isnan(measured(name, *talks)) for name in ("japan_sessions", "japan_tariff", "japan_fx"))


@pytest.mark.parametrize("iso_name", ["GBR britain", "VNM viet_nam", "IDN indonesia", "PHL philippines"])
def test_rates_of_early_signers(iso_name: str) -> None:
    iso, name = iso_name.split()
    assert measured(f"{name}_tariff", partner(iso, 90, tariff=0.18), partner("JPN", 20)) == 0.18


def test_shares_are_of_the_deals_by_22_july() -> None:
    full = {"market_access": 0.2, "investment": 10.0, "fx": 0.5, "defence": 1.0, "auto_tariff": 0.25}
    talks = (partner("GBR", 30, **full), partner("JPN", 105), partner("IND", 120, **full), partner("KOR"))
    for name in ("access_in_deals", "pledge_in_deals", "fx_in_deals", "defence_in_deals", "autos_kept"):
        assert measured(name, *talks) == 0.5, name


def test_letters() -> None:
    talks = (
        partner("VNM", 84, letter=0.30),  # signed before the letters
        partner("IDN", 98, letter=0.32, tariff=0.19),
        partner("PHL", 105, letter=0.20, tariff=0.20),
        partner("IND", 105),
        partner("KOR", letter=0.25),
    )
    assert measured("signed_after_letter", *talks) == 2
    assert measured("below_letter", *talks) == 0.5


def test_who_does_not_sign_bears_the_calendar() -> None:
    talks = (partner("KOR"), partner("IND", in_force=0.26), partner("JPN", 105, in_force=0.15, by_calendar=0.25))
    assert measured("rate_of_calendar", *talks) == 0.5
    assert math.isnan(measured("rate_of_calendar", talks[2]))
