"""The report of a study: made up, with what may go wrong."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from sim.report import read_dossier, render, write_report
from sim.study import ResultsError
from sim.study.whole import digests
from tests.report.small import Page, assert_sound, drawing, told, write_study


@pytest.fixture
def folder(tmp_path):
    return write_study(tmp_path / "study")


def test_a_report_tells_all_of_a_study(folder):
    written = write_report(folder)
    assert (written.path, written.figures) == (folder / "report.html", 1)
    assert written.bytes == len(written.path.read_bytes())
    page = assert_sound(written.path.read_text())
    for words in (
        *("A tiny study", "Does it pay to be first?", "Opening 1st rather than 6th pays.", "The first is best."),
        *("first rather than last +1.23 USD bn a year 95 % +0.50 to +2.00", "20 twins.", "name: tiny"),
        *("queue.per_week", "Talks that open each week", "firstmover study tiny --replications 20", "Not a forecast"),
    ):
        assert words in page.text


def test_the_same_folder_gives_the_same_bytes_and_leaves_nothing_beside_them(folder):
    one = write_report(folder).path.read_bytes()
    assert write_report(folder).path.read_bytes() == one
    names = {path.name for path in folder.iterdir()}
    assert names == {"figures", "tables", "study.json", "scenario.yaml", "report.html"}


def test_a_mean_and_its_interval_are_one_cell(folder):
    (places, why) = read_dossier(folder).sections
    (sheet,) = places.sheets
    assert sheet.heads == ("place", "mean [95 %]", "mean per year [95 %]")
    assert sheet.rows == (("1", "+3.20 [+1.10, +5.30]", "+0.80 [+0.28, +1.32]"), ("6", "0", "0"))
    assert sheet.note == "All rows: against place 6."
    assert why.sheets[0].rows[0] == ("waiting", "+0.25 [−0.90, +1.40]")
    assert why.sheets[0].numeric == (False, True)


def test_a_figure_or_table_that_is_not_there_is_said(folder):
    (folder / "tables" / "shapley.csv").unlink()
    page = assert_sound(write_report(folder).path.read_text())
    assert "Not there when this page was made:" in page.text
    assert "figures/shapley_waterfall.svg" in page.text
    assert "tables/shapley.csv" in page.text


def test_a_figure_no_section_names_is_shown_at_the_end(folder):
    (folder / "figures" / "my_own_figure.svg").write_text(drawing())
    dossier = read_dossier(folder)
    assert [section.title for section in dossier.sections][-1] == "More figures"
    assert "My own figure." in assert_sound(render(dossier)).text


def test_drawings_with_the_same_ids_do_not_take_each_others_parts(folder):
    for stem in ("one", "two"):
        (folder / "figures" / f"{stem}.svg").write_text(drawing())
    page = assert_sound(write_report(folder).path.read_text())
    used = [use for use in page.all("use") if use["href"] in ("#f2-a", "#f3-a")]
    assert [use["style"] for use in used] == ["clip-path: url(#f2-b)", "clip-path: url(#f3-b)"]


def test_a_drawing_can_neither_run_nor_fetch_anything(folder):
    bad = (
        '<script>alert(1)</script><g onclick="alert(1)"><image xlink:href="http://example.org/a.png"/></g>'
        '<rect style="fill: url(http://example.org/#x)"/><foreignObject><p>words</p></foreignObject>'
        '<a xlink:href="javascript:alert(1)"><path d="M 0 0"/></a>'
    )
    (folder / "figures" / "bad.svg").write_text(drawing(inside=bad))
    page = assert_sound(write_report(folder).path.read_text())
    assert "words" not in page.text
    assert page.all("foreignobject", "a") == [a for a in page.all("a") if a["href"].startswith("#")]


def test_names_are_words_and_never_markup(tmp_path):
    evil = '<script>alert("1")</script>'
    folder = write_study(tmp_path / "study", title=evil, answer=evil, limits=[f"`{evil}`"], command=evil)
    frame = pd.DataFrame({"name": [evil], "mean": [1.0], "low": [0.5], "high": [1.5], evil: ["x"]})
    frame.to_csv(folder / "tables" / "shapley.csv", index=False)
    (folder / "figures" / "<b>.svg").write_text(drawing(ids=("&lt;x&gt;", "y")))
    page = assert_sound(write_report(folder).path.read_text())
    assert page.text.count(evil) == 7


def test_a_broken_drawing_gives_way_to_its_bitmap(folder):
    (folder / "figures" / "advantage_by_position.svg").write_text("<svg")
    page = assert_sound(write_report(folder).path.read_text())
    (image,) = page.all("img")
    assert image["src"].startswith("data:image/png;base64,")
    assert image["alt"].startswith("What each place in the queue is worth")


def test_a_long_value_is_folded_and_a_long_table_cut(tmp_path):
    events = json.dumps([{"date": f"2025-07-{day:02d}", "action": "snap", "until": None} for day in range(1, 9)])
    folder = write_study(tmp_path / "study", changed=[{"key": "calendar", "default": "[]", "value": events}])
    pd.DataFrame({"part": range(900), "mean": 1.0}).to_csv(folder / "tables" / "shapley.csv", index=False)
    page = assert_sound(write_report(folder).path.read_text())
    assert "8 entries" in page.text
    assert "date: 2025-07-08, action: snap" in page.text
    assert "The first 200 of 900 rows." in page.text


def test_a_table_that_was_shortened_makes_no_report(tmp_path):
    folder = write_study(tmp_path / "study")
    (folder / "study.json").write_text(json.dumps(told(files=digests(folder, ["tables/shapley.csv"]))))
    write_report(folder)
    whole = (folder / "tables" / "shapley.csv").read_text()
    (folder / "tables" / "shapley.csv").write_text(whole[: whole.rindex("all")])
    with pytest.raises(ResultsError, match=r"shapley\.csv: cut short or altered.*make the study again"):
        write_report(folder)


@pytest.mark.parametrize("text", ["{", "[]", "{}", json.dumps(told(sections=[{}])), json.dumps(told(numbers=3))])
def test_a_study_that_cannot_be_read_is_refused_and_an_earlier_report_stays(folder, text):
    (folder / "report.html").write_text("earlier")
    (folder / "study.json").write_text(text)
    with pytest.raises(ResultsError, match=r"study\.json: .*; make the study again"):
        write_report(folder)
    assert (folder / "report.html").read_text() == "earlier"


def test_what_was_not_measured_is_left_blank(tmp_path):
    nothing = {"label": "none", "value": None, "unit": None, "low": float("nan"), "high": None}
    folder = write_study(tmp_path / "study", numbers=[nothing], changed=[], sections=[])
    page = assert_sound(write_report(folder).path.read_text())
    assert "none –" in page.text
    assert "every assumption is the default" in page.text


def test_the_page_is_read_as_the_browser_reads_it():
    assert Page("<p>one <b>two</b></p>").text == "one two"
    with pytest.raises(AssertionError):
        assert_sound('<html lang="en"><h1>x</h1><th>no scope</th></html>')
    with pytest.raises(AssertionError):
        assert_sound('<html lang="en"><h1>x</h1><img alt="x" src="https://example.org"></html>')
