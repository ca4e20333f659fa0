"""The answers of Explore are those of the command line, whole or in portions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.ensemble import Engine
from sim.lab import playing
from sim.lab.explore import answers
from sim.lab.playing import GivenUp, Pace, Shelf, portions
from sim.lab.question import Question, View, scenario_of
from sim.lab.showing import show
from sim.lab.sliders import by_section, drawer, main_sliders
from sim.lab.tabs import NARROW, WIDE, places_table
from sim.scenario import dump, load_scenario
from sim.study import Results

ASKED = Question("classroom", place=2, runs=12).changed("mechanisms.precedent.strength", 0.4)


def _no(*_: object) -> None:
    """Progress that nobody looks at."""


def never() -> bool:
    return False


def test_the_numbers_are_those_of_the_command_line(tmp_path: Path) -> None:
    *_, pair = answers(View(ASKED))
    file = tmp_path / "that.yaml"
    file.write_text(dump(scenario_of(ASKED)), encoding="utf-8")
    result = CliRunner().invoke(app, ["run", str(file), "--out", str(tmp_path), "--no-figures", "--json"])
    told = json.loads(result.stdout)
    told.pop("folder")
    assert pair.shown.results.summary() == told


def test_portions_end_in_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = scenario_of(replace(ASKED, runs=20))
    monkeypatch.setattr(playing, "_shelf", Shelf(10**8))
    monkeypatch.setattr(playing, "AT_ONCE", 1e9)
    (whole,) = portions(scenario)
    monkeypatch.setattr(playing, "_shelf", Shelf(10**8))
    monkeypatch.setattr(playing, "AT_ONCE", 0.0)
    first, *_, last = portions(scenario)
    assert first.replications < last.replications == 20
    assert last.summary() == whole.summary()
    assert first.outcomes.equals(last.outcomes.head(len(first.outcomes)))


def test_a_slow_machine_is_told_from_a_fast_one() -> None:
    setup, pace = playing.setup_of(scenario_of(ASKED)), Pace({Engine.COMPILED: 1000.0})
    asked = pace.seconds(setup, Engine.COMPILED)
    assert asked == 6 * 16 * 2 * 12 / 1000.0
    for _ in range(20):
        pace.learn(Engine.COMPILED, 100, 1.0)
    assert pace.seconds(setup, Engine.COMPILED) == pytest.approx(10 * asked, rel=0.01)


def test_all_places_at_once_or_one_by_one_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = []
    for patience in (0.0, 1e9):
        monkeypatch.setattr(playing, "_shelf", Shelf(10**8))
        monkeypatch.setattr(playing, "AT_ONCE", patience)
        *_, pair = answers(View(ASKED))
        tables.append((pair.shown.everywhere is None, places_table(pair.shown, never), pair.shown.results.summary()))
    assert (tables[0][0], tables[1][0]) == (True, False)
    assert tables[0][1].equals(tables[1][1])
    assert tables[0][2] == tables[1][2]


def test_what_was_played_is_not_played_again(monkeypatch: pytest.MonkeyPatch) -> None:
    *_, first = portions(scenario_of(ASKED))
    monkeypatch.setattr(playing, "tables_by", None)
    (again,) = portions(scenario_of(ASKED))
    assert again.outcomes is first.outcomes


def test_nobody_waits_for_an_answer_that_is_not_wanted() -> None:
    with pytest.raises(GivenUp):
        list(portions(scenario_of(replace(ASKED, seed=77)), stop=lambda: True))


def test_the_shelf_throws_away_what_is_oldest() -> None:
    outcomes = _results().outcomes
    size = int(outcomes.memory_usage().sum())
    shelf = Shelf(2 * size)
    for name in "abc":
        shelf.put((name, "focal"), {"outcomes": outcomes})
    assert [shelf.get((name, "focal")) is None for name in "abc"] == [True, False, False]


def test_the_place_compared_agrees_between_sentence_and_figure() -> None:
    *_, pair = answers(View(ASKED))
    rows = places_table(pair.shown, never).set_index("position")
    assert [*rows.index] == [1, 2, 3, 4, 5, 6]
    assert rows.loc[2, "mean"] == pair.shown.row["mean"]
    assert rows.loc[6, "mean"] == 0.0


def test_the_last_place_has_nothing_to_be_compared_with() -> None:
    *_, pair = answers(View(replace(ASKED, place=6)))
    assert pair.shown.sentence == "6th is the last place: choose an earlier one, and it is compared with the last."


def test_a_setting_pinned_against_itself_differs_by_nothing() -> None:
    *_, pair = answers(View(ASKED, pinned=ASKED))
    rows = pair.rows.set_index("setting")
    assert rows.loc["A (pinned)", "mean"] == rows.loc["B (shown)", "mean"]
    assert tuple(rows.loc["B less A", ["mean", "low", "high"]]) == (0.0, 0.0, 0.0)
    assert "with the same luck in both, which cannot be told from no difference" in pair.sentence


def test_the_difference_of_two_settings_is_taken_twin_by_twin() -> None:
    *_, pair = answers(View(replace(ASKED, place=1), pinned=replace(ASKED, place=1, changes=())))
    a, b, gap = pair.rows["mean"]
    assert gap == pytest.approx(b - a)
    widths = pair.rows["high"] - pair.rows["low"]
    assert widths[2] < (widths[0] ** 2 + widths[1] ** 2) ** 0.5


def test_settings_with_other_seeds_are_not_called_twins() -> None:
    *_, pair = answers(View(ASKED, pinned=replace(ASKED, seed=7)))
    a, b, gap = pair.rows.to_dict("records")
    assert gap["mean"] == pytest.approx(b["mean"] - a["mean"])
    assert "with other luck in each" in pair.sentence


@pytest.mark.parametrize("tab", ["value", "spread", "time", "why"])
def test_every_tab_draws_pictures_with_words(tab: str) -> None:
    said, *_, drawn = show(View(ASKED, tab=tab), NARROW, _no, never)
    assert said.figures is None
    assert drawn.is_finished
    for _, figure in drawn.figures:
        assert figure.png.startswith(b"\x89PNG")
        assert len(figure.alt) > 40
        assert not figure.data.empty


def test_the_two_places_compared_are_drawn_before_the_others_are_played(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing, "_shelf", Shelf(10**8))
    monkeypatch.setattr(playing, "AT_ONCE", 0.0)
    asked = View(replace(ASKED, seed=78))
    *_, part, whole = show(asked, WIDE, _no, never)
    assert (part.is_part, part.is_finished, whole.is_part, whole.is_finished) == (True, False, False, True)
    ((_, few),), ((_, every),) = part.figures, whole.figures
    assert [*few.data["position"]] == [2, 6]
    both = every.data[every.data["position"].isin([2, 6])]
    assert few.data["mean"].tolist() == both["mean"].tolist()
    assert not any(step.is_part for step in show(asked, WIDE, _no, never))


def test_the_map_is_played_when_it_is_asked_for() -> None:
    view = View(replace(ASKED, runs=2), tab="map")
    *_, shown = show(view, WIDE, _no, never)
    assert shown.figures == ()
    told: list[tuple[int, int]] = []
    *_, shown = show(view, WIDE, lambda *done: told.append(done), never, mapping=True)
    assert [drawn.name for _, drawn in shown.figures] == ["phase_map"]
    assert told[-1][0] == told[-1][1]
    *_, again = show(view, WIDE, _no, never)
    assert len(again.figures) == 1


def test_a_pinned_setting_has_its_figures_too() -> None:
    *_, shown = show(View(ASKED, pinned=replace(ASKED, place=1)), WIDE, _no, never)
    assert [caption for caption, _ in shown.figures] == ["", "B: the setting shown", "A: pinned"]


def test_what_cannot_be_played_gets_a_sentence() -> None:
    (shown,) = show(View(Question("yours", text="name: [")), WIDE, _no, never)
    assert shown.is_finished
    assert shown.trouble.startswith("This cannot be played: your scenario:1")


def test_six_sliders_are_in_sight_and_the_rest_in_the_drawer() -> None:
    base = load_scenario("classroom")
    assert [slider.label for slider in main_sliders(base)] == [
        "Patience of Japan",
        "US capacity",
        "Precedent",
        "Pressure",
        "Parity",
    ]
    assert len(drawer(base)) > 100
    for slider in (*main_sliders(base), *drawer(base)):
        assert slider.low <= slider.value <= slider.high
        assert slider.low < slider.high
        assert slider.meaning
        assert slider.source


def test_assumptions_are_found_by_words() -> None:
    found = by_section(drawer(load_scenario("classroom")), lambda slider: slider.is_about("tit for tat"))
    assert {slider.key for sliders in found.values() for slider in sliders} == {"partners.reciprocity"}


def _results() -> Results:
    *_, results = portions(scenario_of(ASKED))
    return results
