"""Pictures on a page, and the words for numbers beside them."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from sim.report import pictures
from sim.report.cells import estimate, grid, setting, single
from sim.report.pictures import Picture, drawn, read_picture
from tests.report.small import drawing

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (3).to_bytes(4) + (5).to_bytes(4)


def test_a_drawing_too_large_gives_way_to_its_bitmap_if_there_is_one(tmp_path, monkeypatch):
    (tmp_path / "one.svg").write_text(drawing())
    monkeypatch.setattr(pictures, "LARGEST", 10)
    assert read_picture(tmp_path, "one").drawing is not None
    (tmp_path / "one.png").write_bytes(PNG)
    assert read_picture(tmp_path, "one").bitmap == PNG
    assert read_picture(tmp_path, "two") is None


def test_what_is_higher_than_wide_is_told_apart(tmp_path):
    (tmp_path / "wide.svg").write_text(drawing())
    (tmp_path / "high.svg").write_text(drawing().replace("0 0 70 40", "0, 0, 40, 70"))
    assert not read_picture(tmp_path, "wide").tall
    assert read_picture(tmp_path, "high").tall
    assert Picture(bitmap=PNG).tall


def test_a_drawing_that_does_not_say_its_box_keeps_its_size(tmp_path):
    (tmp_path / "one.svg").write_text(drawing().replace("0 0 70 40", "none"))
    assert 'width="70pt"' in drawn(read_picture(tmp_path, "one"), "p-", "words")
    (tmp_path / "two.svg").write_text("<p>not a drawing</p>")
    assert read_picture(tmp_path, "two") is None


def test_the_words_for_a_bitmap_are_escaped():
    assert 'alt="&lt;b&gt; &quot;x&quot;"' in drawn(Picture(bitmap=PNG), "p-", '<b> "x"')


@pytest.mark.parametrize(
    ("three", "words"),
    [
        ((1.234, 0.5, 2.0), "+1.23 [+0.50, +2.00]"),
        ((-1.0, math.nan, math.nan), "−1.00"),
        ((0.0, 0.0, 0.0), "0"),
        ((None, 1.0, 2.0), "–"),
    ],
)
def test_an_estimate_has_its_interval(three, words):
    assert estimate(*three) == words


def test_a_table_has_dates_percentages_and_words():
    table = pd.DataFrame({"position": [1], "round": [2.0], "tariff": [0.15], "note_here": ["sign_late"], "ok": [True]})
    heads, rows = grid(table.assign(name="Japan", blank=math.nan))
    assert heads == ("name", "place", "round", "tariff", "note here", "ok", "blank")
    assert rows == (("Japan", "1", "28 Apr 2025", "15 %", "sign late", "yes", "–"),)
    assert single("trade", 1234.5) == "1,234"


def test_settings_are_read_aloud():
    assert setting('{"a": null, "b": [1, 2]}') == ("b: 1, 2",)
    assert setting("true") == ("yes",)
    assert setting("[]") == ("none",)
    assert setting("") == ("–",)
    assert setting('[{"date": "2025-07-09"}, {}]') == ("date: 2025-07-09", "{}")
