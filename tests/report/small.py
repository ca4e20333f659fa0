"""A tiny study, made up, and what every report must live up to."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pandas as pd

from sim.plots import Provenance, advantage_by_position, save

VOID = {"meta", "link", "img", "br", "hr", "input"}
FETCHING = ("src", "href", "srcset", "poster", "data", "action", "xlink:href")


def drawing(ids=("a", "b"), inside=""):
    """An SVG as other programs might write it: two parts that refer to each other by id."""
    part, clip = ids
    return (
        '<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" width="70pt" height="40pt" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 70 40"><style>*{fill: red}</style>'
        f'<defs><path id="{part}" d="M 0 0 L 1 1"/><clipPath id="{clip}"><rect width="9" height="9"/></clipPath></defs>'
        f'<use xlink:href="#{part}" style="clip-path: url(#{clip})"/>{inside}</svg>'
    )


def told(**changes):
    """What a study tells."""
    number = {"label": "first rather than last", "value": 1.234, "unit": "USD bn a year", "low": 0.5, "high": 2.0}
    places = {"key": "places", "title": "What is each place worth?", "sentence": "The first is best.", "notes": []}
    why = {"key": "why", "title": "Which mechanisms make it so?", "sentence": "Two of them.", "notes": ["20 twins."]}
    return {
        "scenario": "tiny",
        "title": "A tiny study",
        "question": "Does it pay to be first?",
        "focal": "JPN",
        "focal_name": "Japan",
        "seed": 7,
        "replications": 20,
        "version": "0.1.0",
        "command": "firstmover study tiny --replications 20",
        "answer": "Opening 1st rather than 6th pays.",
        "numbers": [number],
        "sections": [
            {**places, "figures": ["advantage_by_position"], "tables": ["advantage"]},
            {**why, "figures": ["shapley_waterfall"], "tables": ["shapley"]},
        ],
        "changed": [{"key": "queue.per_week", "default": "6", "value": "1"}],
        "files": {},
        "limits": ["Not a forecast; `firstmover maps` varies the assumptions."],
        **changes,
    }


def write_study(folder, **changes):
    """Write a study into a folder; the waterfall that it names is not drawn."""
    (folder / "figures").mkdir(parents=True)
    (folder / "tables").mkdir()
    (folder / "study.json").write_text(json.dumps(told(**changes)))
    (folder / "scenario.yaml").write_text("name: tiny\n")
    frame = pd.DataFrame({"position": [1, 6], "versus": 6, "mean": [3.2, 0.0], "low": [1.1, 0.0], "high": [5.3, 0.0]})
    for column in ("mean", "low", "high"):
        frame[f"{column}_per_year"] = frame[column] / 4
    frame.to_csv(folder / "tables" / "advantage.csv", index=False)
    parts = pd.DataFrame({"part": ["waiting", "all"], "mean": [0.25, 1.9], "low": [-0.9, -0.9], "high": [1.4, 4.6]})
    parts.to_csv(folder / "tables" / "shapley.csv", index=False)
    figure = advantage_by_position(frame, Provenance("tiny", 7, 20, "0.1.0"), name="Japan")
    save(figure, folder / "figures", "advantage_by_position", frame)
    return folder


class Page(HTMLParser):
    """A page as a reader's tools see it: elements with their attributes, and the words between them."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.words = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    def all(self, *tags):
        return [attrs for tag, attrs in self.elements if tag in tags]

    @property
    def text(self):
        return re.sub(r"\s+", " ", "".join(self.words))


def assert_sound(text):
    """Check what every report must live up to; return it as read."""
    page = Page(text)
    assert page.open == []
    assert page.all("html") == [{"lang": "en"}]
    _assert_at_home(page, text)
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in page.elements:
        for target in re.findall(r"(?:^|url\()#([^)]+)\)?$", attrs.get("href", "")):
            assert target in ids
        assert set((attrs.get("aria-labelledby") or "").split()) <= set(ids)
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(head.get("scope") in ("col", "row") for head in page.all("th"))
    assert all(svg.get("role") == "img" and svg["aria-label"] for svg in page.all("svg"))
    assert all(image["alt"] for image in page.all("img"))
    return page


def _assert_at_home(page, text):
    """Nothing is fetched from anywhere, and nothing runs."""
    for _, attrs in page.elements:
        assert all(attrs[name].startswith(("#", "data:")) for name in FETCHING if name in attrs)
        assert not [name for name in attrs if name.startswith("on")]
    assert page.all("script", "iframe", "object", "embed") == []
    assert re.findall(r"url\((?!#)|@import|https?:", text) == []
