"""The page of validation: what it says was measured was, what it cites is there, and the front page says the same."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from benchmarks.drivers import agreement
from benchmarks.other_worlds import MODELS, bank_of, other_worlds
from docs.tools import __main__ as tools
from docs.tools.marks import body_of
from docs.tools.measured import MEASURED, Asked, Measure
from docs.tools.minds import CHANGES, change_table, worth
from docs.tools.validation import headline, interval, within
from sim import __version__
from sim.scenario import catalogue
from sim.world import Response, load_world

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
AT_ONCE = next(name for name in MODELS if "at once as it does in the end" in name)
FIGURE = re.compile(r"!\[[^\]]*\]\((\S+\.(?:png|svg))\)|```\{image\} (\S+)")


@pytest.mark.parametrize("place", MEASURED, ids=lambda place: place[1])
def test_a_table_that_takes_minutes_is_there_and_signed(place: tuple[str, str]) -> None:
    body = body_of((ROOT / "docs" / place[0]).read_text(encoding="utf-8"), place[1])
    assert len([line for line in body.splitlines() if line.startswith("| ")]) >= 2
    assert re.search(
        rf"\*`{re.escape(MEASURED[place].command)}`, \d+ \w+ \d{{4}}, version {re.escape(__version__)}\.\*$", body
    )


@pytest.mark.parametrize("cited", sorted(set(re.findall(r"`(tests/[^`:]+\.py(?:::\w+)?)`", PAGE))))
def test_every_test_it_cites_is_there(cited: str) -> None:
    path, _, name = cited.partition("::")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert not name or name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_command_it_names_is_there() -> None:
    for module in set(re.findall(r"python -m (benchmarks\.\w+)", PAGE)):
        assert (ROOT / f"{module.replace('.', '/')}.py").exists(), module


def test_nothing_measured_is_outside_its_bounds() -> None:
    for place in ("table-errors", "answer-errors"):
        rows = [line for line in body_of(PAGE, place).splitlines() if line.startswith(("| even", "| talks"))]
        assert len(rows) == (8 if place == "table-errors" else 16)
        assert all(row.endswith("| yes |") for row in rows if ", rms" in row)
        assert all(float(row.split("|")[4]) <= 5.0 for row in rows), "the largest, per cent"
    assert body_of(PAGE, "drivers").splitlines()[2].endswith("| 0 |")
    assert body_of(PAGE, "audit").splitlines()[2].endswith("| 0 |")


def test_the_front_page_and_the_question_say_what_the_runs_say() -> None:
    japan, six = headline("japan_first"), headline("classroom")
    readme, question, lesson = (
        (ROOT / name).read_text(encoding="utf-8")
        for name in ("README.md", "docs/question.md", "docs/tutorials/first-answer.md")
    )
    ends = f"(95 % interval {japan['low']:+.2f} to {japan['high']:+.2f})"
    assert f"{japan['mean']:+.2f} USD bn of present value over four years {ends}" in readme
    assert interval(japan).replace(" [", " bn [") in question
    for page in (readme, question):
        assert ("no detectable difference" in page.lower()) == (japan["low"] <= 0.0 <= japan["high"])
    assert f"{interval(six, '_per_year')} a year to Japan" in lesson


def test_what_would_change_its_mind_starts_from_the_headline_and_is_said_alike_twice() -> None:
    told = {}
    for page, place in (("ODD.md", "changes"), ("question.md", "evidence")):
        body = body_of((ROOT / "docs" / page).read_text(encoding="utf-8"), place)
        told[place] = [line.split("|")[-2].strip() for line in body.splitlines()[2:] if line.startswith("| ")]
    assert len(told["changes"]) == len(CHANGES)
    assert len(told["evidence"]) == sum(bool(change.evidence) for change in CHANGES)
    assert set(told["evidence"]) <= set(told["changes"])
    assert told["changes"][0].replace("*", "") == interval(headline("japan_first"))


def test_changes_are_told_from_the_largest_gain_to_the_largest_loss(capsys: pytest.CaptureFixture[str]) -> None:
    lines = change_table(twins=4).splitlines()[2:]
    values = [float(re.sub(r"[*]", "", line.split("|")[-2]).split()[0]) for line in lines]
    assert "nothing" in lines[0]
    assert values[1:] == sorted(values[1:], reverse=True)
    for line in lines:
        value, low, high = (float(number) for number in re.findall(r"[+-]\d+\.\d+", line.split("|")[-2]))
        assert low <= value <= high
        assert ("**" in line) == (low > 0 or high < 0)


def test_another_trade_model_is_another_answer_and_none_is_the_headline() -> None:
    same, other = other_worlds(8, {name: MODELS[name] for name in ("nothing", AT_ONCE)})
    headline_of_eight = worth("", 8)
    assert (same.mean, same.low, same.high) == tuple(headline_of_eight[["mean", "low", "high"]])
    assert other.cost != same.cost < 0.0
    body = body_of((ROOT / "docs" / "ODD.md").read_text(encoding="utf-8"), "worlds")
    means = [
        float(line.split("|")[-2].replace("*", "").split()[0]) for line in body.splitlines()[2:] if line[:2] == "| "
    ]
    question = (ROOT / "docs" / "question.md").read_text(encoding="utf-8")
    assert f"it gives from {min(means):+.2f} to {max(means):+.2f}" in question


def test_the_trade_model_itself_solved_in_both_runs_is_the_one_that_is_shipped() -> None:
    """Two elasticities solved for against a polynomial through six, where nobody else is taxed and none is needed."""
    world, response = load_world(), Response(0.76, 2.0, 4.0)
    two = (world.partner("JPN"), world.partner("KOR"))
    solved, shipped = bank_of({}, response, two).over(response, 208), world.tables_over(response, 208)
    for iso in ("JPN", "KOR"):
        for name in ("gain", "home", "imports", "prices"):
            mine, theirs = (getattr(tables, name)[tables.row[iso], :, 0] for tables in (solved, shipped))
            assert abs(mine - theirs).max() < 2e-3 * (theirs.max() - theirs.min())


def test_under_every_figure_stands_the_command_that_draws_it() -> None:
    shown = 0
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        for found in FIGURE.finditer(text):
            shown += 1
            assert (page.parent / (found[1] or found[2])).exists()
            assert re.search(r"\*Made by `[^`]+`", text[found.end() : found.end() + 200]), f"{page}: {found[0]}"
    assert shown >= 2


def test_a_table_is_left_as_it_stands_without_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begins = "<!-- {} begins: written by x -->\n"
    page = f"{begins.format('one')}old\n<!-- one ends -->\n{begins.format('two')}<!-- two ends -->\n"
    (tmp_path / "page.md").write_text(page)
    measures = {
        ("page.md", "one"): Measure("never", lambda _: "| new |", "trade"),
        ("page.md", "two"): Measure("count", lambda asked: f"| {asked.jobs} |"),
    }
    monkeypatch.setattr(tools, "DOCS", tmp_path)
    monkeypatch.setattr(tools, "MEASURED", measures)
    tools.validate(Asked(jobs=3))
    text = (tmp_path / "page.md").read_text()
    assert body_of(text, "one") == "old"
    assert re.fullmatch(r"\| 3 \|\n\n\*`count`, .* version \S+\*", body_of(text, "two"))
    assert "1 of 2: one is left as it stands: it needs --trade" in capsys.readouterr().err


@pytest.mark.parametrize(("option", "needed"), tools.NEEDED.items())
def test_a_folder_without_what_is_needed_is_refused_before_anything_is_measured(
    option: str, needed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        tools.main(["--validate", f"--{option}", str(tmp_path)])
    assert stopped.value.code == 2
    assert f"--{option}: there is no {needed} in {tmp_path}" in capsys.readouterr().err


def test_a_difference_is_said_the_same_on_every_machine() -> None:
    assert [within(x) for x in (0.0, 4e-14, 0.0123)] == ["below 1e-9", "below 1e-9", "1.2e-02"]


def test_both_drivers_are_compared_on_the_catalogue_and_beyond() -> None:
    found = agreement(3, seed=9)
    assert found.scenarios == len(catalogue()) + 3
    assert found.rows > 1000
    assert found.differences == ()
