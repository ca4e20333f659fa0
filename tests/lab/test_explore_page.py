"""Explore in a browser: what is moved changes what is said and shown, and a link brings it all back."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.study.assumptions import assumptions
from tests.lab.browsing import NARROW, WIDE, Server, Visitor, assert_well_made, visiting

pytestmark = pytest.mark.xdist_group("lab")

QUICK = "scenario=classroom&runs=40"
#: Tabs, and what their figure is about.
TITLES = {
    "Distributions": "What Japan gets at each place",
    "Timeline": "How long Japan and the others wait",
    "Why": "What makes the place in the queue matter",
}


def opened(visitor: Visitor, server: Server, query: str = QUICK) -> Any:
    """Open Explore and wait for its answer."""
    page = visitor.open(f"{server.address}/?{query}")
    settled(page)
    return page


def settled(page: Any) -> None:
    """Wait until nothing newer is on its way."""
    page.wait_for_selector(".lab-figure[aria-busy=false]:visible img", timeout=60_000)
    page.wait_for_function(
        "() => ![...document.querySelectorAll('.lab-figure:not(.hidden)')].some(f => f.ariaBusy == 'true')"
    )


def sentence(page: Any) -> str:
    return page.locator(".lab-sentence").inner_text()


def picture(page: Any) -> str:
    return page.locator(".lab-figure img:visible").first.get_attribute("src")


def changed(page: Any, said: str, seen: str) -> None:
    """Wait until both the sentence and the first figure are others."""
    page.wait_for_function("(old) => document.querySelector('.lab-sentence').innerText != old", arg=said)
    page.wait_for_function("(old) => document.querySelector('.lab-figure img').getAttribute('src') != old", arg=seen)
    settled(page)


def test_it_opens_with_an_answer_and_a_figure(lab_server: Server, visitor: Visitor) -> None:
    page = opened(visitor, lab_server)
    assert re.match(r"Opening 1st rather than 6th .* worth USD bn [+-]\d\.\d+ \[.*\] a year to Japan\.", sentence(page))
    assert "Does it pay Japan to be early" in page.locator(".lab-figure img:visible").get_attribute("alt")
    assert page.locator(".lab-sentence").get_attribute("aria-live") == "polite"


def test_a_slider_is_moved_by_keyboard(lab_server: Server, visitor: Visitor) -> None:
    page = opened(visitor, lab_server)
    said, seen = sentence(page), picture(page)
    slider = page.get_by_role("slider", name="Place in the queue")
    slider.focus()
    page.keyboard.press("ArrowRight")
    changed(page, said, seen)
    assert sentence(page).startswith("Opening 2nd rather than 6th")
    assert page.get_by_role("spinbutton", name="Place in the queue").input_value() == "2"


def test_a_number_is_typed(lab_server: Server, visitor: Visitor) -> None:
    page = opened(visitor, lab_server)
    said, seen = sentence(page), picture(page)
    page.get_by_role("spinbutton", name="Precedent").fill("0.45")
    page.keyboard.press("Enter")
    changed(page, said, seen)
    assert page.get_by_role("slider", name="Precedent").input_value() == "0.45"
    assert "mechanisms.precedent.strength=0.45" in page.url


def test_a_number_out_of_range_gets_a_sentence(lab_server: Server, visitor: Visitor) -> None:
    page = opened(visitor, lab_server)
    box = page.get_by_role("spinbutton", name="US capacity")
    box.fill("900")
    page.keyboard.press("Tab")
    page.get_by_text("From 1 to 20.").wait_for()
    assert box.input_value() == "20"


def test_a_reload_and_a_link_bring_everything_back(lab_server: Server, visitor: Visitor, browser: Any) -> None:
    page = opened(visitor, lab_server, QUICK + "&mechanisms.parity.strength=0.6")
    page.get_by_role("button", name="Pin this as A").click()
    page.get_by_role("heading", name="A: pinned").wait_for()
    page.get_by_role("spinbutton", name="Place in the queue").fill("3")
    page.get_by_text("Opening 3rd rather than 6th").wait_for()
    page.get_by_role("tab", name="Distributions").click()
    page.wait_for_url("**tab=spread**")
    settled(page)
    here = page.get_by_label("Link to what is shown").input_value()
    assert here == page.url
    told = page.locator(".lab-headline").inner_text()
    with visiting(browser) as other:
        again = other.open(here)
        settled(again)
        again.get_by_role("heading", name="A: pinned").wait_for()
        assert again.locator(".lab-headline").inner_text() == told
        assert again.get_by_role("tab", name="Distributions").get_attribute("aria-selected") == "true"
        assert again.get_by_role("spinbutton", name="Parity").input_value() == "0.6"


def test_a_pinned_setting_is_compared_twin_by_twin(lab_server: Server, visitor: Visitor) -> None:
    page = opened(visitor, lab_server, QUICK + "&mechanisms.precedent.strength=0.5&pin.scenario=classroom&pin.runs=40")
    page.get_by_text(
        re.compile(r"Against A, the setting shown changes that by USD bn .* with the same luck")
    ).wait_for()
    assert page.locator(".lab-figure img:visible").count() == 3
    page.get_by_role("button", name="Unpin A").click()
    page.wait_for_function("() => document.querySelector('.lab-against').innerText == ''")
    settled(page)
    assert page.locator(".lab-figure img:visible").count() == 1


def test_another_scenario_keeps_nothing_of_the_old_one(lab_server: Server, visitor: Visitor) -> None:
    page = opened(visitor, lab_server, QUICK + "&place=3&mechanisms.parity.strength=0.6")
    page.get_by_label("Scenario", exact=True).select_option("no_rush")
    page.get_by_text("Opening 1st rather than 80th").wait_for(timeout=60_000)
    assert "parity" not in page.url
    assert page.get_by_role("spinbutton", name="Parity").input_value() != "0.6"


def test_a_bad_link_is_a_sentence(lab_server: Server, visitor: Visitor) -> None:
    page = opened(visitor, lab_server, "scenario=classroom&place=99")
    page.get_by_text("This link says place='99', which is not a whole number from 1 to 6.").wait_for()


def test_the_drawer_is_searched_and_moved(lab_server: Server, visitor: Visitor) -> None:
    page = opened(visitor, lab_server)
    said = sentence(page)
    page.get_by_text("More assumptions, seed and twins").click()
    page.get_by_label("Search assumptions").fill("credibility")
    page.get_by_text(f"1 of {len(assumptions())} assumptions").wait_for()
    page.get_by_role("spinbutton", name="Threat credibility").fill("0.3")
    page.keyboard.press("Enter")
    page.wait_for_function("(old) => document.querySelector('.lab-sentence').innerText != old", arg=said)
    page.get_by_label("Search assumptions").fill("parity strength")
    page.get_by_role("spinbutton", name="Parity strength").fill("0.7")
    page.keyboard.press("Enter")
    page.wait_for_url("**parity.strength=0.7**")
    assert page.get_by_role("slider", name="Parity, slider").input_value() == "0.7"
    page.get_by_label("Seed of all luck").fill("7")
    page.keyboard.press("Tab")
    page.wait_for_url("**seed=7**")
    page.get_by_label("Twins a place").fill("1")
    page.keyboard.press("Tab")
    page.get_by_text("Twins a place: a whole number from 2 to 5,000.").wait_for()
    assert_well_made(page)


def test_what_is_being_typed_is_not_put_back_by_an_answer(lab_server: Server, visitor: Visitor) -> None:
    page = opened(visitor, lab_server)
    page.get_by_text("More assumptions, seed and twins").click()
    said, seen = sentence(page), picture(page)
    page.get_by_role("slider", name="Precedent").focus()
    page.keyboard.press("End")
    page.get_by_label("Twins a place").fill("30")
    changed(page, said, seen)
    assert page.get_by_label("Twins a place").input_value() == "30"


def test_the_downloads_give_the_same_numbers_again(lab_server: Server, visitor: Visitor, tmp_path: Path) -> None:
    page = opened(visitor, lab_server, QUICK + "&mechanisms.precedent.strength=0.3&place=2")
    files = {}
    for kind in ("CSV", "PNG", "YAML"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=kind).click()
        files[kind] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(files[kind])
    assert files["PNG"].read_bytes().startswith(b"\x89PNG")
    with zipfile.ZipFile(files["CSV"]) as archive:
        assert {"advantage.csv", "outcomes.csv", "advantage_by_position.csv"} == {*archive.namelist()}
        row = archive.read("advantage.csv").decode().splitlines()[1].split(",")
    run = ["run", str(files["YAML"]), "--out", str(tmp_path), "--no-figures", "--json"]
    told = json.loads(CliRunner().invoke(app, run).stdout)["advantage"][0]
    assert [float(cell) for cell in row] == [float(value) for value in told.values()]


def test_a_map_is_played_when_it_is_asked_for(lab_server: Server, visitor: Visitor) -> None:
    page = visitor.open(f"{lab_server.address}/?scenario=classroom&runs=2&tab=map")
    page.get_by_text("Opening 1st").wait_for()
    assert page.locator(".lab-figure img:visible").count() == 0
    page.get_by_role("button", name="Play the map").click()
    page.locator(".lab-figure img:visible").wait_for(timeout=60_000)
    assert "Where does it pay Japan to be first?" in page.locator(".lab-figure img:visible").get_attribute("alt")


def test_a_burst_of_moves_ends_at_the_last(lab_server: Server, visitor: Visitor) -> None:
    page = opened(visitor, lab_server)
    page.get_by_role("slider", name="Parity").focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**mechanisms.parity.strength=0.33**")
    settled(page)
    with_link = sentence(page)
    page.reload()
    settled(page)
    assert sentence(page) == with_link


@pytest.mark.parametrize("screen", [WIDE, NARROW], ids=["wide", "phone"])
def test_every_tab_is_well_made(lab_server: Server, browser: Any, screen: dict[str, int]) -> None:
    with visiting(browser, screen) as visitor:
        page = opened(visitor, lab_server)
        assert_well_made(page)
        for name, title in TITLES.items():
            page.get_by_role("tab", name=name).click()
            page.locator(f"img[alt*='{title}']:visible").wait_for(timeout=60_000)
            assert_well_made(page)
        page.get_by_role("tab", name="Phase map").click()
        page.get_by_role("button", name="Play the map").wait_for()
        assert_well_made(page)
