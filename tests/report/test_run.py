"""The report of a run, from the command line."""

from __future__ import annotations

import json
import shutil

import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.report import read_dossier
from tests.report.small import assert_sound, drawing


def firstmover(*words, status=0):
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == status, result.output
    return result.stdout if status == 0 else result.stderr


def run(out, *options):
    words = ("run", "classroom", "--replications", "2", *options, "--out", out, "--json")
    return json.loads(firstmover(*words))["folder"]


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    return run(tmp_path_factory.mktemp("results"), "--no-figures")


@pytest.fixture
def folder(played, tmp_path):
    return shutil.copytree(played, tmp_path / "run")


def test_a_run_with_its_figures_is_told_on_one_page(folder):
    (folder / "figures").mkdir()
    for stem in ("advantage_by_position", "utility_space", "world_tiles"):
        (folder / "figures" / f"{stem}.svg").write_text(drawing())
    said = json.loads(firstmover("report", folder, "--json"))
    text = (folder / "report.html").read_text()
    assert said == {"report": str(folder / "report.html"), "bytes": len(text.encode()), "figures": 3}
    page = assert_sound(text)
    assert "Six partners in a classroom" in page.text
    assert "Is it better to be first or last among six?" in page.text
    assert "Opening 1st rather than 6th" in page.text
    assert "firstmover run classroom --replications 2 --seed 2025" in page.text
    assert [svg["aria-label"].split(",")[0] for svg in page.all("svg")] == [
        "What each place in the queue is worth",
        "One run's bargaining in the plane of both sides' gains. The partner gains to the right",
        "With which terms the world ends. A tile a partner",
    ]


def test_what_a_run_always_draws_is_missed_and_the_rest_is_not(folder):
    first, *others = read_dossier(folder).sections
    missed = [words for section in (first, *others) for words in section.missing]
    assert len(missed) == 5
    assert not any("world_tiles" in words for words in missed)
    assert [row[0] for row in first.sheets[0].rows] == ["1", "6"]
    assert first.sheets[0].heads[0] == "place"


def test_assumptions_that_are_not_the_default_are_listed_with_what_they_mean(folder):
    changed = {change.key: change for change in read_dossier(folder).changed}
    assert changed["clock.rounds"].value == ("16",)
    assert changed["clock.rounds"].default == ("40",)
    assert changed["clock.rounds"].meaning.startswith("Weekly rounds")
    assert changed["calendar"].value == ("date: 2025-07-09, action: snap, president: no",)
    assert "title" not in changed


def test_a_run_with_settings_is_made_again_from_its_own_file(tmp_path):
    one_place = read_dossier(type(tmp_path)(run(tmp_path, "--no-figures", "--set", "queue.position=[1]")))
    assert one_place.command == "firstmover run scenario.yaml"
    assert [number.label for number in one_place.numbers] == ["value, opening 1st", "runs with a deal, opening 1st"]
    assert not any("advantage" in words for section in one_place.sections for words in section.missing)


def test_a_folder_that_is_neither_is_told_in_one_line(tmp_path):
    said = firstmover("report", tmp_path, status=2)
    assert said.startswith(f"firstmover: {tmp_path}: neither a run nor a study")
    assert said.count("\n") == 1
    assert "neither" in firstmover("report", tmp_path / "nowhere", status=2)
    assert list(tmp_path.iterdir()) == []


def test_the_version_told_is_the_one_that_ran(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "version": "0.0.9"}))
    assert ("version of First Mover", "0.0.9") in read_dossier(folder).provenance


@pytest.mark.parametrize("text", ["{", "[]", "{}"])
def test_a_manifest_that_cannot_be_read_is_said(folder, text):
    (folder / "manifest.json").write_text(text)
    assert "manifest.json: damaged" in firstmover("report", folder, status=2)


def test_half_a_run_is_refused(folder):
    (folder / "outcomes.parquet").unlink()
    assert "outcomes.parquet is missing" in firstmover("report", folder, status=2)
    assert not (folder / "report.html").exists()
