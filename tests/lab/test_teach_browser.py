"""A lesson in real browsers: a teacher, three students on phones, a wall, and a server that is killed on the way."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from sim.scenario import dump
from tests.lab.browsing import NARROW, WIDE, WIDER, Server, Visitor, assert_well_made, free_port, go, visiting
from tests.lab.games import classroom

pytestmark = pytest.mark.xdist_group("lab")

SCRIPT = "<img src=x onerror=alert(1)>"
NAMES = ("Anna", "Bo", SCRIPT)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A lab of its own, since it is killed."""
    pytest.importorskip("nicegui", reason="the extra `lab` is not installed")
    server = Server(tmp_path_factory.mktemp("school"), free_port())
    server.start()
    yield server
    server.stop()


@dataclass
class Lesson:
    """A class in progress."""

    server: Server
    code: str
    visitors: dict[str, Visitor] = field(default_factory=dict)
    teacher: Any = None
    students: dict[str, Any] = field(default_factory=dict)

    def key(self, name: str) -> str:
        return urlsplit(self.students[name].url).path.split("/")[-1]


def make_room(page: Any, text: str = "", **choices: str) -> str:
    """Fill in the form as far as it is not left as it is, maybe with a scenario of one's own; return the code."""
    if text:
        page.get_by_text("More", exact=True).click()
        page.get_by_label("A scenario of your own").fill(text)
    for label, value in choices.items():
        page.get_by_label(label.replace("_", " ")).select_option(value)
    page.get_by_role("button", name="Make the room").click()
    page.wait_for_url("**/teach/*?key=*")
    page.get_by_role("button", name="Next week").or_(page.get_by_text("at their own pace")).first.wait_for()
    return urlsplit(page.url).path.split("/")[-1]


def join(page: Any, name: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Take a seat").click()
    page.wait_for_url("**/play/**")


@pytest.fixture(scope="module")
def lesson(school: Server, browser: Any) -> Iterator[Lesson]:
    """A room of the scenario classroom with three students, all settings stated."""
    with ExitStack() as stack:
        visitors = {name: stack.enter_context(visiting(browser, NARROW)) for name in NAMES}
        visitors["teacher"] = stack.enter_context(visiting(browser, WIDE))
        page = visitors["teacher"].open(f"{school.address}/teach")
        found = Lesson(school, make_room(page, dump(classroom())), visitors, page)
        for name in NAMES:
            student = visitors[name].open(f"{school.address}/join/{found.code}")
            student.on("dialog", lambda dialog: visitors["teacher"].errors.append(dialog.message))
            join(student, name)
            found.students[name] = student
        yield found


def row(lesson: Lesson, name: str) -> Any:
    return lesson.teacher.get_by_role("row").filter(has=lesson.teacher.get_by_role("rowheader", name=name, exact=True))


def test_the_teacher_sees_who_is_here(lesson: Lesson) -> None:
    lesson.teacher.get_by_text("3 joined, 0 signed by now").wait_for()
    cells = [row(lesson, name).get_by_role("cell").all_inner_texts()[:4] for name in NAMES]
    assert cells == [["1", "1", "predicts", ""], ["6", "6", "predicts", ""], ["1", "1", "predicts", ""]]
    assert_well_made(lesson.teacher)


def test_a_name_is_text_wherever_it_is_shown(lesson: Lesson) -> None:
    wall = lesson.visitors["teacher"].open(f"{lesson.server.address}/screen/{lesson.code}")
    wall.on("dialog", lambda dialog: lesson.visitors["teacher"].errors.append(dialog.message))
    wall.get_by_text("3 joined").wait_for()
    lesson.students[SCRIPT].get_by_role("heading", name="You are Japan").wait_for()
    for page in (lesson.teacher, wall, lesson.students[SCRIPT]):
        assert page.locator("img[src='x']").count() == 0
    assert row(lesson, SCRIPT).count() == 1
    wall.close()


def test_nobody_moves_before_the_class_gets_there_and_in_a_pause(lesson: Lesson) -> None:
    anna, bo = lesson.students["Anna"], lesson.students["Bo"]
    for student in (anna, bo):
        student.get_by_role("button", name=re.compile("^No: who waits")).click()
    anna.get_by_role("button", name="Send the offer").wait_for()
    bo.get_by_text("Your next session is in the week of 19 May 2025").wait_for()
    lesson.teacher.get_by_role("button", name="Pause").click()
    lesson.teacher.get_by_text("Paused: nobody can move.").wait_for()
    anna.get_by_text("Your teacher has paused the talks").wait_for()
    assert anna.get_by_role("button", name="Send the offer").count() == 0
    lesson.teacher.get_by_role("button", name="Go on").click()
    anna.get_by_role("button", name="Send the offer").wait_for()


def test_the_clock_lets_the_last_in(lesson: Lesson) -> None:
    lesson.teacher.get_by_role("button", name="Next week").focus()
    for week in range(2, 7):
        lesson.teacher.keyboard.press("Enter")  # the button keeps the focus whatever is shown anew
        lesson.teacher.get_by_role("heading", name=f"Week {week} of 16").wait_for()
    assert lesson.teacher.get_by_text("hard date 9 July 2025, 8 weeks left").is_visible()
    lesson.students["Bo"].get_by_role("button", name="Wait").wait_for()
    row(lesson, "Bo").get_by_text("decides").wait_for()


def test_the_code_does_not_make_a_teacher(lesson: Lesson, phone: Visitor) -> None:
    for key in ("", lesson.code, lesson.key("Anna"), "x" * 32):
        page = phone.open(f"{lesson.server.address}/teach/{lesson.code}?key={key}")
        page.get_by_text("The code of the room is enough to join it").wait_for()
        assert "Anna" not in page.content()
        assert_well_made(page)


def test_a_key_opens_no_other_seat(lesson: Lesson, phone: Visitor) -> None:
    with visiting(phone.context.browser, WIDE) as other:
        code = make_room(other.open(f"{lesson.server.address}/teach"), Pace="free")
        for path in (f"{code}/{lesson.key('Anna')}", f"{lesson.code}/{lesson.key('Anna')[:-1]}x", f"{lesson.code}/1"):
            page = phone.open(f"{lesson.server.address}/play/{path}")
            page.get_by_role("heading", name="This seat cannot be opened").wait_for()
    wrong = phone.open(f"{lesson.server.address}/screen/QQQQQQ")
    wrong.get_by_role("heading", name="There is no such class").wait_for()


def test_a_browser_finds_its_seat_again_and_no_other_does(lesson: Lesson, phone: Visitor) -> None:
    page = lesson.visitors["Anna"].open(f"{lesson.server.address}/join")
    page.get_by_role("link", name="Go on as Anna").click()
    page.wait_for_url(f"**/play/{lesson.code}/{lesson.key('Anna')}")
    page.close()
    stranger = phone.open(f"{lesson.server.address}/join/{lesson.code}")
    stranger.get_by_label("Your name").fill(" ")
    stranger.get_by_role("button", name="Take a seat").click()
    stranger.get_by_text("Please type a name").wait_for()
    assert stranger.get_by_text("Go on as").count() == 0
    stranger.get_by_label("Code of the room").fill("no code")
    stranger.keyboard.press("Enter")
    stranger.get_by_text("A code has six letters and digits").wait_for()
    assert_well_made(stranger)


def test_the_class_is_there_after_the_server_was_killed(lesson: Lesson) -> None:
    for student in lesson.students.values():
        student.evaluate("window.old = true")
    lesson.server.process.kill()
    lesson.server.process.wait()
    lesson.server.start()
    go(lesson.teacher, lesson.teacher.url)
    lesson.teacher.get_by_text("3 joined").wait_for()
    lesson.teacher.get_by_role("heading", name="Week 6 of 16").wait_for()
    for student in lesson.students.values():
        student.wait_for_function("window.old === undefined")  # the page has come back by itself
    bo = lesson.students["Bo"]
    bo.get_by_role("button", name="Wait").wait_for()
    assert bo.get_by_role("heading", name="You are Japan").count() == 0


def test_the_wall_shows_who_signed_and_no_value_before_the_reveal(lesson: Lesson) -> None:
    wall = lesson.visitors["teacher"].open(f"{lesson.server.address}/screen/{lesson.code}")
    anna = lesson.students["Anna"]
    anna.get_by_role("button", name=re.compile("^Accept")).click()
    anna.get_by_text("You have nothing left to decide").wait_for()
    value = re.compile(r"^-[0-9]+\.[0-9]$")
    row(lesson, "Anna").get_by_role("cell", name=value).wait_for()
    lesson.teacher.get_by_role("button", name="Next week").click()
    wall.get_by_text("Anna · ").wait_for()
    wall.get_by_text("3 joined · 1 signed:").wait_for()
    assert wall.get_by_role("img", name=re.compile("Outcomes of the class")).count() == 0
    assert_well_made(wall)
    lesson.teacher.get_by_role("button", name="Reveal the outcomes").click()
    wall.get_by_role("img", name=re.compile("Place 1: 1 finished, 1 with a deal")).wait_for()
    anna.get_by_role("heading", name="the talks are over").wait_for()
    for size in (NARROW, WIDE):
        for page in (wall, lesson.teacher):
            page.set_viewport_size(size)
            assert page.evaluate(WIDER) <= 0
    assert lesson.key("Anna") not in wall.content()
    assert "key=" not in wall.content()


def test_all_can_be_taken_home(lesson: Lesson) -> None:
    with lesson.teacher.expect_download() as download:
        lesson.teacher.get_by_role("button", name="Download all as CSV").click()
    assert download.value.suggested_filename == f"class-{lesson.code}.csv"
    lines = Path(download.value.path()).read_text().splitlines()
    assert [line.split(",")[1] for line in lines] == ["name", *NAMES]


def test_a_seat_is_taken_out_at_the_second_click_only(lesson: Lesson) -> None:
    line = row(lesson, SCRIPT)
    line.get_by_role("button", name="Remove").click()
    line.get_by_role("button", name="Yes, remove").click()
    lesson.teacher.get_by_text("2 joined").wait_for()
    assert line.count() == 0
    lesson.students[SCRIPT].get_by_text("There is no such seat").wait_for()


def test_a_class_is_forgotten_at_the_second_click_only(lesson: Lesson) -> None:
    lesson.teacher.get_by_role("button", name="Forget the class").click()
    lesson.teacher.get_by_role("button", name="Yes, delete all of it").click()
    lesson.teacher.get_by_text("This class has been forgotten").wait_for()
    with sqlite3.connect(lesson.server.folder / "classes.sqlite") as kept:
        assert kept.execute("SELECT count(*) FROM seats WHERE code = ?", (lesson.code,)).fetchone() == (0,)
        assert kept.execute("SELECT count(*) FROM moves WHERE code = ?", (lesson.code,)).fetchone() == (0,)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_room_is_made_by_keyboard_alone(school: Server, browser: Any, size: dict[str, int]) -> None:
    with visiting(browser, size) as visitor:
        page = visitor.open(f"{school.address}/teach")
        page.get_by_text("More", exact=True).wait_for()
        assert_well_made(page)
        page.get_by_label("Scenario", exact=True).select_option("japan_first")
        page.get_by_role("option", name="Switzerland").wait_for(state="attached")
        page.get_by_text("More", exact=True).focus()
        page.keyboard.press("Enter")
        page.get_by_label("Places in the queue").select_option("own")
        page.get_by_label("Places of your own").focus()
        page.keyboard.type("1, 81")
        page.keyboard.press("Enter")
        page.get_by_text("81 is no place in this queue: they go from 1 to 80").wait_for()
        assert_well_made(page)
        page.get_by_label("Places of your own").fill("2")
        page.get_by_role("button", name="Make the room").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/teach/*?key=*")
        page.get_by_text("Nobody has joined yet.").wait_for()
        assert_well_made(page)
