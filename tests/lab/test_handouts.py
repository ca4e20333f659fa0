"""Lessons, worksheet and roles: printed whole, and true to the data, the model and the commands they quote."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

pytest.importorskip("markdown2", reason="the extra `lab` is not installed")

from sim.cli import app
from sim.lab.board import worth_of
from sim.lab.handouts import FOLDER, HANDOUTS, handout, handouts, printable
from sim.lab.moves import Act, Move
from sim.lab.rivals import rivals
from sim.lab.session import Game, standing, with_move
from sim.lab.sight import sight_of
from sim.scenario import catalogue, load_scenario
from sim.world import date_of
from sim.world.partners import load_economies
from tests.lab.browsing import assert_well_made

ROOT = Path(__file__).parents[2]
SEATS = {
    "JPN": "Japan",
    "KOR": "Korea",
    "EUU": "European Union",
    "VNM": "Viet Nam",
    "GBR": "United Kingdom",
    "IND": "India",
}
ECONOMIES = {economy.iso3: economy for economy in load_economies()}
KEYS = re.findall(r"^@\w+\{(\w+),", (ROOT / "docs/bibliography.bib").read_text(), flags=re.MULTILINE)


def beginning(iso: str, place: int = 1):
    return standing(Game.of(load_scenario(catalogue()["classroom"]), iso, place))


def section(iso: str) -> str:
    return handout("roles").text.split(f"## {SEATS[iso]}\n")[1].split("\n## ")[0]


def test_the_package_carries_the_pages_of_the_docs() -> None:
    assert FOLDER.resolve() == (ROOT / "docs/teaching").resolve()
    assert {page.stem for page in FOLDER.glob("*.md")} == set(HANDOUTS)


@pytest.mark.parametrize("name", HANDOUTS)
def test_a_page_prints_by_itself(name: str) -> None:
    html = printable(name)
    assert "<h1 id=" in html
    assert "@page" in html
    assert not re.search(r"https?:|src=|\.md|\|---", html)
    for target in re.findall(r'href="([^"]*)"', html):
        assert target == "/lessons" or target.removeprefix("/lessons/") in HANDOUTS


def test_titles_and_first_words_are_plain() -> None:
    for page in handouts():
        assert page.title
        assert not set(page.title + page.about) & set("`*[]#_")


def test_there_is_no_other_page() -> None:
    with pytest.raises(KeyError):
        printable("../data")


def test_every_source_resolves() -> None:
    for page in handouts():
        for key in re.findall(r"`([a-z]+\d{4})`", page.text):
            assert key in KEYS, f"{page.name}: {key}"


@pytest.mark.parametrize("iso", SEATS)
def test_the_facts_of_a_role_are_those_of_the_data(iso: str) -> None:
    economy, text = ECONOMIES[iso], section(iso)
    for fact in (
        f"| rate announced on 2 April | {100 * economy.rate_april2:.0f} % |",
        f"| goods sold to the United States, 2024 | USD {economy.us_imports:.1f} bn |",
        f"| goods bought from them, 2024 | USD {economy.us_exports:.1f} bn |",
        f"| of what is sold, vehicles and parts | USD {economy.auto_exports:.1f} bn",
        f"| GDP | USD {economy.gdp:,.0f} bn |",
        f"| population | {economy.population / 1e6:,.0f} million |",
        f"| US troops | {economy.troops:,.0f} |",
        f"| paid for hosting them | USD {economy.host_nation_support:.2f} bn a year",
        f"| Treasury securities held | USD {economy.treasury_holdings:,.0f} bn",
        f"| own tariffs, simple mean | {100 * economy.mfn_tariff:.1f} % |",
    ):
        assert fact in text
    assert text.count("(assumed)") + text.count("(unverified)") == len(
        {"auto_exports", "host_nation_support", "treasury_holdings"} & (economy.assumed | economy.unverified)
    )


@pytest.mark.parametrize("iso", SEATS)
def test_the_ranges_of_a_role_are_those_at_the_table(iso: str) -> None:
    cells, text = {cell.key: cell for cell in sight_of(beginning(iso)).cells}, section(iso)
    for key, words in (("tariff", "general tariff"), ("auto_tariff", "autos")):
        low, high = cells[key].numbers[0], cells[key].numbers[-1]
        shown = f"{low:.0f} to {high:.0f} %" if low < high else f"{low:.0f} %"
        assert f"| {words} | {shown} |" in text
    pledge = cells["investment"]
    assert f"| investment pledge | USD 0 to {pledge.numbers[-1]:,.0f} bn |" in text
    assert f"up to USD {pledge.numbers[pledge.passes]:,.0f} bn" in text
    assert f"up to {cells['market_access'].numbers[cells['market_access'].passes]:.0f} %" in text
    assert cells["fx"].words[cells["fx"].passes] == "a joint statement"
    assert not cells["defence"].open


def test_an_opening_in_week_twelve_can_sign_in_the_rush_of_the_week_after_only() -> None:
    for iso in SEATS:
        sight = sight_of(beginning(iso))
        assert (sight.to_close, sight.clock.weeks) == (7, 16)
    at, needed = beginning("JPN"), dict[int, int]()
    while not at.over:
        needed[at.round + 1] = sight_of(at).to_close
        at = with_move(at, Move(Act.WAIT))
    assert [week for week in needed if needed[week] == 1] == [13]
    assert set(needed.values()) == {1, 7}
    assert date_of(12).isoformat() == "2025-07-07"


def test_the_same_package_gains_with_time() -> None:
    at, found = beginning("JPN"), {}
    numbers = [list(cell.numbers) for cell in sight_of(at).cells]
    package = tuple(
        min(range(len(steps)), key=lambda k: abs(steps[k] - wanted))
        for steps, wanted in zip(numbers, (15, 15, 0, 0, 193, 30), strict=True)
    )
    while not at.over:
        found.setdefault(at.round + 1, round(worth_of(at, package).gain, 1))
        at = with_move(at, Move(Act.WAIT))
    assert sorted(found.values()) == [*found.values()]
    key, lesson = (" ".join(handout(name).text.split()) for name in ("worksheet-answers", "lesson-50"))
    first, second, third, late, after = (f"{found[week]:+.1f} in week {week}" for week in (1, 5, 6, 12, 14))
    assert f"is worth USD bn {first}, {second}, {third}, {late} and {after}" in key
    less, more, most = (abs(found[week]) for week in (1, 12, 14))
    assert f"USD bn {less} *less* than no deal in week 1, {more} more in week 12 and {most} more in week 14" in lesson
    assert f"who never signs ends at {at.value:.1f} from the first place" in key


def test_everybody_can_sign_with_the_luck_that_is_recommended() -> None:
    first = rivals(beginning("JPN").game.text, 1, 0)
    assert first["deal"].all()
    ends = f"between USD bn {first['value'].min():.1f} and {first['value'].max():.1f} from the first place"
    assert ends in " ".join(handout("lesson-50").text.split())


def test_the_answers_are_those_of_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for extra in ([], ["--replications", "200"]):
        result = CliRunner().invoke(app, ["run", "classroom", "--no-figures", *extra])
        assert result.exit_code == 0, result.output
        (sentence,) = re.findall(r"Opening 1st .*? a year to Japan\.", " ".join(result.stdout.split()))
        for name in ("README", "lesson-50", "worksheet-answers"):
            assert sentence in " ".join(handout(name).text.split()), name


@pytest.mark.xdist_group("lab")
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_role_takes_one_page_and_the_worksheet_two_sheets(browser, paper: str) -> None:
    counts = {}
    for name in ("roles", "worksheet"):
        page = browser.new_page()
        page.set_content(printable(name))
        counts[name] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))
        page.close()
    assert counts["roles"] == len(SEATS)
    assert counts["worksheet"] == 3


@pytest.mark.xdist_group("lab")
def test_the_pages_are_listed_and_open_ready_to_print(lab_server, phone) -> None:
    page = phone.open(f"{lab_server.address}/lessons")
    page.get_by_role("heading", name="Lessons, worksheet and roles").wait_for()
    assert_well_made(page)
    page.get_by_role("link", name="Open: Worksheet: first, or wait?").click()
    page.get_by_role("heading", name="3 Log").wait_for()
    assert page.get_by_role("button", name="Print").is_visible()
    assert_well_made(page)
    page.get_by_role("link", name="All pages").click()
    page.get_by_role("heading", name="Lessons, worksheet and roles").wait_for()
