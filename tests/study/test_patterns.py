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
        ("deals_by_1_august", 13),
        ("last_week", 8),  # the European Union on 27 July, Korea and Pakistan on 30, five on 31
        ("first_deal", 29),  # 9 April to 8 May
        ("bunching", 0.6),  # 2 July before 9 July, 22 July twice before 1 August; not 8 May, not 15 July
        ("bunching_by_august", 11 / 13),  # all but those of 8 May and 15 July
        ("days_to_deal", 87),  # the middle of 81, 84, 90 and 97
        ("days_to_deal_by_august", 97),  # with 97 of Korea, 98 of Malaysia, 104 of the Union and 106 of Cambodia
        ("signers_of_2025", 5),
        ("signers_by_august", 13),
        ("japan_days", 97),  # 16 April to 22 July
        ("japan_sessions", 8),
        ("signed_before_japan", 3),  # the Philippines on the same day
        ("japan_tariff", 0.15),
        ("japan_autos", 0.15),
        ("japan_pledge", 550),
        ("japan_fx", 0),
        ("japan_defence", 0),
        ("japan_access", 1),
        ("eu_tariff", 0.15),
        ("eu_autos", 0.15),
        ("eu_pledge", 600),
        ("korea_tariff", 0.15),
        ("korea_autos", 0.15),
        ("korea_pledge", 350),
        ("britain_tariff", 0.10),
        ("britain_autos", 0.10),
        ("viet_nam_tariff", 0.20),
        ("indonesia_tariff", 0.19),
        ("philippines_tariff", 0.19),
        ("rate_of_rich", 0.15),
        ("rate_of_poor", 0.19),
        ("tiers_apart", 0.04),
        ("pledges_of_rich", 1),
        ("poor_without_pledge", 1),
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
    assert len(NAMED) == len(PATTERNS) == 44


def test_history_is_a_table_like_any_other() -> None:
    table = history()
    assert tuple(table.columns) == COLUMNS
    assert table["signed"].notna().sum() == 13
    assert table["signed"].max() == 113  # nothing after 31 July
    first = table[table["signed"] <= 104]  # 22 July
    assert sorted(first["iso"]) == ["GBR", "IDN", "JPN", "PHL", "VNM"]


def test_of_a_text_after_22_july_no_more_is_known_than_its_announcement_says() -> None:
    union, lanka = (history().set_index("iso").loc[iso] for iso in ("EUU", "LKA"))
    assert union[["tariff", "auto_tariff", "investment", "market_access"]].tolist() == [0.15, 0.15, 600.0, 1.0]
    assert lanka[["tariff", "auto_tariff", "investment"]].tolist() == [0.20, 0.25, 0.0]
    assert math.isnan(lanka["market_access"])
    assert math.isnan(union["fx"])


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


def test_the_last_week_begins_on_27_july_and_a_run_has_its_middle() -> None:
    runs = (partner("GBR", 105), partner("EUU", 109), partner("KOR", 112), partner("IND", 119))
    assert measured("last_week", *runs) == 2  # 27 July and Wednesday 30 July; not 23 July, not 6 August
    assert measured("deals_by_22_july", *runs) == 1
    assert measured("deals_by_1_august", *runs) == 3
    assert measured("signers_by_august", *runs) == 3  # not India


def test_tiers_are_of_partners_with_a_rate_of_their_own() -> None:
    talks = (
        partner("JPN", 105, tariff=0.15),
        partner("CHE", 112, tariff=0.17),
        partner("GBR", 30, tariff=0.10),  # ten per cent on 2 April
        partner("VNM", 84, tariff=0.20),
        partner("THA", 119, tariff=0.36),  # after 1 August
    )
    assert (measured("rate_of_rich", *talks), measured("rate_of_poor", *talks)) == (0.16, 0.20)
    assert measured("tiers_apart", *talks) == pytest.approx(0.04)
    assert math.isnan(measured("tiers_apart", *talks[:3]))


def test_who_pledges() -> None:
    sums = {"JPN": 550.0, "GBR": 0.4, "VNM": 20.0, "THA": 0.5, "KHM": 0.0}
    talks = [partner(iso, 100, investment=pledge) for iso, pledge in sums.items()]
    assert measured("pledges_of_rich", *talks) == 0.5  # Japan's and Viet Nam's are pledges
    assert measured("poor_without_pledge", *talks) == pytest.approx(2 / 3)
    assert math.isnan(measured("pledges_of_rich", partner("THA", 100)))


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
