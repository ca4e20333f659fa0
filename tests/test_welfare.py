"""`firstmover welfare`, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.world import TradeWorld, retaliation_formula


def welfare(*words: str | Path, status: int = 0) -> str:
    result = CliRunner().invoke(app, ["welfare", *(str(word) for word in words)])
    assert result.exit_code == status, result.output
    return result.stdout if status == 0 else result.stderr


def test_winners_and_losers_in_json_are_those_of_the_model(tmp_path: Path) -> None:
    words = ("--tariff", "JPN=0.15", "--tariff", "EUU=0.15", "--others", "0.10", "--out", tmp_path, "--json")
    data = json.loads(welfare(*words))
    world = TradeWorld.default()
    exact = world.solve(dict.fromkeys(world.players, 0.10) | {"JPN": 0.15, "EUU": 0.15})
    rows = {row["iso"]: row for row in data["economies"]}
    assert set(rows) == set(world.players)
    for code in ("USA", "JPN", "EUU", "ROW"):
        assert rows[code]["welfare"] == exact.players.welfare[code]
        assert rows[code]["gain"] == exact.players.gain[code]
    members = {row["iso"]: row for row in data["members"]}
    assert set(members) == {*world.blocs["EUU"], *world.blocs["ROW"]}
    assert (members["DEU"]["bloc"], members["DEU"]["tariff"]) == ("EUU", 0.15)
    assert members["DEU"]["gain"] == exact.gain["DEU"]
    assert members["XRA"]["tariff"] == 0.10
    assert rows["USA"]["tariff"] == 0.0
    assert data["mean_of_others"]["prices"] == exact.mean_of_others("prices")
    assert data["gain_of_world"] == pytest.approx(rows["USA"]["gain"] + data["gain_of_others"])
    assert set(rows["JPN"]) - {"iso", "name"} == set(data["units"])
    assert {Path(path).suffix for path in data["figures"]} == {".png", ".svg", ".csv"}
    assert "Japan" in (tmp_path / "winners_and_losers.csv").read_text()


def test_the_table_names_who_was_asked_about(tmp_path: Path) -> None:
    said = welfare("--tariff", "NZL=0.10", "--others", "baseline", "--rows", "2", "--out", tmp_path)
    for words in ("United States (USA)", "New Zealand (NZL)", "All others", "winners_and_losers.png"):
        assert words in said
    assert said.count("│\n") < 12
    assert "DEU" not in said
    words = ("--others", "baseline", "--rows", "1", "--no-figures", "--members")
    assert "EUU: DEU" in welfare(*words)


def test_answers_of_the_others(tmp_path: Path) -> None:
    def back(*words: str) -> dict[str, float]:
        options = [part for word in words for part in ("--retaliation", word)]
        return json.loads(welfare("--others", "april2", *options, "--no-figures", "--json"))["duties"]["retaliation"]

    assert back("all=0.1", "CHN=0.3", "EUU=0")["CHN"] == 0.3
    assert back("all=0.1", "EUU=0")["EUU"] == 0.0
    assert back("reciprocal")["VNM"] > 0.4
    assert set(back("optimal").values()) == {retaliation_formula(TradeWorld.default().calibration)}
    assert set(back("CHN=0.2").values()) == {0.0, 0.2}


def test_best_duties_are_found_on_demand() -> None:
    words = ("--tariff", "JPN=0.15", "--others", "0.10", "--revenue", "lump_sum", "--optimal", "--no-figures")
    best = json.loads(welfare(*words, "--json"))["best"]
    assert best["uniform"]["search"] == pytest.approx(0.142, abs=0.002)
    assert 0.0 < best["on"]["JPN"]["efficient"]["rate"] < best["on"]["JPN"]["preferred"]["rate"] < 0.3
    assert "Best uniform US duty: 14.3 %" in welfare(*words)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--tariff", "JPN=24"), "should be 0.24"),
        (("--tariff", "JPN=0.1", "--tariff", "JPN=0.2"), "--tariff: JPN is named twice"),
        (("--retaliation", "all=0.1", "--retaliation", "CHN=0.2", "--retaliation", "CHN=0.3"), "CHN is named twice"),
        (("--tariff", "JPM=0.1"), "did you mean 'JPN=0.1'"),
        (("--tariff", "jpn=0.1"), "did you mean 'JPN=0.1'"),
        (("--tariff", "DEU=0.1"), "did you mean 'EUU=0.1'"),
        (("--tariff", "usa=0.1"), "other side of the table"),
        (("--tariff", "JPN"), "names no rate"),
        (("--tariff", "JPN=-0.1"), "out of range"),
        (("--tariff", "JPN=ten"), "is no rate"),
        (("--others", "aprl2"), "did you mean 'april2'"),
        (("--others", "nan"), "out of range"),
        (("--retaliation", "reciprocl"), "did you mean 'reciprocal'"),
        (("--retaliation", "CHN=34"), "should be 0.34"),
        (("--revenue", "lump"), "did you mean 'lump_sum'"),
        (("--others", "2.0", "--retaliation", "all=2.0"), "no equilibrium"),
    ],
)
def test_mistakes_get_one_line_and_status_two(words: tuple[str, ...], hint: str) -> None:
    said = welfare(*words, "--no-figures", status=2)
    assert said.count("\n") == 1
    assert hint in said


def test_the_setting_of_the_talks_is_there_too(tmp_path: Path) -> None:
    """Viet Nam loses half as much when what it gives away follows its own income."""

    def loss(*words: str) -> float:
        data = json.loads(welfare("--others", "april2", *words, "--no-figures", "--json"))
        assert data["model"] == {"eps": 0.76 if words else 4.0, "transfers": "own" if words else "world"}
        return next(row["welfare"] for row in data["economies"] if row["iso"] == "VNM")

    assert loss() < 2.0 * loss("--elasticity", "0.76", "--transfers", "own") < 0.0
    said = welfare("--elasticity", "0.76", "--transfers", "own", "--out", tmp_path)
    assert "elasticity 0.76; transfers of own income" in " ".join(said.split())
    assert "did you mean 'own'" in welfare("--transfers", "owm", status=2)
