"""The frameworks known by 1 August 2025, and the rates of those without one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.world import WorldDataError, load_calendar, load_deals, load_world
from sim.world.deals import COLUMNS

HEAD = f"# deals\n{','.join(COLUMNS)}\n"
JAPAN = "JPN,Japan,2025-04-16,2025-07-22,24,25,,15,15,550,,cars,,http://x\n"


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "later.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_thirteen_frameworks_as_the_calendar_dates_them() -> None:
    signed = {deal.iso: (deal.framework_date, deal.agreed_rate) for deal in load_deals() if deal.signed}
    assert len(signed) == 13
    assert signed == {fact.iso: (fact.date, fact.rate) for fact in load_calendar() if fact.kind == "deal"}


def test_what_japan_and_three_others_agreed() -> None:
    deals = {deal.iso: deal for deal in load_deals()}
    japan = deals["JPN"]
    assert (japan.talks_opened, japan.framework_date) == (date(2025, 4, 16), date(2025, 7, 22))
    assert (japan.april2_rate, japan.july_letter_rate, japan.agreed_rate) == (0.24, 0.25, 0.15)
    assert japan.rate_from_7_august is None
    pledges = {iso: deal.investment_pledge for iso, deal in deals.items() if deal.investment_pledge}
    assert pledges == {"JPN": 550.0, "EUU": 600.0, "KOR": 350.0}
    autos = {iso: deal.agreed_auto_rate for iso, deal in deals.items() if deal.agreed_auto_rate}
    assert autos == {"GBR": 0.1, "JPN": 0.15, "EUU": 0.15, "KOR": 0.15}


def test_those_without_a_framework_have_a_rate_by_order() -> None:
    orders = {deal.iso: deal.rate_from_7_august for deal in load_deals() if not deal.signed}
    assert all(rate is not None for rate in orders.values())
    assert [orders[iso] for iso in ("CHE", "IND", "TWN", "BRA", "AUS")] == [0.39, 0.25, 0.2, 0.5, 0.1]


def test_nobody_of_the_talks_is_missing_but_china_and_who_follows_it() -> None:
    known = {deal.iso for deal in load_deals()}
    assert {partner.iso3 for partner in load_world().partners} <= known
    assert len(load_deals()) == len(known) == 91


def test_a_later_table_is_read_with_its_own_deals(tmp_path: Path) -> None:
    swiss = "CHE,Switzerland,2025-04-24,2025-11-14,31,,39,15,,200,,,later,http://y\n"
    deals = load_deals(table(tmp_path, HEAD + JAPAN + "\n# a remark\n" + swiss))
    assert [(deal.iso, deal.agreed_rate) for deal in deals] == [("JPN", 0.15), ("CHE", 0.15)]


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (JAPAN.replace(",15,15,", ",0.15,15,"), "agreed_rate", "rate 0.15 should be 15 .allowed: per cent"),
        (JAPAN.replace(",15,15,", ",150,15,"), "agreed_rate", "150 is out of range"),
        (JAPAN.replace(",550,", ",much,"), "investment_pledge_usd_bn", "'much' is not a number .allowed: USD bn"),
        (JAPAN.replace(",550,", ",nan,"), "investment_pledge_usd_bn", "nan is out of range"),
        (JAPAN.replace("2025-07-22", "22 July"), "framework_date", "'22 July' is not a date .allowed: YYYY-MM-DD"),
        (JAPAN.replace("2025-07-22", ""), "framework_date", "agreed_rate 15 alone"),
        (JAPAN.replace(",15,15,", ",,15,"), "agreed_rate", "framework_date 2025-07-22 alone"),
        (JAPAN.replace("http://x", ""), "source", "without a source"),
        (JAPAN.replace("JPN", "Jpn"), "iso3", "'Jpn' is not a code"),
        (JAPAN.replace(",http://x", ""), None, "not as many cells as columns"),
        (JAPAN.replace("http://x", "http://x,y"), None, "not as many cells as columns"),
    ],
)
def test_a_bad_cell_is_named(tmp_path: Path, row: str, column: str | None, message: str) -> None:
    with pytest.raises(WorldDataError, match=message) as caught:
        load_deals(table(tmp_path, HEAD + row))
    assert (caught.value.file, caught.value.line, caught.value.column) == ("later.csv", 3, column)


def test_a_code_that_comes_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorldDataError, match="line 4, column 'iso3': JPN is in the table twice"):
        load_deals(table(tmp_path, HEAD + JAPAN + JAPAN))


def test_what_is_no_table_of_deals_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorldDataError, match="there is no row"):
        load_deals(table(tmp_path, HEAD))
    with pytest.raises(WorldDataError, match="column 'name': no such column"):
        load_deals(table(tmp_path, "iso3,rate\nJPN,15\n"))
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\xff\n")
    with pytest.raises(WorldDataError, match="cannot be read as a table"):
        load_deals(path)
