from __future__ import annotations

from pathlib import Path

import pytest

from sim.world import WorldDataError, load_economies, requesting
from sim.world.partners import COLUMNS, PARTNERS, iso_key


def table(tmp_path: Path, old: str = "", new: str = "") -> Path:
    path = tmp_path / "partners.csv"
    text = PARTNERS.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    return path


def row(iso: str) -> str:
    return next(line for line in PARTNERS.read_text(encoding="utf-8").splitlines() if line.startswith(iso + ","))


def with_cell(iso: str, column: str, value: str) -> tuple[str, str]:
    """Return the row of an economy without quoted cells, as it is and with one cell changed."""
    cells = row(iso).split(",")
    cells[COLUMNS.index(column)] = value
    return row(iso), ",".join(cells)


def test_eighty_asked_and_six_look_on() -> None:
    economies = load_economies()
    asked = requesting(economies)
    assert len(asked) == 80
    assert [x.iso3 for x in economies if not x.requested] == ["CHN", "HKG", "MAC", "CAN", "MEX", "RUS"]
    assert [x.iso3 for x in asked[:5]] == ["EUU", "JPN", "VNM", "KOR", "TWN"]


def test_japan_of_april_2025() -> None:
    japan = next(x for x in load_economies() if x.iso3 == "JPN")
    assert (japan.rate_april2, japan.us_imports, japan.treasury_holdings) == (0.24, 148.209, 1130.8)
    assert japan.auto_share == pytest.approx(0.321, abs=0.001)
    assert japan.effective_rate(0.15, 0.15) == pytest.approx(0.15)
    assert "auto_exports" in japan.unverified
    assert japan.host_nation_support == 3.15


def test_union_is_one_partner_of_27() -> None:
    union = next(x for x in load_economies() if x.iso3 == "EUU")
    assert len(union.members) == 27
    assert {"DEU", "FRA", "IRL"} < set(union.members)


def test_keys_are_distinct_and_do_not_depend_on_the_table() -> None:
    assert iso_key("AAB") == 1
    assert iso_key("JPN") == (9 * 26 + 15) * 26 + 13
    economies = load_economies()
    assert len({x.key for x in economies}) == len(economies)


def test_every_partner_has_a_preference_over_everything() -> None:
    for x in load_economies():
        assert x.host_nation_support > 0
        assert x.auto_exports > 0
        assert 0 < x.auto_share < 1


def test_hong_kong_and_macau_follow_china() -> None:
    rates = {x.iso3: x.rate_april2 for x in load_economies()}
    assert rates["HKG"] == rates["MAC"] == rates["CHN"] == 0.34
    assert rates["CAN"] == rates["MEX"] == rates["RUS"] == 0.0


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("rate_april2", "24", "rate 24 should be 0.24"),
        ("rate_april2", "-0.1", "out of range"),
        ("gdp", "0", "out of range"),
        ("gdp", "nan", "out of range"),
        ("us_imports", "many", "could not convert"),
        ("requested", "2", "neither 0 nor 1"),
        ("assumed", "gpd", "no such column: gpd"),
        ("duty_share", "67", "out of range"),
        ("iso3", "MY", "not a code"),
        ("auto_exports", "99", "more autos than goods"),
    ],
)
def test_bad_cell_is_named(tmp_path: Path, column: str, value: str, message: str) -> None:
    path = table(tmp_path, *with_cell("MYS", column, value))
    with pytest.raises(WorldDataError, match=message) as caught:
        load_economies(path)
    line = path.read_text(encoding="utf-8").splitlines().index(with_cell("MYS", column, value)[1]) + 1
    assert (caught.value.file, caught.value.line, caught.value.column) == ("partners.csv", line, column)
    assert caught.value.allowed is not None


def test_table_as_a_whole_is_checked(tmp_path: Path) -> None:
    with pytest.raises(WorldDataError, match="MYS is in the table twice"):
        load_economies(table(tmp_path, row("THA"), row("MYS") + "\n" + row("MYS")))
    with pytest.raises(WorldDataError, match="26 members"):
        load_economies(table(tmp_path, "DEU;", ""))
    with pytest.raises(WorldDataError, match=r"add up to 2\d{3}"):
        load_economies(table(tmp_path, row("CHN") + "\n", ""))
    with pytest.raises(WorldDataError, match="columns missing: gdp"):
        load_economies(table(tmp_path, ",gdp,", ",output,"))


def test_empty_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "partners.csv"
    path.write_text("# nothing\n")
    with pytest.raises(WorldDataError, match="empty"):
        load_economies(path)


def test_what_is_paid_is_less_than_what_is_announced() -> None:
    """Under ten per cent and 25 on autos the Union paid 8.5 and Japan 13.6, for much of their trade was exempt."""
    economies = {x.iso3: x for x in load_economies()}
    for iso, paid in {"EUU": 8.5, "JPN": 13.6, "GBR": 10.5}.items():
        assert 100 * economies[iso].duty_share * economies[iso].effective_rate(0.10, 0.25) == pytest.approx(
            paid, rel=2e-3
        )
        assert "duty_share" not in economies[iso].assumed
    assert economies["CHE"].duty_share == 0.67
    assert economies["CHN"].duty_share == 1.0
    assert "duty_share" in economies["VNM"].assumed
    assert all(0.0 < x.duty_share <= 1.0 for x in economies.values())


def test_a_group_pays_what_is_known_of_it() -> None:
    economies = load_economies()
    rest = [x for x in requesting(economies) if x.duty_share == economies[2].duty_share]
    paid = sum(x.duty_share * x.effective_rate(0.10, 0.25) * x.us_imports for x in rest) / sum(
        x.us_imports for x in rest
    )
    assert len(rest) == 69
    assert paid == pytest.approx(0.073, rel=2e-3)


def test_nothing_is_exempt_where_no_share_is_given(tmp_path: Path) -> None:
    economies = load_economies(table(tmp_path, *with_cell("MYS", "duty_share", "")))
    assert next(x for x in economies if x.iso3 == "MYS").duty_share == 1.0
