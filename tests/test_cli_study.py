"""`firstmover study` and `firstmover maps`, as they are typed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd
import pytest

from tests.test_cli import firstmover

pytestmark = pytest.mark.xdist_group("compiled")
TINY = ("--replications", "4", "--fewer", "3")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict:
    out = tmp_path_factory.mktemp("study")
    return json.loads(firstmover("study", "classroom", *TINY, "--out", out, "--json"))


def test_a_study_answers_all_questions_in_json(told: dict) -> None:
    assert [section["key"] for section in told["sections"]] == ["places", "why", "partners", "orders", "signing"]
    assert told["answer"].startswith("Opening 1st rather than 6th")
    assert (told["seed"], told["replications"], told["focal"]) == (2025, 4, "JPN")
    parts = {row["part"]: row["mean"] for row in told["tables"]["shapley"]}
    assert sum(parts.values()) - parts["all"] == pytest.approx(parts["all"], abs=1e-9)


def test_its_folder_has_all_that_it_speaks_of(told: dict) -> None:
    folder = Path(told["folder"])
    for section in told["sections"]:
        for stem in section["figures"]:
            assert all((folder / "figures" / f"{stem}{end}").is_file() for end in (".png", ".svg", ".csv")), stem
        for stem in section["tables"]:
            assert len(pd.read_csv(folder / "tables" / f"{stem}.csv")), stem
    assert json.loads((folder / "study.json").read_text())["answer"] == told["answer"]
    assert (folder / "scenario.yaml").is_file()


def test_a_report_is_made_of_it(told: dict) -> None:
    page = json.loads(firstmover("report", told["folder"], "--json"))
    assert page["figures"] == sum(len(section["figures"]) for section in told["sections"])
    assert told["answer"].split(":")[0] in Path(page["report"]).read_text()


def test_some_questions_alone_print_tables_and_sentences(tmp_path: Path) -> None:
    words = ("--questions", "places,why", "--focal", "KOR", "--no-figures")
    printed = firstmover("study", "classroom", *TINY, *words, "--out", tmp_path)
    assert "to South Korea" in printed
    assert "Shapley values" in printed
    assert not list(tmp_path.rglob("*.png"))


def test_where_courts_may_rule_the_places_are_told_without_their_parts(tmp_path: Path) -> None:
    words = ("--questions", "places", "--set", "court.hazard=0.5", "--out", tmp_path)
    printed = firstmover("study", "classroom", *TINY, *words, "--no-figures")
    assert "It is not split into parts: the courts may change what is borne after the talks." in " ".join(
        printed.split()
    )
    assert "advantage [95 %]" in printed
    assert "coverage" not in printed
    told = json.loads(firstmover("study", "classroom", *TINY, *words, "--json"))
    (section,) = told["sections"]
    assert "split_bars" not in section["figures"]
    assert {path.stem for path in (Path(told["folder"]) / "figures").glob("*.png")} == set(section["figures"])
    assert section["tables"] == ["advantage", "widths"]
    page = json.loads(firstmover("report", told["folder"], "--json"))
    assert page["figures"] == len(section["figures"])
    assert "split_bars" not in Path(page["report"]).read_text()


def test_only_agents_can_play_some_scenarios_and_leave_out_what_takes_them_hours(tmp_path: Path) -> None:
    told = json.loads(firstmover("study", "textbook_hub", "--no-figures", "--out", tmp_path, "--json"))
    assert [section["key"] for section in told["sections"]] == ["places", "why"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--questions", "place"), "did you mean 'places'"),
        (("--sets", "pats"), "did you mean 'paths'"),
        (("--focal", "JAP"), "did you mean 'JPN'"),
        (("--set", "settlement=exact"), "settlement: exact cannot be split"),
    ],
)
def test_bad_words_get_one_line(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    printed = firstmover("study", "classroom", *words, "--out", tmp_path, status=2)
    assert said in printed
    assert len(printed.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


ONE = ("--only", "threat.credibility", "--only", "clock.patience")
MAPS = {
    "phase": ("--x", "threat.credibility", "--y", "clock.patience", "--x-values", "0.5,0.9", "--steps", "2"),
    "screen": ("--trajectories", "2", *ONE),
    "shares": ("--base", "4", *ONE),
    "swings": ONE,
    "regret": ("--worlds", "3", *ONE),
}


@pytest.mark.parametrize("name", MAPS)
def test_maps_are_drawn_and_kept(name: str, tmp_path: Path) -> None:
    words = ("maps", name, "classroom", "--replications", "2", *MAPS[name], "--out", tmp_path)
    told = json.loads(firstmover(*words, "--json"))
    assert told["rows"]
    assert all(Path(path).is_file() for path in told["figures"])
    assert "Figure:" in firstmover(*words)


def test_maps_complain_in_one_line(tmp_path: Path) -> None:
    out = ("--out", tmp_path)
    phase = ("maps", "phase", "classroom", "--y", "clock.patience", *out)
    assert "did you mean 'threat.credibility'" in firstmover(*phase, "--x", "threat.credibilty", status=2)
    wrong = firstmover(*phase, "--x", "threat.credibility", "--x-values", "a,b", status=2)
    assert "are not numbers" in wrong


def test_a_box_without_its_package_is_refused_before_anything_is_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "prim", None)
    said = firstmover("maps", "discover", "classroom", "--out", tmp_path, status=2)
    assert "first-mover[discovery]" in said
    assert list(tmp_path.iterdir()) == []
