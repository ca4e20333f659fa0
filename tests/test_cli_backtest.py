"""`firstmover backtest`, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import sim.study.predicted
from sim import __version__
from sim.study.predicted import COLUMNS as POINTS
from sim.world.deals import COLUMNS
from tests.test_cli import firstmover

pytestmark = pytest.mark.xdist_group("compiled")
TINY = ("classroom", "--replications", "3")
SWISS = "CHE,Switzerland,2025-04-24,2025-11-14,31,,39,15,,200,,,,http://y"


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "later.csv"
    path.write_text("\n".join([",".join(COLUMNS), *rows, ""]), encoding="utf-8")
    return path


def test_it_answers_in_json() -> None:
    data = json.loads(firstmover("backtest", *TINY, "--seed", "7", "--json"))
    assert (data["scenario"], data["seed"], data["replications"], data["version"]) == ("classroom", 7, 3, __version__)
    assert len(data["partners"]) == 13
    assert data["errors"].keys() == {"model", "left_out", "line", "median", "two_medians"}
    assert data["errors"]["two_medians"] == 0.25
    assert data["errors"]["left_out"] > 0.0
    assert data["left_out"]["points"] > 0
    assert [row["iso"] for row in data["others"]] == ["IND"]


def test_it_prints_tables_and_draws_where_it_is_told(tmp_path: Path) -> None:
    said = firstmover("backtest", *TINY, "--out", tmp_path)
    assert max(map(len, said.replace(str(tmp_path), "").splitlines())) <= 80
    assert "weighted points, re-weighted as if a partner were unknown" in " ".join(said.split())
    assert {path.name for path in tmp_path.iterdir()} == {f"backtest.{kind}" for kind in ("png", "svg", "csv")}


def test_without_weighted_points_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sim.study.predicted, "PREDICTED", tmp_path / "none.csv")
    assert "no weighted points" in " ".join(firstmover("backtest", *TINY, "--out", tmp_path).split())
    assert json.loads(firstmover("backtest", *TINY, "--json"))["errors"]["left_out"] is None


def test_later_deals_judge_it(tmp_path: Path) -> None:
    data = json.loads(firstmover("backtest", *TINY, "--deals", table(tmp_path, SWISS), "--json"))
    assert [(row["iso"], row["rate_observed"], row["day_observed"]) for row in data["partners"]] == [("CHE", 0.15, 214)]
    assert data["deals"] == "of later.csv"
    assert data["signatures"][-1]["observed"] == 5  # of the six partners of the class all but India had by 1 August


def test_weighted_points_judge_it_on_partners_left_out(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text(f"# version: 9.9\n{','.join(POINTS)}\n1,1,JPN,0.17,0.15,500,99,1\n", encoding="utf-8")
    data = json.loads(firstmover("backtest", *TINY, "--predicted", path, "--json"))
    assert data["errors"]["left_out"] == pytest.approx(2.0)
    told = {"points": 1, "fewest_effective_points": 1.0, "other_facts": False, "about": {"version": "9.9"}}
    assert data["left_out"] == told


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (SWISS.replace(",39,15,", ",39,0.15,"), "later.csv, line 2, column 'agreed_rate': rate 0.15 should be 15"),
        (SWISS.replace("2025-11-14", "").replace(",39,15,", ",39,,"), "column 'framework_date': no framework"),
        (SWISS.replace("2025-11-14", "November"), "line 2, column 'framework_date': 'November' is not a date"),
    ],
)
def test_a_bad_table_gets_one_line(row: str, said: str, tmp_path: Path) -> None:
    printed = firstmover("backtest", *TINY, "--deals", table(tmp_path, row), status=2)
    assert said in printed
    assert "(allowed: " in printed
    assert len(printed.strip().splitlines()) == 1


def test_a_table_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "nowhere.csv" in firstmover("backtest", *TINY, "--deals", tmp_path / "nowhere.csv", status=2)
    assert "nowhere.csv" in firstmover("backtest", *TINY, "--predicted", tmp_path / "nowhere.csv", status=2)
