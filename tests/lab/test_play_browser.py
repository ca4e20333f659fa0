"""A seat played in a real browser, from the prediction to the debrief."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.lab.browsing import NARROW, WIDE, Server, Visitor, assert_well_made, visiting

pytestmark = pytest.mark.xdist_group("lab")


def sit_down(visitor: Visitor, server: Server) -> Any:
    """Take a seat alone, and predict."""
    page = visitor.open(f"{server.address}/play")
    assert_well_made(page)
    page.get_by_role("button", name="Sit down").click()
    page.get_by_role("heading", name="You are Japan").wait_for()
    assert_well_made(page)
    page.get_by_role("button", name="Yes: who opens first").click()
    page.get_by_role("heading", name="your move").wait_for()
    return page


def at_move(page: Any, number: int) -> None:
    """Wait until so many moves have been made."""
    page.wait_for_selector(f'.lab-play[data-moves="{number}"]')


def moves(page: Any) -> int:
    return int(page.locator(".lab-play").get_attribute("data-moves"))


def refuse(page: Any) -> None:
    """Wait, whatever lies on the table."""
    number = moves(page)
    page.get_by_role("button", name=re.compile("wait", re.IGNORECASE)).first.click()
    at_move(page, number + 1)


def to_the_end(page: Any) -> None:
    """Accept whatever is asked, until it is signed or there is no time left."""
    while not page.get_by_role("heading", name="the talks are over").count():
        number, accept = moves(page), page.get_by_role("button", name="Accept their ask")
        if accept.count():
            accept.click()
            at_move(page, number + 1)
        else:
            refuse(page)


@pytest.mark.parametrize("screen", [WIDE, NARROW], ids=["desk", "phone"])
def test_from_the_prediction_to_the_debrief(browser: Any, lab_server: Server, screen: dict[str, int]) -> None:
    with visiting(browser, screen) as visitor:
        page = sit_down(visitor, lab_server)
        assert_well_made(page)
        offer_by_number(page)
        to_the_end(page)
        assert_well_made(page)
        page.get_by_role("link", name="Look back on it").click()
        page.get_by_role("heading", name="Four questions").wait_for()
        page.wait_for_function("[...document.querySelectorAll('figure img')].every(i => i.complete && i.naturalWidth)")
        assert page.locator("figure img").count() >= 4
        assert page.get_by_text("You predicted that it pays to be first").count() == 1
        assert_well_made(page)
        with page.expect_download() as download:
            page.get_by_role("button", name=re.compile("offers.csv")).click()
        assert download.value.path().read_text().startswith("week,step,by,issue")


def offer_by_number(page: Any) -> None:
    """Type a pledge, see what it is worth, send it."""
    while not page.get_by_role("button", name="Send the offer").count():
        refuse(page)
    number, worth = moves(page), page.locator(".lab-sticky")
    before = worth.inner_text()
    page.get_by_label("Investment pledge (USD bn)", exact=True).fill("200")
    page.wait_for_function("t => document.querySelector('.lab-sticky').innerText !== t", arg=before)
    assert "USD" in worth.inner_text()
    page.get_by_text("lets investment pledge pass up to").first.wait_for()
    page.get_by_role("button", name="Send the offer").click()
    at_move(page, number + 1)


def test_by_keyboard_alone(visitor: Visitor, lab_server: Server) -> None:
    page = visitor.open(f"{lab_server.address}/play")
    tab_to(page, "Sit down")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="You are Japan").wait_for()
    tab_to(page, "It makes no difference")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="your move").wait_for()
    while not page.get_by_role("button", name="Send the offer").count():
        refuse(page)
    number, before = moves(page), page.locator(".lab-sticky").inner_text()
    tab_to(page, "Investment pledge, slider")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("t => document.querySelector('.lab-sticky').innerText !== t", arg=before)
    tab_to(page, "Send the offer")
    page.keyboard.press("Enter")
    at_move(page, number + 1)


def tab_to(page: Any, name: str) -> None:
    """Press Tab until a control has the focus."""
    say = """() => { const at = document.activeElement;
      return at.matches("a, button, input, summary") ? at.getAttribute("aria-label") || at.textContent : "" }"""
    for _ in range(80):
        page.keyboard.press("Tab")
        if name in page.evaluate(say):
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def test_a_reload_in_mid_game_goes_on_where_it_was(visitor: Visitor, lab_server: Server) -> None:
    page = sit_down(visitor, lab_server)
    refuse(page)
    refuse(page)
    clock = page.locator(".lab-clock").inner_text()
    page.reload()
    at_move(page, 2)
    assert page.locator(".lab-clock").inner_text() == clock
    refuse(page)
    assert moves(page) == 3


def test_of_two_tabs_of_a_seat_the_second_is_told(visitor: Visitor, lab_server: Server) -> None:
    page = sit_down(visitor, lab_server)
    other = visitor.open(page.url)
    at_move(other, 0)
    refuse(page)
    other.get_by_role("button", name=re.compile("wait", re.IGNORECASE)).first.click()
    other.get_by_text("has moved already").wait_for()
    at_move(other, 1)


def test_a_lost_connection_is_taken_up_again(visitor: Visitor, lab_server: Server) -> None:
    page = sit_down(visitor, lab_server)
    refuse(page)
    visitor.context.set_offline(True)
    page.wait_for_timeout(1500)
    visitor.context.set_offline(False)
    page.wait_for_timeout(500)
    page.reload()
    at_move(page, 1)
    refuse(page)


def test_hints_are_counted_and_stay(visitor: Visitor, lab_server: Server) -> None:
    page = sit_down(visitor, lab_server)
    page.get_by_role("button", name="Ask for advice (3 left").click()
    page.get_by_role("heading", name="What to trade").wait_for()
    page.get_by_role("button", name="Ask for advice (2 left").click()
    page.get_by_role("button", name="Ask for advice (1 left").click()
    page.get_by_role("heading", name="What to offer").wait_for()
    assert page.get_by_role("button", name="Ask for advice (0 left").is_disabled()
    page.reload()
    page.get_by_role("heading", name="What to offer").wait_for()
    assert page.get_by_role("button", name="Ask for advice (0 left").is_disabled()


def test_walking_out_takes_two_clicks(visitor: Visitor, lab_server: Server) -> None:
    page = sit_down(visitor, lab_server)
    page.get_by_role("button", name="Walk away").click()
    assert moves(page) == 0
    page.get_by_role("button", name="Yes, walk out").click()
    at_move(page, 1)
    assert page.get_by_text("Japan walks out").count() >= 1


def test_a_seat_opens_with_its_own_key_only(visitor: Visitor, lab_server: Server) -> None:
    page = sit_down(visitor, lab_server)
    code, key = page.url.split("/")[-2:]
    for address in (f"/play/{code}/{key[:-1]}x", f"/play/AAAAAA/{key}", f"/debrief/{code}/{'0' * len(key)}"):
        other = visitor.open(f"{lab_server.address}{address}")
        assert other.get_by_text("cannot be opened").count() >= 1
        assert "data-moves" not in other.content()


def test_the_place_has_to_be_one(visitor: Visitor, lab_server: Server) -> None:
    page = visitor.open(f"{lab_server.address}/play")
    page.get_by_label("Place in the queue").fill("77")
    page.get_by_role("button", name="Sit down").click()
    page.get_by_text("77 is no place in this queue").wait_for()
